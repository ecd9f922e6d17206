"""Pack what was ordered: every piece from a lot, which may be another one than was held."""

from decimal import Decimal

from berdaya.core import clock, scope
from berdaya.core.locks import lock_row
from berdaya.core.money import format_qty
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.orders import rules
from berdaya.orders.actions.making import end_made
from berdaya.orders.actions.steps import end_hold, move_order, note_step
from berdaya.orders.models import HeldOutcome, Hold, LotSwap, Order, OrderLine, OrderState
from berdaya.orders.queries import held_qty, law_of, open_holds, sellable_levels
from berdaya.papers.actions.documents import issue_document
from berdaya.papers.models import Document
from berdaya.stock.actions.gates import DELIVERY_NOTE
from berdaya.stock.actions.reservations import free_level, reserve_level
from berdaya.stock.models import StockLevel

TO_ORDER = "Dibuat sesuai pesanan"


def pack_order(*, by: Actor, order: Order) -> Order:
    """Everything is in its parcel: the lots are final. Locks the order.

    Refused: line_without_lot, lot_expired, order_moved_on, and what the law has against its goods
    today (permit_lapsed, permit_revoked ...).
    """
    scope.required()
    require(may(by, "order.fulfil", order.facility_id))
    fresh = lock_row(order)
    require(rules.may_pack(_facts(fresh)) + law_of(fresh))
    move_order(by, fresh, OrderState.PACKED, since=[OrderState.PAID])
    order.refresh_from_db()
    return fresh


def _facts(order: Order) -> list[rules.PackFacts]:
    day = clock.today(order.facility.timezone)
    holds = list(open_holds(order))
    facts = []
    for line in order.lines.select_related("version"):
        mine = [hold for hold in holds if hold.line_id == line.pk]
        expired = [hold.lot.code for hold in mine if hold.lot.is_over(day)]
        held = sum((hold.qty for hold in mine), Decimal(0))
        facts.append(rules.PackFacts(line.version.name, line.qty, held, tuple(expired)))
    return facts


def issue_delivery_note(*, by: Actor, order: Order) -> Document:
    """The delivery note that travels with a packed parcel; asked again it is the same.

    Refused: order_moved_on where it is not packed, or fetched by the buyer.
    """
    scope.required()
    require(may(by, "order.fulfil", order.facility_id))
    if order.is_pickup or order.state not in (OrderState.PACKED, OrderState.HANDED_OVER):
        raise Refused(rules.order_moved_on(code=order.code, state=order.get_state_display()))
    return issue_document(
        by=by,
        type=DELIVERY_NOTE,
        facility=order.facility,
        day=clock.today(order.facility.timezone),
        subject_ref=f"order:{order.code}",
    )


def unpack_order(*, by: Actor, order: Order, reason: str) -> Order:
    """Open the parcel again, to swap a lot. Locks the order. Refused: reason_needed,
    order_moved_on."""
    scope.required()
    require(may(by, "order.fulfil", order.facility_id))
    if not reason.strip():
        raise Refused(rules.reason_needed())
    fresh = lock_row(order)
    move_order(by, fresh, OrderState.PAID, since=[OrderState.PACKED], note=reason.strip()[:200])
    order.refresh_from_db()
    return fresh


def swap_lot(
    *,
    by: Actor,
    line: OrderLine,
    level: StockLevel,
    qty: Decimal,
    reason: str = "",
    hold: Hold | None = None,
) -> LotSwap:
    """Take another lot than was held, or (without `hold`) the first one for what was made to order.

    The new lot is held before the old one is let go. Locks the order. Refused: order_moved_on,
    swap_reason_missing, swap_lot_wrong, swap_too_many, swap_stock_gone.
    """
    scope.required()
    require(may(by, "order.fulfil", line.facility_id))
    order = lock_row(line.order)
    if order.state != OrderState.PAID:
        raise Refused(rules.order_moved_on(code=order.code, state=order.get_state_display()))
    if hold is not None and not reason.strip():
        raise Refused(rules.swap_reason_missing())
    _require_fit(line, level)
    old = _fresh_hold(line, hold)
    most = old.qty if old else line.qty - held_qty(line)
    if not 0 < qty <= most:
        raise Refused(rules.swap_too_many(most=format_qty(most)))
    if not reserve_level(by=by, level=level, qty=qty):
        raise Refused(rules.swap_stock_gone(lot=level.lot.code))
    if old is not None:
        _let_go(by, old, qty)
    _hold(line, level.lot_id, level.place_id, qty)
    if held_qty(line) == line.qty:
        end_made(by, line)
    note_step(by, order, "lot_swapped" if old else "lot_given", level.lot.code)
    return LotSwap.objects.create(
        line=line,
        facility_id=line.facility_id,
        from_lot=old.lot if old else None,
        to_lot=level.lot,
        qty=qty,
        reason=reason.strip() or TO_ORDER,
        swapped_at=clock.now(),
        swapped_by_id=by.user_id,
    )


def _require_fit(line: OrderLine, level: StockLevel) -> None:
    """The same goods, from a place that the shop may take from, still good."""
    day = clock.today(line.order.facility.timezone)
    is_of_line = level.facility_id == line.facility_id
    if not is_of_line or not sellable_levels([line.variant_id], day).filter(pk=level.pk).exists():
        raise Refused(rules.swap_lot_wrong(lot=level.lot.code))


def _fresh_hold(line: OrderLine, hold: Hold | None) -> Hold | None:
    if hold is None:
        return None
    found = Hold.objects.filter(pk=hold.pk, line=line, outcome=HeldOutcome.OPEN)
    row = found.select_related("lot").first()
    if row is None:
        raise Refused(rules.swap_too_many(most="0"))
    return row


def _let_go(by: Actor, old: Hold, qty: Decimal) -> None:
    """End a hold; what is not swapped stays held by a new row, so that rows are never cut."""
    rest = old.qty - qty
    if not rest:
        end_hold(by, old, HeldOutcome.FREED)
        return
    Hold.objects.filter(pk=old.pk).update(outcome=HeldOutcome.FREED, ended_at=clock.now())
    free_level(by=by, lot_id=old.lot_id, place_id=old.place_id, qty=qty)
    _hold(old.line, old.lot_id, old.place_id, rest)


def _hold(line: OrderLine, lot_id: int, place_id: int, qty: Decimal) -> Hold:
    return Hold.objects.create(
        line=line,
        facility_id=line.facility_id,
        lot_id=lot_id,
        place_id=place_id,
        qty=qty,
        held_at=clock.now(),
    )
