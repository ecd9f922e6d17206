"""Time-ordered row ids for what a device may create or what will be partitioned."""

import secrets
from datetime import UTC, datetime, timedelta
from uuid import UUID

from berdaya.core import clock

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def uuid7() -> UUID:
    """UUID version 7 (RFC 9562, method 3): milliseconds, 12 bits of a fraction, 62 random bits.

    Made here, because PostgreSQL knows `uuidv7()` only from version 18.
    """
    micros = (clock.now() - EPOCH) // timedelta(microseconds=1)
    millis, rest = divmod(micros, 1000)
    fraction = rest * 4096 // 1000
    return UUID(int=millis << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | secrets.randbits(62))
