"""Risks and meetings: recorded by an office of either side, read by both."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused
from berdaya.institutions.models import Office
from berdaya.programme.actions.signing import require_seat
from berdaya.programme.models import (
    Agreement,
    Commitment,
    Decision,
    Meeting,
    MeetingAction,
    MeetingOffice,
    Risk,
    RiskState,
)
from berdaya.programme.rules import changes


class Task(NamedTuple):
    """What an office does until a day."""

    words: str
    office: Office
    due_on: date


def record_risk(
    *, by: Actor, agreement: Agreement, words: str, likelihood: int, impact: int,
    owner_office: Office, response: str, commitment: Commitment | None = None,
) -> Risk:  # fmt: skip
    """A new risk. Refused: programme_side_missing."""
    require_seat(by, agreement, changes.may_edit)
    return Risk.objects.create(
        agreement=agreement, commitment=commitment, words=words.strip(), likelihood=likelihood,
        impact=impact, owner_office=owner_office, response=response.strip(),
        opened_on=clock.today(), recorded_by_id=by.person_id,
    )  # fmt: skip


def weigh_risk(
    *, by: Actor, risk: Risk, likelihood: int, impact: int, response: str, state: str
) -> Risk:
    """Weigh a risk anew, close it or open it again; its words stay."""
    require_seat(by, risk.agreement, changes.may_edit)
    risk.likelihood, risk.impact, risk.response = likelihood, impact, response.strip()
    if state != risk.state:
        risk.closed_on = clock.today() if state == RiskState.CLOSED else None
    risk.state = state
    risk.save(update_fields=["likelihood", "impact", "response", "state", "closed_on"])
    return risk


def record_meeting(
    *, by: Actor, agreement: Agreement, held_on: date, place: str, summary: str,
    offices: Iterable[Office], decisions: Sequence[str] = (), tasks: Sequence[Task] = (),
) -> Meeting:  # fmt: skip
    """A meeting that was held, with its decisions and who does what; the same twice counts once.

    Refused: programme_day_in_future, action_due_early, programme_recorded, programme_side_missing.
    """
    require_seat(by, agreement, changes.may_edit)
    if held_on > clock.today():
        raise Refused(changes.day_in_future())
    if any(one.due_on < held_on for one in tasks):
        raise Refused(changes.due_before_meeting())
    meeting = Meeting(
        agreement=agreement, held_on=held_on, place=place.strip(), summary=summary.strip(),
        recorded_by_id=by.person_id, recorded_at=clock.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            meeting.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(changes.recorded_before()) from error
    MeetingOffice.objects.bulk_create(
        MeetingOffice(meeting=meeting, office=office) for office in offices
    )
    Decision.objects.bulk_create(
        Decision(meeting=meeting, number=number, words=words)
        for number, words in enumerate(decisions, start=1)
    )
    MeetingAction.objects.bulk_create(
        MeetingAction(meeting=meeting, words=one.words, office=one.office, due_on=one.due_on)
        for one in tasks
    )
    return meeting


def finish_action(*, by: Actor, action: MeetingAction) -> MeetingAction:
    """What an office had to do is done. Refused: programme_recorded, programme_side_missing."""
    require_seat(by, action.meeting.agreement, changes.may_edit)
    done = {"done_on": clock.today(), "done_by_id": by.person_id}
    if not MeetingAction.objects.filter(pk=action.pk, done_on__isnull=True).update(**done):
        raise Refused(changes.recorded_before())
    return action
