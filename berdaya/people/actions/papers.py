"""The papers that let a person work: consent, own request, fitness, placement in work.

Every action asks for the actor's ability at the facility, runs inside an open scope and raises
Refused with `paper_overlaps` or `paper_on_wrong_day`; nothing is locked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TypeVar

from django.db import DatabaseError, IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.dated import end_on
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.people.models import (
    Consent,
    FitnessCertificate,
    OwnRequest,
    Participant,
    WorkPlacement,
)
from berdaya.people.rules import paper_on_wrong_day, paper_overlaps

Given = TypeVar("Given", Consent, OwnRequest)
# What people_check_placement() raises: nobody's paper is from before they were placed here.
PLACEMENT_MISSING = "BD002"


def record_consent(
    *,
    by: Actor,
    participant: Participant,
    facility: Facility,
    given_on: date,
    text_version: str,
    language: str,
    witness_role: str,
) -> Consent:
    """Keep a signed consent to work; one may be open at a time.

    One that is dated before the last withdrawal would undo it, and is Refused.
    """
    _may_record(by, "consent.record", facility, given_on)
    _not_before_withdrawal(Consent, participant, given_on)
    with _no_overlap():
        return Consent.objects.create(
            participant=participant,
            facility=facility,
            given_on=given_on,
            text_version=text_version,
            language=language,
            witness_role=witness_role,
            **_recorded(by),
        )


def withdraw_consent(*, by: Actor, consent: Consent, withdrawn_on: date) -> Consent:
    """Let consent end: on that day the person no longer works, without any disadvantage."""
    return _withdraw(by, consent, withdrawn_on)


def record_request(
    *, by: Actor, participant: Participant, facility: Facility, requested_on: date
) -> OwnRequest:
    """Keep a detainee's own request to work; not one dated before the last was withdrawn."""
    _may_record(by, "consent.record", facility, requested_on)
    _not_before_withdrawal(OwnRequest, participant, requested_on)
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
    """Keep what a clinician found; the certificate before it ends where this one begins."""
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
    require(may(by, "work.approve", facility.pk))
    required()
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
    require(may(by, "work.approve", placement.facility_id))
    try:
        end_on(placement, ends_on)
    except ValueError:
        raise Refused(paper_on_wrong_day()) from None
    return placement


def _withdraw(by: Actor, given: Given, withdrawn_on: date) -> Given:
    _may_record(by, "consent.record", given.facility, withdrawn_on)
    if withdrawn_on < given.given_on or given.withdrawn_on is not None:
        raise Refused(paper_on_wrong_day())
    given.withdrawn_on = withdrawn_on
    given.save(update_fields=["withdrawn_on"])
    return given


def _not_before_withdrawal(
    model: type[Consent] | type[OwnRequest], participant: Participant, given_on: date
) -> None:
    if model.objects.filter(participant=participant, withdrawn_on__gt=given_on).exists():
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
