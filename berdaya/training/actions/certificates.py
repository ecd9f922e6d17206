"""Certificates take two people: one proposes, another decides; the same to revoke or replace."""

from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction

from berdaya.core import clock, codes
from berdaya.core.locks import lock_rows
from berdaya.core.numbers import draw_many
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, Verdict, combine, require
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.training import rules_certificates as rules
from berdaya.training.actions.issuing import issue
from berdaya.training.models import (
    Assessment,
    Certificate,
    CertificateDecision,
    Course,
    Outcome,
    Result,
)

CODE_SERIES = "SRT"


def propose_certificates(
    *,
    by: Actor,
    facility: Facility,
    assessments: Iterable[Assessment],
    signer_name: str,
    signer_post: str,
) -> list[Certificate]:
    """Ask for the certificates of these passed assessments of one facility, all or none.

    Assessments come with enrolment, session, course and provider. Nothing is locked: two who ask
    at once meet at a unique key. Refused: no ability, certificate_nobody, certificate_not_passed,
    certificate_exists, certificate_issuer_is_unit, certificate_tells_place,
    certificate_signer_missing.
    """
    required()
    require(may(by, "certificate.propose", facility.pk))
    rows = sorted(assessments, key=lambda one: one.pk)
    if not rows:
        raise Refused(rules.certificate_nobody())
    signer = (signer_name.strip(), signer_post.strip())
    require(rules.may_sign(*signer) + _may_propose(facility, rows, signer))
    made = [_proposed(by, facility, one, signer) for one in rows]
    year = clock.today(facility.timezone).year
    numbers = draw_many(f"certificate-proposal:{facility.code}", year, len(made))
    for row, number in zip(made, numbers, strict=True):
        row.code = codes.desk_code(facility.code, year, CODE_SERIES, number)
    try:
        with transaction.atomic():
            return Certificate.objects.bulk_create(made)
    except IntegrityError as error:
        raise Refused(rules.certificate_exists()) from error


def decide_certificates(
    *, by: Actor, certificates: Sequence[Certificate], outcome: str, reason: str = ""
) -> list[CertificateDecision]:
    """The second person agrees, and they are signed and numbered; or refuses, with a reason.

    All or none. Locks the certificates, then their issuers. Refused: no ability,
    certificate_nobody, certificate_same_person, certificate_decided, certificate_reason_missing.
    """
    required()
    for facility_id in {one.facility_id for one in certificates}:
        require(may(by, "certificate.approve", facility_id))
    rows = lock_rows(Certificate, [one.pk for one in certificates])
    if not rows:
        raise Refused(rules.certificate_nobody())
    decided = set(
        CertificateDecision.objects.filter(certificate__in=rows).values_list(
            "certificate", flat=True
        )
    )
    require(
        combine(
            rules.may_decide(
                by.user_id, one.proposed_by_id, is_decided=one.pk in decided, outcome=outcome,
                reason=reason,
            )
            for one in rows
        )
    )  # fmt: skip
    if outcome == Outcome.APPROVED:
        issue(by=by, certificates=rows)
    else:
        Certificate.objects.filter(pk__in=[one.pk for one in rows]).update(is_live=False)
    return CertificateDecision.objects.bulk_create(
        decision_of(by, one, outcome, reason) for one in rows
    )


def decision_of(by: Actor, row: Certificate, outcome: str, reason: str) -> CertificateDecision:
    """The row that says who decided; not saved."""
    return CertificateDecision(
        certificate=row,
        facility_id=row.facility_id,
        proposed_by_id=row.proposed_by_id,
        outcome=outcome,
        reason=reason.strip(),
        decided_by_id=by.person_id,
        decided_at=clock.now(),
    )


def frozen_words(course: Course) -> dict[str, object]:
    """What a certificate says of a course: frozen when it is asked for. An unconfirmed code is left
    out: nobody outside can be asked to believe it."""
    units = [link.unit for link in course.course_units.all()]
    return {
        "provider_id": course.provider_id,
        "title": course.title,
        "title_en": course.title_en,
        "hours": course.hours,
        "valid_months": course.valid_months,
        "units": [
            {"code": one.code if one.is_confirmed else "", "name": one.name, "name_en": one.name_en}
            for one in units
        ],
    }


def _proposed(
    by: Actor, facility: Facility, one: Assessment, signer: tuple[str, str]
) -> Certificate:
    session = one.enrolment.session
    return Certificate(
        facility=facility,
        participant_id=one.participant_id,
        assessment=one,
        session=session,
        signer_name=signer[0],
        signer_post=signer[1],
        holder_code=codes.public_code(),
        proposed_by_id=by.person_id,
        proposed_at=clock.now(),
        **frozen_words(session.course),
    )


def _may_propose(
    facility: Facility, rows: Sequence[Assessment], signer: tuple[str, str]
) -> Verdict:
    taken = set(
        Certificate.objects.filter(assessment__in=rows, is_live=True).values_list(
            "assessment", flat=True
        )
    )
    return combine(
        rules.may_propose(
            rules.ProposalFacts(
                is_competent=one.result == Result.COMPETENT,
                has_certificate=one.pk in taken,
                provider_kind=one.enrolment.session.course.provider.kind,
                told=(*signer, *_told(one.enrolment.session.course)),
                place_names=(facility.name, facility.code),
            )
        )
        for one in rows
    )


def _told(course: Course) -> tuple[str, ...]:
    return (course.title, course.title_en, course.provider.name)
