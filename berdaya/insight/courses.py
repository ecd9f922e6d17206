"""Many indicators in many places month by month, in one statement however many they are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import CharField, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from berdaya.core.scope import Actor
from berdaya.insight.calc import Sums, counted_months, value_of
from berdaya.insight.indicators import INDICATORS, Indicator
from berdaya.insight.models import Figure, Seat, ToldFigure
from berdaya.insight.periods import Period, finished_month
from berdaya.insight.queries import OFFICE, PUBLIC, office_places

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
    for code, month, here, above, number, below in _sums(actor, sorted(regions), period, audience):
        for where in regions[code] & {"", here, above or here}:
            months = found[code, where]
            months[month] = months.get(month, Sums()) + Sums(number, below)
    return dict(found)


def _sums(
    actor: Actor | None, codes: list[str], period: Period, audience: str
) -> Iterable[tuple[str, date, str, str | None, Decimal, Decimal | None]]:
    held = Seat.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=OuterRef("month")),
        facility=OuterRef("facility"), valid_from__lte=OuterRef("month"),
    )  # fmt: skip
    asked = Q(indicator__in=codes, part="", month__gte=period.start, month__lt=period.until)
    if audience == OFFICE and actor is not None:
        rows = Figure.objects.filter(asked, facility__in=office_places(actor))
    else:
        rows = ToldFigure.objects.filter(asked)
    return (
        rows.annotate(
            seat=Subquery(held.values("region")[:1]),
            seat_above=Subquery(held.values("region__parent")[:1]),
        )
        .annotate(
            here=Coalesce("seat", F("facility__region"), output_field=CharField()),
            # A province's own row has nothing above it.
            above=Coalesce(
                "seat_above", F("seat"), F("facility__region__parent"), output_field=CharField()
            ),
        )
        .values_list("indicator", "month", "here", "above")
        .annotate(number=Sum("numerator"), below=Sum("denominator"))
        .order_by()
    )


def value_over(indicator: str | Indicator, course: Course, period: Period) -> Decimal | None:
    """The one number of a period, as `queries.values` says it; None where there is none."""
    known = INDICATORS[indicator] if isinstance(indicator, str) else indicator
    rows = [course[month] for month in counted_months(known, period) if month in course]
    if not rows:
        return None
    _below, value = value_of(known, sum(rows, Sums()), period)
    return None if value is None else Decimal(value)
