"""Register people, place them, move them, change their status, let them go.

Every action asks for `participant.edit` at the facility and runs inside an open scope; a counsellor
handles own clients only (Refused `client_of_other`). Nothing is locked: two who place the same
person at once meet at an exclusion constraint, and the second is told with the reason that fits.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import IntegrityError, transaction

from berdaya.core import clock, codes, numbers
from berdaya.core.dated import end_on
from berdaya.core.events import declare_event, publish
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, Verdict, require
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.people.actions.caseload import end_cases, guide_newcomer, newcomer_key
from berdaya.people.models import Participant, Placement, StatusPeriod
from berdaya.people.queries import is_within_caseload
from berdaya.people.roll import current_of
from berdaya.people.rules_caseload import may_handle
from berdaya.people.rules_placement import (
    may_be_called,
    may_change_status,
    may_hold_status,
    may_leave,
    may_place,
    placed_elsewhere,
    work_number_taken,
)

CODE_SERIES = "W"
placement_ended = declare_event("people.placement_ended")
status_changed = declare_event("people.status_changed")


def register_participant(
    *,
    by: Actor,
    facility: Facility,
    pseudonym: str,
    work_number: str,
    status: str,
    valid_from: date,
) -> Participant:
    """A new person at a facility with work number and status from that day on.

    Raises Refused: no ability, identity_in_pseudonym, status_not_here, work_number_taken.
    """
    required()
    require(
        may(by, "participant.edit", facility.pk)
        + may_be_called(pseudonym)
        + may_hold_status(facility.kind, status)
    )
    with _told_why(work_number):
        person = Participant(
            pk=newcomer_key(by=by, facility=facility),
            code=_new_code(facility, valid_from.year), pseudonym=pseudonym, facility=facility,
        )  # fmt: skip
        person.save(force_insert=True)
        _place(person, facility, work_number, valid_from)
        _give_status(person, facility, status, valid_from)
        guide_newcomer(by=by, participant=person, facility=facility, on=valid_from)
    return person


def place_participant(
    *,
    by: Actor,
    participant: Participant,
    facility: Facility,
    work_number: str,
    valid_from: date,
    status: str | None = None,
) -> Placement:
    """From that day at `facility` under this work number; the placement before ends that day.

    A move to another facility carries the status along (or begins `status`), so that the new
    facility can change it.
    Raises Refused: no ability there, move_needs_both, placement_too_early, work_number_taken.
    """
    required()
    current = current_of(participant, valid_from)
    allowed = may(by, "participant.edit", facility.pk) + _own(by, participant)
    require(allowed + may_place(current.facts, valid_from, by.facility_ids))
    with _told_why(work_number):
        if current.placement is not None:
            end_on(current.placement, valid_from)
        row = _place(participant, facility, work_number, valid_from)
        moved = current.placement is None or current.placement.facility_id != facility.pk
        if moved and current.status is not None:
            _carry(current.status, facility, valid_from, status)
    if moved and current.placement is not None:
        left = current.placement.facility
        end_cases(participant=participant, facility=left, on=valid_from)
        _tell_ended(current.placement)
    return row


def change_status(
    *, by: Actor, participant: Participant, facility: Facility, status: str, valid_from: date
) -> StatusPeriod:
    """Another status from that day on, as `facility`, where the person is placed, records it.

    Raises Refused: no ability, status_not_here, placement_over, status_same, placement_too_early.
    """
    required()
    current = current_of(participant, valid_from)
    require(
        may(by, "participant.edit", facility.pk)
        + _own(by, participant)
        + may_hold_status(facility.kind, status)
        + may_change_status(current.facts, status, valid_from)
    )
    with _told_why():
        if current.status is not None:
            end_on(current.status, valid_from)
        row = _give_status(participant, facility, status, valid_from)
    publish(status_changed, facility_id=facility.pk, subject_id=participant.pk)
    return row


def end_placement(
    *, by: Actor, participant: Participant, facility: Facility, on: date, status: str | None = None
) -> Placement:
    """Let the person leave: `on` is the first day not here; `status` is what they are from then.

    Raises Refused: no ability, placement_over, placement_too_early.
    """
    required()
    current = current_of(participant, on, facility.pk)
    allowed = may(by, "participant.edit", facility.pk) + _own(by, participant)
    require(allowed + may_leave(current.facts, on))
    placement = current.placement
    assert placement is not None  # may_leave has refused
    with _told_why():
        if status and current.status is not None and status != current.status.status:
            end_on(current.status, on)
            _give_status(participant, facility, status, on)
        end_on(placement, on)
        end_cases(participant=participant, facility=facility, on=on)
    _tell_ended(placement)
    return placement


def _own(by: Actor, participant: Participant) -> Verdict:
    return may_handle(is_own=is_within_caseload(by, participant, clock.today()))


def _new_code(facility: Facility, year: int) -> str:
    number = numbers.draw(f"participant:{facility.code}", year)
    return codes.desk_code(facility.code, year, CODE_SERIES, number)


def _place(person: Participant, facility: Facility, number: str, day: date) -> Placement:
    return Placement.objects.create(
        participant=person, facility=facility, work_number=number, valid_from=day
    )


def _give_status(person: Participant, facility: Facility, status: str, day: date) -> StatusPeriod:
    return StatusPeriod.objects.create(
        participant=person, facility=facility, status=status, valid_from=day
    )


def _carry(status: StatusPeriod, facility: Facility, day: date, new: str | None) -> None:
    if day <= status.valid_from:
        return
    end_on(status, day)
    _give_status(status.participant, facility, new or status.status, day)


def _tell_ended(placement: Placement) -> None:
    publish(
        placement_ended,
        facility_id=placement.facility_id,
        subject_id=placement.participant_id,
    )


@contextmanager
def _told_why(work_number: str = "") -> Iterator[None]:
    """A row that overlaps becomes the reason that fits; nothing of the step stays."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        name = getattr(diagnosis, "constraint_name", "") or ""
        if name == "people_placement_work_number":
            raise Refused(work_number_taken(number=work_number)) from error
        if name in ("people_placement_one_place", "people_statusperiod_one"):
            raise Refused(placed_elsewhere()) from error
        raise
