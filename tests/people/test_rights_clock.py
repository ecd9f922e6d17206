"""Three times 24 hours are exactly 72, in every zone, and what is left is never told too long."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from berdaya.core import clock
from berdaya.people.calc import due_after, months_after, time_left
from berdaya.people.forms_rights import instant_of

ZONES = st.sampled_from(sorted(clock.ZONE_NAMES))
INSTANTS = st.datetimes(
    datetime(2024, 10, 17),
    datetime(2060, 1, 1),
    timezones=ZONES.map(ZoneInfo),
)
ASKED = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@given(INSTANTS, ZONES)
def test_due_time_is_72_hours_on_every_clock(received: datetime, zone: str) -> None:
    due = due_after(received)

    there, then = clock.local(due, zone), clock.local(received, zone)

    assert (due - received).total_seconds() == 72 * 3600
    assert there.time() == then.time()
    assert there.date() - then.date() == timedelta(days=3)


@given(INSTANTS, st.timedeltas(timedelta(days=-9), timedelta(days=9)))
def test_time_left_is_never_told_too_long(received: datetime, moved: timedelta) -> None:
    due = due_after(received)
    now = due + moved

    left = time_left(due, now)

    assert left.is_overdue == (now > due)
    assert left.hours * timedelta(hours=1) <= abs(due - now)
    assert abs(due - now) - left.hours * timedelta(hours=1) < timedelta(hours=1)


@given(INSTANTS, ZONES)
def test_typed_wall_clock_is_that_instant(at: datetime, zone: str) -> None:
    there = clock.local(at, zone).replace(second=0, microsecond=0)

    typed = instant_of(there.date(), there.time(), zone)

    assert typed == there


@pytest.mark.parametrize(
    ("hours", "told", "in_english"),
    [
        (0, "sisa 3 hari", "3 days left"),
        (20, "sisa 2 hari 4 jam", "2 days 4 hours left"),
        (71, "sisa 1 jam", "1 hour left"),
        (71.5, "kurang dari 1 jam", "less than 1 hour left"),
        (72, "kurang dari 1 jam", "less than 1 hour left"),
        (72.5, "baru saja lewat", "just overdue"),
        (97, "lewat 1 hari 1 jam", "overdue by 1 day 1 hour"),
    ],
)
def test_words_of_the_clock(hours: float, told: str, in_english: str) -> None:
    left = time_left(due_after(ASKED), ASKED + timedelta(hours=hours))

    with override("id"):
        assert left.words == told
    with override("en"):
        assert left.words == in_english


def test_naive_instant_is_no_instant() -> None:
    with pytest.raises(ValueError, match="naive"):
        due_after(datetime(2026, 11, 23))


@given(st.dates(datetime(2000, 1, 1).date(), datetime(2090, 1, 1).date()), st.integers(-300, 300))
def test_months_land_in_their_month(day, months: int) -> None:  # type: ignore[no-untyped-def]
    landed = months_after(day, months)

    assert (landed.year * 12 + landed.month) - (day.year * 12 + day.month) == months
    assert landed.day <= day.day
