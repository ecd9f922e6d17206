"""Stock that comes, goes and moves: the level follows, the database refuses what must not be."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Sum

from berdaya.core import clock
from berdaya.core.scope import system_scope
from berdaya.core.verdicts import Refused
from berdaya.stock.actions.movements import (
    receive_lot,
    record_loss,
    take_from_lot,
    transfer_stock,
)
from berdaya.stock.models import Lot, MovementKind, StockLevel, StockMovement
from berdaya.stock.queries import first_expiring, sold_qty, stock_card
from tests.stock.shelves import YESTERDAY, Shelf, make_lot, make_shelf, on_hand, stocked
from tests.world import TODAY, World


@pytest.fixture
def shelf(world: World) -> Shelf:
    with world.acting():
        return make_shelf(world.atb)


def take(world: World, lot: Lot, shelf: Shelf, qty: int) -> StockMovement:
    return take_from_lot(
        by=world.actor("officer"),
        lot=lot,
        place=shelf.store,
        qty=Decimal(qty),
        day=TODAY,
        kind=MovementKind.SOLD,
        reference="sale:1",
    )


def test_receiving_and_taking_keep_level_and_movements_equal(world: World, shelf: Shelf) -> None:
    with world.acting():
        lot = stocked(world, shelf)
        take(world, lot, shelf, 4)

        moved = StockMovement.objects.filter(lot=lot).aggregate(sum=Sum("qty"))["sum"]
        assert on_hand(lot, shelf.store) == moved == Decimal(6)
        assert sold_qty(lot.pk) == Decimal(4)


def test_taking_more_than_there_is_is_refused_and_changes_nothing(
    world: World, shelf: Shelf
) -> None:
    with world.acting():
        lot = stocked(world, shelf)

        with pytest.raises(Refused) as refusal:
            take(world, lot, shelf, 11)

        assert refusal.value.verdict.codes == ("stock_short",)
        assert on_hand(lot, shelf.store) == Decimal(10)
        assert StockMovement.objects.filter(lot=lot).count() == 1


def test_taking_leaves_what_is_reserved(world: World, shelf: Shelf) -> None:
    with world.acting():
        lot = stocked(world, shelf)
        StockLevel.objects.filter(lot=lot).update(reserved=3)

        with pytest.raises(Refused):
            take(world, lot, shelf, 8)

        take(world, lot, shelf, 7)
        assert on_hand(lot, shelf.store) == Decimal(3)


@pytest.mark.parametrize(
    ("qty", "days", "code"), [(0, 0, "qty_not_positive"), (1, 2, "movement_in_future")]
)
def test_impossible_movements_are_refused(
    world: World, shelf: Shelf, qty: int, days: int, code: str
) -> None:
    with world.acting():
        lot = stocked(world, shelf)

        with pytest.raises(Refused) as refusal:
            take_from_lot(
                by=world.actor("officer"), lot=lot, place=shelf.store, qty=Decimal(qty),
                day=clock.today() + timedelta(days=days), kind="sold", reference="",
            )  # fmt: skip

        assert refusal.value.verdict.codes == (code,)


def test_more_than_the_lot_made_does_not_come_in(world: World, shelf: Shelf) -> None:
    with world.acting():
        lot = stocked(world, shelf)

        with pytest.raises(Refused) as refusal:
            receive_lot(
                by=world.actor("officer"), lot=lot, place=shelf.gallery, qty=Decimal(1),
                day=TODAY, reference="",
            )  # fmt: skip

        assert refusal.value.verdict.codes == ("lot_overfilled",)


def test_transfer_is_two_movements_with_one_pair(world: World, shelf: Shelf) -> None:
    with world.acting():
        lot = stocked(world, shelf)

        out, came = transfer_stock(
            by=world.actor("officer"), lot=lot, from_place=shelf.store, to_place=shelf.gallery,
            qty=Decimal(3), day=TODAY,
        )  # fmt: skip

        assert out.pair == came.pair is not None
        assert (out.qty, came.qty) == (Decimal(-3), Decimal(3))
        assert on_hand(lot, shelf.store) == 7
        assert on_hand(lot, shelf.gallery) == 3


def test_transfer_to_another_facility_is_refused(world: World, shelf: Shelf) -> None:
    with world.everywhere():
        other = make_shelf(world.kpg)
    with world.acting():
        lot = stocked(world, shelf)

        with pytest.raises(Refused) as refusal:
            transfer_stock(
                by=world.actor("officer"), lot=lot, from_place=shelf.store,
                to_place=other.store, qty=Decimal(3), day=TODAY,
            )  # fmt: skip

        assert refusal.value.verdict.codes == ("place_elsewhere",)
        assert on_hand(lot, shelf.store) == 10


def test_loss_needs_a_reason_and_the_ability(world: World, shelf: Shelf) -> None:
    with world.acting():
        lot = stocked(world, shelf)
    facts = {"lot": lot, "place": shelf.store, "qty": Decimal(1), "day": TODAY}

    with world.acting(), pytest.raises(Refused) as silent:
        record_loss(by=world.actor("officer"), reason=" ", **facts)
    with world.acting("seller"), pytest.raises(Refused) as seller:
        record_loss(by=world.actor("seller"), reason="pecah", **facts)

    assert silent.value.verdict.codes == ("stock_reason_missing",)
    assert seller.value.verdict.codes == ("ability_missing",)
    with world.acting():
        assert on_hand(lot, shelf.store) == 10


def test_first_expiring_goes_first_and_undated_last(world: World, shelf: Shelf) -> None:
    with world.acting():
        never = stocked(world, shelf, 1, 5)
        late = stocked(world, shelf, 2, 5, expires_on=TODAY + timedelta(days=90))
        soon = stocked(world, shelf, 3, 5, expires_on=TODAY + timedelta(days=9))
        gone = stocked(world, shelf, 4, 5, expires_on=YESTERDAY)

        picked = first_expiring(shelf.variant.pk, shelf.store.pk, Decimal(12), TODAY)
        any_day = first_expiring(shelf.variant.pk, shelf.store.pk, Decimal(1))

    assert picked == [(soon, Decimal(5)), (late, Decimal(5)), (never, Decimal(2))]
    assert any_day == [(gone, Decimal(1))]


def test_first_expiring_refuses_what_is_not_there(world: World, shelf: Shelf) -> None:
    with world.acting():
        stocked(world, shelf, 1, 5)

        with pytest.raises(Refused) as refusal:
            first_expiring(shelf.variant.pk, shelf.store.pk, Decimal("5.001"))

    reason = refusal.value.verdict.first
    assert reason is not None
    assert "diminta 5,001, bebas 5" in reason.text


def test_stock_card_runs_from_its_opening(world: World, shelf: Shelf) -> None:
    with world.acting():
        lot = stocked(world, shelf)
        take(world, lot, shelf, 4)

        card = stock_card(shelf.variant.pk, shelf.store.pk, TODAY, TODAY)

    assert (card.opening, card.came, card.went, card.closing) == (10, 0, 4, 6)
    assert [line.balance for line in card.lines] == [6]


def test_lot_of_an_lpka_is_refused_by_the_database(world: World) -> None:
    with world.everywhere():
        shelf = make_shelf(world.facilities["LPKA-KPG"])
        with pytest.raises(DatabaseError, match="facility_lpka"), transaction.atomic():
            make_lot(shelf)

    with world.everywhere():
        assert not Lot.objects.exists()


def test_lots_and_movements_never_change(world: World, shelf: Shelf) -> None:
    with world.acting():
        lot = stocked(world, shelf)

        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            Lot.objects.filter(pk=lot.pk).update(made_qty=99)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            StockMovement.objects.filter(lot=lot).update(qty=99)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            StockMovement.objects.filter(lot=lot).delete()


def test_level_below_zero_is_refused_by_the_database(world: World, shelf: Shelf) -> None:
    with world.acting():
        lot = stocked(world, shelf)

        with pytest.raises(IntegrityError, match="never_negative"), transaction.atomic():
            StockLevel.objects.filter(lot=lot).update(on_hand=-1)


def test_outsider_sees_no_stock(world: World, shelf: Shelf) -> None:
    with world.acting():
        stocked(world, shelf)

    with world.acting("outsider"):
        assert not Lot.objects.exists()
        assert not StockLevel.objects.exists()
        assert not StockMovement.objects.exists()
    with system_scope("tests", [world.atb.pk]):
        assert Lot.objects.count() == 1
