"""UUIDv7: version, variant, order, and nothing twice."""

from datetime import UTC, datetime, timedelta
from uuid import RFC_4122

import time_machine

from berdaya.core.ids import uuid7

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_uuid7_carries_version_variant_and_time() -> None:
    with time_machine.travel(NOON, tick=False):
        made = uuid7()

    assert made.version == 7
    assert made.variant == RFC_4122
    assert made.int >> 80 == int(NOON.timestamp() * 1000)


def test_uuid7_made_later_sorts_later() -> None:
    made = []
    for micros in (0, 1, 500, 999, 1000, 60_000_000):
        with time_machine.travel(NOON + timedelta(microseconds=micros), tick=False):
            made.append(uuid7())

    assert made == sorted(made)


def test_uuid7_in_one_instant_differs() -> None:
    with time_machine.travel(NOON, tick=False):
        made = {uuid7() for _ in range(1000)}

    assert len(made) == 1000
