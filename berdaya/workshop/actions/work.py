"""Write standard times, open work, and where it stands in the queue; the only writers of both."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.dated import end_on
from berdaya.core.events import publish
from berdaya.core.locks import lock_row
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.goods.models import Variant
from berdaya.institutions.rules import may
from berdaya.workshop import rules_planning as rules
from berdaya.workshop.events import WORK_CHANGED
from berdaya.workshop.models import StandardTime, WorkOrder, WorkOutcome, Workshop, WorkSource

EARLIER, LATER = "earlier", "later"
MICROSECONDS = 1_000_000


def add_standard_time(
    *,
    by: Actor,
    workshop: Workshop,
    variant: Variant,
    minutes_each: int,
    setup_minutes: int,
    batch_qty: int,
    valid_from: date,
) -> StandardTime:
    """From a day on a piece is reckoned to take so long here.

    Refused: no ability, time_elsewhere, time_exists.
    """
    required()
    require(may(by, "batch.start", workshop.facility_id))
    if variant.facility_id != workshop.facility_id:
        raise Refused(rules.time_elsewhere())
    try:
        with transaction.atomic():
            row = StandardTime.objects.create(
                workshop=workshop,
                facility_id=workshop.facility_id,
                variant=variant,
                minutes_each=minutes_each,
                setup_minutes=setup_minutes,
                batch_qty=batch_qty,
                valid_from=valid_from,
            )
    except IntegrityError as error:
        raise Refused(rules.time_exists()) from error
    _tell(workshop.facility_id, workshop.pk)
    return row


def end_standard_time(*, by: Actor, time: StandardTime, day: date) -> StandardTime:
    """`day` is the first on which it no longer holds. Refused: no ability, time_ends_early."""
    required()
    require(may(by, "batch.start", time.facility_id))
    try:
        end_on(time, day)
    except ValueError as error:
        raise Refused(rules.time_ends_early()) from error
    _tell(time.facility_id, time.workshop_id)
    return time


def add_work(
    *, by: Actor, workshop: Workshop, variant: Variant, qty: int, wanted_by: date | None = None
) -> WorkOrder:
    """Goods for our own stock join the end of the queue. Refused: no ability, time_missing."""
    required()
    require(may(by, "batch.start", workshop.facility_id))
    today = clock.today(workshop.facility.timezone)
    known = StandardTime.objects.on(today).filter(workshop=workshop, variant=variant)
    if not known.exists():
        raise Refused(rules.time_missing(what=variant.full_label))
    return open_work(
        by=by, workshop_id=workshop.pk, facility_id=workshop.facility_id, variant_id=variant.pk,
        qty=qty, source=WorkSource.STOCK, wanted_by=wanted_by,
    )  # fmt: skip


def open_work(
    *,
    by: Actor,
    workshop_id: int,
    facility_id: int,
    variant_id: int,
    qty: int,
    source: str,
    reference: str = "",
    wanted_by: date | None = None,
    is_confirmed: bool = True,
) -> WorkOrder:
    """Work joins the end of a queue; a higher room asks for its own, so no ability is asked."""
    required()
    now = clock.now()
    row = WorkOrder.objects.create(
        workshop_id=workshop_id,
        facility_id=facility_id,
        variant_id=variant_id,
        qty=qty,
        source=source,
        reference=reference,
        wanted_by=wanted_by,
        # The instant: whoever comes later stands behind, without a look at the others.
        position=int(now.timestamp() * MICROSECONDS),
        is_confirmed=is_confirmed,
        recorded_by_id=by.user_id,
        recorded_at=now,
    )
    _tell(facility_id, workshop_id)
    return row


def confirm_work(*, by: Actor, work_ids: Iterable[int], is_confirmed: bool) -> None:
    """What was ordered has been paid, or is waited for again."""
    required()
    rows = WorkOrder.objects.filter(pk__in=list(work_ids), outcome=WorkOutcome.OPEN)
    rows.update(is_confirmed=is_confirmed)


def close_work(*, by: Actor, facility_id: int, work_ids: Iterable[int], outcome: str) -> None:
    """A higher room's work is over; what ended before stays as it ended."""
    required()
    rows = WorkOrder.objects.filter(pk__in=list(work_ids), outcome=WorkOutcome.OPEN)
    if rows.update(outcome=outcome, ended_at=clock.now()):
        _tell(facility_id, facility_id)


def end_work(*, by: Actor, work: WorkOrder, outcome: str) -> WorkOrder:
    """Own stock is made, or no longer wanted. Locks the workshop.

    Refused: no ability, work_of_order, work_ended.
    """
    required()
    require(may(by, "batch.start", work.facility_id))
    if work.source == WorkSource.ORDER:
        raise Refused(rules.work_of_order(code=work.reference))
    fresh = _fresh(work)
    close_work(by=by, facility_id=fresh.facility_id, work_ids=[fresh.pk], outcome=outcome)
    fresh.refresh_from_db()
    return fresh


def move_work(*, by: Actor, work: WorkOrder, step: str) -> WorkOrder:
    """One place earlier or later among the open work of its workshop; at the end nothing moves.

    Locks the workshop. Refused: no ability, work_ended.
    """
    required()
    require(may(by, "batch.start", work.facility_id))
    fresh = _fresh(work)
    queue = list(WorkOrder.objects.filter(workshop=fresh.workshop_id, outcome=WorkOutcome.OPEN))
    place = [one.pk for one in queue].index(fresh.pk)
    other = place - 1 if step == EARLIER else place + 1
    if 0 <= other < len(queue):
        queue[place], queue[other] = queue[other], queue[place]
        _renumber(queue)
        _tell(fresh.facility_id, fresh.workshop_id)
    fresh.refresh_from_db()
    return fresh


def plan_work(*, by: Actor, work: WorkOrder, day: date | None) -> WorkOrder:
    """It is not begun before `day`; None: as soon as there is time. Overload is seen, not refused.

    Locks the workshop. Refused: no ability, work_ended, work_day_past.
    """
    required()
    require(may(by, "batch.start", work.facility_id))
    fresh = _fresh(work)
    if day is not None and day < clock.today(work.facility.timezone):
        raise Refused(rules.work_day_past())
    fresh.planned_on = day
    fresh.save(update_fields=["planned_on"])
    _tell(fresh.facility_id, fresh.workshop_id)
    return fresh


def _fresh(work: WorkOrder) -> WorkOrder:
    lock_row(work.workshop)
    fresh = WorkOrder.objects.get(pk=work.pk)
    if fresh.outcome != WorkOutcome.OPEN:
        raise Refused(rules.work_ended())
    return fresh


def _renumber(queue: list[WorkOrder]) -> None:
    """The positions there were, in the new order: nobody outside the queue is passed."""
    last = 0
    for one, position in zip(queue, sorted(one.position for one in queue), strict=True):
        # Two that joined in the same instant are told apart from now on.
        last = one.position = max(position, last + 1)
    WorkOrder.objects.bulk_update(queue, ["position"])


def _tell(facility_id: int, subject_id: int) -> None:
    publish(WORK_CHANGED, facility_id=facility_id, subject_id=subject_id)
