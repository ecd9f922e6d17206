"""The own book is only added to: income with its order, the seller's own entries, reversals."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused
from berdaya.market import rules
from berdaya.market.models import BookRow, Order, RowKind, Shop


def write_sale(*, by: Actor, order: Order) -> BookRow:
    """Income of a paid order, in the transaction that says so; a second one is impossible."""
    required()
    return BookRow.objects.create(
        shop_id=order.shop_id,
        kind=RowKind.SALE,
        day=clock.today(),
        amount_rp=order.total_rp,
        note=order.code,
        order=order,
        recorded_at=clock.now(),
    )


def reverse_sale(*, by: Actor, order: Order) -> BookRow:
    """The money of an order went back."""
    return _reversal(BookRow.objects.get(order=order))


def record_row(
    *,
    by: Actor,
    shop: Shop,
    request_key: UUID,
    kind: str,
    day: date,
    amount_rp: int,
    note: str,
    purpose: str = "",
) -> BookRow:
    """A seller's own entry; `amount_rp` above 0. The same form sent twice is one row."""
    required()
    known = BookRow.objects.filter(request_key=request_key, shop=shop).first()
    if known is not None:
        return known
    return BookRow.objects.create(
        shop=shop,
        kind=kind,
        purpose=purpose if kind == RowKind.EXPENSE else "",
        day=day,
        amount_rp=-amount_rp if kind == RowKind.EXPENSE else amount_rp,
        note=note,
        request_key=request_key,
        recorded_at=clock.now(),
    )


def reverse_row(*, by: Actor, row: BookRow) -> BookRow:
    """Undo one's own entry by a row against it.

    Refused: market_row_of_order, market_row_reversed.
    """
    required()
    if row.kind == RowKind.SALE:
        raise Refused(rules.row_of_order())
    return _reversal(row)


def _reversal(row: BookRow) -> BookRow:
    if row.kind == RowKind.REVERSAL:
        raise Refused(rules.row_reversed())
    try:
        with transaction.atomic():
            return BookRow.objects.create(
                shop_id=row.shop_id,
                kind=RowKind.REVERSAL,
                purpose=row.purpose,
                day=clock.today(),
                amount_rp=-row.amount_rp,
                note=row.note,
                reverses=row,
                recorded_at=clock.now(),
            )
    except IntegrityError as error:
        raise Refused(rules.row_reversed()) from error
