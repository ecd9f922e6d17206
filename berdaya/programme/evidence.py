"""How commitments stand, reckoned from what both sides may read: nothing of it is stored."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from berdaya.core.scope import Actor
from berdaya.core.verdicts import Reason
from berdaya.insight.courses import Course, courses, told_month, value_over
from berdaya.insight.grids import said
from berdaya.insight.indicators import INDICATORS, Indicator
from berdaya.insight.indicators.base import SUM
from berdaya.insight.periods import Period, after, first_of
from berdaya.insight.queries import PUBLIC
from berdaya.programme.models import (
    Commitment,
    Direction,
    Measure,
    Milestone,
    ProgressRule,
    Risk,
    RiskState,
)
from berdaya.programme.rules.standing import (
    LATE,
    STATES,
    Facts,
    MeasureFacts,
    MilestoneFacts,
    Thresholds,
    late_since,
    measure_state,
    percent_of,
    state_of,
)

ONE_PLACE = Decimal("0.1")


@dataclass(frozen=True)
class MeasureView:
    """A measure with its number, what it should be by now, and the months that say so."""

    measure: Measure
    indicator: Indicator
    facts: MeasureFacts
    period: Period
    through: date | None
    state: str
    reason: Reason | None
    since: date | None

    @property
    def percent(self) -> int | None:
        """The number as per cent of the target, for the bar; None without a number."""
        if self.facts.value is None:
            return None
        return percent_of(self.facts.value, self.facts.target)

    @property
    def bar(self) -> int:
        """The same, as far as a bar can be filled."""
        return min(self.percent or 0, 100)

    @property
    def label(self) -> str:
        return str(STATES[self.state][0])

    @property
    def tone(self) -> str:
        return STATES[self.state][1]

    @property
    def value_text(self) -> str:
        return said(self.indicator, self.facts.value, PUBLIC)

    @property
    def expected_text(self) -> str:
        return said(self.indicator, self.facts.expected)

    @property
    def target_text(self) -> str:
        return said(self.indicator, self.facts.target)

    @property
    def months_done(self) -> int:
        return 0 if self.through is None else len(Period(self.period.start, after(self.through)))

    @property
    def url(self) -> str:
        """Down to the units, and for offices to the rows."""
        query = f"?oleh=facility&masa={self.measure.year}"
        if self.measure.region_id:
            query += f"&di={self.measure.region_id}"
        return reverse("insight:indicator", args=[self.indicator.code]) + query


@dataclass(frozen=True)
class Standing:
    """A commitment and how it stands on a day."""

    commitment: Commitment
    state: str
    reasons: tuple[Reason, ...]
    measures: Sequence[MeasureView]
    milestones: Sequence[Milestone]
    late_since: date | None = None
    facts: Facts | None = field(default=None, repr=False)

    @property
    def label(self) -> str:
        return str(STATES[self.state][0])

    @property
    def tone(self) -> str:
        return STATES[self.state][1]


def rule_on(day: date) -> Thresholds:
    """The thresholds in force: one statement."""
    row = ProgressRule.objects.on(day).first()
    if row is None:
        return Thresholds()
    return Thresholds(row.late_below_bp, row.high_risk_from, row.escalate_after_days)


def standings(
    actor: Actor | None, today: date, rows: "QuerySet[Commitment] | None" = None
) -> list[Standing]:
    """How some commitments stand, all of them by default: four statements however many they are.

    Judged by what was told, so that both sides, and every office, read the same state.
    """
    asked = Commitment.objects.all() if rows is None else rows
    asked = asked.select_related("corrections_office", "umkm_office")
    later = Measure.objects.filter(commitment=OuterRef("pk"), year__gt=today.year)
    found = list(
        asked.annotate(high_risks=_high_risks(today), has_more=Exists(later), **_limits(today))
    )
    if not found:
        return []
    limits = _thresholds(found[0].late_below_bp, found[0].high_risk_from, found[0].after_days)
    measures = _measures(actor, {one.pk: one for one in found}, today, limits)
    milestones = _milestones([one.pk for one in found])
    return [
        _standing(one, measures.get(one.pk, []), milestones.get(one.pk, []), today, limits)
        for one in found
    ]


def _limits(today: date) -> dict[str, Subquery]:
    """The rule in force, beside every row: it costs no statement of its own."""
    rule = ProgressRule.objects.on(today)
    names = {"late_below_bp": "late_below_bp", "high_risk_from": "high_risk_from",
             "after_days": "escalate_after_days"}  # fmt: skip
    return {name: Subquery(rule.values(column)[:1]) for name, column in names.items()}


def _high_risks(today: date) -> Coalesce:
    """How many open risks of a commitment weigh as much as the rule asks."""
    least = ProgressRule.objects.on(today).values("high_risk_from")[:1]
    heavy = Risk.objects.annotate(product=F("likelihood") * F("impact")).filter(
        commitment=OuterRef("pk"), state=RiskState.OPEN, product__gte=Subquery(least)
    )
    counted = heavy.order_by().values("commitment").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _thresholds(late: int | None, risk: int | None, days: int | None) -> Thresholds:
    return Thresholds() if None in (late, risk, days) else Thresholds(late, risk, days)


def _milestones(keys: Sequence[int]) -> Mapping[int, list[Milestone]]:
    """With the sides that accepted it, `accepted_on` (the day of the second), and the document."""
    rows = Milestone.objects.filter(commitment__in=keys).annotate(
        sides=Count("acceptances"), last_on=Max("acceptances__accepted_on"),
        accepted_on=Case(When(sides=2, then=F("last_on"))),
        by_sides=ArrayAgg("acceptances__side", default=[], filter=Q(acceptances__isnull=False)),
        document=Max("acceptances__document", default=""),
    )  # fmt: skip
    found = defaultdict(list)
    for one in rows.order_by("due_on", "pk"):
        found[one.commitment_id].append(one)
    return found


def _measures(
    actor: Actor | None,
    commitments: Mapping[int, Commitment],
    today: date,
    rule: Thresholds,
) -> Mapping[int, list[MeasureView]]:
    """The measures of this year, or of the last one before, each with its course."""
    rows = Measure.objects.filter(commitment__in=commitments.keys(), year__lte=today.year)
    rows = rows.select_related("region").order_by("commitment", "year", "pk")
    newest: dict[tuple[int, str, str | None], Measure] = {}
    for one in rows:
        if one.indicator in INDICATORS:
            newest[one.commitment_id, one.indicator, one.region_id] = one
    if not newest:
        return {}
    told = told_month(today)
    years = [one.year for one in newest.values()]
    span = Period(date(min(years), 1, 1), after(date(max(years), 12, 1)))
    wanted = [(one.indicator, one.region_id or "") for one in newest.values()]
    told_courses = courses(actor, wanted, span, PUBLIC)
    found = defaultdict(list)
    for one in newest.values():
        course = told_courses[one.indicator, one.region_id or ""]
        starts = commitments[one.commitment_id].starts_on
        found[one.commitment_id].append(view_of(one, course, starts, told, rule))
    return found


def period_of(measure: Measure, starts_on: date) -> Period:
    """The months of a measure's year in which its commitment was running."""
    year = Period.year(measure.year)
    return Period(min(max(year.start, first_of(starts_on)), year.last_month), year.until)


