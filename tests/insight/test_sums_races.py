"""Real threads: units of one office reckoned, told and moved at once leave sums of all of them."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import transaction

from berdaya.core import clock
from berdaya.core.proofs import declared_checks
from berdaya.core.scope import system_scope
from berdaya.insight.models import Figure, OfficeSum
from berdaya.institutions.models import Facility, Office, Region
from tests.orders.counter import at_once
from tests.world import World, make_world

pytestmark = pytest.mark.race
MONTHS = [date(2026, month, 1) for month in (1, 2, 3)]
KEY = ["facility", "indicator", "month", "part"]
CODES = ("sold", "made", "paid")


@pytest.fixture
def world(real_db: str) -> World:
    """Four units of one office and regency, each with a quarter of figures; a second office."""
    with transaction.atomic():
        world = make_world()
        with world.everywhere():
            Office.objects.create(code="NTB-KWL", kind="regional_office", name="NTB", path="NTB")
            for code in ("LP-SMB", "LP-WGP"):
                world.facilities[code] = Facility.objects.create(
                    code=code, kind="lapas", name=code, town="Contoh", region=world.atb.region,
                    office=world.atb.office, lat="-9.11", lon="124.89",
                )  # fmt: skip
    for unit in producing(world):
        write(unit, 1, MONTHS)
    return world


def producing(world: World) -> list[Facility]:
    return [one for one in world.facilities.values() if one.is_producing]


def write(unit: Facility, number: int, months: list[date]) -> None:
    """As a nightly job does: this unit alone is in scope."""
    rows = [
        Figure(facility=unit, month=month, indicator=code, part="", version=1, numerator=number,
               reckoned_at=clock.now())
        for month in months for code in CODES
    ]  # fmt: skip
    with system_scope("tests", [unit.pk]):
        Figure.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=KEY,
            update_fields=["numerator", "reckoned_at"], batch_size=2,
        )  # fmt: skip


def writing(unit: Facility, number: int, months: list[date]) -> Callable[[], object]:
    return lambda: write(unit, number, months)


def proved(world: World) -> dict[str, int]:
    """What all offices sold in the quarter, after check_books found nothing."""
    with world.everywhere():
        [check] = [one for one in declared_checks() if one.code == "insight_sums"]
        assert check.rows() == []
        found: dict[str, int] = {}
        regencies = OfficeSum.objects.filter(indicator="sold", is_province=False)
        for office, number in regencies.values_list("office__code", "numerator"):
            found[office] = found.get(office, 0) + int(number)
        return found


def test_units_of_one_office_reckoned_at_once_are_all_in_its_sums(world: World) -> None:
    answers = at_once([writing(unit, 10 + place, MONTHS) for place, unit in
                       enumerate(producing(world))])  # fmt: skip

    assert answers == [None] * 4
    assert proved(world) == {"NTT-KWL": 3 * (10 + 11 + 12 + 13)}


def test_one_unit_written_in_two_orders_at_once_waits_and_never_hangs(world: World) -> None:
    answers = at_once([
        writing(world.atb, 20, MONTHS), writing(world.atb, 20, MONTHS[::-1]),
        writing(world.atb, 20, MONTHS[1:]), writing(world.kpg, 1, MONTHS[::-1]),
    ])  # fmt: skip

    assert answers == [None] * 4
    assert proved(world) == {"NTT-KWL": 3 * (20 + 1 + 1 + 1)}


def test_a_unit_that_moves_while_it_is_reckoned_is_counted_where_it_is(world: World) -> None:
    other = Office.objects.get(code="NTB-KWL")
    province = Region.objects.get(code="53")

    def move() -> None:
        with world.everywhere():
            Facility.objects.filter(pk=world.atb.pk).update(office=other, region=province)

    answers = at_once([move, writing(world.atb, 30, MONTHS), writing(world.kpg, 5, MONTHS),
                       writing(world.atb, 30, MONTHS)])  # fmt: skip

    assert answers == [None] * 4
    assert proved(world) == {"NTT-KWL": 3 * (5 + 1 + 1), "NTB-KWL": 3 * 30}
