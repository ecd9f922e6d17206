"""What is on the register: new machines, their condition, and to whom they are opened."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.codes import desk_code
from berdaya.core.dated import end_on
from berdaya.core.locks import lock_row
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.equipment import rules
from berdaya.equipment.models import Condition, ConditionState, Equipment, Share
from berdaya.institutions.models import Facility, Office
from berdaya.institutions.rules import may

CODE_SERIES = "E"


def register_equipment(
    *,
    by: Actor,
    facility: Facility,
    registered_on: date,
    state: str = ConditionState.GOOD,
    reason: str,
    **facts: Any,
) -> Equipment:
    """Put one machine on the register, in the state in which it was found; draws its code last.

    `facts` are the fields of Equipment that are typed. Refused: no ability, condition_in_future,
    equipment_reason_missing.
    """
    required()
    require(may(by, "equipment.edit", facility.pk))
    number = draw(f"equipment:{facility.code}", registered_on.year)
    equipment = Equipment.objects.create(
        code=desk_code(facility.code, registered_on.year, CODE_SERIES, number),
        facility=facility,
        registered_on=registered_on,
        recorded_by_id=by.user_id,
        recorded_at=clock.now(),
        **facts,
    )
    note_condition(by=by, equipment=equipment, state=state, since_on=registered_on, reason=reason)
    return equipment


def note_condition(
    *, by: Actor, equipment: Equipment, state: str, since_on: date, reason: str
) -> Condition:
    """Keep in which state it was found; the latest row holds. Locks the machine.

    Refused: no ability, equipment_reason_missing, condition_in_future, condition_final.
    """
    required()
    require(may(by, "equipment.edit", equipment.facility_id))
    if not reason.strip():
        raise Refused(rules.equipment_reason_missing())
    if since_on > clock.today(equipment.facility.timezone):
        raise Refused(rules.condition_in_future())
    lock_row(equipment)
    rows = Condition.objects.filter(equipment=equipment)
    if rows.filter(state=ConditionState.WRITTEN_OFF).exists():
        raise Refused(rules.condition_final())
    return Condition.objects.create(
        equipment=equipment,
        facility_id=equipment.facility_id,
        state=state,
        since_on=since_on,
        reason=reason.strip(),
        recorded_by_id=by.user_id,
        recorded_at=clock.now(),
    )


def open_share(
    *,
    by: Actor,
    equipment: Equipment,
    to: Facility | Office,
    valid_from: date,
    valid_until: date | None = None,
    is_at_once: bool = False,
    agreement_no: str = "",
) -> Share:
    """Open a machine to a facility, or to every facility below an office, for a while.

    Refused: no ability, share_with_self, share_not_agreed, share_overlaps.
    """
    required()
    require(may(by, "equipment.edit", equipment.facility_id))
    is_facility = isinstance(to, Facility)
    if is_facility and to.pk == equipment.facility_id:
        raise Refused(rules.share_with_self())
    if is_at_once and not agreement_no.strip():
        raise Refused(rules.share_not_agreed())
    try:
        with transaction.atomic():
            return Share.objects.create(
                equipment=equipment,
                facility_id=equipment.facility_id,
                to_facility_id=to.pk if is_facility else None,
                to_office_id=None if is_facility else to.pk,
                valid_from=valid_from,
                valid_until=valid_until,
                is_at_once=is_at_once,
                agreement_no=agreement_no.strip(),
                recorded_by_id=by.user_id,
                recorded_at=clock.now(),
            )
    except IntegrityError as error:
        raise Refused(rules.share_overlaps()) from error


def end_share(*, by: Actor, share: Share, day: date) -> Share:
    """`day` is the first on which they may no longer book; what is booked already stays.

    Refused: no ability, share_ended_past, share_ends_early.
    """
    required()
    require(may(by, "equipment.edit", share.facility_id))
    if day < clock.today(share.facility.timezone):
        raise Refused(rules.share_ended_past())
    try:
        end_on(share, day)
    except ValueError as error:
        raise Refused(rules.share_ends_early()) from error
    return share
