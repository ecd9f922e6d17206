"""Letters of assignment: recorded by an office from the paper, never for oneself."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.dated import end_on
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions import rules_letters as rules
from berdaya.institutions.models import (
    Appointment,
    AssignmentLetter,
    Facility,
    LetterFacility,
    Office,
    Staff,
)
from berdaya.institutions.queries import reach_of
from berdaya.institutions.roles import AUDITOR
from berdaya.institutions.rules import Reach, ends_early

ABILITY = "letter.edit"


def record_letter(
    *,
    by: Actor,
    auditor: Staff,
    number: str,
    issued_on: date,
    purpose: str,
    valid_from: date,
    valid_until: date,
    office: Office | None = None,
    facilities: Sequence[Facility] = (),
    examined_from: date | None = None,
    examined_until: date | None = None,
) -> AssignmentLetter:
    """Let an auditor look into an office with all below it, or into facilities, for a while.

    Refused: no ability, letter_self, place_out_of_reach, letter_places_missing,
    letter_no_auditor, letter_exists. Nothing is locked.
    """
    required()
    places: list[Facility | Office] = [office] if office else list(facilities)
    require(rules.may_record_letter(by, auditor.pk, _reach(by), places))
    held = Appointment.objects.on(valid_from).filter(staff=auditor, role=AUDITOR)
    require(rules.may_be_auditor(is_appointed=held.exists()))
    try:
        with transaction.atomic():
            letter = AssignmentLetter.objects.create(
                auditor=auditor, number=number.strip(), issued_on=issued_on, office=office,
                purpose=purpose.strip(), valid_from=valid_from, valid_until=valid_until,
                examined_from=examined_from, examined_until=examined_until,
                recorded_by_id=by.user_id, recorded_at=clock.now(),
            )  # fmt: skip
            LetterFacility.objects.bulk_create(
                LetterFacility(letter=letter, facility=one)
                for one in ([] if office else facilities)
            )
    except IntegrityError as error:
        if "institutions_letter_number" not in str(error):
            raise
        raise Refused(rules.letter_exists(number=number)) from error
    return letter


def end_letter(*, by: Actor, letter: AssignmentLetter, on: date) -> None:
    """`on` is the first day without it. Refused as recording is, and: ends_early."""
    required()
    places = (
        [letter.office]
        if letter.office
        else [one.facility for one in letter.places.select_related("facility__office")]
    )
    require(rules.may_record_letter(by, letter.auditor_id, _reach(by), places))
    try:
        end_on(letter, on)
    except ValueError as error:
        raise Refused(ends_early()) from error


def _reach(by: Actor) -> Reach:
    return reach_of(by, ABILITY, clock.today()) if by.user_id else Reach()
