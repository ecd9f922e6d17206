"""Keep the cached windows in which the law allows a listing."""

from collections.abc import Iterable
from datetime import date, datetime

from berdaya.catalog.models import Listing
from berdaya.catalog.queries import MARKET
from berdaya.core import clock, scope
from berdaya.core.scope import Actor
from berdaya.legality.queries.windows import Window, lawful_windows


def refresh_windows(*, by: Actor, listings: Iterable[Listing]) -> int:
    """Judge these listings anew and keep the present or next window; returns how many changed.

    Changes lawful_from and lawful_until only, so what a head decided stays.
    """
    scope.required()
    rows = list(listings)
    if not rows:
        return 0
    # One facility's day at a time: a permit lapses at midnight of its place.
    changed = 0
    for zone in sorted({row.facility.timezone for row in rows}):
        here = [row for row in rows if row.facility.timezone == zone]
        changed += _refresh(here, zone, clock.today(zone))
    return changed


def _refresh(rows: list[Listing], zone: str, day: date) -> int:
    to_order = [row.variant_id for row in rows if row.current and row.current.lead_time_days]
    windows = lawful_windows([row.variant_id for row in rows], MARKET, day, to_order)
    changed = []
    for row in rows:
        first, until = instants(windows.get(row.variant_id), zone)
        # A window that goes on keeps the day on which it began.
        if first and row.lawful_from and row.lawful_from <= first:
            goes_on = row.lawful_until is None or row.lawful_until >= first
            first = row.lawful_from if goes_on else first
        if (row.lawful_from, row.lawful_until) != (first, until):
            row.lawful_from, row.lawful_until = first, until
            changed.append(row)
    Listing.objects.bulk_update(changed, ["lawful_from", "lawful_until"])
    return len(changed)


def instants(window: Window | None, zone: str) -> tuple[datetime | None, datetime | None]:
    """A window of days as instants of its place; both None where there is none."""
    if window is None:
        return None, None
    until = clock.start_of(window.until, zone) if window.until else None
    return clock.start_of(window.first, zone), until
