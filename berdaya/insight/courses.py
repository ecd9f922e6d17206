"""Many indicators in many places month by month, in one statement however many they are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from berdaya.core.scope import Actor
from berdaya.insight.calc import Sums, as_told, counted_months, value_of
from berdaya.insight.cube import REGENCY, Reach, rows_of
from berdaya.insight.indicators import INDICATORS, Indicator
from berdaya.insight.periods import Period, finished_month
from berdaya.insight.queries import PUBLIC

# An indicator's code and the code of a region; "" is the whole country.
Key = tuple[str, str]
Course = Mapping[date, Sums]
# On the day after this one of a month, what is told of the month before is there (tasks.py).
TOLD_BY = 7


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
    for row in rows_of(Reach.of(actor, audience), sorted(regions), period, REGENCY):
        # Region codes are nested: 53.04 lies in 53.
        for where in regions[row.code] & {"", row.key[:2], row.key}:
            months = found[row.code, where]
            sums = Sums(row.numerator, row.denominator)
            months[row.month] = months.get(row.month, Sums()) + sums
    return dict(found)


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
