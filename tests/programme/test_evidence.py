"""Evidence is what insight says and a plain recount says again; the day changes the answer."""

from datetime import date
from decimal import Decimal

import pytest

from berdaya.core import clock
from berdaya.insight.actions.figures import tell
from berdaya.insight.courses import courses, told_month, value_over
from berdaya.insight.indicators import INDICATORS
from berdaya.insight.models import Seat, ToldFigure
from berdaya.insight.periods import Period
from berdaya.insight.queries import OFFICE, PROVINCE, PUBLIC, values
from berdaya.institutions.models import Region
from berdaya.programme.evidence import MeasureView, Standing, standings
from berdaya.programme.models import Direction
from berdaya.workshop.models import PublishedCount
from tests.counting import at_most
from tests.insight.recount import Recount
from tests.insight.scene import reckon_all
from tests.programme.scene import Pact, due, measured, promised, risk_of, signed
from tests.web.desk import Desk
from tests.world import TODAY, World

YEAR = Period.year(2026)


@pytest.fixture
def pact(world: World) -> Pact:
    return signed(world)


def told(world: World, month: int, amount: int, code: str = "made", unit: str = "LP-ATB") -> None:
    """A month as everybody may read it."""
    with world.everywhere():
        ToldFigure.objects.create(
            facility=world.facilities[unit], month=date(2026, month, 1), indicator=code,
            version=1, numerator=amount, told_at=clock.now(),
        )  # fmt: skip


def standing(world: World, day: date = TODAY, who: str = "regional") -> Standing:
    with world.acting(who) as scope:
        return standings(scope.actor, day)[0]


def view(world: World, day: date = TODAY, who: str = "regional") -> MeasureView:
    return standing(world, day, who).measures[0]


def test_courses_equal_values_and_the_recount(desk: Desk) -> None:
    world = desk.world
    reckon_all(world, YEAR)
    with world.everywhere() as scope:
        for month in YEAR:
            PublishedCount.objects.create(
                facility=world.atb, month=month, family="textile", about_people=5,
                recorded_at=clock.now(),
            )  # fmt: skip
        tell(by=scope.actor, facility=world.atb, months=YEAR)
    wanted = [(code, "53") for code in INDICATORS]

    with world.acting("regional") as scope:
        true = courses(scope.actor, wanted, YEAR, OFFICE)
        read = courses(scope.actor, wanted, YEAR, PUBLIC)
        for audience, found in ((OFFICE, true), (PUBLIC, read)):
            for code, known in INDICATORS.items():
                row = values(scope.actor, known, YEAR, PROVINCE, audience=audience, within="53")
                expected = row[0].value if row else None
                value = value_over(known, found[code, "53"], YEAR, audience)
                assert value == expected, (code, audience)
    units = [world.atb, world.kpg]
    with world.everywhere():
        for month in YEAR:
            counts = [Recount(unit, month).all() for unit in units]
            for code in ("made", "sold", "lots_lawful", "makers"):
                number = sum(one[code][0] for one in counts)
                assert true[code, "53"][month].numerator == number, (code, month)
        lawful = [Recount(world.atb, month).all()["lots_lawful"][0] for month in YEAR]
    assert sum(lawful) > 0
    told_sum = sum(one.numerator for one in read["lots_lawful", "53"].values())
    assert told_sum == sum(lawful[: TODAY.month - 1])


def test_a_view_is_the_told_figure_of_the_region(world: World, pact: Pact) -> None:
    measured(world, pact.commitment, "made", 100)
    for month, amount in ((1, 10), (2, 20), (10, 5)):
        told(world, month, amount)
    told(world, 3, 7, unit="LP-KPG")
    told(world, 1, 1000, code="listings")

    found = view(world)

    assert found.facts.value == 42
    assert found.facts.expected == Decimal("83.3")
    assert (found.months_done, len(found.period)) == (10, 12)
    with world.acting("regional") as scope:
        (row,) = values(
            scope.actor, "made", YEAR, PROVINCE, audience=PUBLIC, within="53"
        )  # fmt: skip
    assert found.facts.value == row.value


def test_both_sides_and_every_office_read_the_same_state(world: World, pact: Pact) -> None:
    measured(world, pact.commitment, "made", 100)
    told(world, 1, 90)

    states = {
        who: (standing(world, who=who).state, view(world, who=who).facts.value)
        for who in ("regional", "national", "umkm_officer", "mentor", "head", "outside_head")
    }

    assert set(states.values()) == {("on_track", Decimal(90))}


