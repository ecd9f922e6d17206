"""Seals over past days of the audit rows, and the proof that they still stand."""

from dataclasses import dataclass
from datetime import UTC, date

from django.db import connection

from berdaya.core import clock


@dataclass(frozen=True)
class Finding:
    """Where a sealed day no longer fits its seal."""

    day: date
    first_id: int | None
    last_id: int | None
    problem: str
    row_ids: list[int]


def seal_past_days() -> int:
    """Seal every day that is over (in UTC) and not sealed; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT core_seal_audit(%s)", [clock.now().astimezone(UTC).date()])
        return int(cursor.fetchone()[0])


def findings() -> list[Finding]:
    """Every place where a sealed day's rows were changed, removed or inserted. Empty is clean."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM core_verify_audit()")
        return [Finding(*row) for row in cursor.fetchall()]
