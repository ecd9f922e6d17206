"""An order goes on: the state is claimed by one conditional UPDATE, and each change is a step."""

from collections.abc import Iterable
from typing import Any

from berdaya.core import clock, scope
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused
from berdaya.orders import rules
from berdaya.orders.models import HeldOutcome, Hold, Order, OrderState, OrderStep
from berdaya.orders.queries import overdue
from berdaya.stock.actions.reservations import free_level


def move_order(
    by: Actor, order: Order, to: str, *, since: Iterable[str], note: str = "", **conditions: Any
) -> None:
    """Bring an order into a state it may reach from `since`, if `conditions` hold; write the step.

    Of two who move it at once, one is told: Refused order_moved_on.
    """
    scope.required()
    rows = Order.objects.filter(pk=order.pk, state__in=list(since), **conditions)
    if not rows.update(state=to):
        order.refresh_from_db(fields=["state"])
        raise Refused(rules.order_moved_on(code=order.code, state=order.get_state_display()))
    order.state = to
    note_step(by, order, to, note)


def note_step(by: Actor, order: Order, kind: str, note: str = "") -> OrderStep:
    """Write down that something happened; `note` never holds anything about the buyer."""
    return OrderStep.objects.create(
        order=order,
        facility_id=order.facility_id,
        kind=kind,
        note=note,
        at=clock.now(),
        by_id=by.user_id,
    )


def free_holds(by: Actor, order: Order) -> None:
    """Let go of everything that is held for an order, levels in one order for everybody."""
    rows = Hold.objects.filter(line__order=order, outcome=HeldOutcome.OPEN)
    for hold in rows.order_by("lot__variant_id", "lot_id", "place_id"):
        end_hold(by, hold, HeldOutcome.FREED)


def end_hold(by: Actor, hold: Hold, outcome: str) -> None:
    """The hold ends and its level counts it no longer; who comes second changes nothing."""
    ended = Hold.objects.filter(pk=hold.pk, outcome=HeldOutcome.OPEN)
    if ended.update(outcome=outcome, ended_at=clock.now()):
        free_level(by=by, lot_id=hold.lot_id, place_id=hold.place_id, qty=hold.qty)


def expire_overdue(*, by: Actor, variant_ids: Iterable[int] | None = None, most: int = 50) -> int:
    """End orders whose deadline has passed and give their stock back; returns how many.

    Called by a job every minute, and inside the next placing for the goods it wants.
    """
    now, ended = clock.now(), 0
    for order in overdue(now, variant_ids)[:most]:
        try:
            move_order(by, order, OrderState.EXPIRED, since=[OrderState.PLACED], pay_until__lte=now)
        except Refused:
            continue  # claimed or ended by somebody at the same moment
        free_holds(by, order)
        ended += 1
    return ended
