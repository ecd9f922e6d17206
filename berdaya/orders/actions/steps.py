"""An order goes on: the state is claimed by one conditional UPDATE, and each change is a step."""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from berdaya.core import clock, scope
from berdaya.core.events import publish
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused
from berdaya.orders import rules
from berdaya.orders.actions.making import follow_state, free_making, lock_rooms
from berdaya.orders.events import ORDER_MOVED
from berdaya.orders.models import HeldOutcome, Hold, Order, OrderState, OrderStep
from berdaya.orders.queries import in_shelf_order, overdue
from berdaya.stock.actions.reservations import free_level
from berdaya.stock.models import StockLevel

log = logging.getLogger(__name__)


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
    follow_state(by, order, to)
    step = note_step(by, order, to, note)
    publish(ORDER_MOVED, facility_id=order.facility_id, subject_id=step.pk)


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


def free_holds(by: Actor, *orders: Order) -> None:
    """Let go of everything that is held for these orders: levels, then room, in one order."""
    rows = Hold.objects.filter(line__order__in=orders, outcome=HeldOutcome.OPEN)
    for hold in rows.order_by(*in_shelf_order("lot__"), "place_id", "pk"):
        end_hold(by, hold, HeldOutcome.FREED)
    free_making(by, *orders)


def end_hold(by: Actor, hold: Hold, outcome: str) -> None:
    """The hold ends and its level counts it no longer; who comes second changes nothing."""
    ended = Hold.objects.filter(pk=hold.pk, outcome=HeldOutcome.OPEN)
    if ended.update(outcome=outcome, ended_at=clock.now()):
        free_level(by=by, lot_id=hold.lot_id, place_id=hold.place_id, qty=hold.qty)


def expire_overdue(*, by: Actor, variant_ids: Iterable[int] | None = None, most: int = 50) -> int:
    """End orders whose deadline has passed and give their stock back; returns how many.

    Called by a job every minute, and inside the next placing for the goods it wants. Locks the
    orders, passing over those that somebody moves at this moment, then every level that this and
    the placing behind it will touch, in shelf order like everybody, and then every room to make.
    An order whose holds are broken stays as it is, and stops no other.
    """
    now = clock.now()
    rows = list(overdue(now, variant_ids).select_for_update(skip_locked=True, of=("self",))[:most])
    if rows:
        _lock_levels(rows, variant_ids or ())
    return sum(_expire(by, order, now) for order in rows)


def _expire(by: Actor, order: Order, now: datetime) -> bool:
    try:
        with transaction.atomic():
            move_order(by, order, OrderState.EXPIRED, since=[OrderState.PLACED], pay_until__lte=now)
            free_holds(by, order)
    except ValueError:
        log.exception("order %s cannot be expired", order.code)
        return False
    return True


def _lock_levels(orders: list[Order], variant_ids: Iterable[int]) -> None:
    """Levels that hold something for these orders, and those of these variants."""
    held = Hold.objects.filter(line__order__in=orders, outcome=HeldOutcome.OPEN)
    wanted = Q(lot__variant__in=set(variant_ids))
    for lot_id, place_id in held.values_list("lot_id", "place_id"):
        wanted |= Q(lot=lot_id, place=place_id)
    rows = StockLevel.objects.filter(wanted).order_by(*in_shelf_order("lot__"), "place_id")
    # Read, so that the database locks them one by one in this order.
    list(rows.select_for_update(of=("self",)).values_list("pk"))
    lock_rooms(orders, variant_ids)
