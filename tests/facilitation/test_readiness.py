"""What is lacking, in which order, and what it takes: rules, medians, and where they come from."""

from collections.abc import Mapping
from datetime import date, timedelta
from statistics import median

import pytest
from django.db import connection

from berdaya.core import clock
from berdaya.core.scope import acting
from berdaya.facilitation.actions.working import finish_case
from berdaya.facilitation.calc import (
    LEAST,
    Estimate,
    Median,
    Way,
    estimate_of,
    shortest,
    way_of,
)
from berdaya.facilitation.models import Case, CaseStep
from berdaya.facilitation.queries.figures import kind_lines, step_lines
from berdaya.facilitation.queries.readiness import counts_of, estimates_for, medians_of, ways_of
from berdaya.institutions.models import Facility, Region
from berdaya.legality.rules.listing import (
    ListingFacts,
    PermitFact,
    RequirementFact,
    StandingFact,
    judge,
)
from tests.facilitation.scene import permit, running, snack, today, walk
from tests.world import World

DAY = date(2026, 11, 23)
TAKES = {
    "nib": Estimate(10, 0), "pirt": Estimate(70, 150_000), "halal_self": Estimate(40, 0),
    "merek": Estimate(200, 500_000),
}  # fmt: skip


def need(kind: str, choice: str = "") -> RequirementFact:
    return RequirementFact(kind, kind.upper(), choice)


def held(kind: str, days: int | None = None) -> PermitFact:
    until = DAY + timedelta(days=days) if days is not None else None
    return PermitFact(kind, kind.upper(), "1", DAY - timedelta(days=400), until, None, 1, False)


def way(*needs: RequirementFact, permits: tuple[PermitFact, ...] = (), said: str = "") -> Way:
    standings = (StandingFact(said, DAY, None),) if said else ()
    facts = ListingFacts("Keripik", 1, "lapas", "retail", DAY, needs, permits, True, standings)
    return way_of("retail", judge(facts), permits, TAKES, DAY)


def test_what_must_be_there_before_stands_first() -> None:
    found = way(need("halal"), need("spp_irt", "food"), need("bpom_md", "food"))

    assert [(one.kind, one.state) for one in found.needs] == [
        ("nib", "before"), ("spp_irt", "missing"), ("halal", "missing"),
    ]  # fmt: skip
    assert found.state == "lacking"


def test_what_goes_side_by_side_is_waited_for_once() -> None:
    found = way(need("halal"), need("spp_irt"))

    assert found.days == 10 + 70
    assert found.cost_rp == 150_000


def test_nothing_comes_before_what_is_there() -> None:
    found = way(need("halal"), need("spp_irt"), permits=(held("nib"), held("spp_irt", 60)))

    assert [(one.kind, one.state) for one in found.needs] == [
        ("spp_irt", "ending"), ("halal", "missing"),
    ]  # fmt: skip
    assert (found.days, found.cost_rp) == (40, 0)


def test_a_lapsed_number_is_no_number() -> None:
    found = way(need("spp_irt"), permits=(held("nib", -1),))

    assert [one.kind for one in found.open] == ["nib", "spp_irt"]


@pytest.mark.parametrize(("days", "state"), [(None, "ready"), (91, "ready"), (90, "ending")])
def test_ready_until_ninety_days_before_it_ends(days: int | None, state: str) -> None:
    found = way(need("spp_irt"), permits=(held("spp_irt", days),))

    assert (found.state, found.open, found.days) == (state, (), None)


def test_what_is_said_without_a_certificate_is_met() -> None:
    found = way(need("halal"), said="not_halal")

    assert [(one.state, one.said) for one in found.needs] == [("said", "not_halal")]
    assert found.state == "ready"


def test_days_are_not_known_where_no_help_leads_there() -> None:
    found = way(need("bpom_md"), permits=(held("nib"),))

    assert (found.days, found.cost_rp) == (None, None)
    assert found.open[0].help == ""


def test_of_several_ways_the_shortest_with_help_is_taken() -> None:
    assert shortest({"bpom_md", "spp_irt"}, TAKES) == "spp_irt"
    assert shortest({"halal", "spp_irt"}, TAKES) == "halal"
    assert shortest((), TAKES) == ""


@pytest.mark.parametrize(
    ("medians", "level", "days"),
    [
        ({"regency": 5, "province": 9, "nation": 20}, "regency", 5),
        ({"regency": 4, "province": 9, "nation": 20}, "province", 9),
        ({"regency": 4, "province": 4, "nation": 20}, "nation", 20),
        ({"nation": 4}, "published", 72),
        ({}, "published", 72),
    ],
)
def test_the_nearest_level_with_five_cases_tells(
    medians: Mapping[str, int], level: str, days: int
) -> None:
    told = {name: Median(count, float(count), None) for name, count in medians.items()}

    found = estimate_of(told, Estimate(72, 230_000))

    assert (found.level, found.days, found.cost_rp) == (level, days, 230_000)


