"""Sessions: planned with a goal, then noted once with what was done and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.mentoring import rules
from berdaya.mentoring.actions.adoptions import require_led, require_part, require_running
from berdaya.mentoring.models import Adoption, Meeting, NextStep, Side
from berdaya.mentoring.queries import today_of
from berdaya.people.rounded import about


@dataclass(frozen=True)
class Step:
    """Who does what until when."""

    side: str
    text: str
    due_on: date


def plan_meeting(*, by: Actor, adoption: Adoption, **facts: Any) -> Meeting:
    """A session on a day, past or to come; `facts` are Meeting's columns of the report.

    Refused: not_its_mentor, mentoring_not_running.
    """
    required()
    row = require_led(by, adoption)
    return Meeting.objects.create(
        adoption=row,
        facility_id=row.facility_id,
        recorded_by_id=by.user_id,
        recorded_at=clock.now(),
        **facts,
    )


def note_meeting(
    *, by: Actor, meeting: Meeting, done: str, people: int, steps: Sequence[Step] = ()
) -> Meeting:
    """What was done, about how many were there, and the next steps. Locks the adoption.

    Only the rounded number is kept, none under five (docs/rules/public-counts.md). Refused:
    not_its_mentor, mentoring_not_running, meeting_future, meeting_noted.
    """
    required()
    adoption = require_led(by, meeting.adoption)
    meeting.refresh_from_db()
    require(rules.may_note(meeting.day, today_of(adoption), meeting.noted_at is not None))
    meeting.done, meeting.about_people = done, about(people)
    meeting.noted_by_id, meeting.noted_at = by.user_id, clock.now()
    meeting.save(update_fields=["done", "about_people", "noted_by", "noted_at"])
    NextStep.objects.bulk_create(
        NextStep(
            meeting=meeting, adoption=adoption, facility_id=adoption.facility_id,
            side=step.side, text=step.text, due_on=step.due_on,
        )
        for step in steps
    )  # fmt: skip
    return meeting


def finish_step(*, by: Actor, step: NextStep) -> NextStep:
    """Whose step it is says that it is done. Locks the adoption.

    Refused: step_of_other, step_done, not_its_mentor, mentoring_not_running.
    """
    required()
    is_unit = require_part(by, step.adoption, "mentoring.work")
    if is_unit != (step.side == Side.UNIT):
        raise Refused(rules.step_of_other())
    adoption = require_running(step.adoption)
    kept = NextStep.objects.filter(pk=step.pk, done_on__isnull=True).update(
        done_on=today_of(adoption), done_by=by.user_id
    )
    if not kept:
        raise Refused(rules.step_done())
    step.refresh_from_db()
    return step
