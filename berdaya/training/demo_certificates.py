"""Certificates of the demo's training: in force, revoked, replaced, expired, and some that wait.

Each was signed on the day after its assessment; two of each unit's own people act.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Max

from berdaya.core import clock
from berdaya.core.demo import DemoContext
from berdaya.core.scope import Actor, acting
from berdaya.institutions.demo import demo_scope
from berdaya.institutions.queries import actor_of, head_of, staff_with
from berdaya.training.actions.certificates import decide_certificates, propose_certificates
from berdaya.training.actions.withdrawals import decide_withdrawal, propose_withdrawal
from berdaya.training.models import Assessment, Certificate, Ending, Outcome, Result, Session
from berdaya.training.queries_certificates import without_certificate

SIGNERS = {
    "BLK-KPG": ("Drs. Contoh Penandatangan", "Kepala BLK Contoh Kupang"),
    "DINKOP-NTT": ("Contoh Tandatangan, S.E.", "Kepala Bidang Pelatihan"),
    "DEKRA-NTT": ("Ny. Contoh Paraf", "Ketua Harian"),
}
# Enough to see every state; the last one's wait for the head.
SESSIONS = 5


@dataclass(frozen=True)
class Finished:
    """A session that was assessed, and the two who act there."""

    session: Session
    signed_at: datetime
    officer: Actor
    head: Actor


def load_certificates(ctx: DemoContext) -> None:
    """Ask for the certificates of finished sessions, oldest first, and sign them; only once."""
    with demo_scope():
        if Certificate.objects.exists():
            return
        finished = _finished(ctx.today)
    for place, one in enumerate(finished, start=1):
        with clock.travel(one.signed_at):
            rows = _propose(one)
            if place < len(finished):
                _decide(one, rows)
    if finished:
        _end(finished[0], Ending.REVOKED, "Nilainya tertukar dengan peserta lain")
        _end(finished[0], Ending.REPLACED, "Judul pelatihan diperbaiki")
    with demo_scope():
        ctx.say(f"certificates: {Certificate.objects.count()}")


def _finished(today: date) -> list[Finished]:
    passed = Assessment.objects.filter(result=Result.COMPETENT).order_by()
    days = dict(
        passed.values_list("enrolment__session").annotate(last=Max("assessed_on")).order_by("last")
    )
    rows = Session.objects.select_related("facility", "course__provider").in_bulk(days)
    found = (_of(rows[pk], day, today) for pk, day in days.items() if _has_signer(rows[pk]))
    return [one for one in found if one is not None][:SESSIONS]


def _has_signer(session: Session) -> bool:
    return session.course.provider.code in SIGNERS


def _of(session: Session, day: date, today: date) -> Finished | None:
    head = head_of(session.facility_id, today)
    officers = staff_with("certificate.propose", session.facility_id, today)
    others = [one for one in officers if head is not None and one.pk != head.staff_id]
    if head is None or not others:
        return None
    noon = datetime.combine(day + timedelta(days=1), time(2), UTC)
    signed_at = min(noon, clock.now())
    return Finished(session, signed_at, actor_of(others[0], today), actor_of(head.staff, today))


def _propose(one: Finished) -> list[Certificate]:
    name, post = SIGNERS[one.session.course.provider.code]
    with acting(one.officer, "certificate.propose") as scope:
        return propose_certificates(
            by=scope.actor, facility=one.session.facility,
            assessments=without_certificate(one.session), signer_name=name, signer_post=post,
        )  # fmt: skip


def _decide(one: Finished, rows: list[Certificate]) -> None:
    with acting(one.head, "certificate.approve") as scope:
        decide_certificates(by=scope.actor, certificates=rows, outcome=Outcome.APPROVED)


def _end(one: Finished, kind: str, reason: str) -> None:
    """Let the first one still in force of this session end."""
    with acting(one.officer, "certificate.revoke") as scope:
        row = Certificate.objects.filter(
            session=one.session, is_live=True, credential__isnull=False
        ).order_by("pk")[0]
        asked = propose_withdrawal(by=scope.actor, certificate=row, kind=kind, reason=reason)
    with acting(one.head, "certificate.approve") as scope:
        decide_withdrawal(by=scope.actor, withdrawal=asked, outcome=Outcome.APPROVED)
