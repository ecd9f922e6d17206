"""Judge goods: equal facts once, written set-wise; whole rounds in the background, seen as they go.

What lapses, lapses by the windows that are written here, without a job; a round at night only
writes what comes next, and one after a change of rules what these now say.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import connection

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.institutions.models import Facility
from berdaya.legality.calc import Said, deciding, say
from berdaya.legality.events import judged
from berdaya.legality.models import FactGroup
from berdaya.legality.queries.facts import asked_by_category, requirement_days
from berdaya.legality.queries.grouped import Differing, differing
from berdaya.legality.rules.listing import RequirementFact

MARKETS = ("retail", "procurement", "export")
# By market, by day on which requirements change, what every category is asked.
Asked = dict[str, dict[date, dict[int, tuple[RequirementFact, ...]]]]

NEW_GROUPS = """
INSERT INTO legality_factgroup (digest, facts, category_id, verdicts, judged_on)
SELECT digest, facts, (facts::jsonb ->> 'category')::bigint, '{}', %s
FROM unnest(%s::text[], %s::text[]) one (digest, facts)
ORDER BY digest ON CONFLICT (digest) DO NOTHING"""
VERDICTS = """
UPDATE legality_factgroup g
SET verdicts = one.verdicts::jsonb, retail_from = one.first, retail_until = one.until,
    judged_on = %s
FROM unnest(%s::bigint[], %s::text[], %s::date[], %s::date[]) one (id, verdicts, first, until)
WHERE g.id = one.id"""
JUDGEMENTS = """
INSERT INTO legality_judgement (variant_id, facility_id, group_id)
SELECT one.variant, one.facility, g.id
FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) one (variant, facility, digest)
JOIN legality_factgroup g ON g.digest = one.digest
ORDER BY one.variant
ON CONFLICT (variant_id) DO UPDATE SET group_id = EXCLUDED.group_id"""


def judge_places(*, by: Actor, facility_ids: Iterable[int], day: date | None = None) -> int:
    """Give every variant of these places the judgement of its facts as they are; how many of the
    rows that follow (listings) are another than before.

    `day` is the day there, today in their own zones by default. Costs one statement where no facts
    changed, and what follows.
    """
    required()
    places = sorted(set(facility_ids))
    for here, today in _by_day(places, day):
        rows = differing(here, today)
        if rows:
            _write_judgements(rows, today)
    return judged(by, places)


def _by_day(places: list[int], day: date | None) -> Iterable[tuple[list[int], date]]:
    if day is not None:
        return [(places, day)]
    found: dict[date, list[int]] = {}
    for pk, zone in Facility.objects.filter(pk__in=places).values_list("pk", "timezone"):
        found.setdefault(clock.today(zone), []).append(pk)
    return [(here, today) for today, here in found.items()]


def _write_judgements(rows: Sequence[Differing], day: date) -> None:
    digests = {row.facts: sha256(row.facts.encode()).hexdigest() for row in rows}
    known = set(
        FactGroup.objects.filter(digest__in=digests.values())
        .exclude(verdicts={})
        .values_list("digest", flat=True)
    )
    fresh = {facts: digest for facts, digest in digests.items() if digest not in known}
    with connection.cursor() as cursor:
        if fresh:
            cursor.execute(NEW_GROUPS, [day, list(fresh.values()), list(fresh)])
            rows_of = FactGroup.objects.filter(digest__in=fresh.values())
            judge_groups(dict(rows_of.values_list("pk", "facts")), day)
        columns = zip(
            *((row.variant_id, row.facility_id, digests[row.facts]) for row in rows), strict=True
        )
        cursor.execute(JUDGEMENTS, [list(column) for column in columns])


def judge_groups(told: Mapping[int, str], day: date, asked: Asked | None = None) -> None:
    """Write what the rules say on `day` to groups, by their keys the facts; one statement."""
    asked = asked or everything_asked(day)
    memo: dict[Any, Said] = {}
    said = [(pk, _said(facts, asked, memo)) for pk, facts in told.items()]
    retail = [one["retail"].window for _pk, one in said]
    rows = (
        [pk for pk, _one in said],
        [json.dumps({market: one[market].as_json() for market in MARKETS}) for _pk, one in said],
        [window.first if window else None for window in retail],
        [window.until if window else None for window in retail],
    )
    with connection.cursor() as cursor:
        cursor.execute(VERDICTS, [day, *rows])


def _said(facts: str, asked: Asked, memo: dict[Any, Said]) -> dict[str, Said]:
    """Goods that differ only in what a market does not ask are judged once for it."""
    read = json.loads(facts)
    found = {}
    for market in MARKETS:
        key = deciding(read, market, asked[market])
        if key not in memo:
            memo[key] = say(read, market, asked[market])
        found[market] = memo[key]
    return found


def everything_asked(day: date) -> Asked:
    """What every category is asked in every market, on `day` and on each later day of change."""
    return {
        market: {
            one: asked_by_category(market, one) for one in [day, *requirement_days(market, day)]
        }
        for market in MARKETS
    }
