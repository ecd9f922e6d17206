"""Sums of whole offices: always those of the figures, read only by who sees all of an office."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from django.db import DatabaseError, connection, transaction

from berdaya.core import clock
from berdaya.core.proofs import declared_checks
from berdaya.core.scope import Actor, ClosedToPublic, ScopeMissing, acting, system_scope
from berdaya.insight.actions.figures import reckon
from berdaya.insight.actions.places import record_seat
from berdaya.insight.boards import BOARDS
from berdaya.insight.boards.ground import span_of
from berdaya.insight.cube import Cube, Reach, days_of, rows_of
from berdaya.insight.indicators import INDICATORS
from berdaya.insight.models import Figure, OfficeSum
from berdaya.insight.periods import Period
from berdaya.insight.queries import OFFICE, PUBLIC, values
from berdaya.insight.together import overview
from berdaya.institutions.models import AssignmentLetter, Facility, Office, Region
from tests import databases
from tests.core.test_scope import query
from tests.insight.scene import MARCH, YEAR, reckon_all
from tests.web.desk import Desk
from tests.world import World, make_world

JULY = date(2026, 7, 1)
LEVELS = ("nation", "province", "regency")
PERIODS = [YEAR, Period.month(MARCH), Period.parse("2026-Q1"), Period.year(2025)]
READERS = ("regional", "national", "auditor", "head", "outsider")


@pytest.fixture
def moved(desk: Desk) -> Desk:
    """A year reckoned; Atambua moves regency in July, a third unit has left for another office."""
    world = desk.world
    with world.everywhere() as scope:
        source = world.atb.region
        there = Region.objects.create(
            code="53.21", name="Kabupaten Malaka", level="regency", parent_id="53",
            reference=source.reference,
        )  # fmt: skip
        other = Office.objects.create(
            code="NTB-KWL", kind="regional_office", name="NTB-KWL",
            parent=world.offices["IMIPAS-PAS"], path="IMIPAS/IMIPAS-PAS/NTB-KWL",
        )  # fmt: skip
        third = Facility.objects.create(
            code="LP-SMB", kind="lapas", name="Lapas Contoh", town="Contoh", region=source,
            office=world.offices["NTT-KWL"], lat="-9.11", lon="124.89",
        )  # fmt: skip
    world.facilities["LP-SMB"] = third
    reckon_all(world)
    with world.everywhere() as scope:
        twins = list(Figure.objects.filter(facility=world.atb))
        for one in twins:
            one.pk, one.facility = None, third
            one.numerator += 3
        Figure.objects.filter(facility=third).update(numerator=1)
        Figure.objects.bulk_create(
            twins, update_conflicts=True, unique_fields=["facility", "indicator", "month", "part"],
            update_fields=["numerator", "denominator", "days"],
        )  # fmt: skip
        record_seat(
            by=scope.actor, facility=world.atb, region=there, office=world.offices["NTT-KWL"],
            places=40, source="SK 1/2026", valid_from=JULY,
        )  # fmt: skip
        record_seat(
            by=scope.actor, facility=third, region=source, office=other, places=25,
            source="SK 2/2026", valid_from=JULY,
        )  # fmt: skip
    return desk


def by_figures(reach: Reach) -> Reach:
    """The same reader without sums."""
    return replace(reach, offices=(), others=())


def broken() -> list[str]:
    [check] = [one for one in declared_checks() if one.code == "insight_sums"]
    return check.rows()


def differences(actor: Actor, within: str) -> Iterator[object]:
    """Where a board of this place would read otherwise from sums than from figures."""
    reach = Reach.of(actor, OFFICE, within)
    for period, board, by in product(PERIODS, BOARDS.values(), LEVELS):
        if within and by != "regency":
            continue
        codes, stepped = [*board.codes_for(OFFICE), "makers"], board.stepped_for(OFFICE)
        span = span_of(period)
        read = rows_of(reach, codes, span, by, stepped)
        if sorted(read) != sorted(rows_of(by_figures(reach), codes, span, by, stepped)):
            yield period.code, board.key, by
    if days_of(reach, "hours", YEAR) != days_of(by_figures(reach), "hours", YEAR):
        yield "days"


@pytest.mark.parametrize("who", READERS)
def test_boards_read_the_same_from_sums_as_from_figures(moved: Desk, who: str) -> None:
    with moved.world.acting(who) as scope:
        differ = [one for within in ("", "53") for one in differences(scope.actor, within)]
        reach = Reach.of(scope.actor, OFFICE)

    assert differ == []
    assert bool(reach.offices) == (who in ("regional", "national", "auditor"))


def test_whole_offices_and_single_units_are_added_together(moved: Desk) -> None:
    """A unit of one office is missing: the rest of it is read by figures, the other by sums."""
    world = moved.world
    all_but_one = [one.pk for one in world.facilities.values() if one.code != "LP-KPG"]
    with system_scope("tests", all_but_one) as scope:
        reach = Reach.of(scope.actor, OFFICE)
        differ = [one for within in ("", "53") for one in differences(scope.actor, within)]
        text, _values = reach.source("true", "regency")

    assert differ == []
    assert world.atb.pk in reach.others
    assert world.facilities["LP-SMB"].pk not in reach.others
    assert "UNION ALL" in text


def test_one_unit_without_the_ability_is_left_out_with_its_office(moved: Desk) -> None:
    """In scope, but its people not to be seen: no sum may tell of it."""
    world = moved.world
    regional = world.actor("regional")
    actor = replace(regional, roles=regional.roles | {world.kpg.pk: frozenset()})
    with acting(actor, "test"):
        reach = Reach.of(actor, OFFICE)
        read = rows_of(reach, ["sold"], YEAR, "facility")
        whole = rows_of(reach, ["sold"], YEAR, "nation")

    assert reach.offices == ()
    assert {row.key for row in read} == {"LP-ATB"}
    assert sum(row.numerator for row in whole) == sum(row.numerator for row in read)


def test_sums_are_really_read(moved: Desk) -> None:
    """Of whole offices no figure is asked for: taken away, the board still knows them."""
    world = moved.world
    with world.acting("national") as scope:
        reach = Reach.of(scope.actor, OFFICE)
        before = rows_of(reach, ["sold"], YEAR, "regency")
        text, _values = reach.source("true", "regency")

    assert len(reach.offices) == 2
    assert reach.others == ()
    assert "insight_figure" not in text
    assert {row.key for row in before} == {"53.04", "53.21"}


def test_a_unit_that_changed_its_office_counts_where_it_is(moved: Desk) -> None:
    world = moved.world
    with world.acting("regional") as scope:
        here = {row.key: row for row in rows_of(Reach.of(scope.actor, OFFICE), ["sold"],
                                                Period.month(MARCH), "nation")}  # fmt: skip
        mine = [world.atb.pk, world.kpg.pk]
        figures = Figure.objects.filter(facility__in=mine, indicator="sold", part="", month=MARCH)
        total = sum(figures.values_list("numerator", flat=True))
    with world.acting("national"):
        codes = set(OfficeSum.objects.values_list("office__code", flat=True))
        lay = OfficeSum.objects.filter(office__code="NTT-KWL", month__gte=JULY, indicator="makers")
        places = set(lay.values_list("is_province", "region_id", "places"))

    assert here[""].numerator == total
    assert codes == {"NTT-KWL", "NTB-KWL"}
    assert places == {(False, "53.04", 0), (False, "53.21", 40), (True, "53", 40)}


@pytest.mark.parametrize("audience", [OFFICE, PUBLIC])
@pytest.mark.parametrize("period", PERIODS[:3])
def test_the_overview_says_what_values_say(moved: Desk, period: Period, audience: str) -> None:
    with moved.world.acting("regional") as scope:
        found = overview(scope.actor, period, audience).values
        told = {
            code: values(scope.actor, code, period, "nation", audience=audience)
            for code in INDICATORS
        }

    mine = {code: (one.numerator, one.denominator, one.value) for code, one in found.items()}
    assert mine == {
        code: (one.numerator, one.denominator, one.value) for code, (one,) in
        ((code, rows) for code, rows in told.items() if rows)
    }  # fmt: skip


@pytest.mark.parametrize("per", ["maker", "capacity"])
@pytest.mark.parametrize("period", PERIODS[:3])
def test_sums_are_divided_as_figures_are(moved: Desk, period: Period, per: str) -> None:
    with moved.world.acting("national") as scope:
        for by in ("province", "regency"):
            cube = Cube(rows_of(Reach.of(scope.actor, OFFICE), ["sold", "makers"], period, by))
            told = values(scope.actor, "sold", period, by, per=per)
            mine = cube.by_place("sold", period, per)
            assert mine == {one.key: one.value for one in told if one.value is not None}
            # Only from July on there is a seat that says how much room there is.
            assert mine or (per == "capacity" and period != YEAR)


def limit(world: World, since: date | None, until: date | None) -> None:
    with world.everywhere():
        AssignmentLetter.objects.update(examined_from=since, examined_until=until)


def test_a_letter_for_a_period_opens_figures_of_it_and_no_sum(moved: Desk) -> None:
    world = moved.world
    limit(world, MARCH, MARCH + timedelta(days=31))
    with world.acting("auditor") as scope:
        reach = Reach.of(scope.actor, OFFICE)
        rows = rows_of(reach, ["sold"], YEAR, "province")
        seen = query("SELECT count(*) FROM insight_officesum")

    assert seen == [(0,)]
    assert reach.offices == ()
    assert {row.month for row in rows} == {MARCH}


@pytest.mark.parametrize(
    ("who", "offices"),
    [
        ("officer", 0), ("head", 0), ("outsider", 0), ("counsellor", 0), ("mentor", 0),
        ("umkm_officer", 0), ("regional", 1), ("auditor", 1), ("national", 2),
    ],
)  # fmt: skip
def test_who_reads_which_sums_without_any_filter(moved: Desk, who: str, offices: int) -> None:
    with moved.world.acting(who):
        found = query("SELECT count(DISTINCT office_id) FROM insight_officesum")

    assert found == [(offices,)]


def test_the_region_that_a_unit_left_reads_no_sum_of_its_new_office(moved: Desk) -> None:
    with moved.world.acting("regional"):
        codes = query(
            "SELECT DISTINCT o.code FROM insight_officesum s"
            " JOIN institutions_office o ON o.id = s.office_id"
        )

    assert codes == [("NTT-KWL",)]


def test_one_unit_out_of_scope_shuts_its_whole_office(moved: Desk) -> None:
    world = moved.world
    all_but_one = [one.pk for one in world.facilities.values() if one.code != "LP-KPG"]
    with system_scope("tests", all_but_one):
        codes = set(OfficeSum.objects.values_list("office__code", flat=True))

    assert codes == {"NTB-KWL"}


@pytest.mark.parametrize(
    ("purpose", "error"), [("", ScopeMissing), ("public", ClosedToPublic), ("shop", ClosedToPublic)]
)
def test_nobody_passing_by_reads_sums(
    moved: Desk, purpose: str, error: type[DatabaseError]
) -> None:
    def ask() -> None:
        with transaction.atomic():
            query("SELECT count(*) FROM insight_officesum")

    with pytest.raises(error):
        if purpose:
            with system_scope(purpose, [one.pk for one in moved.world.facilities.values()]):
                ask()
        else:
            ask()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE insight_officesum SET numerator = 1",
        "DELETE FROM insight_officesum",
        "SELECT insight_add_up(ARRAY[1]::bigint[], ARRAY['53.04'], ARRAY['2026-03-01'::date])",
    ],
)
def test_nobody_writes_sums_but_the_triggers(moved: Desk, sql: str) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        moved.world.everywhere(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_one_who_reckons_a_unit_alone_keeps_the_sums_of_all(moved: Desk) -> None:
    """A head sees one unit; what they reckon changes the office's sum by that unit's part."""
    world = moved.world
    with world.everywhere():
        before = OfficeSum.objects.get(indicator="sold", part="", month=MARCH,
                                       office__code="NTT-KWL", region="53.04")  # fmt: skip
        Figure.objects.filter(facility=world.atb, indicator="sold", month=MARCH).update(numerator=0)
        less = OfficeSum.objects.get(pk__gt=before.pk, indicator="sold", part="", month=MARCH,
                                     office__code="NTT-KWL", region="53.04")  # fmt: skip
    with world.acting("head") as scope:
        reckon(by=scope.actor, facility=world.atb, period=Period.month(MARCH))
    with world.everywhere():
        after = OfficeSum.objects.get(indicator="sold", part="", month=MARCH,
                                      office__code="NTT-KWL", region="53.04")  # fmt: skip
        assert broken() == []

    assert less.numerator < before.numerator == after.numerator
    assert after.reckoned_at >= before.reckoned_at


def test_reckoning_again_changes_no_sum(moved: Desk) -> None:
    world = moved.world
    keys = ("is_province", "office", "region", "month", "indicator", "part", "numerator",
            "denominator", "places", "days")  # fmt: skip
    with world.everywhere() as scope:
        once = sorted(map(str, OfficeSum.objects.values_list(*keys)))
        for _time in range(2):
            reckon(by=scope.actor, facility=world.kpg, period=YEAR)
        twice = sorted(map(str, OfficeSum.objects.values_list(*keys)))

    assert once == twice
    assert once


@pytest.mark.parametrize("seat", ["ended", "room"])
def test_a_seat_put_right_moves_the_months(moved: Desk, seat: str) -> None:
    world = moved.world
    change = {"ended": "valid_until = '2026-09-01'", "room": "places = 77"}[seat]
    with world.everywhere():
        query(f"UPDATE insight_seat SET {change} WHERE valid_from = '{JULY}' RETURNING id")
        assert broken() == []
        lay = OfficeSum.objects.filter(
            is_province=False, indicator="makers", month=date(2026, 10, 1)
        )
        found = set(lay.values_list("region_id", "places"))

    # Beside the seats the facility itself says where it is: Atambua has gone to 53.21 by now.
    assert found == {
        "ended": {("53.04", 0), ("53.21", 0)}, "room": {("53.04", 0), ("53.04", 77), ("53.21", 77)},
    }[seat]  # fmt: skip


HARMS = {
    "higher": "UPDATE insight_officesum SET numerator = numerator + 1 WHERE id = {one}",
    "divided": "UPDATE insight_officesum SET denominator = 7 WHERE id = {one}",
    "roomier": "UPDATE insight_officesum SET places = places + 1 WHERE id = {one}",
    "elsewhere": "UPDATE insight_officesum SET month = '2031-01-01' WHERE id = {one}",
    "older": "UPDATE insight_officesum SET reckoned_at = '2020-01-01' WHERE id = {one}",
    "longer days": "UPDATE insight_officesum SET days[3] = 900 WHERE id = {one}",
    "a day later": "UPDATE insight_officesum SET days[1] = 3, days[2] = 5 WHERE id = {one}",
    "gone": "DELETE FROM insight_officesum WHERE id = {one}",
    "made up": "INSERT INTO insight_officesum (is_province, office_id, region_id, month,"
    " indicator, part, numerator, places, reckoned_at)"
    " SELECT true, office_id, region_id, month, 'sold', 'x', 1, 0, now()"
    " FROM insight_officesum WHERE id = {one}",
}


def test_check_books_names_a_sum_that_is_not_its_figures(real_db: str) -> None:
    """Changed by the owner's hand, past the triggers, one after the other."""
    with transaction.atomic():
        world = make_world()
        with world.everywhere():
            Figure.objects.bulk_create([
                Figure(facility=unit, month=MARCH, indicator=code, part="", version=1, numerator=60,
                       days=[2] * 31 if code == "hours" else None, reckoned_at=clock.now())
                for unit in (world.atb, world.kpg) for code in ("hours", "sold")
            ])  # fmt: skip
    found = {}
    with databases.owner_connection(real_db) as owner:
        with world.everywhere():
            assert broken() == []
            one = OfficeSum.objects.get(indicator="hours", is_province=False)
            assert (one.numerator, one.days[:2]) == (Decimal(120), [4, 4])
        for name, harm in HARMS.items():
            with world.everywhere():
                one = OfficeSum.objects.get(indicator="hours", is_province=False)
            owner.execute(harm.format(one=one.pk))
            with world.everywhere():
                found[name] = broken()
                # Reckoned anew, what lied is right again.
                Figure.objects.update(numerator=60)
            owner.execute("DELETE FROM insight_officesum WHERE month = '2031-01-01'")

    lines = {name: len(rows) for name, rows in found.items()}
    assert lines == dict.fromkeys(HARMS, 1) | {"elsewhere": 2}
    assert all("NTT-KWL · 53.04 · 20" in line for rows in found.values() for line in rows)
