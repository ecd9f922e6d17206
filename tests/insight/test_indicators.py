"""Indicators: each equals a plain recount; where a unit belonged; who reads which numbers."""

from datetime import date
from decimal import Decimal

import pytest

from berdaya.insight.actions.figures import counted
from berdaya.insight.actions.places import record_seat
from berdaya.insight.indicators import INDICATORS
from berdaya.insight.models import Figure
from berdaya.insight.periods import Period
from berdaya.insight.queries import values
from berdaya.institutions.models import Office, Region
from berdaya.proceeds.models import Sale
from tests.counting import at_most
from tests.insight.recount import Recount
from tests.insight.scene import MARCH, YEAR, reckon_all
from tests.web.desk import Desk
from tests.world import World


def test_every_indicator_equals_a_plain_recount(desk: Desk) -> None:
    world, differ, seen = desk.world, {}, set()
    with world.everywhere():
        for facility in (world.atb, world.kpg):
            found = counted(facility, YEAR)
            for month in YEAR:
                for code, told in Recount(facility, month).all().items():
                    part = found[code, month, ""]
                    mine = (Decimal(part.numerator), part.denominator)
                    below = None if mine[1] is None else Decimal(mine[1])
                    if (mine[0], below) != told:
                        differ[facility.code, code, month] = (mine, told)
                    if told[0]:
                        seen.add(code)

    assert differ == {}
    assert set(INDICATORS) == _codes()
    # The furnished unit has something of these, so that the recount means something.
    assert {"made", "sold", "paid", "deposited", "makers", "incidents", "permits"} <= seen


def _codes() -> set[str]:
    return {name[6:] for name in dir(Recount) if name.startswith("count_")}


def test_parts_add_up_to_the_whole(desk: Desk) -> None:
    with desk.world.everywhere():
        found = counted(desk.world.atb, YEAR)
    for code, one in INDICATORS.items():
        if one.parts_title:
            for month in YEAR:
                parts = [x.numerator for (name, day, part), x in found.items()
                         if name == code and day == month and part]  # fmt: skip
                assert sum(parts) == found[code, month, ""].numerator, (code, month)


def test_a_facility_that_moves_keeps_its_history(desk: Desk) -> None:
    world = desk.world
    reckon_all(world)
    with world.everywhere() as scope:
        reference = world.atb.region.reference
        there = Region.objects.create(
            code="53.21", name="Malaka", level="regency", parent_id="53", reference=reference
        )
        kanwil = Office.objects.get(code="NTT-KWL")
        record_seat(
            by=scope.actor, facility=world.atb, region=there, office=kanwil, places=40,
            source="SK 1/2026", valid_from=date(2026, 7, 1),
        )  # fmt: skip
        total = sum(
            one.amount_rp - one.refunded_rp for one in Sale.objects.filter(facility=world.atb)
        )
    with world.acting("national") as scope:
        told = {one.key: one for one in values(scope.actor, "sold", YEAR, "regency")}
        march = values(scope.actor, "sold", Period.month(MARCH), "regency")
        provinces = values(scope.actor, "sold", YEAR, "province")
        room = values(scope.actor, "sold", Period.month(date(2026, 8, 1)), per="capacity")

    assert [one.key for one in march if one.numerator] == ["53.04"]
    assert told["53.04"].numerator + told["53.21"].numerator == total
    assert [one.key for one in provinces] == ["53"]
    by_code = {one.key: one for one in room}
    assert by_code["LP-ATB"].denominator == 40


def test_values_are_of_facilities_in_scope_and_true_counts_are_for_offices(desk: Desk) -> None:
    world = desk.world
    reckon_all(world)
    with world.acting("head") as scope:
        mine = values(scope.actor, "makers", YEAR)
    with world.acting("mentor") as scope:
        told = values(scope.actor, "makers", YEAR)
        with pytest.raises(ValueError, match="offices"):
            values(scope.actor, "makers", YEAR, audience="office")

    assert [one.key for one in mine] == ["LP-ATB"]
    assert told == []


@pytest.mark.parametrize("by", ["facility", "regency", "province", "nation", "month", "part"])
def test_values_take_few_statements(desk: Desk, by: str) -> None:
    world = desk.world
    reckon_all(world)
    with world.acting("national") as scope, at_most(6):
        found = values(scope.actor, "sold", YEAR, by)

    assert found


def test_reckoning_again_changes_nothing_but_the_hour(desk: Desk) -> None:
    world = desk.world
    reckon_all(world)
    with world.everywhere():
        before = list(Figure.objects.order_by("pk").values_list("pk", "numerator", "denominator"))
    reckon_all(world)
    with world.everywhere():
        after = list(Figure.objects.order_by("pk").values_list("pk", "numerator", "denominator"))

    assert before == after


@pytest.mark.parametrize("code", INDICATORS)
def test_an_indicator_says_all_that_is_needed_to_believe_it(code: str, db: None) -> None:
    one = INDICATORS[code]

    assert all(map(str, (one.title, one.definition, one.numerator, one.owner, one.unit)))
    assert one.sources
    assert one.official == bool(one.beside) == bool(str(one.differs)) == bool(str(one.legal_basis))
    assert not one.beside or one.beside in INDICATORS


def test_figures_of_another_unit_stay_behind_the_wall(world: World) -> None:
    reckon_all(world)
    with world.acting("outsider"):
        seen = set(Figure.objects.values_list("facility", flat=True))

    assert seen == {world.kpg.pk}
