"""On which days the law allows a listing, as far as is known."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from berdaya.legality.queries.facts import listing_facts, requirement_days
from berdaya.legality.rules.listing import ListingFacts, change_days, may_list


@dataclass(frozen=True)
class Window:
    """Days [first, until) on which a listing is lawful as far as is known; None is open."""

    first: date
    until: date | None


def lawful_windows(
    variant_ids: Iterable[int], market: str, day: date, to_order: Iterable[int] = ()
) -> dict[int, Window]:
    """The present or next window of each variant; those with none in sight are left out.

    Three queries, and as many again for each day to come on which a requirement begins or ends.
    `to_order`: variants offered without any finished goods.
    """
    wanted, made_later = set(variant_ids), set(to_order)
    found: dict[int, Window] = {}
    days = [day, *requirement_days(market, day)]
    facts = {one: listing_facts(wanted, market, one) for one in days}
    for pk in wanted & set(facts[day]):
        mine = {one: facts[one][pk] for one in days}
        if window := window_of(mine, pk in made_later):
            found[pk] = window
    return found


def window_of(by_day: dict[date, ListingFacts], is_to_order: bool) -> Window | None:
    """Walk over every day on which an answer can change; the first run of yes is the window."""
    first = min(by_day)
    changes = set(by_day)
    changes |= {one for one in change_days(by_day[first]) if one > first}
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
