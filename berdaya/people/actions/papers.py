"""The papers that let a person work: consent, own request, fitness, placement in work.

Every action asks for the actor's ability at the facility, runs inside an open scope and raises
Refused with `paper_overlaps` or `paper_on_wrong_day`; nothing is locked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import QuerySet

from berdaya.core import clock
from berdaya.core.dated import end_on
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.models import Facility, Staff
from berdaya.institutions.rules import may
from berdaya.institutions.standing_in import require_decision
from berdaya.people.models import (
    Consent,
    ConsentPurpose,
    ConsentText,
    FitnessCertificate,
    OwnRequest,
    Participant,
    Placement,
    WorkPlacement,
)
from berdaya.people.roll import statuses_on
from berdaya.people.rules import not_placed, paper_on_wrong_day, paper_overlaps
from berdaya.people.rules_consent import ConsentFacts, may_consent
from berdaya.people.scans import Scan, keep_proof

Given = TypeVar("Given", Consent, OwnRequest)
# What people_check_placement() raises: nobody's paper is from before they were placed here.
PLACEMENT_MISSING = "BD002"
CLINICIAN = "clinician"
# Whoever asks for it records it: Humas, and the counsellor after release.
BY_PURPOSE: dict[str, str] = {
    ConsentPurpose.PUBLICITY: "publicity.record",
    ConsentPurpose.CONTACT: "aftercare.record",
}


def record_consent(
    *,
    by: Actor,
    participant: Participant,
    facility: Facility,
    given_on: date,
    language: str,
    witness_role: str,
    text: ConsentText | None = None,
    text_version: str = "",
    read_in: str = "",
    witness: Staff | None = None,
    item: str = "",
    channel: str = "",
    valid_until: date | None = None,
    scan: Scan | None = None,
) -> Consent:
    """Keep a signed consent for the purpose of its `text`; without one it is to work.

    One may be open at a time for a purpose, for publicity for an item and channel. One that is
    dated before the last withdrawal would undo it. The scan is sealed. Refused: no ability, every
    reason of rules_consent.may_consent, paper_overlaps, paper_on_wrong_day.
    """
    purpose = text.purpose if text else ConsentPurpose.WORK
    _may_record(by, _ability(purpose), facility, given_on)
    facts = ConsentFacts(
        purpose=purpose, given_on=given_on, facility_kind=facility.kind,
        status=statuses_on([participant.pk], given_on).get(participant.pk),
        text_purpose=purpose, text_from=text.in_force_from if text else None,
        witness_role=witness_role, witness_id=witness.pk if witness else None,
        recorder_id=by.user_id, item=item, channel=channel, valid_until=valid_until,
    )  # fmt: skip
    require(may_consent(facts))
    key = {"purpose": purpose, "item": item, "channel": channel}
    _not_before_withdrawal(Consent.objects.filter(**key), participant, given_on)
    with _no_overlap():
        consent = Consent.objects.create(
            participant=participant,
            facility=facility,
            given_on=given_on,
            text=text,
            text_version=text.version if text else text_version,
            language=language,
            read_in=read_in,
            witness_role=witness_role,
            witness=witness,
            valid_until=valid_until,
            **key,
            **_recorded(by),
        )
    if scan is not None:
        keep_proof(by=by, consent=consent, scan=scan)
    return consent


def _ability(purpose: str) -> str:
    return BY_PURPOSE.get(purpose, "consent.record")


def withdraw_consent(*, by: Actor, consent: Consent, withdrawn_on: date) -> Consent:
    """Let consent end on that day, without any disadvantage and without a reason.

    To work: no sheet from that day on. To be mentioned: gone from every public page with this very
    statement. Whoever has moved withdraws at the present place too. Refused: no ability,
    paper_on_wrong_day.
    """
    ability = _ability(consent.purpose)
    if consent.facility_id in by.facility_ids:
        return _withdraw(by, consent, withdrawn_on, ability)
    here = Placement.objects.filter(participant=consent.participant_id).current_from(withdrawn_on)
    place = here.select_related("facility").order_by("valid_from").first()
    if place is None:
        raise Refused(not_placed())
    _may_record(by, ability, place.facility, withdrawn_on)
    _withdraw_over_the_wall(consent, withdrawn_on)
    return consent


def _withdraw_over_the_wall(consent: Consent, withdrawn_on: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_withdraw_consent(%s, %s)", [consent.pk, withdrawn_on])
        (is_done,) = cursor.fetchone()
    if not is_done:
        raise Refused(paper_on_wrong_day())
    consent.withdrawn_on = withdrawn_on


def record_request(
    *, by: Actor, participant: Participant, facility: Facility, requested_on: date
) -> OwnRequest:
    """Keep a detainee's own request to work; not one dated before the last was withdrawn."""
    _may_record(by, "consent.record", facility, requested_on)
    _not_before_withdrawal(OwnRequest.objects.all(), participant, requested_on)
    with _no_overlap():
        return OwnRequest.objects.create(
            participant=participant, facility=facility, given_on=requested_on, **_recorded(by)
        )


