"""Reckon a facility's figures from the thread, and tell once what everybody may read."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from berdaya.core import clock, scope
from berdaya.core.scope import Actor
from berdaya.insight.calc import may_tell
from berdaya.insight.indicators import INDICATORS, Ground
from berdaya.insight.indicators.base import BEHIND, BY_FAMILY, GOODS, PEOPLE, Indicator, Part
from berdaya.insight.learners import told_learners
from berdaya.insight.models import Figure, ToldFigure
from berdaya.insight.periods import Period, month_here
from berdaya.institutions.models import Facility
from berdaya.workshop.models import PublishedCount

KEY = ["facility", "indicator", "month", "part"]
COUNTED = ["version", "numerator", "denominator", "people", "days", "reckoned_at"]


def counted(facility: Facility, period: Period) -> dict[tuple[str, date, str], Part]:
    """Every indicator of a facility's months, counted now; writes nothing. About 25 queries."""
    ground = Ground(facility, period)
    return {
        (code, part.month, part.part): part
        for code, one in INDICATORS.items()
        for part in one.count(ground)
    }


def reckon(*, by: Actor, facility: Facility, period: Period) -> int:
    """Keep the figures of these months as they are counted now; returns how many there are.

    A part that no longer exists becomes zero. Nothing of a facility where nothing may be made.
    """
    scope.required()
    if not facility.is_producing:
        return 0
    found = counted(facility, period)
    rows = Figure.objects.filter(
        facility=facility, month__gte=period.start, month__lt=period.until
    ).exclude(part="")
    for code, month, part in rows.values_list("indicator", "month", "part"):
        if code in INDICATORS and (code, month, part) not in found:
            found[code, month, part] = Part(month, 0, part=part)
    now = clock.now()
    Figure.objects.bulk_create(
        [_figure(facility, code, part, now) for (code, *_key), part in found.items()],
        update_conflicts=True,
        unique_fields=KEY,
        update_fields=COUNTED,
        batch_size=1000,
    )
    return len(found)


def _figure(facility: Facility, code: str, part: Part, now: datetime) -> Figure:
    return Figure(
        facility=facility, month=part.month, indicator=code, part=part.part,
        version=INDICATORS[code].version, numerator=part.numerator, denominator=part.denominator,
        people=part.people, days=None if part.days is None else list(part.days), reckoned_at=now,
    )  # fmt: skip


def tell(*, by: Actor, facility: Facility, months: Iterable[date]) -> int:
    """Tell everybody what may be told of months that are over, each once; returns how many rows.

    Reckons nothing: what the figures say is what is told. A month waits until the people of it
    were published (workshop/actions/counts.py), whose rounded counts are the only ones of them.
    """
    scope.required()
    if not facility.is_producing:
        return 0
    wanted = [month for month in months if month < month_here(facility.timezone)]
    told = set(
        ToldFigure.objects.filter(facility=facility, month__in=wanted).values_list(
            "month", flat=True
        )
    )
    people: dict[date, dict[str, int]] = defaultdict(dict)
    rows = PublishedCount.objects.filter(facility=facility, month__in=wanted)
    for month, family, about in rows.values_list("month", "family", "about_people"):
        people[month][family] = about
    ready = [month for month in wanted if month not in told and month in people]
    figures = Figure.objects.filter(facility=facility, month__in=ready)
    found = [row for one in figures for row in _told(one)]
    learners = told_learners(facility, ready)
    for month in ready:
        found += _told_people(facility, month, people[month])
        found += _told_learners(facility, month, learners)
    now = clock.now()
    for row in found:
        row.told_at = now
    return len(ToldFigure.objects.bulk_create(found, ignore_conflicts=True))


def _told(figure: Figure) -> list[ToldFigure]:
    """A sum of goods or money of a whole month; its parts are for offices, but for the steps of
    goods, which are no cut of people. Behind what people made or earned enough of them must stand;
    numbers of people are told from their own parts.
    """
    known = INDICATORS.get(figure.indicator)
    if known is None or known.told not in (BEHIND, GOODS):
        return []
    if figure.part and not (known.tells_steps and known.told == GOODS):
        return []
    if known.told == BEHIND and not may_tell(figure.people):
        return []
    return [
        _row(
            figure.facility, figure.month, known, figure.numerator, figure.denominator,
            part=figure.part,
        )
    ]  # fmt: skip


def _told_learners(
    facility: Facility, month: date, learners: dict[str, dict[date, int]]
) -> list[ToldFigure]:
    return [
        _row(facility, month, known, learners[known.code][month])
        for known in INDICATORS.values()
        if known.told == PEOPLE
    ]


def _told_people(facility: Facility, month: date, about: dict[str, int]) -> list[ToldFigure]:
    return [
        row
        for known in INDICATORS.values()
        if known.told == BY_FAMILY
        for row in (
            _row(facility, month, known, sum(about.values())),
            *(_row(facility, month, known, told, part=part) for part, told in about.items()),
        )
    ]


def _row(
    facility: Facility,
    month: date,
    known: Indicator,
    numerator: Decimal | int,
    denominator: Decimal | None = None,
    *,
    part: str = "",
) -> ToldFigure:
    return ToldFigure(
        facility=facility, month=month, indicator=known.code, part=part, version=known.version,
        numerator=numerator, denominator=denominator,
    )  # fmt: skip
