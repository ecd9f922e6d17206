"""Many indicators in many places month by month, in one statement however many they are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from berdaya.core.scope import Actor
from berdaya.insight.calc import Sums, as_told, counted_months, value_of
from berdaya.insight.indicators import INDICATORS, Indicator
from berdaya.insight.models import Figure, ToldFigure
from berdaya.insight.periods import Period, finished_month
from berdaya.insight.queries import OFFICE, PUBLIC, office_places

# An indicator's code and the code of a region; "" is the whole country.
Key = tuple[str, str]
Course = Mapping[date, Sums]
# On the day after this one of a month, what is told of the month before is there (tasks.py).
TOLD_BY = 7


SUMS = """
SELECT t.indicator, t.month, place.code, place.parent_id, sum(t.numerator), sum(t.denominator)
FROM {table} t
JOIN institutions_facility f ON f.id = t.facility_id
LEFT JOIN insight_seat s ON s.facility_id = t.facility_id AND s.valid_from <= t.month
  AND (s.valid_until IS NULL OR s.valid_until > t.month)
JOIN institutions_region place ON place.code = COALESCE(s.region_id, f.region_id)
WHERE t.indicator = ANY(%s) AND t.part = '' AND t.month >= %s AND t.month < %s {within}
GROUP BY t.indicator, t.month, place.code, place.parent_id
"""


def told_month(today: date) -> date:
    """The last month of which something may have been told by a day."""
    return finished_month(today - timedelta(days=TOLD_BY))


def courses(
    actor: Actor | None, wanted: Iterable[Key], period: Period, audience: str = PUBLIC
) -> dict[Key, Course]:
    """The months of each indicator in each place, as an audience may read them: one statement.

    Facilities are summed by the regency and province of their seat on each month's first day, as
    `queries.placings` finds them. A month in which nothing was counted, or told, is absent.
    """
    keys = set(wanted)
    found: dict[Key, dict[date, Sums]] = {key: {} for key in keys}
    regions = defaultdict(set)
    for code, where in keys:
        regions[code].add(where)
    for code, month, here, above, number, below in _sums(actor, sorted(regions), period, audience):
        for where in regions[code] & {"", here, above or here}:
            months = found[code, where]
            months[month] = months.get(month, Sums()) + Sums(number, below)
    return dict(found)


def _sums(
    actor: Actor | None, codes: list[str], period: Period, audience: str
) -> list[tuple[str, date, str, str | None, Decimal, Decimal | None]]:
    """Code, month, regency and what is above it, numerator, denominator: added up by the database,
    which joins a month's seat as no foreign key could."""
    params: list[Any] = [codes, period.start, period.until]
    table, within = ToldFigure._meta.db_table, ""
    if audience == OFFICE and actor is not None:
        table, within = Figure._meta.db_table, "AND t.facility_id = ANY(%s)"
        params.append(office_places(actor))
    with connection.cursor() as cursor:
        # Both words are of this module, every value stays a parameter.
        cursor.execute(SUMS.format(table=table, within=within), params)
        return cursor.fetchall()


def value_over(
    indicator: str | Indicator, course: Course, period: Period, audience: str = PUBLIC
) -> Decimal | None:
    """The one number of a period, as `queries.values` says it; None where there is none."""
    known = INDICATORS[indicator] if isinstance(indicator, str) else indicator
    rows = [course[month] for month in counted_months(known, period) if month in course]
    if not rows:
        return None
    _below, value = value_of(known, sum(rows, Sums()), period)
    whole = None if value is None else Decimal(value)
    return as_told(known, whole) if audience == PUBLIC else whole