def view_of(
    measure: Measure, course: Course, starts_on: date, told: date, rule: Thresholds
) -> MeasureView:
    """One measure on the evidence of its months up to the one told last."""
    known = INDICATORS[measure.indicator]
    period = period_of(measure, starts_on)
    through = min(told, period.last_month)
    facts = facts_on(measure, known, course, period, through)
    state, reason = measure_state(facts, rule)
    since = _since(measure, known, course, period, through, rule) if state == LATE else None
    has_begun = facts.expected is not None
    return MeasureView(
        measure, known, facts, period, through if has_begun else None, state, reason, since
    )


def facts_on(
    measure: Measure, known: Indicator, course: Course, period: Period, through: date
) -> MeasureFacts:
    """What one month's end says: a sum is expected by its share of months, a level whole."""
    is_level = known.is_ratio or known.gather != SUM
    value, expected = None, None
    if through >= period.start:
        done = Period(period.start, after(through))
        value = value_over(known, course, done)
        share = Decimal(1) if is_level else Decimal(len(done)) / len(period)
        expected = (measure.target * share).quantize(ONE_PLACE, ROUND_HALF_UP)
    return MeasureFacts(
        title=str(known.title), value=value, expected=expected, target=measure.target,
        at_most=measure.direction == Direction.AT_MOST, is_level=is_level,
        is_over=through == period.last_month,
    )  # fmt: skip


def _since(
    measure: Measure,
    known: Indicator,
    course: Course,
    period: Period,
    through: date,
    rule: Thresholds,
) -> date:
    """The first day after the oldest month from which on it was late without a break."""
    since = through
    for month in reversed(list(Period(period.start, after(through)))):
        state, _reason = measure_state(facts_on(measure, known, course, period, month), rule)
        if state != LATE:
            break
        since = month
    return after(since)


def _standing(
    one: Commitment,
    measures: Sequence[MeasureView],
    milestones: Sequence[Milestone],
    today: date,
    rule: Thresholds,
) -> Standing:
    facts = Facts(
        starts_on=one.starts_on,
        due_on=one.due_on,
        measures=[view.facts for view in measures],
        milestones=[
            MilestoneFacts(row.title, row.due_on, row.accepted_on)  # type: ignore[attr-defined]
            for row in milestones
        ],
        high_risks=one.high_risks,  # type: ignore[attr-defined]
        has_more=one.has_more,  # type: ignore[attr-defined]
    )
    state, reasons = state_of(facts, today, rule)
    since = None
    if state == LATE:
        since = late_since(facts, today, [view.since for view in measures if view.since])
    return Standing(one, state, reasons, measures, milestones, since, facts)
