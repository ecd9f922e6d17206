"""Many sales recorded at once: the same rows as one by one, in statements that do not grow."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from berdaya.core.memo import remembering
from berdaya.core.models import NumberSeries
from berdaya.core.verdicts import Refused
from berdaya.ledger.actions.books import close_month
from berdaya.ledger.models import Entry, Leg
from berdaya.proceeds.actions.payments import PaymentInput
from berdaya.proceeds.actions.sales import SaleInput, SaleLineInput, record_sales
from berdaya.proceeds.models import Allocation, Payment, PremiShare, Sale
from berdaya.stock.models import StockLevel, StockMovement
from tests.proceeds.scene import SOLD, Scene, broken_checks, build, make_lot
from tests.world import World

LATER = date(2026, 4, 6)
COLUMNS = {
    Sale: ("code", "receipt_no", "amount_rp", "paid_rp", "state_rp", "calculation", "released_on"),
    Allocation: ("lot_id", "qty", "amount_rp", "material_rp", "base_rp", "makers_rp", "state_rp"),
    PremiShare: ("participant_id", "amount_rp", "saved_rp", "spendable_rp", "reserve_rp", "reason"),
    Payment: ("method", "amount_rp", "fee_rp", "paid_on"),
    Entry: ("kind", "booked_on", "reference"),
    Leg: ("account__code", "debit_rp", "credit_rp", "participant_id", "booked_on"),
    StockMovement: ("lot_id", "place_id", "qty", "day", "kind", "reference"),
    StockLevel: ("lot_id", "on_hand", "reserved"),
}


def sold(
    scene: Scene, qty: int, price: int = 33_333, paid: int | None = None, ref: str = ""
) -> SaleInput:
    """So many of the scene's variant, from whichever lot is first."""
    line = SaleLineInput(scene.variant.pk, Decimal(qty), price)
    amount = qty * price if paid is None else paid
    payments = [PaymentInput("cash", amount)] if amount else []
    return SaleInput("gate", "public", SOLD, [line], payments, source_ref=ref)


def record(scene: Scene, *sales: SaleInput) -> list[Sale]:
    return record_sales(
        by=scene.by, facility=scene.facility, place=scene.place, sales=sales, book=scene.book
    )


class TakenBack(Exception):
    """Ends a trial."""


def rows_of(scene: Scene, batches: list[list[SaleInput]]) -> list[list[str]]:
    """What these sales are written as, without their keys; they are taken back afterwards."""
    found: list[list[str]] = []
    try:
        with transaction.atomic():
            for sales in batches:
                record(scene, *sales)
            assert broken_checks() == {}
            for model, names in COLUMNS.items():
                found.append(sorted(map(str, model.objects.values_list(*names))))
            raise TakenBack
    except TakenBack:
        return found


def test_sales_at_once_are_the_rows_of_sales_one_by_one(world: World) -> None:
    with world.everywhere():
        scene = build(world, costs=(1_000, 70, 7))
        makers = {world.people["lontar"]: 5, world.people["cendana"]: 2}
        make_lot(scene, makers, costs=(999, 0, 0))
        sales = [sold(scene, qty, ref=f"r{qty}") for qty in (90, 7, 11, 13, 17)]
        NumberSeries.objects.create(series="sale:LP-ATB", year=SOLD.year, last=41)

        one_by_one = rows_of(scene, [[sale] for sale in sales])
        at_once = rows_of(scene, [sales])

        assert at_once == one_by_one
        assert "LP-ATB-26-J0042" in at_once[0][0]


def test_statements_do_not_grow_with_sales(world: World) -> None:
    with world.everywhere(), remembering():
        scene = build(world)
        lot = scene.lot.pk
        known = [SaleLineInput(scene.variant.pk, Decimal(1), 1_000, 0, lot)]
        sale = SaleInput("gate", "public", SOLD, known, [PaymentInput("cash", 1_000)])
        record(scene, sale)

        counts = []
        for many in (1, 20):
            with CaptureQueriesContext(connection) as captured:
                record(scene, *[sale] * many)
            counts.append(len(captured))

        assert counts[0] == counts[1]


def test_one_sale_too_many_takes_all_back(world: World) -> None:
    with world.everywhere():
        scene = build(world)

        with pytest.raises(Refused) as refusal, transaction.atomic():
            record(scene, sold(scene, 60), sold(scene, 41))

        assert refusal.value.verdict.codes == ("stock_short",)
        assert not Sale.objects.exists()
        assert not Entry.objects.exists()
        assert StockLevel.objects.get().on_hand == 100


def test_known_lots_are_summed_before_they_are_taken(world: World) -> None:
    with world.everywhere():
        scene = build(world)
        line = SaleLineInput(scene.variant.pk, Decimal(51), 1_000, 0, scene.lot.pk)

        with pytest.raises(Refused) as refusal, transaction.atomic():
            record(scene, *[SaleInput("gate", "public", SOLD, [line])] * 2)

        assert refusal.value.verdict.codes == ("stock_short",)
        assert StockLevel.objects.get().on_hand == 100


def test_key_that_comes_twice_at_once_is_one_sale(world: World) -> None:
    with world.everywhere():
        scene = build(world)
        (before,) = record(scene, sold(scene, 1, ref="a"))

        first, again, new = record(scene, *(sold(scene, 2, ref=ref) for ref in "aab"))

        assert [first.pk, again.pk] == [before.pk, before.pk]
        assert [first.is_repeat, again.is_repeat, new.is_repeat] == [True, True, False]
        assert Sale.objects.count() == 2
        assert StockLevel.objects.get().on_hand == 97


def test_closed_month_among_many_is_named(world: World) -> None:
    with world.everywhere():
        scene = build(world)
        close_month(by=scene.by, book=scene.book, month=SOLD.replace(day=1))

        with pytest.raises(Refused) as refusal, transaction.atomic():
            record(scene, replace(sold(scene, 1), sold_on=LATER), sold(scene, 1))

        assert refusal.value.verdict.codes == ("month_closed",)
        assert f"{SOLD:%m/%Y}" in str(refusal.value.verdict.reasons[0])
        assert not Sale.objects.exists()
