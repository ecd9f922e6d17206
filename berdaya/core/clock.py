"""The only now and today of the program, and the only way a date is put into words."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel import dates

DEFAULT_ZONE = "Asia/Makassar"

# What people in Indonesia call their zones; tzdata knows the same letters but not for every name.
ZONE_NAMES = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}


_elsewhen: ContextVar[datetime | None] = ContextVar("elsewhen", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _elsewhen.get() or datetime.now(UTC)


@contextmanager
def travel(to: datetime) -> Iterator[None]:
    """For the demo world alone: what is done inside was done at `to`, an instant of the past.

    The audit keeps the database's own clock, so that nothing real can be dated back by this.
    """
    if to > datetime.now(UTC):
        raise ValueError("the demo world has a past, not a future")
    token = _elsewhen.set(to)
    try:
        yield
    finally:
        _elsewhen.reset(token)


def today(zone: str = DEFAULT_ZONE) -> date:
    """The calendar day that has begun in `zone` (an IANA name)."""
    return local(now(), zone).date()


def local(instant: datetime, zone: str = DEFAULT_ZONE) -> datetime:
    """The same instant on a wall clock in `zone`; ValueError for a naive datetime."""
    if instant.tzinfo is None:
        raise ValueError("a naive datetime is not an instant")
    return instant.astimezone(ZoneInfo(zone))


def start_of(day: date, zone: str = DEFAULT_ZONE) -> datetime:
    """The instant (UTC) at which `day` begins in `zone`."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def last_day_before(instant: datetime, zone: str = DEFAULT_ZONE) -> date:
    """The last whole day that ends at or before an instant, as papers print the end of a window."""
    return local(instant, zone).date() - timedelta(days=1)


def format_date(day: date, lang: str = "id") -> str:
    """`12 Maret 2025`, or `12 March 2025` in English."""
    return dates.format_date(day, "d MMMM y", locale=_locale(lang))


def format_instant(instant: datetime, zone: str = DEFAULT_ZONE, lang: str = "id") -> str:
    """`Senin, 23 November 2026, 08.10 WITA`; English writes the hour with a colon."""
    there, locale = local(instant, zone), _locale(lang)
    pattern = "EEEE, d MMMM y, " + ("HH:mm" if locale == "en" else "HH.mm")
    words = dates.format_datetime(there.replace(tzinfo=None), pattern, locale=locale)
    return f"{words} {ZONE_NAMES.get(zone) or there.tzname()}"


def _locale(lang: str) -> str:
    return "en" if lang.lower().startswith("en") else "id"
