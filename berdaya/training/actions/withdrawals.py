"""Revoke or replace a certificate: one asks with a reason, another decides."""

from django.db import IntegrityError, transaction

from berdaya.core import clock, codes
from berdaya.core.locks import lock_row
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.training import rules_certificates as rules
from berdaya.training.actions.certificates import CODE_SERIES, decision_of, frozen_words
from berdaya.training.actions.issuing import issue
from berdaya.training.models import (
    Certificate,
    Credential,
    Ending,
    Outcome,
    Withdrawal,
    WithdrawalDecision,
)


def propose_withdrawal(
    *, by: Actor, certificate: Certificate, kind: str, reason: str
) -> Withdrawal:
    """Ask that an issued certificate be revoked or replaced; it holds until somebody else agrees.

    Locks the certificate. Refused: no ability, certificate_not_issued, certificate_asked_already,
    certificate_reason_missing.
    """
    required()
    require(may(by, "certificate.revoke", certificate.facility_id))
    row = lock_row(certificate)
    is_asked = Withdrawal.objects.filter(certificate=row, is_open=True).exists()
    is_issued = row.is_live and row.credential_id is not None
    require(rules.may_withdraw(is_issued=is_issued, is_asked=is_asked, reason=reason))
    return Withdrawal.objects.create(
        certificate=row,
        facility_id=row.facility_id,
        kind=kind,
        reason=reason.strip(),
        proposed_by_id=by.person_id,
        proposed_at=clock.now(),
    )


def decide_withdrawal(
    *, by: Actor, withdrawal: Withdrawal, outcome: str, reason: str = ""
) -> WithdrawalDecision:
    """The second person agrees, and the certificate ends at once; or refuses, and it stays.

    A replaced one gets its successor, signed, in the same step, with the course's words of today.
    Locks the certificate. Refused: no ability, certificate_same_person, certificate_decided,
    certificate_reason_missing, certificate_tells_place.
    """
    required()
    require(may(by, "certificate.approve", withdrawal.facility_id))
    row = lock_row(withdrawal.certificate)
    asked = Withdrawal.objects.get(certificate=row, pk=withdrawal.pk)
    require(
        rules.may_decide(
            by.user_id, asked.proposed_by_id, is_decided=not asked.is_open, outcome=outcome,
            reason=reason,
        )
    )  # fmt: skip
    Withdrawal.objects.filter(pk=asked.pk).update(is_open=False)
    if outcome == Outcome.APPROVED:
        _end(by, row, asked)
    return WithdrawalDecision.objects.create(
        withdrawal=asked,
        facility_id=row.facility_id,
        proposed_by_id=asked.proposed_by_id,
        outcome=outcome,
        reason=reason.strip(),
        decided_by_id=by.person_id,
        decided_at=clock.now(),
    )


def _end(by: Actor, row: Certificate, asked: Withdrawal) -> None:
    Certificate.objects.filter(pk=row.pk).update(is_live=False)
    successor = _successor(by, row, asked) if asked.kind == Ending.REPLACED else None
    assert row.credential_id is not None  # only what was issued is asked to end
    Credential.objects.filter(pk=row.credential_id).update(
        ended_at=clock.now(), ended_as=asked.kind, replaced_by=successor
    )


def _successor(by: Actor, row: Certificate, asked: Withdrawal) -> Credential | None:
    """A new certificate of the same assessment, asked for and agreed to by the same two."""
    facility, course = row.facility, row.assessment.enrolment.session.course
    told = (course.title, course.title_en, course.provider.name)
    words = rules.telling(told, (facility.name, facility.code))
    if words:
        raise Refused(rules.certificate_tells_place(words=words))
    year = clock.today(facility.timezone).year
    number = draw(f"certificate-proposal:{facility.code}", year)
    fresh = Certificate(
        code=codes.desk_code(facility.code, year, CODE_SERIES, number),
        facility=facility,
        participant_id=row.participant_id,
        assessment_id=row.assessment_id,
        session_id=row.session_id,
        signer_name=row.signer_name,
        signer_post=row.signer_post,
        holder_code=codes.public_code(),
        proposed_by_id=asked.proposed_by_id,
        proposed_at=asked.proposed_at,
        **frozen_words(course),
    )
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(rules.certificate_exists()) from error
    issue(by=by, certificates=[fresh])
    decision_of(by, fresh, Outcome.APPROVED, asked.reason).save(force_insert=True)
    return fresh.credential
