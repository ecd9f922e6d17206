"""A batch books everything it needs, or nothing, and is told when all of it is free."""

from datetime import timedelta

import pytest

from berdaya.core import clock
from berdaya.core.verdicts import Refused
from berdaya.equipment.models import Booking
from berdaya.goods.models import Variant
from berdaya.workshop.actions.batches import start_batch
from berdaya.workshop.actions.equipment import add_need, book_for_batch, end_need
from berdaya.workshop.models import Batch, BatchBooking, EquipmentNeed, Workshop
from berdaya.workshop.queries import needs_on
from tests.equipment.scene import DAY, booked, hours, instant, machine, monday
from tests.stock.shelves import make_shelf
from tests.world import SINCE, World


@pytest.fixture
def variant(world: World) -> Variant:
    with world.acting():
        return make_shelf(world.atb).variant


@pytest.fixture
def shop(world: World) -> Workshop:
    with world.acting():
        return Workshop.objects.create(
            facility=world.atb, code="TEN", name="Tenun", line_of_work="tenun"
        )


def need(world: World, shop: Workshop, **facts: object) -> EquipmentNeed:
    told = {"kind": "loom", "qty": 1, "hours": 12, "valid_from": SINCE} | facts
    with world.acting() as scope:
        return add_need(by=scope.actor, workshop=shop, **told)


def start(world: World, shop: Workshop, variant: Variant, hour: int = 8) -> Batch:
    with world.acting() as scope:
        return start_batch(
            by=scope.actor, workshop=shop, variant=variant, started_on=clock.today(),
            equipment_from=instant(monday(), hour),
        )  # fmt: skip


def counts(world: World) -> tuple[int, int, int]:
    with world.everywhere():
        return Batch.objects.count(), Booking.objects.count(), BatchBooking.objects.count()


def test_starting_a_batch_books_open_hours_of_all_it_needs(
    world: World, shop: Workshop, variant: Variant
) -> None:
    machine(world)
    machine(world, name="Oven", kind="oven")
    need(world, shop)
    need(world, shop, kind="oven", hours=2)

    start(world, shop, variant)

    with world.acting():
        taken = {one.equipment.kind: one for one in Booking.objects.select_related("equipment")}
    # Twelve hours of a loom that is open for eight: into the next day.
    assert (taken["loom"].starts_at, taken["loom"].ends_at) == (
        hours(8, 9).start, hours(8, 12, monday() + DAY).end,
    )  # fmt: skip
    assert taken["oven"].ends_at == hours(8, 10).end
    assert counts(world) == (1, 2, 2)


def test_one_machine_short_and_nothing_is_booked_and_no_batch_begun(
    world: World, shop: Workshop, variant: Variant
) -> None:
    loom = machine(world)
    machine(world, name="Oven", kind="oven")
    need(world, shop, kind="oven", hours=2)
    need(world, shop, hours=2)
    booked(world, loom, hours(8, 11))

    with pytest.raises(Refused) as refusal:
        start(world, shop, variant)

    assert refusal.value.verdict.codes == ("equipment_kind_short",)
    assert "11.00 WITA" in refusal.value.verdict.reasons[0].next_text
    assert counts(world) == (0, 1, 0)
    start(world, shop, variant, 11)
    assert counts(world) == (1, 3, 2)


def test_kind_that_nobody_has_is_named(world: World, shop: Workshop, variant: Variant) -> None:
    need(world, shop, kind="roaster")

    with pytest.raises(Refused) as refusal:
        start(world, shop, variant)

    assert refusal.value.verdict.codes == ("equipment_kind_missing",)
    assert counts(world) == (0, 0, 0)


def test_need_of_a_variant_goes_before_the_workshops(
    world: World, shop: Workshop, variant: Variant
) -> None:
    machine(world)
    need(world, shop, hours=12)
    need(world, shop, hours=3, variant=variant)

    with world.acting():
        assert [one.hours for one in needs_on(shop.pk, variant.pk, clock.today())] == [3]
        assert [one.hours for one in needs_on(shop.pk, 0, clock.today())] == [12]


def test_need_stands_once_and_ends(world: World, shop: Workshop, variant: Variant) -> None:
    row = need(world, shop)
    with pytest.raises(Refused) as refusal:
        need(world, shop, hours=3)
    with world.acting() as scope:
        end_need(by=scope.actor, need=row, day=clock.today() - timedelta(days=1))
        made = start_batch(by=scope.actor, workshop=shop, variant=variant, started_on=clock.today())

    with world.acting() as scope, pytest.raises(Refused) as nothing:
        book_for_batch(by=scope.actor, batch=made, starts_at=instant(monday(), 8))

    assert refusal.value.verdict.codes == ("need_exists",)
    assert nothing.value.verdict.codes == ("batch_needs_nothing",)
    assert counts(world) == (1, 0, 0)
