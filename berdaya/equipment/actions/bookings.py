"""Taking time on the calendar, and giving it back: the exclusion constraint decides who has it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from berdaya.core import clock
from berdaya.core.locks import lock_row
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Reason, Refused, combine, require
from berdaya.equipment import rules
from berdaya.equipment.calc import Need, Slot, next_free
from berdaya.equipment.models import OUT_OF_SERVICE, Booking, BookingKind, Equipment
from berdaya.equipment.queries import busy_slots, candidate, usable
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may

TAKEN, NOT_SHARED = "equipment_booking_one", "equipment_not_shared"
QUEUE = 0x6571  # the class of our advisory locks


@dataclass(frozen=True)
class Ask:
    """One machine from when until when, for what."""

    equipment: Equipment
    slot: Slot
    purpose: str


def book(
    *, by: Actor, facility: Facility, equipment: Equipment, slot: Slot, purpose: str
) -> Booking:
    """Take one machine for a facility; see book_all."""
    return book_all(by=by, facility=facility, asks=[Ask(equipment, slot, purpose)])[0]


def book_all(
    *, by: Actor, facility: Facility, asks: Sequence[Ask], is_past: bool = False
) -> list[Booking]:
    """Take all of these times for one facility, or none of them.

    Own machines and those under a share at once are approved; others wait for their owner and
    hold the time meanwhile. Bookings of one machine queue up, so that two that race do not wait for
    each other; the constraint alone decides. `is_past` is for what is keyed in afterwards.
    Refused: no ability, the reasons of rules.may_book, equipment_reason_missing, equipment_taken.
    """
    required()
    require(may(by, "equipment.book", facility.pk))
    if not all(ask.purpose.strip() for ask in asks):
        raise Refused(rules.equipment_reason_missing())
    at_once = _require_open(facility, asks, is_past)
    now = clock.now()
    rows = [
        Booking(
            equipment=ask.equipment,
            facility=facility,
            owner_facility_id=ask.equipment.facility_id,
            starts_at=ask.slot.start,
            ends_at=ask.slot.end,
            purpose=ask.purpose.strip(),
            booked_by_id=by.user_id,
            booked_at=now,
            approved_at=now if ask.equipment.pk in at_once else None,
        )
        for ask in asks
    ]
    return keep(rows)


def _require_open(facility: Facility, asks: Sequence[Ask], is_past: bool) -> set[int]:
    """Ids of the machines that need no approval; refuses what may not be booked at all."""
    there = {one.pk: one for one in usable(facility, clock.today(facility.timezone))}
    now = min(ask.slot.start for ask in asks) if is_past else clock.now()
    require(combine(rules.may_book(_facts(ask, there, now)) for ask in asks))
    return {pk for pk, one in there.items() if one.is_at_once}


def _facts(ask: Ask, there: dict[int, Equipment], now: datetime) -> rules.BookingFacts:
    """A machine not among the usable ones is out of service, or not open to them."""
    state = "" if ask.equipment.pk in there else _out_of_service(ask.equipment)
    return rules.BookingFacts(
        name=ask.equipment.label,
        slot=ask.slot,
        now=now,
        is_open_to=ask.equipment.pk in there or bool(state),
        state=state,
    )


def _out_of_service(equipment: Equipment) -> str:
    latest = equipment.conditions.first()
    is_out = latest is not None and latest.state in OUT_OF_SERVICE
    return str(latest.get_state_display()) if latest and is_out else ""


def keep(rows: Sequence[Booking]) -> list[Booking]:
    """Write bookings, all or none.

    Refused: equipment_taken with the next free time; equipment_not_shared where the share ended
    between the question and the answer.
    """
    queue_up(row.equipment_id for row in rows)
    try:
        with transaction.atomic():
            return Booking.objects.bulk_create(rows)
    except IntegrityError as error:
        reason = _reason(error, rows)
        if reason is None:
            raise
        raise Refused(reason) from error


def _reason(error: IntegrityError, rows: Sequence[Booking]) -> Reason | None:
    """What the database held against these bookings; None where it is no matter of the calendar."""
    if TAKEN in str(error):
        return _taken(rows)
    if NOT_SHARED in str(error):
        foreign = next(row for row in rows if row.facility_id != row.owner_facility_id)
        return rules.equipment_not_shared(name=foreign.equipment.label)
    return None


def queue_up(equipment_ids: Iterable[int]) -> None:
    """Wait until nobody else is booking these machines; given back when the transaction ends.

    Without it two insertions into an exclusion constraint may each wait for the other. The rows of
    a shared machine are its owner's, so they cannot be locked from here.
    """
    with connection.cursor() as cursor:
        cursor.executemany(
            "SELECT pg_advisory_xact_lock(%s, %s)",
            [(QUEUE, pk) for pk in sorted(set(equipment_ids))],
        )


def _taken(rows: Sequence[Booking]) -> Reason:
    """The refusal for the first of them that cannot stand, with when it could."""
    slots = busy_slots([row.equipment_id for row in rows], min(row.starts_at for row in rows))
    for row in rows:
        wanted = Slot(row.starts_at, row.ends_at)
        if any(wanted.touches(one) for one in slots[row.equipment_id]):
            return _told(row, slots)
    return _told(rows[0], slots)


def _told(row: Booking, slots: dict[int, list[Slot]]) -> Reason:
    one = row.equipment
    window = candidate(one).opening
    minutes = max(_open_minutes(row), 1)
    free = next_free([Need([candidate(one)], 1, minutes)], slots, row.starts_at)
    return rules.equipment_taken(name=one.label, free=rules.Moment(free, window.zone))


def _open_minutes(row: Booking) -> int:
    """How much open time the booking asked for; one outside open hours counts in full."""
    wanted = Slot(row.starts_at, row.ends_at)
    total = 0
    for window in candidate(row.equipment).opening.from_moment(row.starts_at):
        if window.start >= row.ends_at:
            break
        total += wanted.minutes_in(window)
    return total or int((row.ends_at - row.starts_at).total_seconds() // 60)


def approve_booking(*, by: Actor, booking: Booking) -> Booking:
    """The owner says yes to a foreign unit. Locks the booking.

    Refused: no ability at the owner's, booking_decided, booking_own.
    """
    fresh = _deciding(by, booking)
    fresh.approved_by_id, fresh.approved_at = by.user_id, clock.now()
    fresh.save(update_fields=["approved_by", "approved_at"])
    return fresh


def decline_booking(*, by: Actor, booking: Booking, reason: str) -> Booking:
    """The owner says no, with a reason; the time is free again. Locks the booking.

    Refused as approve_booking, and equipment_reason_missing.
    """
    fresh = _deciding(by, booking)
    fresh.reason = _said(reason)
    fresh.declined_by_id, fresh.declined_at = by.user_id, clock.now()
    fresh.save(update_fields=["declined_by", "declined_at", "reason"])
    return fresh


def _deciding(by: Actor, booking: Booking) -> Booking:
    required()
    require(may(by, "booking.approve", booking.owner_facility_id))
    fresh = lock_row(booking)
    require(rules.may_decide(fresh.state, fresh.booked_by_id, by.user_id))
    return fresh


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused(rules.equipment_reason_missing())
    return reason.strip()


def cancel_booking(*, by: Actor, booking: Booking, reason: str) -> Booking:
    """Give the time back: whoever booked, or the owner. Locks the booking.

    Refused: no ability at either, booking_decided, booking_of_care, booking_over,
    equipment_reason_missing.
    """
    fresh = _changing(by, booking)
    fresh.reason = _said(reason)
    fresh.cancelled_by_id, fresh.cancelled_at = by.user_id, clock.now()
    fresh.save(update_fields=["cancelled_by", "cancelled_at", "reason"])
    return fresh


def may_change(by: Actor, booking: Booking) -> bool:
    """Whether somebody may move or cancel it: on the booker's side, or who approves for owners."""
    return (
        may(by, "equipment.book", booking.facility_id).ok
        or may(by, "booking.approve", booking.owner_facility_id).ok
    )


