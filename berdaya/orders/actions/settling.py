"""A return is settled: the desk takes the goods back and gives the money, or says no."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import F

from berdaya.core import clock, scope
from berdaya.core.locks import lock_row
from berdaya.core.money import split_by_weights
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.standing_in import require_decision
from berdaya.ledger import chart
from berdaya.ledger.actions.entries import credit, debit, post_entry
from berdaya.orders import rules
from berdaya.orders.actions.steps import note_step
from berdaya.orders.models import (
    GoodsReturn,
    GoodsReturnLine,
    MoneyBack,
    Order,
)
from berdaya.proceeds.actions.payments import MONEY_ACCOUNTS
from berdaya.proceeds.actions.refunds import RefundLine, refund_sale
from berdaya.proceeds.calc import AGREEMENT
from berdaya.proceeds.models import Refund, Sale, SaleLine
from berdaya.stock.actions.movements import take_from_lot
from berdaya.stock.models import MovementKind

TO_STOCK, DAMAGED, KEPT = "stock", "damaged", "kept"


@dataclass(frozen=True)
class Settled:
    """What is done about one line: rupiah given back, and where the goods are now.

    `condition`: to stock again, damaged (received and written off), or kept by the buyer.
    """

    amount_rp: int
    condition: str = TO_STOCK


def accept_return(
    *,
    by: Actor,
    goods_return: GoodsReturn,
    settled: Mapping[int, Settled],
    refunded_on: date,
    method: str,
    answer: str = "",
    shipping_reference: str = "",
) -> GoodsReturn:
    """Take goods back: a refund with the sale's frozen ratios; `settled` is by order line id.

    With a `shipping_reference` the shipping is given back too, out of working capital (decision
    0012): the courier has carried it and is to be paid. Nobody gets back more than was paid: what
    the total was lowered by is not given back with the last of it. Locks the order, then the sale.
    Refused: return_decided, return_own, return_nothing, return_exceeds, return_money_exceeds,
    return_exceeds_paid, shipping_not_returnable, and what refund_sale refuses.
    """
    scope.required()
    _require_decision(by, goods_return)
    order = lock_row(goods_return.order)
    row = _undecided(by, goods_return)
    sale = order.shipment.sale
    lines, before = _refund_lines(sale, row, settled), _back_before(sale)
    require(rules.may_refund(sum(line.amount_rp or 0 for line in lines), left_to_refund(order)))
    refund = refund_sale(
        by=by, sale=sale, refunded_on=refunded_on, reason=f"{row.code}: {row.reason}"[:200],
        method=method, lines=lines,
    )  # fmt: skip
    damaged = {line for line, what in settled.items() if what.condition == DAMAGED}
    variants = set(order.lines.filter(pk__in=damaged).values_list("variant", flat=True))
    _write_off(by, sale, row, variants, before)
    if shipping_reference:
        _return_shipping(by, order, row, refunded_on, method, shipping_reference)
    return _decide(by, order, row, "accepted", answer, refund)


def left_to_refund(order: Order) -> int:
    """What of an order handed over may still go back: what was asked for and not given back."""
    return order.payable_rp - order.shipping_back_rp - order.shipment.sale.refunded_rp


def refuse_return(*, by: Actor, goods_return: GoodsReturn, answer: str) -> GoodsReturn:
    """Say no, with a reason that the buyer reads. Locks the order. Refused: return_decided,
    return_own, reason_needed."""
    scope.required()
    _require_decision(by, goods_return)
    if not answer.strip():
        raise Refused(rules.reason_needed())
    order = lock_row(goods_return.order)
    return _decide(by, order, _undecided(by, goods_return), "refused", answer, None)


def took_part(row: GoodsReturn) -> list[int | None]:
    """Who cannot decide on it: who noted the wish, and who recorded the sale."""
    return [row.asked_by_id, row.order.shipment.sale.recorded_by_id]


def _require_decision(by: Actor, row: GoodsReturn) -> None:
    require_decision(
        by=by, ability="sale.refund", facility_id=row.facility_id, done_by=took_part(row)
    )


def _undecided(by: Actor, goods_return: GoodsReturn) -> GoodsReturn:
    """Read again behind the order's lock: of two who decide, one is told."""
    row = GoodsReturn.objects.get(pk=goods_return.pk)
    require(
        rules.may_settle_return(
            is_decided=bool(row.outcome), asked_by_id=row.asked_by_id, staff_id=by.user_id
        )
    )
    return row


def _decide(
    by: Actor, order: Order, row: GoodsReturn, outcome: str, answer: str, refund: Refund | None
) -> GoodsReturn:
    row.outcome, row.answer, row.refund = outcome, answer.strip()[:200], refund
    row.decided_at, row.decided_by_id = clock.now(), by.user_id
    row.save(update_fields=["outcome", "answer", "refund", "decided_at", "decided_by"])
    note_step(by, order, f"return_{outcome}", row.code)
    return row


