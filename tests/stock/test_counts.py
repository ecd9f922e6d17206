"""Counts: the book follows what was found, with a reason, once a day."""

from decimal import Decimal

import pytest

from berdaya.core.verdicts import Refused
from berdaya.stock.actions.counts import count_stock
from berdaya.stock.actions.movements import record_loss, take_from_lot
from berdaya.stock.models import Lot, StockCount, StockCountLine, StockMovement
from tests.stock.shelves import YESTERDAY, Shelf, make_shelf, on_hand, stocked
from tests.world import TODAY, World


@pytest.fixture
def shelf(world: World) -> Shelf:
    with world.acting():
        return make_shelf(world.atb)


@pytest.fixture
def lot(world: World, shelf: Shelf) -> Lot:
    with world.acting():
        return stocked(world, shelf)


def count(world: World, shelf: Shelf, counts: dict[int, Decimal], **more: object) -> StockCount:
    facts = {"place": shelf.store, "day": TODAY, "reason": "", **more}
    with world.acting():
        return count_stock(by=world.actor("officer"), counts=counts, **facts)


def test_count_without_difference_moves_nothing(world: World, shelf: Shelf, lot: Lot) -> None:
    count(world, shelf, {lot.pk: Decimal(10)})

    with world.acting():
        assert not StockMovement.objects.filter(kind="count").exists()
        assert StockCountLine.objects.get().difference == 0


def test_count_with_difference_needs_a_reason(world: World, shelf: Shelf, lot: Lot) -> None:
    with pytest.raises(Refused) as refusal:
        count(world, shelf, {lot.pk: Decimal(8)})

    assert refusal.value.verdict.codes == ("stock_reason_missing",)
    with world.acting():
        assert on_hand(lot, shelf.store) == 10
        assert not StockCount.objects.exists()


def test_count_makes_the_book_follow(world: World, shelf: Shelf, lot: Lot) -> None:
    made = count(world, shelf, {lot.pk: Decimal(8)}, reason="Dua pecah di rak.")

    with world.acting():
        movement = StockMovement.objects.get(kind="count")
        assert (movement.qty, movement.reference) == (Decimal(-2), f"count:{made.pk}")
        assert on_hand(lot, shelf.store) == 8


def test_count_of_a_past_day_leaves_later_movements_alone(
    world: World, shelf: Shelf, lot: Lot
) -> None:
    with world.acting():
        take_from_lot(
            by=world.actor("officer"), lot=lot, place=shelf.store, qty=Decimal(4), day=TODAY,
            kind="sold", reference="",
        )  # fmt: skip

    count(world, shelf, {lot.pk: Decimal(9)}, day=YESTERDAY, reason="Satu pecah.")

    with world.acting():
        assert StockCountLine.objects.get().book_qty == 10
        assert on_hand(lot, shelf.store) == 5


def test_second_count_of_a_day_is_told(world: World, shelf: Shelf, lot: Lot) -> None:
    count(world, shelf, {lot.pk: Decimal(10)})

    with pytest.raises(Refused) as refusal:
        count(world, shelf, {lot.pk: Decimal(9)}, reason="lagi")

    assert refusal.value.verdict.codes == ("count_exists",)


def test_count_never_finds_more_than_was_made(world: World, shelf: Shelf, lot: Lot) -> None:
    with pytest.raises(Refused) as refusal:
        count(world, shelf, {lot.pk: Decimal(11)}, reason="ketemu satu")

    assert refusal.value.verdict.codes == ("lot_overfilled",)


def test_count_finds_again_what_was_written_off(world: World, shelf: Shelf, lot: Lot) -> None:
    with world.acting():
        record_loss(
            by=world.actor("officer"), lot=lot, place=shelf.store, qty=Decimal(2), day=TODAY,
            reason="hilang",
        )  # fmt: skip

    count(world, shelf, {lot.pk: Decimal(10)}, reason="Ditemukan di rak belakang.")

    with world.acting():
        assert on_hand(lot, shelf.store) == 10


def test_empty_count_and_foreign_lot_are_refused(world: World, shelf: Shelf) -> None:
    with world.everywhere():
        other = make_shelf(world.kpg)
        foreign = stocked_elsewhere(world, other)

    with pytest.raises(Refused) as empty:
        count(world, shelf, {})
    with pytest.raises(Refused) as elsewhere:
        count(world, shelf, {foreign.pk: Decimal(1)}, reason="?")

    assert empty.value.verdict.codes == ("count_empty",)
    assert elsewhere.value.verdict.codes == ("place_elsewhere",)


def stocked_elsewhere(world: World, shelf: Shelf) -> Lot:
    return stocked(world, shelf, 7)
