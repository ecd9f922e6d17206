"""What goes out about a session: a funder's list of codes, and a rounded number of people."""

import secrets

from berdaya.core import clock
from berdaya.core.codes import ALPHABET
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import require
from berdaya.institutions.models import FacilityKind
from berdaya.institutions.rules import may
from berdaya.papers.actions.documents import issue_document
from berdaya.people.rounded import LEAST, about
from berdaya.training import rules
from berdaya.training.models import AttendanceProof, ProofLine, Session, SessionCount
from berdaya.training.queries import empty_days, members_of, present_people

PAPER = "SKKP"
CODE_LENGTH = 6


def issue_proof(*, by: Actor, session: Session, funder: str) -> AttendanceProof:
    """Freeze who was there for how long, under codes drawn for this proof; its number comes last.

    Refused: of_children, proof_early, proof_incomplete, proof_too_few.
    """
    required()
    require(may(by, "training.prove", session.facility_id))
    today = clock.today(session.facility.timezone)
    members = [one for one in members_of(session) if one.totals.present]
    facts = rules.ProofFacts(
        is_of_children=session.facility.kind == FacilityKind.LPKA,
        is_over=session.ends_on < today,
        people=len(members),
        empty_days=empty_days(session, session.ends_on),
        least=LEAST,
    )
    require(rules.may_prove(facts))
    proof = AttendanceProof.objects.create(
        session=session,
        facility_id=session.facility_id,
        funder=funder.strip(),
        recorded_by_id=by.user_id,
        recorded_at=clock.now(),
    )
    ProofLine.objects.bulk_create(
        ProofLine(
            proof=proof,
            enrolment=one.enrolment,
            facility_id=session.facility_id,
            code=code,
            days=one.totals.present,
            minutes=one.totals.minutes,
        )
        for one, code in zip(members, _codes(len(members)), strict=True)
    )
    proof.document = issue_document(
        by=by, type=PAPER, facility=session.facility, day=today, subject_ref=f"proof:{proof.pk}"
    )
    proof.save(update_fields=["document"])
    return proof


def _codes(count: int) -> list[str]:
    found: set[str] = set()
    while len(found) < count:
        found.add("".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)))
    return list(found)


def tell_count(*, by: Actor, session: Session) -> SessionCount | None:
    """Keep the rounded number of people of a finished session; a second time changes nothing.

    None for an LPKA and for a session that still goes on.
    """
    required()
    today = clock.today(session.facility.timezone)
    if session.facility.kind == FacilityKind.LPKA or session.ends_on >= today:
        return None
    told, _made = SessionCount.objects.get_or_create(
        session=session,
        defaults={
            "facility_id": session.facility_id,
            "about_people": about(present_people(session)),
            "told_at": clock.now(),
        },
    )
    return told
