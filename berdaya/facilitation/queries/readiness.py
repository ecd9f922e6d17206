"""What each product still lacks for each market, and what it takes to get it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Sum

from berdaya.facilitation.calc import MARKETS, Estimate, Median, Way, estimate_of, way_of
from berdaya.facilitation.models import Route
from berdaya.institutions.models import Facility
from berdaya.legality.queries.facts import facts_in_markets
from berdaya.legality.rules.listing import judge


@dataclass(frozen=True)
class Count:
    """Of a unit's products those that are ready for each market, and all of them."""

    products: int
    ready: Mapping[str, int]


@dataclass(frozen=True)
class Told:
    """A product's group of goods, and its way to each market."""

    group: str
    ways: Mapping[str, Way]


def ways_of(
    asked: Mapping[str, Any], day: date, estimates: Mapping[str, Estimate] | None = None
) -> dict[int, Told]:
    """By product; one without anything on sale is left out. Three statements for any number.

    `asked` are conditions on variants: `{"facility": …}`, `{"product": …}`.
    """
    return {
        variant.product_id: Told(
            variant.product.category.label,
            {
                market: way_of(market, judge(one), one.permits, estimates or {}, day)
                for market, one in facts.items()
            },
        )
        for variant, facts in facts_in_markets(MARKETS, day, asked)
    }


def counts_of(facility_ids: Iterable[int], day: date) -> dict[int, Count]:
    """How many products of each unit are ready for each market: three statements for any number."""
    total: dict[int, int] = defaultdict(int)
    ready: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(MARKETS, 0))
    wanted = list(facility_ids)
    for variant, facts in facts_in_markets(MARKETS, day, {"facility__in": wanted}):
        total[variant.facility_id] += 1
        for market, one in facts.items():
            ready[variant.facility_id][market] += all(not each.reason for each in judge(one))
    return {pk: Count(total[pk], ready[pk]) for pk in wanted}


def estimates_for(facility: Facility, day: date) -> dict[str, Estimate]:
    """By kind of help: the median of the district, the province, the nation, else the published.

    `facility.region` must be loaded. Two statements.
    """
    medians = medians_of(facility.region_id, facility.region.parent_id or "", day)
    return {
        route.kind: estimate_of(medians.get(route.kind, {}), published_of(route))
        for route in Route.objects.on(day).annotate(step_days=Sum("steps__days"))
    }


def published_of(route: Route) -> Estimate:
    """What is announced; where no days are, those promised for the steps together."""
    days: int | None = route.published_days or getattr(route, "step_days", None)
    return Estimate(days, route.published_rp, note=route.cost_text)


def medians_of(regency: str, province: str, day: date) -> dict[str, dict[str, Median]]:
    """By kind of help and level, through the door of walls.py: one statement."""
    found: dict[str, dict[str, Median]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM facilitation_case_days(%s, %s, %s)", [regency, province, day])
        for kind, level, finished, days, cost in cursor.fetchall():
            found[kind][level] = Median(finished, days, cost)
    return found
