"""One phone and one browser act one after the other, so that what they hold can be counted."""

from hashlib import blake2b

from django.conf import settings
from django.db import connection


def key_of(text: str) -> str:
    """A keyed hash that only tells whether two are the same; empty stays empty."""
    if not text:
        return ""
    secret = settings.SECRET_KEY.encode()[:64]
    return blake2b(text.encode(), key=secret, digest_size=12).hexdigest()


def one_at_a_time(*keys: str) -> None:
    """Two tabs that claim or order at once count each other; the locks end with the transaction.

    Taken before any row is locked, in one order, so that nobody waits in a circle.
    """
    with connection.cursor() as cursor:
        for key in sorted(filter(None, keys)):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [key])