def _changing(by: Actor, booking: Booking) -> Booking:
    required()
    if not may_change(by, booking):
        require(may(by, "equipment.book", booking.facility_id))
    fresh = lock_row(booking)
    if fresh.kind != BookingKind.USE:
        raise Refused(rules.booking_of_care())
    if not fresh.holds_time:
        raise Refused(rules.booking_decided())
    if fresh.ends_at <= clock.now():
        raise Refused(rules.booking_over())
    return fresh


def move_booking(*, by: Actor, booking: Booking, slot: Slot, reason: str) -> Booking:
    """Another time for the same machine; what needs the owner's yes waits for it again.

    Locks the booking. Refused as cancel_booking and book_all.
    """
    fresh = _changing(by, booking)
    at_once = _require_open(fresh.facility, [Ask(fresh.equipment, slot, fresh.purpose)], False)
    fresh.reason = _said(reason)
    fresh.starts_at, fresh.ends_at = slot.start, slot.end
    is_owners = may(by, "booking.approve", fresh.owner_facility_id).ok
    if fresh.equipment_id not in at_once and not is_owners:
        fresh.approved_by_id = fresh.approved_at = None
    queue_up([fresh.equipment_id])
    try:
        with transaction.atomic():
            fresh.save(
                update_fields=["starts_at", "ends_at", "reason", "approved_by", "approved_at"]
            )
    except IntegrityError as error:
        found = _reason(error, [fresh])
        if found is None:
            raise
        raise Refused(found) from error
    return fresh


def see_hit(*, by: Actor, booking: Booking) -> int:
    """Whoever booked knows that the time is gone; it leaves Hari Ini. How many rows changed."""
    required()
    require(may(by, "equipment.book", booking.facility_id))
    rows = Booking.objects.filter(pk=booking.pk, hit_by__isnull=False, seen_at__isnull=True)
    return rows.update(seen_at=clock.now())