def cases(world: World, facility: Facility, took: list[int], cost: int | None = None) -> None:
    """Finished cases of a unit that took so many days, each with one step of half of it."""
    with world.everywhere():
        template = Case.objects.filter(state="done").order_by("pk")[0]
        step = CaseStep.objects.filter(case=template, code="pkp").get()
        for number, days in enumerate(took):
            row = Case.objects.get(pk=template.pk)
            row.pk, row.code, row.facility = None, f"{facility.code}-{number}", facility
            row.asked_on = row.assigned_on = row.began_on = today() - timedelta(days=days)
            # A permit is of its place: a kind that needs none stands for the others here.
            row.kind, row.permit, row.permit_kind, row.cost_rp = "packaging", None, None, cost
            row.save(force_insert=True)
            one = CaseStep.objects.get(pk=step.pk)
            one.pk, one.case, one.facility = None, row, facility
            one.began_on = today() - timedelta(days=days // 2)
            one.save(force_insert=True)


@pytest.fixture
def done(world: World) -> Case:
    """One case that ended today, of which copies are made."""
    chips = snack(world)
    case = running(world, chips)
    walk(world, case)
    given = permit(world, "spp_irt", chips)
    with world.acting() as scope:
        row = finish_case(by=scope.actor, case=case, cost_rp=10)
        assert row.permit == given
    return row


def test_medians_are_those_of_the_days_themselves(world: World, done: Case) -> None:
    took, other = [10, 20, 31, 50, 90, 12], [5, 6, 7, 8, 9]
    with world.everywhere():
        far = Region.objects.create(
            code="53.71", name="Kupang", level="regency", parent_id="53",
            reference=Region.objects.get(pk="53").reference,
        )  # fmt: skip
        Facility.objects.filter(pk=world.kpg.pk).update(region=far)
        world.kpg.refresh_from_db()
    cases(world, world.atb, took, 100)
    cases(world, world.kpg, other, 300)

    with acting(world.actor("outsider"), "test"):
        found = medians_of("53.04", "53", today())["packaging"]
        assert found["regency"] == Median(6, median(took), 100)
        assert found["province"] == found["nation"] == Median(11, median(took + other), 100)
        kpg = Facility.objects.select_related("region").get(pk=world.kpg.pk)
        told = estimates_for(kpg, today())["packaging"]
        assert (told.days, told.cost_rp, told.level, told.cases) == (7, 300, "regency", 5)
        assert estimates_for(kpg, today())["pirt"].level == "published"
        assert estimates_for(kpg, today())["pirt"].days == 7 + 30 + 21 + 7 + 14
        (line,) = [one for one in kind_lines("53", today()) if one.label == "Kemasan"]
        assert (line.province_days, line.nation_days) == (10, 10)


def test_steps_are_told_by_district_none_under_five(world: World, done: Case) -> None:
    took = [10, 20, 31, 50, 90]
    cases(world, world.atb, took)
    with clock.travel(clock.now() - timedelta(days=12)):
        case = running(world, snack(world, "KUE", "Kue contoh"))

    with acting(world.actor("regional"), "test"):
        lines = {(one.step, one.place): one for one in step_lines("53", "pirt", today())}

    first = lines["NIB pemegang tersedia", "Belu"]
    assert (first.finished, first.days, first.running, first.running_days) == (1, None, 1, 12)
    assert lines["NIB pemegang tersedia", ""].running == 1
    assert case.state == "running"
    with connection.cursor() as cursor, acting(world.actor("regional"), "test"):
        cursor.execute("SELECT * FROM facilitation_step_days('', %s)", [today()])
        rows = {(row[0], row[1], row[2]): row[3:5] for row in cursor.fetchall()}
    assert rows["packaging", "pkp", "53.04"] == (5, median(one // 2 for one in took))
    assert rows["packaging", "pkp", None] == rows["packaging", "pkp", "53.04"]
    assert LEAST == 5


def test_products_are_counted_by_market(world: World) -> None:
    chips, cake = snack(world), snack(world, "KUE", "Kue contoh")
    with world.everywhere():
        before = counts_of([world.atb.pk], today())[world.atb.pk]
        lacking = ways_of({"product": chips.pk}, today())[chips.pk].ways["retail"]
    permit(world, "nib", chips, cake)
    permit(world, "spp_irt", chips)
    permit(world, "halal", chips)

    with world.everywhere():
        after = counts_of([world.atb.pk], today())[world.atb.pk]
        ways = ways_of({"facility": world.atb.pk}, today())

    assert (before.products, dict(before.ready)) == (
        2,
        {"retail": 0, "procurement": 0, "export": 0},
    )
    assert [one.kind for one in lacking.open] == ["nib", "spp_irt", "halal"]
    assert dict(after.ready) == {"retail": 1, "procurement": 1, "export": 2}
    assert ways[cake.pk].ways["retail"].open[0].kind == "spp_irt"
