"""An order ends before its goods are handed over: the buyer changed their mind, or the desk."""

from berdaya.core import clock, scope
from berdaya.core.locks import lock_row
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.orders import rules
from berdaya.orders.actions.making import require_slipped
from berdaya.orders.actions.steps import free_holds, move_order
from berdaya.orders.models import ClaimOutcome, Order, OrderState, PaymentClaim
from berdaya.orders.queries import law_of
from berdaya.stock.actions.gates import drop_passes

STILL_MADE = (OrderState.PLACED, OrderState.CLAIMED, OrderState.PAID)
SLIP_REASON = "Dibatalkan pembeli: tanggal janji mundur"
STOP_REASON = "Dibatalkan pembeli: izin barangnya tidak berlaku"
BEFORE_HAND_OVER = (OrderState.PLACED, OrderState.CLAIMED, OrderState.PAID, OrderState.PACKED)


def cancel_unpaid(*, by: Actor, order: Order) -> None:
    """End an order that nobody has paid or claimed to have paid, and give its stock back.

    Twice is once. Refused: order_has_money, order_moved_on.
    """
    scope.required()
    if order.state == OrderState.CANCELLED:
        return
    if order.paid_rp or order.state == OrderState.CLAIMED:
        raise Refused(rules.order_has_money(code=order.code))
    move_order(by, order, OrderState.CANCELLED, since=[OrderState.PLACED], paid_rp=0)
    free_holds(by, order)


def cancel_by_buyer(*, by: Actor, order: Order) -> None:
    """The buyer changed their mind before paying, the promised day became a later one, or the law
    stopped the goods.

    After a slip or a stop all money goes back, shipping included: it waits on Hari Ini until then.
    Gate passes are behind the unit's wall; the job that tells the buyer withdraws them.
    Locks the order. Refused: order_has_money, order_moved_on.
    """
    if not order.paid_rp and order.state != OrderState.CLAIMED:
        cancel_unpaid(by=by, order=order)
        return
    scope.required()
    fresh = lock_row(order)
    if fresh.state == OrderState.CANCELLED:
        return
    is_stopped = not law_of(fresh).ok
    if not is_stopped:
        require_slipped(fresh)
    since, note = (BEFORE_HAND_OVER, STOP_REASON) if is_stopped else (STILL_MADE, SLIP_REASON)
    move_order(by, fresh, OrderState.CANCELLED, since=since, note=note)
    PaymentClaim.objects.filter(order=fresh, outcome=ClaimOutcome.OPEN).update(
        outcome=ClaimOutcome.FOUND if fresh.paid_rp else ClaimOutcome.NOT_FOUND,
        decided_at=clock.now(),
    )
    free_holds(by, fresh)


def cancel_at_desk(*, by: Actor, order: Order, reason: str) -> Order:
    """End an order with a reason that the buyer reads; its stock is free at once.

    Whoever packs or matches may. Money that came waits on Hari Ini until it is given back: no
    premi was ever touched. Gate passes asked for it are declined, approved ones withdrawn. Locks
    the order, then the passes. Refused: reason_needed, order_moved_on.
    """
    scope.required()
    allowed = may(by, "order.match", order.facility_id)
    require(allowed if allowed.ok else may(by, "order.fulfil", order.facility_id))
    if not reason.strip():
        raise Refused(rules.reason_needed())
    fresh = lock_row(order)
    move_order(by, fresh, OrderState.CANCELLED, since=BEFORE_HAND_OVER, note=reason.strip()[:200])
    PaymentClaim.objects.filter(order=fresh, outcome=ClaimOutcome.OPEN).update(
        outcome=ClaimOutcome.FOUND if fresh.paid_rp else ClaimOutcome.NOT_FOUND,
        decided_at=clock.now(),
        decided_by=by.user_id,
    )
    drop_passes(by=by, facility=fresh.facility, reference=fresh.code, reason=reason)
    free_holds(by, fresh)
    order.refresh_from_db()
    return fresh