def withdraw_request(*, by: Actor, request: OwnRequest, withdrawn_on: date) -> OwnRequest:
    """Let a detainee's own request end."""
    return _withdraw(by, request, withdrawn_on)


def record_fitness(
    *,
    by: Actor,
    participant: Participant,
    facility: Facility,
    valid_from: date,
    valid_until: date,
    clinician_role: str,
    is_fit: bool = True,
    restrictions: str = "",
) -> FitnessCertificate:
    """Keep what a clinician found; the certificate before it ends where this one begins.

    What a clinician's own account writes counts as theirs; an officer copies a paper.
    """
    _may_record(by, "fitness.record", facility, valid_from)
    before = FitnessCertificate.objects.on(valid_from).filter(participant=participant).first()
    if before is not None and before.valid_from == valid_from:
        raise Refused(paper_overlaps())
    with _no_overlap():
        if before is not None:
            end_on(before, valid_from)
        return FitnessCertificate.objects.create(
            participant=participant,
            facility=facility,
            valid_from=valid_from,
            valid_until=valid_until,
            clinician_role=clinician_role,
            is_fit=is_fit,
            restrictions=restrictions,
            is_by_clinician=CLINICIAN in by.roles.get(facility.pk, ()),
            **_recorded(by),
        )


def place_in_work(
    *,
    by: Actor,
    participant: Participant,
    facility: Facility,
    line_of_work: str,
    decree_no: str,
    valid_from: date,
    valid_until: date | None = None,
    decided_by_kind: str = "TPP",
) -> WorkPlacement:
    """Place a person in a line of work as decided; only who may approve work does it."""
    required()
    require_decision(by=by, ability="work.approve", facility_id=facility.pk)
    with _no_overlap():
        return WorkPlacement.objects.create(
            participant=participant,
            facility=facility,
            line_of_work=line_of_work,
            decree_no=decree_no,
            decided_by_kind=decided_by_kind,
            valid_from=valid_from,
            valid_until=valid_until,
            **_recorded(by),
        )


def end_work(*, by: Actor, placement: WorkPlacement, ends_on: date) -> WorkPlacement:
    """Let a placement in work end; `ends_on` is the first day without it."""
    require_decision(by=by, ability="work.approve", facility_id=placement.facility_id)
    try:
        end_on(placement, ends_on)
    except ValueError:
        raise Refused(paper_on_wrong_day()) from None
    return placement


def _withdraw(
    by: Actor, given: Given, withdrawn_on: date, ability: str = "consent.record"
) -> Given:
    _may_record(by, ability, given.facility, withdrawn_on)
    if withdrawn_on < given.given_on or given.withdrawn_on is not None:
        raise Refused(paper_on_wrong_day())
    given.withdrawn_on = withdrawn_on
    given.save(update_fields=["withdrawn_on"])
    return given


def _not_before_withdrawal(rows: "QuerySet[Any]", participant: Participant, given_on: date) -> None:
    if rows.filter(participant=participant, withdrawn_on__gt=given_on).exists():
        raise Refused(paper_on_wrong_day())


def _may_record(by: Actor, ability: str, facility: Facility, on: date) -> None:
    required()
    require(may(by, ability, facility.pk))
    if on > clock.today(facility.timezone):
        raise Refused(paper_on_wrong_day())


def _recorded(by: Actor) -> dict[str, object]:
    return {"recorded_by_id": by.user_id, "recorded_at": clock.now()}


@contextmanager
def _no_overlap() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refused(paper_overlaps()) from error
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", None) == PLACEMENT_MISSING:
            raise Refused(paper_on_wrong_day()) from error
        raise
