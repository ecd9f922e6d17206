"""Maintenance: planned, begun, finished; a breakdown takes the machine off the calendar at once."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.locks import lock_row, lock_rows
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.equipment import rules
from berdaya.equipment.actions.bookings import keep, queue_up
from berdaya.equipment.actions.register import note_condition
from berdaya.equipment.calc import LONGEST, Slot
from berdaya.equipment.models import (
    Booking,
    BookingKind,
    Equipment,
    Maintenance,
    MaintenanceKind,
    MaintenancePlan,
)
from berdaya.institutions.rules import may


def plan_maintenance(
    *,
    by: Actor,
    equipment: Equipment,
    what: str,
    last_done_on: date,
    every_days: int | None = None,
    every_hours: int | None = None,
) -> MaintenancePlan:
    """Something to be done again and again, counted from `last_done_on`.

    Refused: no ability, plan_without_rhythm, plan_exists.
    """
    required()
    require(may(by, "equipment.edit", equipment.facility_id))
    if not every_days and not every_hours:
        raise Refused(rules.plan_without_rhythm())
    try:
        with transaction.atomic():
            return MaintenancePlan.objects.create(
                equipment=equipment,
                facility_id=equipment.facility_id,
                what=what.strip(),
                every_days=every_days,
                every_hours=every_hours,
                last_done_on=last_done_on,
                recorded_by_id=by.user_id,
                recorded_at=clock.now(),
            )
    except IntegrityError as error:
        raise Refused(rules.plan_exists()) from error


def start_maintenance(
    *, by: Actor, equipment: Equipment, slot: Slot, what: str, plan: MaintenancePlan | None = None
) -> Maintenance:
    """Keep a time for work that was foreseen; it collides with bookings as they do.

    Refused: no ability, booking_backwards, booking_too_long, equipment_taken.
    """
    required()
    require(may(by, "equipment.edit", equipment.facility_id))
    booking = keep([_time_for(by, equipment, slot, what)])[0]
    return _open(by, booking, MaintenanceKind.PLANNED, what, plan)


def _time_for(by: Actor, equipment: Equipment, slot: Slot, what: str) -> Booking:
    if slot.end <= slot.start:
        raise Refused(rules.booking_backwards())
    if slot.end - slot.start > LONGEST:
        raise Refused(rules.booking_too_long())
    now = clock.now()
    return Booking(
        equipment=equipment,
        facility_id=equipment.facility_id,
        owner_facility_id=equipment.facility_id,
        kind=BookingKind.MAINTENANCE,
        starts_at=slot.start,
        ends_at=slot.end,
        purpose=what.strip()[:160],
        booked_by_id=by.user_id,
        booked_at=now,
        approved_at=now,
    )


def _open(
    by: Actor, booking: Booking, kind: str, what: str, plan: MaintenancePlan | None
) -> Maintenance:
    return Maintenance.objects.create(
        equipment_id=booking.equipment_id,
        facility_id=booking.facility_id,
        booking=booking,
        plan=plan,
        kind=kind,
        what=what.strip(),
        reported_by_id=by.user_id,
        reported_at=clock.now(),
    )


def report_breakdown(
    *, by: Actor, equipment: Equipment, what: str, back_at: datetime, state: str
) -> Maintenance:
    """It broke: off the calendar from now until `back_at`, in the state in which it was found.

    Bookings it hits lose their time: one that runs ends now, those to come are cancelled; whoever
    booked reads it on Hari Ini. Locks the machine and the bookings.
    Refused: no ability, booking_backwards, booking_too_long, condition_final.
    """
    required()
    require(may(by, "equipment.edit", equipment.facility_id))
    slot = Slot(clock.now(), back_at)
    booking = _time_for(by, equipment, slot, what)
    today = clock.today(equipment.facility.timezone)
    note_condition(by=by, equipment=equipment, state=state, since_on=today, reason=what)
    queue_up([equipment.pk])
    hit = _clear(by, equipment, slot, what)
    kept = keep([booking])[0]
    Booking.objects.filter(pk__in=[row.pk for row in hit]).update(hit_by=kept)
    return _open(by, kept, MaintenanceKind.BREAKDOWN, what, None)


def _clear(by: Actor, equipment: Equipment, slot: Slot, what: str) -> list[Booking]:
    """Take these bookings off the period; returns those of use."""
    found = Booking.objects.holding().touching(slot.start, slot.end).filter(equipment=equipment)
    rows = lock_rows(Booking, found.values_list("pk", flat=True))
    for row in rows:
        if row.starts_at < slot.start:
            row.ends_at = slot.start
        else:
            row.cancelled_by_id, row.cancelled_at = by.user_id, slot.start
        row.reason = what.strip()[:200]
    Booking.objects.bulk_update(rows, ["ends_at", "cancelled_by", "cancelled_at", "reason"])
    return [row for row in rows if row.kind == BookingKind.USE]


def finish_maintenance(
    *,
    by: Actor,
    maintenance: Maintenance,
    state: str,
    done_by: str,
    cost_rp: int,
    result: str,
) -> Maintenance:
    """The work is done: what it cost, who did it, in which state the machine is now.

    Time kept beyond this moment is free again, a plan counts from today. Locks the machine and the
    maintenance. Refused: no ability, maintenance_finished, equipment_reason_missing,
    condition_final.
    """
    required()
    require(may(by, "equipment.edit", maintenance.facility_id))
    equipment = maintenance.equipment
    today = clock.today(equipment.facility.timezone)
    note_condition(by=by, equipment=equipment, state=state, since_on=today, reason=result)
    fresh = lock_row(maintenance)
    if fresh.finished_at is not None:
        raise Refused(rules.maintenance_finished())
    fresh.finished_by_id, fresh.finished_at = by.user_id, clock.now()
    fresh.done_by, fresh.cost_rp, fresh.result = done_by.strip(), cost_rp, result.strip()
    fresh.save(update_fields=["finished_by", "finished_at", "done_by", "cost_rp", "result"])
    _give_back(fresh)
    if fresh.plan_id is not None:
        MaintenancePlan.objects.filter(pk=fresh.plan_id).update(last_done_on=today)
    return fresh


def _give_back(maintenance: Maintenance) -> None:
    now = maintenance.finished_at
    kept = Booking.objects.filter(pk=maintenance.booking_id, ends_at__gt=now)
    kept.filter(starts_at__lt=now).update(ends_at=now)
    kept.filter(starts_at__gte=now).update(
        cancelled_at=now, cancelled_by=maintenance.finished_by_id, reason=maintenance.result
    )
