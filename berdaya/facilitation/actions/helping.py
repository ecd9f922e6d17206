"""An UMKM officer gives a case a mentor, who takes it, promises days, or hands it back."""

from datetime import date, timedelta

from berdaya.core import clock
from berdaya.core.locks import lock_row
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, Verdict, require
from berdaya.facilitation import rules
from berdaya.facilitation.actions.parts import begin_turn, keep_message, require_led
from berdaya.facilitation.models import Case, CaseState, CaseStep, Side
from berdaya.facilitation.queries.cases import OVER, is_officer_of, mentors_of, today_of
from berdaya.institutions.models import Staff
from berdaya.institutions.rules import may_somewhere

REASSIGNED = (CaseState.ASKED, CaseState.ASSIGNED, CaseState.RUNNING)


def assign_case(*, by: Actor, case: Case, mentor: Staff) -> Case:
    """Give an open case to a mentor of its office, who then takes it. Locks the case.

    A case that runs goes on with the steps and days it has once the new mentor takes it. Refused:
    case_elsewhere, mentor_elsewhere, case_closed.
    """
    required()
    require(may_somewhere(by, "facilitation.assign"))
    day = today_of(case)
    if by.user_id and not is_officer_of(by, case.office, day):
        raise Refused(rules.case_elsewhere())
    if not mentors_of(case.office, day).filter(pk=mentor.pk).exists():
        raise Refused(rules.mentor_elsewhere())
    row = lock_row(case)
    if row.state not in REASSIGNED:
        raise Refused(rules.case_closed())
    row.state, row.mentor = CaseState.ASSIGNED, mentor
    row.assigned_by_id, row.assigned_on = by.user_id, day
    row.save()
    return row


def take_case(*, by: Actor, case: Case, promised_on: date) -> Case:
    """The mentor takes it and promises a day; the first step's turn begins. Locks the case.

    Refused: case_not_yours, case_not_assigned, promise_in_past.
    """
    required()
    row = require_led(by, case, CaseState.ASSIGNED)
    day = today_of(row)
    require(rules.may_promise(promised_on, day))
    row.state, row.promised_on = CaseState.RUNNING, promised_on
    row.began_on = row.began_on or day
    row.save()
    begin_turn(row, day)
    return row


def hand_back(*, by: Actor, case: Case, reason: str) -> Case:
    """The mentor cannot: the reason stays in the conversation, the case waits again. Locks it.

    Refused: case_not_yours, case_not_assigned, step_reason_missing, text_names_person.
    """
    required()
    row = require_led(by, case, CaseState.ASSIGNED)
    if row.began_on is not None:
        raise Refused(rules.case_not_assigned())
    if not reason.strip():
        raise Refused(rules.step_reason_missing())
    require(rules.may_say(reason))
    keep_message(by, row, Side.MENTOR, reason)
    row.state, row.mentor, row.assigned_by, row.assigned_on = CaseState.ASKED, None, None, None
    row.awaits, row.awaits_since = "", None
    row.save()
    return row


def promise(*, by: Actor, case: Case, promised_on: date, step_on: date | None, reason: str) -> Case:
    """Another day for the whole and for the step whose turn it is; unit and office read why.

    Locks the case. Refused: case_not_yours, case_not_running, promise_in_past,
    step_reason_missing, text_names_person.
    """
    required()
    row = require_led(by, case, CaseState.RUNNING)
    day = today_of(row)
    if not reason.strip():
        raise Refused(rules.step_reason_missing())
    days = [one for one in (promised_on, step_on) if one]
    verdicts = [rules.may_promise(one, day) for one in days]
    require(sum(verdicts, start=Verdict()) + rules.may_say(reason))
    keep_message(by, row, Side.MENTOR, reason)
    row.promised_on = promised_on
    row.save()
    turn = CaseStep.objects.filter(~OVER, case=row).order_by("position").first()
    if turn and step_on:
        turn.promised_on = step_on
        turn.save(update_fields=["promised_on"])
    return row


def usual_promise(case: Case) -> date:
    """The day on which it would be done, if every step that is needed took the promised days."""
    days = CaseStep.objects.filter(~OVER, case=case).values_list("days", flat=True)
    return clock.today(case.facility.timezone) + timedelta(days=sum(days))
