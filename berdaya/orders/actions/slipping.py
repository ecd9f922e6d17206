"""A promise becomes a later day: written down once, and the buyer is told."""

from collections import defaultdict
from datetime import date

from berdaya.core import clock, scope
from berdaya.core.events import publish
from berdaya.core.scope import Actor
from berdaya.orders.actions.steps import note_step
from berdaya.orders.events import ORDER_MOVED
from berdaya.orders.models import SLIPPED, MakingHold, MakingOutcome, OrderState
from berdaya.workshop.calc import with_buffer
from berdaya.workshop.models import Workshop
from berdaya.workshop.planning import Plan, plan_of, rule_on, shops_to_plan

STILL_MADE = (OrderState.PLACED, OrderState.CLAIMED, OrderState.PAID)


def tell_slips(*, by: Actor, facility_id: int) -> int:
    """Every open promise that the present plan no longer keeps gets a later day; returns how many.

    The plan itself must come later than the day that was told: the buffer is there to be used.
    """
    scope.required()
    rows = MakingHold.objects.filter(
        facility=facility_id, outcome=MakingOutcome.OPEN, line__order__state__in=STILL_MADE
    ).select_related("work", "line__order")
    by_shop: dict[int, list[MakingHold]] = defaultdict(list)
    for hold in rows.order_by("pk"):
        by_shop[hold.work.workshop_id].append(hold)
    shops = shops_to_plan().in_bulk(by_shop)
    return sum(_tell(by, shops[pk], holds) for pk, holds in sorted(by_shop.items()))


def _tell(by: Actor, shop: Workshop, holds: list[MakingHold]) -> int:
    rule = rule_on(clock.today(shop.facility.timezone))
    plan = plan_of(shop, rule.horizon_days)
    return sum(_slip(by, hold, _day_of(plan, hold, rule.buffer_bp)) for hold in holds)


def _day_of(plan: Plan, hold: MakingHold, buffer_bp: int) -> date:
    """The day to tell now: as told while the plan keeps it, else the plan's with a new buffer.

    Work whose end cannot be seen is told with the last day that is reckoned with.
    """
    planned = plan.planned.get(hold.work_id)
    if planned is None or planned.last is None:
        return max(hold.told_on, plan.days[-1].day)
    if planned.last <= hold.told_on:
        return hold.told_on
    return with_buffer(planned.last, plan.days, buffer_bp)


def _slip(by: Actor, hold: MakingHold, day: date) -> bool:
    """One conditional UPDATE: of two jobs that find the same slip one tells it."""
    later = MakingHold.objects.filter(pk=hold.pk, outcome=MakingOutcome.OPEN, told_on__lt=day)
    if not later.update(told_on=day, slipped_at=clock.now()):
        return False
    step = note_step(by, hold.line.order, SLIPPED, day.isoformat())
    publish(ORDER_MOVED, facility_id=hold.facility_id, subject_id=step.pk)
    return True
