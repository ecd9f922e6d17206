"""From when until when the law allows a listing, as far as is known."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from berdaya.legality.rules.listing import ListingFacts, change_days, may_list


@dataclass(frozen=True)
class Window:
    """Days [first, until) on which a listing is lawful as far as is known; None is open."""

    first: date
    until: date | None


def window_of(by_day: Mapping[date, ListingFacts], is_to_order: bool = False) -> Window | None:
    """Walk over every day on which an answer can change; the first run of yes is the window.

    `by_day`: the facts of the first day and of each later one on which requirements change.
    """
    first = min(by_day)
    changes = {one for one in change_days(by_day[first]) if one > first} | set(by_day)
    begins: date | None = None
    for one in sorted(changes):
        known = by_day[max(known_day for known_day in by_day if known_day <= one)]
        facts = replace(known, day=one, has_lot=known.has_lot or is_to_order)
        allowed = may_list(facts).ok
        if allowed and begins is None:
            begins = one
        if not allowed and begins is not None:
            return Window(begins, one)
    return Window(begins, None) if begins else None
