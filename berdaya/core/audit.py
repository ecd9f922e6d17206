"""Seals over past days of the audit rows, and the proof that they still stand."""

from dataclasses import dataclass
from datetime import UTC, date

import structlog
from django.db import connection

from berdaya.core import clock
from berdaya.core.models import AuditSeal

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Finding:
    """Where a sealed day no longer fits its seal."""

    day: date
    first_id: int | None
    last_id: int | None
    problem: str
    row_ids: list[int]


def seal_past_days() -> int:
    """Seal every day that is over (in UTC) and not sealed; returns how many.

    The log keeps the head of the chain, outside the database.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT core_seal_audit(%s)", [clock.now().astimezone(UTC).date()])
        sealed = int(cursor.fetchone()[0])
    if sealed:
        log.info("audit_sealed", days=sealed, head=head())
    return sealed


def findings() -> list[Finding]:
    """Every place where a sealed day's rows were changed, removed or inserted. Empty is clean."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM core_verify_audit()")
        return [Finding(*row) for row in cursor.fetchall()]


def head() -> str:
    """`day:hash` of the newest seal. Whoever owns the database could make the whole chain anew;
    a head that is noted outside it (the log, a letter) shows that too."""
    newest = AuditSeal.objects.order_by("-day").first()
    return _head_of(newest) if newest else ""


def is_in_chain(noted: str) -> bool:
    """Whether a head that was noted before still is the seal of its day."""
    day, _sign, _hash = noted.partition(":")
    try:
        seal = AuditSeal.objects.filter(day=date.fromisoformat(day)).first()
    except ValueError:
        return False
    return seal is not None and _head_of(seal) == noted


def _head_of(seal: AuditSeal) -> str:
    return f"{seal.day}:{bytes(seal.hash).hex()}"
