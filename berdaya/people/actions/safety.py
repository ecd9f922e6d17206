"""Hold a person back from work for safety, let them work again, record cover for accidents."""

from datetime import date

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.dated import end_on
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.people.models import Hold, Participant, SafetyHold, WorkInsurance
from berdaya.people.rules import paper_on_wrong_day, paper_overlaps
from berdaya.people.rules_safety import is_like_nik, lift_note_missing, policy_no_is_nik


def place_hold(
    *, by: Actor, participant: Participant, facility: Facility, valid_from: date, reason: str
) -> SafetyHold:
    """From that day no sheet line of this person is saved here, until the head lifts it.

    Refused: no ability, paper_on_wrong_day (the day is to come), paper_overlaps (held already).
    """
    required()
    require(may(by, "safety.record", facility.pk))
    if valid_from > clock.today(facility.timezone):
        raise Refused(paper_on_wrong_day())
    try:
        with transaction.atomic():
            return SafetyHold.objects.create(
                participant=participant, facility=facility, valid_from=valid_from, reason=reason,
                placed_by_id=by.user_id, placed_at=clock.now(),
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(paper_overlaps()) from error


def lift_hold(*, by: Actor, hold: Hold, works_from: date, note: str) -> Hold:
    """The head lets work go on from that day, and says what makes it safe again.

    Also for the holds of workshops. Refused: no ability, lift_note_missing, paper_on_wrong_day.
    """
    required()
    require(may(by, "safety.lift", hold.facility_id))
    if not note.strip():
        raise Refused(lift_note_missing())
    if works_from <= hold.valid_from or hold.valid_until is not None:
        raise Refused(paper_on_wrong_day())
    hold.lift_note, hold.lifted_by_id = note.strip(), by.user_id
    hold.valid_until = works_from
    hold.save(update_fields=["lift_note", "lifted_by", "valid_until"])
    return hold


def record_insurance(
    *,
    by: Actor,
    facility: Facility,
    scheme: str,
    policy_no: str,
    valid_from: date,
    valid_until: date | None = None,
    participant: Participant | None = None,
) -> WorkInsurance:
    """Cover for accidents at work, of all here or of one person. Refused: policy_no_is_nik."""
    required()
    require(may(by, "insurance.edit", facility.pk))
    if is_like_nik(policy_no):
        raise Refused(policy_no_is_nik())
    return WorkInsurance.objects.create(
        facility=facility, participant=participant, scheme=scheme, policy_no=policy_no.strip(),
        valid_from=valid_from, valid_until=valid_until, recorded_by_id=by.user_id,
        recorded_at=clock.now(),
    )  # fmt: skip


def end_insurance(*, by: Actor, insurance: WorkInsurance, ends_on: date) -> WorkInsurance:
    """Cover ends: `ends_on` is the first day without it. Refused: paper_on_wrong_day."""
    required()
    require(may(by, "insurance.edit", insurance.facility_id))
    try:
        end_on(insurance, ends_on)
    except ValueError:
        raise Refused(paper_on_wrong_day()) from None
    return insurance
