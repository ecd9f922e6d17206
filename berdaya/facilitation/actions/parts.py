"""What the actions of this room share: who takes part, whose turn it is, how a message is kept."""

from datetime import date, timedelta

from berdaya.core import clock
from berdaya.core.locks import lock_row
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, Verdict, require
from berdaya.facilitation import rules
from berdaya.facilitation.models import Case, CaseMessage, CaseState, CaseStep, Side
from berdaya.facilitation.queries.cases import OVER, names_somebody, today_of
from berdaya.institutions.rules import may, may_somewhere

NOT_IN = {
    CaseState.ASSIGNED: rules.case_not_assigned,
    CaseState.RUNNING: rules.case_not_running,
}


def require_led(by: Actor, case: Case, state: CaseState) -> Case:
    """The case in that state, locked, for its own mentor.

    Refused: case_not_yours, case_closed, case_not_assigned or case_not_running.
    """
    require(may_somewhere(by, "facilitation.lead"))
    row = lock_row(case)
    if by.user_id and by.user_id != row.mentor_id:
        raise Refused(rules.case_not_yours())
    return _in_state(row, state)


def require_part(by: Actor, case: Case, state: CaseState | None = CaseState.RUNNING) -> Case:
    """The open case, locked, for the unit or its mentor; None takes every open state.

    Refused: case_not_yours, case_closed, case_not_running, and those of may().
    """
    if side_of(by, case) is Side.UNIT:
        require(may(by, "facilitation.work", case.facility_id))
        return _in_state(lock_row(case), state)
    require(may_somewhere(by, "facilitation.work"))
    row = lock_row(case)
    if by.user_id != row.mentor_id:
        raise Refused(rules.case_not_yours())
    return _in_state(row, state)


def side_of(by: Actor, case: Case) -> Side:
    """Which side somebody writes for: whoever sees the unit's rows is the unit's."""
    return Side.UNIT if case.facility_id in by.facility_ids else Side.MENTOR


def _in_state(row: Case, state: CaseState | None) -> Case:
    if not row.is_open:
        raise Refused(rules.case_closed())
    if state is not None and row.state != state:
        raise Refused(NOT_IN[state]())
    return row


def require_said(by: Actor, case: Case, text: str) -> None:
    """Refused text_names_person where something by which a person is found stands in a text."""
    is_unit = side_of(by, case) is Side.UNIT
    require(said(text, case.facility_id if is_unit else None))


def said(text: str, facility_id: int | None) -> Verdict:
    """As `rules.may_say`; with a unit also its people's codes, which the unit alone can read."""
    found = facility_id is not None and names_somebody(text, facility_id)
    return rules.may_say(text, names_person=found)


def begin_turn(case: Case, day: date) -> None:
    """The first step that is not over begins on that day, with the days promised for it."""
    turn = CaseStep.objects.filter(~OVER, case=case).order_by("position").first()
    if turn is not None and turn.began_on is None:
        turn.began_on = day
        turn.promised_on = turn.promised_on or day + timedelta(days=turn.days)
        turn.save(update_fields=["began_on", "promised_on"])


def keep_message(
    by: Actor, case: Case, side: Side, text: str, *, asks: bool = False
) -> CaseMessage:
    """Add to the conversation; the caller saves the case, whose `awaits` is set here."""
    if asks:
        case.awaits = Side.MENTOR if side is Side.UNIT else Side.UNIT
        case.awaits_since = today_of(case)
    elif case.awaits == side:
        case.awaits, case.awaits_since = "", None
    return CaseMessage.objects.create(
        case=case,
        facility_id=case.facility_id,
        side=side,
        text=text.strip(),
        asks=asks,
        written_by_id=by.user_id,
        written_at=clock.now(),
    )
