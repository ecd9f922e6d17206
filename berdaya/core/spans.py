"""How a scope tells the database its limits: a caseload, and the periods of an auditor's letters.

All periods of all facilities go into one multirange, each day (or second) after the number of its
facility, so that a row is compared once, whatever the number of letters. docs/decisions/0023.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

FREE = "free"
# Room for every day from year 1, and for every second from 1970, before the next facility begins.
DAYS, SECONDS = 10**7, 10**12
EPOCH = date(1970, 1, 1)
# Rows without a facility: what changed in an open table.
NOWHERE = 0


@dataclass(frozen=True, slots=True)
class Examined:
    """One period [since, until) of a facility, in its zone; until None: still open."""

    facility_id: int
    since: date
    until: date | None
    zone: str


def caseload(user_id: int | None, guided: frozenset[int], today: date) -> str:
    """Whose clients are shown, on which day, and at which facilities."""
    if not guided:
        return FREE
    return json.dumps({"staff": user_id, "day": today.isoformat(), "places": sorted(guided)})


def spans(facility_ids: Iterable[int], examined: frozenset[Examined]) -> tuple[str, str]:
    """The days and the seconds that are shown; facilities without a period are open whole."""
    if not examined:
        return FREE, FREE
    whole = set(facility_ids) - {one.facility_id for one in examined}
    everywhere = {NOWHERE} if whole else set()
    return (
        _multirange([*_days(examined), *_whole(whole | everywhere, DAYS)]),
        _multirange([*_seconds(examined), *_whole(whole | everywhere, SECONDS)]),
    )


def _days(examined: Iterable[Examined]) -> Iterator[tuple[int, int]]:
    for one in examined:
        last = one.until.toordinal() - 1 if one.until else DAYS
        for place in (one.facility_id, NOWHERE):
            yield place * DAYS + one.since.toordinal() - 1, place * DAYS + last


def _seconds(examined: Iterable[Examined]) -> Iterator[tuple[int, int]]:
    for one in examined:
        first = _instant(max(one.since, EPOCH), one.zone)
        last = _instant(one.until, one.zone) if one.until else SECONDS
        for place in (one.facility_id, NOWHERE):
            yield place * SECONDS + max(first, 0), place * SECONDS + last


def _instant(day: date, zone: str) -> int:
    return int(datetime.combine(day, time.min, ZoneInfo(zone)).timestamp())


def _whole(places: Iterable[int], room: int) -> Iterator[tuple[int, int]]:
    return ((place * room, (place + 1) * room) for place in places)


def _multirange(ranges: Iterable[tuple[int, int]]) -> str:
    return "{" + ",".join(f"[{first},{last})" for first, last in sorted(ranges)) + "}"
