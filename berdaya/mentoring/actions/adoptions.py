"""A mentor proposes or a unit asks; the other side answers; either ends it."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.codes import desk_code
from berdaya.core.locks import lock_row
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.goods.models import Product
from berdaya.institutions.models import Facility, Office
from berdaya.institutions.rules import may, may_somewhere
from berdaya.mentoring import rules
from berdaya.mentoring.models import Adoption, AdoptionState, Side
from berdaya.mentoring.queries import NOT_MENTORED, offices_of, today_of
from berdaya.workshop.models import Workshop


def require_mentor(by: Actor, office: Office, day: date) -> None:
    """Raise Refused unless the actor may lead and is a mentor at that office (not_at_office).

    The program itself was let in by its purpose.
    """
    require(may_somewhere(by, "mentoring.lead"))
    if by.user_id and not offices_of(by, day).filter(pk=office.pk).exists():
        raise Refused(rules.not_at_office())


def propose_mentoring(*, by: Actor, facility: Facility, office: Office, wish: str) -> Adoption:
    """A mentor offers help to a unit, in words; draws its code last.

    Refused: mentoring_of_children, not_at_office.
    """
    required()
    require_mentor(by, office, clock.today(facility.timezone))
    facts = {"side": Side.MENTOR, "mentor_id": by.user_id}
    return _propose(by, facility, office, wish, facts)


def ask_for_mentor(
    *,
    by: Actor,
    facility: Facility,
    office: Office,
    wish: str,
    product: Product | None = None,
    workshop: Workshop | None = None,
) -> Adoption:
    """A unit asks an office for a mentor beside a product or a workshop's line of work.

    Refused: mentoring_of_children, mentoring_subject.
    """
    required()
    require(may(by, "mentoring.ask", facility.pk))
    subject = _subject(product, workshop)
    return _propose(by, facility, office, wish, {"side": Side.UNIT, **subject})


def _propose(
    by: Actor, facility: Facility, office: Office, wish: str, facts: dict[str, Any]
) -> Adoption:
    if facility.kind in NOT_MENTORED:
        raise Refused(rules.mentoring_of_children())
    year = clock.today(facility.timezone).year
    number = draw(f"mentoring:{facility.code}", year)
    return Adoption.objects.create(
        facility=facility,
        office=office,
        code=desk_code(facility.code, year, "PD", number),
        wish=wish,
        proposed_by_id=by.user_id,
        proposed_at=clock.now(),
        **facts,
    )


def _subject(product: Product | None, workshop: Workshop | None) -> dict[str, Any]:
    chosen = product or workshop
    if chosen is None or (product and workshop):
        raise Refused(rules.mentoring_subject())
    return {"product": product, "workshop": workshop, "line_of_work": chosen.line_of_work}


def accept_proposal(
    *,
    by: Actor,
    adoption: Adoption,
    product: Product | None = None,
    workshop: Workshop | None = None,
    began_on: date | None = None,
) -> Adoption:
    """The unit lets the mentor in, and says to what. Locks the adoption.

    `began_on`: since when they have in fact worked together, default today. Refused:
    mentoring_answered, mentoring_same_side, mentoring_subject, mentoring_taken, mentoring_future.
    """
    required()
    require(may(by, "mentoring.accept", adoption.facility_id))
    row = _answering(by, adoption, is_unit=True)
    if began_on and began_on > today_of(row):
        raise Refused(rules.mentoring_future())
    return _begin(row, by, began_on=began_on or today_of(row), **_subject(product, workshop))


def take_request(*, by: Actor, adoption: Adoption) -> Adoption:
    """A mentor of the office takes what a unit asked for. Locks the adoption.

    Refused: not_at_office, mentoring_answered, mentoring_same_side, mentoring_taken.
    """
    required()
    require_mentor(by, adoption.office, today_of(adoption))
    row = _answering(by, adoption, is_unit=False)
    return _begin(row, by, began_on=today_of(row), mentor_id=by.user_id)


def _answering(by: Actor, adoption: Adoption, *, is_unit: bool) -> Adoption:
    row, who = lock_row(adoption), by.user_id
    answer = rules.Answer(
        is_open=row.state == AdoptionState.PROPOSED,
        by_proposer=who is not None and who == row.proposed_by_id,
        proposed_by_unit=row.side == Side.UNIT,
        is_unit=is_unit,
    )
    require(rules.may_answer(answer))
    return row


def _begin(row: Adoption, by: Actor, **facts: Any) -> Adoption:
    now = {"answered_by_id": by.user_id, "answered_at": clock.now()}
    for name, value in {**facts, **now, "state": AdoptionState.RUNNING}.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "mentoring_adoption_product" in str(error) or "mentoring_adoption_group" in str(error):
            raise Refused(rules.mentoring_taken(what=row.label)) from error
        raise
    return row


def decline_mentoring(*, by: Actor, adoption: Adoption, reason: str) -> Adoption:
    """Say no, with a reason: the unit to a proposal, a mentor to a request. Locks the adoption.

    Refused: mentoring_answered, mentoring_same_side, mentoring_reason_missing.
    """
    required()
    is_unit = adoption.side == Side.MENTOR
    if is_unit:
        require(may(by, "mentoring.accept", adoption.facility_id))
    else:
        require_mentor(by, adoption.office, today_of(adoption))
    _need(reason)
    row = _answering(by, adoption, is_unit=is_unit)
    row.state, row.answer_reason = AdoptionState.DECLINED, reason.strip()
    row.answered_by_id, row.answered_at = by.user_id, clock.now()
    row.save()
    return row


def end_mentoring(*, by: Actor, adoption: Adoption, reason: str) -> Adoption:
    """From now on no figures and no new lines; what was written stays. Locks the adoption.

    Refused: not_its_mentor, mentoring_not_running, mentoring_reason_missing.
    """
    required()
    require_part(by, adoption, "mentoring.end")
    _need(reason)
    row = require_running(adoption)
    row.state, row.end_reason = AdoptionState.ENDED, reason.strip()
    row.ended_on, row.ended_by_id = today_of(row), by.user_id
    row.save()
    return row


def require_part(by: Actor, adoption: Adoption, ability: str) -> bool:
    """Raise Refused unless the actor takes part: as its mentor, or at the unit with the ability.

    Answers whether it is the unit's side. Refused: not_its_mentor, and those of may().
    """
    if adoption.facility_id in by.facility_ids:
        require(may(by, ability, adoption.facility_id))
        return True
    require(may_somewhere(by, ability))
    if by.user_id != adoption.mentor_id:
        raise Refused(rules.not_its_mentor())
    return False


def require_led(by: Actor, adoption: Adoption) -> Adoption:
    """The running adoption, locked, for its own mentor. Refused: not_its_mentor,
    mentoring_not_running."""
    require(may_somewhere(by, "mentoring.lead"))
    if by.user_id and by.user_id != adoption.mentor_id:
        raise Refused(rules.not_its_mentor())
    return require_running(adoption)


def require_running(adoption: Adoption) -> Adoption:
    """The adoption as it stands now, locked. Refused: mentoring_not_running."""
    row = lock_row(adoption)
    if not row.is_running:
        raise Refused(rules.mentoring_not_running())
    return row


def _need(reason: str) -> None:
    if not reason.strip():
        raise Refused(rules.mentoring_reason_missing())
