"""Record what happened at work and the checks that prevent it; stop a workshop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db import IntegrityError, transaction

from berdaya.core import clock, codes, numbers
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.people.actions.safety import place_hold
from berdaya.people.models import Participant
from berdaya.people.rules import paper_on_wrong_day, paper_overlaps
from berdaya.workshop import rules
from berdaya.workshop.models import (
    Incident,
    IncidentPerson,
    SafetyAnswer,
    SafetyCheck,
    Workshop,
    WorkshopHold,
)
from berdaya.workshop.safety import POINTS

CODE_SERIES = "K"


@dataclass(frozen=True)
class Hurt:
    """A person whom it touched: how cared for, and why they rest now (empty: they do not)."""

    participant: Participant
    care: str
    hold_reason: str = ""


@dataclass(frozen=True)
class Answer:
    """One point of the checklist."""

    is_in_order: bool
    note: str = ""


def record_incident(
    *,
    by: Actor,
    facility: Facility,
    happened_on: date,
    kind: str,
    severity: str,
    what_happened: str,
    what_was_done: str,
    workshop: Workshop | None = None,
    happened_at: time | None = None,
    people: Sequence[Hurt] = (),
    stop_reason: str = "",
) -> Incident:
    """Keep what happened; hold back whom it touched and, with `stop_reason`, stop the workshop.

    Holds begin on the day it happened. Refused: no ability, paper_on_wrong_day,
    incident_unfinished, workshop_elsewhere, paper_overlaps.
    """
    required()
    require(may(by, "safety.record", facility.pk))
    if happened_on > clock.today(facility.timezone):
        raise Refused(paper_on_wrong_day())
    if not what_happened.strip() or not what_was_done.strip():
        raise Refused(rules.incident_unfinished())
    if workshop is not None and workshop.facility_id != facility.pk:
        raise Refused(rules.workshop_elsewhere())
    number = numbers.draw(f"incident:{facility.code}", happened_on.year)
    incident = Incident.objects.create(
        code=codes.desk_code(facility.code, happened_on.year, CODE_SERIES, number),
        facility=facility,
        workshop=workshop,
        happened_on=happened_on,
        happened_at=happened_at,
        kind=kind,
        severity=severity,
        what_happened=what_happened.strip(),
        what_was_done=what_was_done.strip(),
        recorded_by_id=by.user_id,
        recorded_at=clock.now(),
    )
    for one in people:
        _touch(by, incident, one)
    if workshop is not None and stop_reason.strip():
        stop_workshop(
            by=by, workshop=workshop, valid_from=happened_on, reason=stop_reason, incident=incident
        )
    return incident


def _touch(by: Actor, incident: Incident, one: Hurt) -> None:
    hold = None
    if one.hold_reason.strip():
        hold = place_hold(
            by=by, participant=one.participant, facility=incident.facility,
            valid_from=incident.happened_on, reason=one.hold_reason.strip(),
        )  # fmt: skip
    IncidentPerson.objects.create(
        incident=incident,
        participant=one.participant,
        facility_id=incident.facility_id,
        happened_on=incident.happened_on,
        care=one.care,
        hold=hold,
    )


def stop_workshop(
    *,
    by: Actor,
    workshop: Workshop,
    valid_from: date,
    reason: str,
    incident: Incident | None = None,
) -> WorkshopHold:
    """From that day nobody works there, until the head lifts it (people.actions.safety.lift_hold).

    Refused: no ability, paper_on_wrong_day, paper_overlaps (stopped already).
    """
    required()
    require(may(by, "safety.record", workshop.facility_id))
    if valid_from > clock.today(workshop.facility.timezone):
        raise Refused(paper_on_wrong_day())
    try:
        with transaction.atomic():
            return WorkshopHold.objects.create(
                workshop=workshop, facility_id=workshop.facility_id, valid_from=valid_from,
                reason=reason.strip(), incident=incident, placed_by_id=by.user_id,
                placed_at=clock.now(),
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(paper_overlaps()) from error


def check_safety(
    *, by: Actor, workshop: Workshop, checked_on: date, answers: Mapping[str, Answer]
) -> SafetyCheck:
    """A walk through the workshop with every point answered; it replaces the check before.

    Refused: no ability, paper_on_wrong_day, checklist_incomplete, checklist_twice.
    """
    required()
    require(may(by, "safety.record", workshop.facility_id))
    if checked_on > clock.today(workshop.facility.timezone):
        raise Refused(paper_on_wrong_day())
    if answers.keys() != POINTS.keys():
        raise Refused(rules.checklist_incomplete())
    if SafetyCheck.objects.filter(workshop=workshop, checked_on=checked_on).exists():
        raise Refused(rules.checklist_twice())
    check = SafetyCheck.objects.create(
        workshop=workshop, facility_id=workshop.facility_id, checked_on=checked_on,
        recorded_by_id=by.user_id, recorded_at=clock.now(),
    )  # fmt: skip
    SafetyAnswer.objects.bulk_create(
        SafetyAnswer(
            safety_check=check, facility_id=workshop.facility_id, point=point,
            is_in_order=answers[point].is_in_order, note=answers[point].note.strip(),
        )
        for point in POINTS
    )  # fmt: skip
    return check
