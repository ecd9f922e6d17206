"""The law stops what was ordered, or lets it go again: written down once, the buyer is told."""

from collections.abc import Mapping

from berdaya.core import scope
from berdaya.core.events import publish
from berdaya.core.locks import lock_row
from berdaya.core.scope import Actor
from berdaya.orders.actions.steps import note_step
from berdaya.orders.events import ORDER_MOVED
from berdaya.orders.models import RESUMED, STOPPED, Order
from berdaya.orders.queries import STOPPABLE, law_against


def tell_stops(*, by: Actor, facility_id: int) -> int:
    """Every order whose goods the law stopped, or allows again, gets a step; returns how many.

    Running twice changes nothing more: the last such step says what the buyer knows. Locks each
    order that changes.
    """
    scope.required()
    rows = Order.objects.filter(facility=facility_id, state__in=STOPPABLE)
    orders = list(rows.select_related("facility").prefetch_related("lines", "steps"))
    against = law_against(*orders)
    return sum(_tell(by, order, _is_stopped(order, against)) for order in orders)


def _is_stopped(order: Order, against: Mapping[int, object]) -> bool:
    return any(line.pk in against for line in order.lines.all())


def _tell(by: Actor, order: Order, is_stopped: bool) -> bool:
    if order.is_told_stopped == is_stopped:
        return False
    fresh = lock_row(order)
    if fresh.state not in STOPPABLE or fresh.is_told_stopped == is_stopped:
        return False
    step = note_step(by, fresh, STOPPED if is_stopped else RESUMED)
    publish(ORDER_MOVED, facility_id=fresh.facility_id, subject_id=step.pk)
    return True
