"""Record what people ask about their own data, answer it in time, and do what was granted."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.urls import reverse

from berdaya.core import clock, codes, numbers
from berdaya.core.dated import end_on
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.people import calc
from berdaya.people.actions.identity import erase_identity
from berdaya.people.models import (
    Participant,
    Restriction,
    RestrictionGround,
    RightsAnswer,
    RightsCase,
    RightsKind,
    RightsOutcome,
    RightsStep,
    StepKind,
)
from berdaya.people.rights import open_consents, restricted_ids
from berdaya.people.rules_rights import (
    AnswerFacts,
    may_answer,
    may_receive,
    may_write,
    restriction_holds,
    restriction_over,
    rights_answered,
)
from berdaya.people.ties import standing_against

CODE_SERIES = "HS"


def record_case(
    *,
    by: Actor,
    participant: Participant,
    facility: Facility,
    kind: str,
    how: str,
    received_at: datetime,
    subject: str,
) -> RightsCase:
    """A request with its number; the answer is due exactly 72 hours after it came.

    Raises Refused: no ability, received_later, number_in_words.
    """
    required()
    now = clock.now()
    require(
        may(by, "rights.record", facility.pk) + may_receive(received_at, now) + may_write(subject)
    )
    return RightsCase.objects.create(
        code=_new_code(facility), participant=participant, facility=facility, kind=kind, how=how,
        received_at=received_at, due_at=calc.due_after(received_at), subject=subject,
        recorded_by_id=by.person_id, recorded_at=now,
    )  # fmt: skip


def _new_code(facility: Facility) -> str:
    year = clock.today(facility.timezone).year
    number = numbers.draw(f"rights:{facility.code}", year)
    return codes.desk_code(facility.code, year, CODE_SERIES, number)


def answer_case(
    *,
    by: Actor,
    case: RightsCase,
    outcome: str,
    handed_over: str,
    ground: str = "",
    words: str = "",
    restriction_ground: str = RestrictionGround.ASKED,
) -> RightsAnswer:
    """End the case, and do what a grant promises: begin a restriction, erase the identity.

    An erasure locks the identity. Raises Refused: no ability, rights_answered, rights_same_person,
    rights_ground_missing, rights_copy_not_printed, rights_consents_open, restriction_holds,
    number_in_words; for an erasure all that stands against it.
    """
    required()
    today = clock.today(case.facility.timezone)
    facts = answer_facts(by=by, case=case, outcome=outcome, ground=ground, today=today)
    consents_url = reverse("people:work", args=[case.participant.code])
    require(
        may(by, "rights.answer", case.facility_id)
        + may_answer(facts, consents_url)
        + may_write(words)
    )
    done = _answer(by, case, outcome, handed_over, ground, words)
    if outcome != RightsOutcome.REFUSED:
        _do(by, case, restriction_ground, today)
    return done


def answer_facts(
    *, by: Actor, case: RightsCase, outcome: str, ground: str, today: date
) -> AnswerFacts:
    """What the rule wants to know of this case and this answer; reads only."""
    person = case.participant_id
    return AnswerFacts(
        kind=case.kind,
        outcome=outcome,
        has_ground=bool(ground),
        is_answered=RightsAnswer.objects.filter(case=case).exists(),
        is_recorder=by.user_id == case.recorded_by_id,
        is_copy_printed=case.steps.filter(kind=StepKind.COPY).exists(),
        open_consents=open_consents(person, today) if case.kind == RightsKind.WITHDRAWAL else 0,
        is_restricted=bool(restricted_ids([person], today)),
    )


def _answer(
    by: Actor, case: RightsCase, outcome: str, handed_over: str, ground: str, words: str
) -> RightsAnswer:
    try:
        with transaction.atomic():
            return RightsAnswer.objects.create(
                case=case, participant_id=case.participant_id, facility_id=case.facility_id,
                kind=case.kind, recorded_by_id=case.recorded_by_id, outcome=outcome,
                ground=ground, words=words, handed_over=handed_over,
                answered_by_id=by.person_id, answered_at=clock.now(),
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(rights_answered()) from error


def _do(by: Actor, case: RightsCase, restriction_ground: str, today: date) -> None:
    if case.kind == RightsKind.RESTRICTION:
        _restrict(by, case, restriction_ground, today)
    elif case.kind == RightsKind.ERASURE:
        require(standing_against([case.participant_id], today)[case.participant_id])
        erase_identity(
            by=by, participant=case.participant, facility=case.facility, why=f"case:{case.code}"
        )
        note_step(by=by, case=case, kind=StepKind.ERASED)


def _restrict(by: Actor, case: RightsCase, ground: str, today: date) -> None:
    try:
        with transaction.atomic():
            Restriction.objects.create(
                participant_id=case.participant_id, facility_id=case.facility_id, case=case,
                ground=ground, valid_from=today, recorded_by_id=by.person_id,
                recorded_at=clock.now(),
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(restriction_holds()) from error
    note_step(by=by, case=case, kind=StepKind.RESTRICTED)


def end_restriction(*, by: Actor, restriction: Restriction, last_day: date) -> Restriction:
    """Let it hold to that day, inclusive. Raises Refused: no ability, restriction_over."""
    required()
    require(may(by, "rights.answer", restriction.facility_id))
    try:
        end_on(restriction, last_day + calc.ONE_DAY)
    except ValueError as error:
        raise Refused(restriction_over()) from error
    return restriction


def note_step(*, by: Actor, case: RightsCase, kind: str, fields: Iterable[str] = ()) -> RightsStep:
    """Something was done under a case; asks for no ability of its own."""
    required()
    return RightsStep.objects.create(
        case=case, participant_id=case.participant_id, facility_id=case.facility_id, kind=kind,
        fields=",".join(fields), done_by_id=by.person_id, done_at=clock.now(),
    )  # fmt: skip


def note_opening(*, by: Actor, case: RightsCase, fields: Iterable[str]) -> RightsStep:
    """These fields of the identity were opened for the person's own copy, in this transaction."""
    return note_step(by=by, case=case, kind=StepKind.OPENED, fields=fields)
