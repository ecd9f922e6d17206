"""Books sales, what was paid for them and what came back, oldest first."""

from dataclasses import dataclass
from decimal import Decimal

from berdaya.core import clock
from berdaya.core.codes import desk_code, public_code
from berdaya.core.numbers import draw
from berdaya.core.verdicts import Refused
from berdaya.intake.actions.desk import BOOK, Desk
from berdaya.intake.plan import SalePlan
from berdaya.intake.rules import seller_missing
from berdaya.intake.values import name_key
from berdaya.ledger.models import Book
from berdaya.proceeds.actions.payments import PaymentInput, record_payment
from berdaya.proceeds.actions.refunds import RefundLine, refund_sale
from berdaya.proceeds.actions.sales import SaleInput, SaleLineInput, record_sales
from berdaya.proceeds.calc import line_amount
from berdaya.proceeds.models import Sale, SaleLine
from berdaya.proceeds.queries import selling_books
from berdaya.stock.actions.movements import receive_lot
from berdaya.stock.models import Lot, MovementKind, Place

# Sales that are recorded in one go: few statements each, and progress that still moves.
TOGETHER = 100


@dataclass(frozen=True)
class Shop:
    """Where from and in whose book a workbook's sales are booked."""

    book: Book
    place: Place


def book_sales(desk: Desk) -> None:
    """All new sales by day; returns after all sales. Refused: seller_missing."""
    fresh = sorted(desk.plan.fresh(desk.plan.sales), key=lambda sale: sale.day)
    if not fresh:
        return
    books = selling_books(desk.facility.pk)
    if not books:
        raise Refused(seller_missing())
    shop = Shop(books[0], desk.store())
    _open_old_stock(desk, fresh, shop)
    booked: list[tuple[SalePlan, Sale]] = []
    for start in range(0, len(fresh), TOGETHER):
        plans = fresh[start : start + TOGETHER]
        booked += zip(plans, _book(desk, plans, shop), strict=True)
        desk.steps.step(len(plans))
    for plan, sale in booked:
        _pay_later(desk, plan, sale)
        _give_back(desk, plan, sale)


def _open_old_stock(desk: Desk, fresh: list[SalePlan], shop: Shop) -> None:
    """Goods that were sold but stand in no batch of the book: one opening lot a product."""
    for product in sorted({sale.product for sale in fresh if sale.from_opening}):
        sales = [sale for sale in fresh if sale.product == product and sale.from_opening]
        qty = sum((sale.from_opening for sale in sales), Decimal(0))
        day = min(sale.day for sale in sales)
        number = draw(f"lot:{desk.facility.code}", day.year)
        lot = Lot.objects.create(
            code=desk_code(desk.facility.code, day.year, "L", number),
            public_code=public_code(),
            facility=desk.facility,
            variant=desk.variants[name_key(product)],
            made_on=day,
            made_qty=qty,
            makes_premi=False,
            recorded_at=clock.now(),
            recorded_by_id=desk.by.user_id,
        )
        receive_lot(
            by=desk.by,
            lot=lot,
            place=shop.place,
            qty=qty,
            day=day,
            reference=desk.reference(sales[0].source),
            kind=MovementKind.OPENING,
        )
        desk.opening[product] = lot


def _book(desk: Desk, plans: list[SalePlan], shop: Shop) -> list[Sale]:
    sales = record_sales(
        by=desk.by,
        facility=desk.facility,
        place=shop.place,
        sales=[_as_sold(desk, plan) for plan in plans],
        book=shop.book,
    )
    for plan, sale in zip(plans, sales, strict=True):
        desk.remember(plan.source, f"proceeds.sale:{sale.pk}")
    return sales


def _as_sold(desk: Desk, plan: SalePlan) -> SaleInput:
    lines = _lines(desk, plan)
    total = sum(line_amount(line.qty, line.unit_price_rp, line.discount_rp) for line in lines)
    return SaleInput(
        kind=plan.kind,
        buyer_kind=plan.buyer_kind,
        sold_on=plan.day,
        lines=lines,
        payments=[
            PaymentInput(paid.method, min(paid.amount_rp, total), BOOK, paid.day)
            for paid in plan.payments
            if paid.day <= plan.day
        ],
        buyer_label=plan.buyer[:80],
        own_receipt_no=plan.receipt_no[:40],
        source_ref=desk.reference(plan.source),
        is_history=plan.is_history,
    )


def _lines(desk: Desk, plan: SalePlan) -> list[SaleLineInput]:
    """One line for each lot it was taken from; the whole discount on the first."""
    variant = desk.variants[name_key(plan.product)]
    parts = [(desk.lots[code.upper()].pk, qty) for code, qty in plan.from_batches]
    if plan.from_opening:
        parts.append((desk.opening[plan.product].pk, plan.from_opening))
    return [
        SaleLineInput(variant.pk, qty, plan.price_rp, plan.discount_rp if place == 0 else 0, lot)
        for place, (lot, qty) in enumerate(parts)
    ]


def _pay_later(desk: Desk, plan: SalePlan, sale: Sale) -> None:
    for paid in plan.payments:
        if paid.day > plan.day:
            payment = PaymentInput(paid.method, paid.amount_rp, BOOK, paid.day)
            record_payment(by=desk.by, sale=sale, payment=payment)


def _give_back(desk: Desk, plan: SalePlan, sale: Sale) -> None:
    """Part of the first line goes back, with its goods."""
    if plan.refund is None:
        return
    line = SaleLine.objects.filter(sale=sale).order_by("pk").first()
    assert line is not None
    qty = min(plan.refund.qty, line.qty)
    back = RefundLine(line.pk, int(line.amount_rp * qty / line.qty), qty)
    method = plan.payments[0].method if plan.payments else ""
    refund_sale(
        by=desk.by,
        sale=sale,
        refunded_on=plan.refund.day,
        reason=f"{BOOK}: retur {plan.source.at}",
        lines=[back],
        method=method,
    )
