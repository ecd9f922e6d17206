"""Tries are counted before they are judged, so that guessing side by side gains nothing."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.db.models import F
from django.utils.crypto import salted_hmac

from berdaya.core import clock
from berdaya.institutions.models import Attempts


class TooMany(Exception):
    """Somebody tried too often; becomes a page with status 429."""


@dataclass(frozen=True)
class Limit:
    """So many tries within so long."""

    tries: int
    within: timedelta


QUARTER = timedelta(minutes=15)
# A whole unit stands behind one address, so addresses are given more.
LIMITS = {
    "factor": Limit(6, QUARTER),
    "invitation": Limit(6, QUARTER),
    "seller": Limit(6, QUARTER),
    "unlock": Limit(6, QUARTER),
    "address": Limit(60, QUARTER),
}
# One statement: the row is claimed or refused, never read first.
SPEND = """
INSERT INTO institutions_attempts AS a (kind, subject, tries, since) VALUES (%s, %s, 1, %s)
ON CONFLICT (kind, subject) DO UPDATE
SET tries = CASE WHEN a.since <= %s THEN 1 ELSE a.tries + 1 END,
    since = CASE WHEN a.since <= %s THEN excluded.since ELSE a.since END
WHERE a.since <= %s OR a.tries < %s
RETURNING 1"""


def spend_try(*, kind: str, subject: object) -> None:
    """Count one try of an account or address. Raises TooMany when none is left in this window."""
    limit, now = LIMITS[kind], clock.now()
    cutoff = now - limit.within
    with connection.cursor() as cursor:
        cursor.execute(
            SPEND, [kind, _hidden(kind, subject), now, cutoff, cutoff, cutoff, limit.tries]
        )
        if cursor.fetchone() is None:
            raise TooMany(kind)


def forget_tries(*, kind: str, subject: object) -> None:
    """The account succeeded: its count begins anew."""
    Attempts.objects.filter(kind=kind, subject=_hidden(kind, subject)).delete()


def give_back_try(*, kind: str, subject: object) -> None:
    """An address that was right is not used up by it: a whole unit signs in from there."""
    rows = Attempts.objects.filter(kind=kind, subject=_hidden(kind, subject), tries__gt=0)
    rows.update(tries=F("tries") - 1)


def drop_old_attempts() -> int:
    """Counts whose window is long over; returns how many."""
    return Attempts.objects.filter(since__lt=clock.now() - timedelta(days=1)).delete()[0]


def _hidden(kind: str, subject: object) -> str:
    return salted_hmac(f"attempts.{kind}", str(subject), algorithm="sha256").hexdigest()