def _refund_lines(sale: Sale, row: GoodsReturn, settled: Mapping[int, Settled]) -> list[RefundLine]:
    found: list[RefundLine] = []
    for line in row.lines.select_related("line__version").order_by("pk"):
        what = settled.get(line.line_id)
        if what is None or what.amount_rp <= 0:
            continue
        if what.amount_rp > line.line.unit_price_rp * line.qty:
            raise Refused(rules.return_money_exceeds(what=line.line.version.name))
        found += _spread(sale, line, what)
    if not found:
        raise Refused(rules.return_nothing())
    return found


def _spread(sale: Sale, line: GoodsReturnLine, what: Settled) -> list[RefundLine]:
    """An order line is a sale line a lot: pieces fill them in order, the money goes by pieces."""
    pieces: dict[UUID, Decimal] = {}
    missing = line.qty
    for part in _left_lines(sale, line.line.variant_id):
        take = min(missing, part[1])
        if take > 0:
            pieces[part[0]] = take
            missing -= take
    if missing:
        raise Refused(rules.return_exceeds(what=line.line.version.name))
    amounts = split_by_weights(what.amount_rp, list(pieces.items()))
    is_back = what.condition != KEPT
    return [
        RefundLine(pk, amounts[pk], qty if is_back else Decimal(0))
        for pk, qty in pieces.items()
        if amounts[pk]
    ]


def _left_lines(sale: Sale, variant_id: int) -> list[tuple[UUID, Decimal]]:
    """Sale lines of a variant with the pieces that neither came back nor were paid back."""
    rows = SaleLine.objects.filter(sale=sale, variant=variant_id).order_by("pk")
    found = []
    for row in rows.prefetch_related("allocations__refund_parts"):
        back = sum((part.returned_qty for part in row.allocations.all()), Decimal(0))
        paid = sum(
            part.amount_rp for one in row.allocations.all() for part in one.refund_parts.all()
        )
        whole = Decimal((row.amount_rp - paid) // row.unit_price_rp)
        found.append((row.pk, min(row.qty - back, whole)))
    return found


def _back_before(sale: Sale) -> dict[int, Decimal]:
    return dict(sale.allocations.values_list("pk", "returned_qty"))


def _write_off(
    by: Actor, sale: Sale, row: GoodsReturn, variants: set[int], before: dict[int, Decimal]
) -> None:
    """Damaged goods came back into stock with the refund, and leave it again as a loss."""
    day = clock.today(sale.facility.timezone)
    rows = sale.allocations.filter(line__variant__in=variants).select_related("lot")
    for part in rows.order_by("pk"):
        came = part.returned_qty - before[part.pk]
        if came > 0:
            take_from_lot(
                by=by, lot=part.lot, place=sale.place, qty=came, day=day, kind=MovementKind.LOSS,
                reference=row.code, note=row.reason,
            )  # fmt: skip


def _return_shipping(
    by: Actor, order: Order, row: GoodsReturn, day: date, method: str, reference: str
) -> None:
    order.shipment.sale.refresh_from_db(fields=["refunded_rp"])
    amount_rp = min(order.shipping_rp, left_to_refund(order))
    if MoneyBack.objects.filter(book=order.book_id, reference=reference.strip()).exists():
        raise Refused(rules.reference_used(reference=reference.strip()))
    once = Order.objects.filter(pk=order.pk, shipping_back_rp=0, shipping_rp__gt=0)
    if (
        order.shipment.sale.regime != AGREEMENT
        or amount_rp <= 0
        or not once.update(shipping_back_rp=amount_rp, paid_rp=F("paid_rp") - amount_rp)
    ):
        raise Refused(rules.shipping_not_returnable())
    _book_shipping(by, order, row, amount_rp, day, method, reference.strip())


def _book_shipping(
    by: Actor,
    order: Order,
    row: GoodsReturn,
    amount_rp: int,
    day: date,
    method: str,
    reference: str,
) -> None:
    MoneyBack.objects.create(
        facility_id=order.facility_id,
        book_id=order.book_id,
        order=order,
        method=method,
        amount_rp=amount_rp,
        returned_on=day,
        reference=reference,
        reason=f"Ongkir, {row.code}",
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )
    post_entry(
        by=by,
        book=order.book,
        kind="money_back",
        booked_on=day,
        reference=reference[:80],
        subject=f"order:{order.pk}",
        legs=[debit(chart.CAPITAL, amount_rp), credit(MONEY_ACCOUNTS[method], amount_rp)],
    )
