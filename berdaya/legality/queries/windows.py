"""On which days the law allows each of many listings."""

from collections.abc import Iterable
from datetime import date

from berdaya.legality.queries.facts import listing_facts, requirement_days
from berdaya.legality.rules.windows import Window, window_of


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
