"""What the rules say to equal facts: the small record of grouped.py, read and judged."""

import json
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from berdaya.legality.rules.listing import (
    ListingFacts,
    OverrideFact,
    PermitFact,
    RequirementFact,
    StandingFact,
    judge,
)
from berdaya.legality.rules.origins import APPROVAL, CONSENT, NO_CLAIM, OriginFact
from berdaya.legality.rules.windows import Window, window_of
from berdaya.people.rules import CUSTODY_OF_CHILDREN

HERE, ELSEWHERE = 1, 2
LONG_AGO = date.min


def facts_of(
    read: Mapping[str, Any], market: str, day: date, needs: Iterable[RequirementFact]
) -> ListingFacts:
    """The record as the rules read it: without names and numbers, which decide nothing.

    `has_lot` is true: whether there are goods is the listing's matter, not the law's.
    """
    return ListingFacts(
        product="",
        facility_id=HERE,
        facility_kind=CUSTODY_OF_CHILDREN if read["lpka"] else "",
        market=market,
        day=day,
        requirements=tuple(needs),
        permits=(
            *(_permit(one, day) for one in read["permits"] or ()),
            *(_kitchen(kind) for kind in read["kitchens"] or ()),
        ),
        has_lot=True,
        standings=tuple(
            StandingFact(status, _begun(first), _day(until))
            for status, first, until in read["said"] or ()
        ),
        origin=_origin(read["origin"]),
        overrides=tuple(
            OverrideFact(code, kind, _begun(first), date.fromisoformat(until), where)
            for code, kind, where, first, until in read["lifted"] or ()
        ),
    )


def _permit(told: list[Any], day: date) -> PermitFact:
    kind, first, until, revoked, is_here, names_variant = told
    over, gone = first == "over", first == "revoked"
    return PermitFact(
        kind=kind,
        label="",
        number="",
        valid_from=LONG_AGO if over or gone else _begun(first),
        valid_until=day if over else _day(until),
        revoked_on=day if gone else _day(revoked),
        place_id=HERE if is_here else ELSEWHERE,
        is_bound_to_place=True,
        names_variant=names_variant,
    )


def _kitchen(kind: str) -> PermitFact:
    """A certificate of the place's kitchen: it meets nothing, on no day."""
    return PermitFact(kind, "", "", LONG_AGO, None, None, HERE, True, is_for_kitchen=True)


def _origin(told: list[Any] | None) -> OriginFact:
    if told is None:
        return NO_CLAIM
    code, registered, ended, is_inside, is_listed, is_ceremonial = told
    return OriginFact(
        name=code or "",
        registered_on=_begun(registered) if registered else None,
        ended_on=LONG_AGO if ended == "over" else _day(ended),
        is_inside=is_inside,
        is_listed=is_listed,
        is_ceremonial=is_ceremonial,
    )


def _begun(text: str) -> date:
    return LONG_AGO if text == "begun" else _iso(text)


def _day(text: str | None) -> date | None:
    return _iso(text) if text else None


@cache
def _iso(text: str) -> date:
    return date.fromisoformat(text)


@dataclass(frozen=True)
class Said:
    """The verdict on equal facts in one market: the window, and what is missing on the day.

    `faults`: by what is asked, its kinds of permits and the code of the reason.
    """

    window: Window | None
    faults: tuple[tuple[str, tuple[str, ...]], ...]

    def as_json(self) -> dict[str, Any]:
        """For the group's row."""
        first, until = (self.window.first, self.window.until) if self.window else (None, None)
        return {
            "from": first and first.isoformat(),
            "until": until and until.isoformat(),
            "faults": [{"code": code, "kinds": list(kinds)} for code, kinds in self.faults],
        }


Days = Mapping[date, Mapping[int, tuple[RequirementFact, ...]]]


def deciding(read: Mapping[str, Any], market: str, days: Days) -> Hashable:
    """What of a record decides in a market: the rest of it may differ."""
    needs = tuple(asked.get(read["category"], ()) for asked in days.values())
    kinds = {one.kind for asked in needs for one in asked} | {APPROVAL, CONSENT}
    permits = tuple(tuple(one) for one in read["permits"] or () if one[0] in kinds)
    rest = (read[name] for name in ("lpka", "kitchens", "said", "lifted", "origin"))
    return market, needs, permits, json.dumps(list(rest))


def say(read: Mapping[str, Any], market: str, days: Days) -> Said:
    """Judge one record. `days`: the first day and each on which requirements change, with what
    every category is asked then."""
    first = min(days)
    category = read["category"]
    facts = facts_of(read, market, first, days[first].get(category, ()))
    by_day = {
        day: facts
        if day == first
        else replace(facts, requirements=needs.get(category, ()), day=day)
        for day, needs in days.items()
    }
    return Said(window_of(by_day), tuple(_faults(facts)))


def _faults(facts: ListingFacts) -> Iterable[tuple[str, tuple[str, ...]]]:
    if facts.facility_kind == CUSTODY_OF_CHILDREN:
        yield "facility_lpka", ()
        return
    for one in judge(facts):
        if one.reason:
            yield one.reason.code, tuple(sorted(one.kinds))