def test_another_region_is_not_counted(world: World, pact: Pact) -> None:
    told(world, 1, 90)
    with world.everywhere():
        bali = Region.objects.create(
            code="51", name="Bali", level="province",
            reference=Region.objects.get(pk="53").reference,
        )  # fmt: skip
        Seat.objects.create(
            facility=world.kpg, region=bali, office=world.offices["NTT-KWL"], source="contoh",
            valid_from=date(2020, 1, 1), recorded_at=clock.now(),
        )  # fmt: skip
    told(world, 1, 500, unit="LP-KPG")
    measured(world, pact.commitment, "made", 100)

    assert view(world).facts.value == 90


def test_the_day_changes_the_answer(world: World, pact: Pact) -> None:
    measured(world, pact.commitment, "made", 120)
    for month in range(1, 7):
        told(world, month, 10)

    states = {day: standing(world, day).state for day in (
        date(2026, 2, 7), date(2026, 2, 8), date(2026, 7, 31), date(2026, 8, 8), date(2026, 9, 8),
        date(2027, 1, 8),
    )}  # fmt: skip

    assert list(states.values()) == [
        "on_track", "on_track", "on_track", "at_risk", "late", "late",
    ]  # fmt: skip
    # Late first with August's figures: 60 of 80, the month of July had 60 of 70.
    assert standing(world, date(2026, 12, 8)).late_since == date(2026, 9, 1)


def test_a_commitment_that_began_in_the_year_is_asked_for_its_own_months(world: World) -> None:
    signed(world, starts_on=date(2026, 9, 15))
    promise = standing(world).commitment
    measured(world, promise, "made", 100)
    told(world, 1, 900)
    told(world, 9, 50)

    found = view(world)

    assert found.facts.value == 50
    assert found.facts.expected == 50
    assert (found.months_done, len(found.period)) == (2, 4)


def test_a_level_is_not_divided_by_the_year(world: World, pact: Pact) -> None:
    measured(world, pact.commitment, "listings", 10)
    told(world, 9, 30, "listings")
    told(world, 10, 8, "listings")

    found = view(world)

    assert (found.facts.value, found.facts.expected) == (8, 10)
    assert found.state == "at_risk"


def test_a_limit_is_judged_the_other_way(world: World, pact: Pact) -> None:
    measured(world, pact.commitment, "made", 12, direction=Direction.AT_MOST)
    told(world, 1, 10)
    assert standing(world).state == "on_track"
    told(world, 2, 1)
    assert standing(world).state == "at_risk"
    told(world, 3, 2)
    assert standing(world).state == "late"


def test_what_nobody_was_told_is_no_zero(world: World, pact: Pact) -> None:
    measured(world, pact.commitment, "made", 100)

    found = standing(world)

    assert found.measures[0].facts.value is None
    assert [one.code for one in found.reasons] == ["measure_without_figure"]


def test_told_month_waits_for_the_eighth() -> None:
    assert told_month(date(2026, 11, 7)) == date(2026, 9, 1)
    assert told_month(date(2026, 11, 8)) == date(2026, 10, 1)
    assert told_month(date(2026, 1, 7)) == date(2025, 11, 1)


@pytest.mark.parametrize(
    ("likelihood", "impact", "is_high"),
    [(1, 3, False), (2, 2, False), (2, 3, True), (3, 2, True), (3, 3, True), (3, 1, False)],
)
def test_a_risk_is_high_from_six_on(
    world: World, pact: Pact, likelihood: int, impact: int, is_high: bool
) -> None:
    risk_of(world, pact, likelihood, impact)

    assert (standing(world).state == "at_risk") == is_high


@pytest.mark.parametrize("rows", [1, 6])
def test_evidence_costs_four_statements(world: World, pact: Pact, rows: int) -> None:
    for number in range(rows):
        promise = promised(world, pact.agreement, code=f"2{number}")
        measured(world, promise, "made", 100)
        measured(world, promise, "sold", 100)
        due(world, promise, "Modul", TODAY)
    told(world, 1, 5)

    with world.acting("regional") as scope, at_most(4):
        found = standings(scope.actor, TODAY)
    assert len(found) == rows + 1


def test_a_target_of_the_next_year_keeps_a_commitment_open(world: World, pact: Pact) -> None:
    measured(world, pact.commitment, "made", 10)
    told(world, 1, 10)
    assert standing(world).state == "done"
    measured(world, pact.commitment, "made", 10, year=TODAY.year + 1)

    assert standing(world).state == "on_track"
