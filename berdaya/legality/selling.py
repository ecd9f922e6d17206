"""May these goods change hands on a day? Asked by orders, stalls and the sale form alike.

A cart asks before it is placed; who packs, hands over or sells asks again, because a permit may
have lapsed in between. Whether any goods lie there is not asked here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from berdaya.core.verdicts import Verdict, combine
from berdaya.legality.queries.facts import facts_on_days, listing_facts
from berdaya.legality.rules.listing import ListingFacts, may_list

RETAIL = "retail"
# What was lawful and no longer is. What never had a permit is the gate's to stop, not the till's:
# food eaten on its day needs none (domain 2.2), and money that was taken must be recorded.
ENDED = frozenset({"permit_lapsed", "permit_revoked"})


def laws_on(variant_ids: Iterable[int], day: date, market: str = RETAIL) -> dict[int, Verdict]:
    """By variant, every reason of the law against it on a day; as many queries as listing_facts."""
    found = listing_facts(variant_ids, market, day)
    return {pk: _law(facts) for pk, facts in found.items()}


def ended_on(asked: Mapping[date, Iterable[int]], market: str = RETAIL) -> Verdict:
    """Permits of these goods that had ended by the day on which each is sold: nothing else."""
    found = facts_on_days({day: set(pks) for day, pks in asked.items()}, market)
    whole = combine(_law(facts) for facts in found.values())
    return Verdict(tuple(one for one in whole.reasons if one.code in ENDED))


def ended_of(variant_ids: Iterable[int], day: date, market: str = RETAIL) -> set[int]:
    """Those of these goods whose permit has ended by a day."""
    found = laws_on(variant_ids, day, market)
    return {pk for pk, verdict in found.items() if ENDED & set(verdict.codes)}


def _law(facts: ListingFacts) -> Verdict:
    return may_list(replace(facts, has_lot=True))
