"""Deadlines end each minute, buyers are told when an order moves, nights complete and forget."""

from datetime import date, timedelta

from django.db import connection

from berdaya.core import clock
from berdaya.core.events import subscribe
from berdaya.core.scope import required, system_scope
from berdaya.core.tasks import jobs, task
from berdaya.institutions.models import Facility
from berdaya.legality.events import PERMITS_CHANGED
from berdaya.orders.actions.cancelling import SLIP_REASON
from berdaya.orders.actions.carts import forget_carts
from berdaya.orders.actions.handover import complete_silent
from berdaya.orders.actions.masking import mask_contacts
from berdaya.orders.actions.slipping import tell_slips
from berdaya.orders.actions.steps import expire_overdue
from berdaya.orders.actions.stopping import tell_stops
from berdaya.orders.events import ORDER_MOVED, ORDER_PLACED
from berdaya.orders.mails import send_slip, send_state, send_stop
from berdaya.orders.models import RESUMED, SLIPPED, STOPPED, OrderState, OrderStep
from berdaya.orders.queries import overdue
from berdaya.stock.actions.gates import drop_passes
from berdaya.workshop.events import WORK_CHANGED

CART_LIFE = timedelta(days=30)
TOLD = (OrderState.PAID, OrderState.HANDED_OVER, OrderState.EXPIRED, OrderState.CANCELLED)


@jobs.periodic(cron="* * * * *")
@jobs.task(name="orders.expire_everywhere", queueing_lock="orders.expire_everywhere")
def expire_everywhere(timestamp: int) -> None:
    """Every minute: look once over all facilities, write only where a deadline has passed."""
    try:
        for facility_id in _where_overdue():
            with system_scope("task", [facility_id]):
                expire_overdue(by=required().actor)
    finally:
        _leave()


def _leave() -> None:
    # A worker thread gives its connection back to the pool; inside a test's transaction it stays.
    if not connection.in_atomic_block:
        connection.close()


def _where_overdue() -> list[int]:
    producing = Facility.objects.producing().values_list("pk", flat=True)
    with system_scope("task", producing, read_only=True):
        rows = overdue(clock.now()).order_by("facility_id")
        return list(rows.values_list("facility_id", flat=True).distinct())


@jobs.periodic(cron="40 17 * * *")
@jobs.task(name="orders.forget_old_carts", queueing_lock="orders.forget_old_carts")
def forget_old_carts(timestamp: int) -> None:
    """Every night: a cart lives no longer than the cookie that opens it."""
    try:
        with system_scope("nightly", []):
            forget_carts(by=required().actor, before=clock.now() - CART_LIFE)
    finally:
        _leave()


@subscribe(ORDER_PLACED)
def tell_placed(facility_id: int, subject_id: int | str) -> None:
    """The order is written down: how to pay, until when, and where its page is."""
    send_state(str(subject_id), OrderState.PLACED)


@subscribe(ORDER_MOVED)
def tell_moved(facility_id: int, subject_id: int | str) -> None:
    """Paid, sent, expired or cancelled; the other states are read on the page."""
    step = OrderStep.objects.get(pk=subject_id)
    if step.kind in TOLD:
        send_state(str(step.order_id), step.kind)
    elif step.kind == SLIPPED:
        send_slip(str(step.order_id), date.fromisoformat(step.note))
    elif step.kind in (STOPPED, RESUMED):
        send_stop(str(step.order_id), is_stopped=step.kind == STOPPED)


@subscribe(ORDER_MOVED)
def withdraw_passes(facility_id: int, subject_id: int | str) -> None:
    """What a buyer cancelled leaves through no gate; the desk does so itself."""
    step = OrderStep.objects.select_related("order__facility").get(pk=subject_id)
    if step.kind == step.order.state == OrderState.CANCELLED:
        order, by = step.order, required().actor
        drop_passes(
            by=by, facility=order.facility, reference=order.code, reason=step.note or SLIP_REASON
        )


@subscribe(PERMITS_CHANGED)
def tell_of_permits(facility_id: int, subject_id: int | str) -> None:
    """A permit was revoked or renewed: what was ordered may be stopped, or go on."""
    tell_stops(by=required().actor, facility_id=facility_id)


@subscribe(WORK_CHANGED)
def promises_kept(facility_id: int, subject_id: int | str) -> None:
    """Work was added, moved or ended: some promise may not be kept any more."""
    tell_slips(by=required().actor, facility_id=facility_id)


@task(purpose="nightly")
def close_orders(facility_id: int) -> None:
    """Complete, mask, tell what became later or was stopped; running twice changes nothing more."""
    today = clock.today(Facility.objects.get(pk=facility_id).timezone)
    complete_silent(by=required().actor, today=today)
    mask_contacts(by=required().actor, today=today)
    tell_slips(by=required().actor, facility_id=facility_id)
    tell_stops(by=required().actor, facility_id=facility_id)


@jobs.periodic(cron="25 17 * * *")
@jobs.task(name="orders.close_everywhere", queueing_lock="orders.close_everywhere")
def close_everywhere(timestamp: int) -> None:
    """At 17.25 UTC a new day has begun in every zone of the country: one job a facility."""
    for facility in Facility.objects.producing().values_list("pk", flat=True):
        with system_scope("nightly", [facility]):
            close_orders.queue(facility_id=facility)
