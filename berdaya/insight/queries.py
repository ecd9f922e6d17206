"""Values of indicators by place and month, for an audience; where units belonged; reports due."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Min, Q
from django.utils.translation import gettext as _

from berdaya.core.scope import Actor
from berdaya.insight.calc import (
    PER_CAPACITY,
    PER_MAKER,
    Sums,
    as_told,
    counted_months,
    divided,
    value_of,
)
from berdaya.insight.indicators import INDICATORS, MAKERS, Indicator
from berdaya.insight.indicators.legal import permit_parts
from berdaya.insight.models import Figure, Report, ReportRule, Seat, Target, ToldFigure
from berdaya.insight.periods import Period, after, finished_month
from berdaya.institutions.models import Facility, Region
from berdaya.institutions.rules import places_of

# Who reads: offices the true counts of what they see, everybody else what was told.
OFFICE, PUBLIC = "office", "public"
FACILITY, REGENCY, PROVINCE, NATION, MONTH, PART = (
    "facility", "regency", "province", "nation", "month", "part",
)  # fmt: skip
BY = (FACILITY, REGENCY, PROVINCE, NATION, MONTH, PART)


@dataclass(frozen=True)
class Value:
    """One cell. `key`: facility or region code, `2026-03`, a part; "" for the nation.

    `value` is in the indicator's unit (percent with one place, whole rupiah), None where nothing
    divides it or, in public, nothing was told. `numerator` and `denominator` are what it came from.
    """

    key: str
    label: str
    numerator: Decimal
    denominator: Decimal | None
    value: Decimal | None


@dataclass(frozen=True)
class Placing:
    """Where one facility belongs in one month."""

    code: str
    name: str
    region: Region
    places: int | None


def audience_of(actor: Actor | None) -> str:
    """Offices are whoever sees rows of people somewhere; the UMKM side reads what was told."""
    return OFFICE if actor is not None and office_places(actor) else PUBLIC


def office_places(actor: Actor) -> list[int]:
    """Facilities of which the actor may read true counts."""
    return places_of(actor, "people.view", actor.facility_ids)


def values(
    actor: Actor | None,
    indicator: str | Indicator,
    period: Period,
    by: str = FACILITY,
    *,
    per: str = "",
    audience: str = "",
    within: str = "",
    facilities: Iterable[int] | None = None,
) -> list[Value]:
    """An indicator by place, month or part; at most five queries, whatever the number of rows.

    `per`: "maker" or "capacity" divides a number that is no ratio. `within` keeps facilities of a
    regency or province by its code, `facilities` those by key. An actor outside the offices is
    answered what was told. KeyError for an unknown indicator, ValueError for an unknown `by`.
    """
    known = INDICATORS[indicator] if isinstance(indicator, str) else indicator
    if by not in BY or (by == PART and per):
        raise ValueError(f"by {by!r}, per {per!r}")
    who = audience or audience_of(actor)
    if who == OFFICE and audience_of(actor) != OFFICE:
        raise ValueError("true counts are for offices")
    months = period if by == MONTH else counted_months(known, period)
    wanted = [known.code, MAKERS] if per == PER_MAKER else [known.code]
    rows = _rows(actor, who, wanted, months, is_part=by == PART, facilities=facilities)
    places = placings({row[0] for row in rows}, months)
    rows = [row for row in rows if _is_within(places[row[0], row[1]], within)]
    found = _values(known, period, by, per, rows, places)
    if who == OFFICE or per:
        return found
    return [replace(one, value=as_told(known, one.value)) for one in found]


Row = tuple[int, date, str, str, Decimal, Decimal | None]
_COLUMNS = ("facility_id", "month", "indicator", "part", "numerator", "denominator")


def _rows(
    actor: Actor | None,
    who: str,
    codes: Sequence[str],
    months: Period,
    *,
    is_part: bool = False,
    facilities: Iterable[int] | None = None,
) -> list[Row]:
    """Figures, or what was told of them."""
    found = Q(indicator__in=codes, month__gte=months.start, month__lt=months.until)
    found &= ~Q(part="") if is_part else Q(part="")
    if facilities is not None:
        found &= Q(facility__in=list(facilities))
    if who == OFFICE and actor is not None:
        mine = Figure.objects.filter(found, facility__in=office_places(actor))
        return list(mine.values_list(*_COLUMNS))
    return list(ToldFigure.objects.filter(found).values_list(*_COLUMNS))


def placings(facility_ids: Iterable[int], months: Period) -> dict[tuple[int, date], Placing]:
    """Where each facility belongs in each month: its seat on the first day, else as it is now."""
    ids = set(facility_ids)
    units = Facility.objects.select_related("region__parent").in_bulk(ids)
    seats: dict[int, list[Seat]] = defaultdict(list)
    rows = Seat.objects.overlapping(months.start, months.until).filter(facility__in=ids)
    for seat in rows.select_related("region__parent"):
        seats[seat.facility_id].append(seat)
    found = {}
    for pk, unit in units.items():
        for month in months:
            held = next((seat for seat in seats[pk] if seat.holds_on(month)), None)
            region = held.region if held else unit.region
            places = held.places if held else None
            found[pk, month] = Placing(unit.code, unit.name, region, places)
    return found


def _province(region: Region) -> Region:
    return region.parent if region.parent is not None else region


def _is_within(place: Placing, code: str) -> bool:
    return not code or code in (place.region.code, _province(place.region).code)


def _key(by: str, place: Placing, month: date, part: str) -> tuple[str, str]:
    if by == FACILITY:
        return place.code, place.name
    if by == REGENCY:
        return place.region.code, place.region.name
    if by == PROVINCE:
        return _province(place.region).code, _province(place.region).name
    if by == MONTH:
        return f"{month:%Y-%m}", f"{month:%Y-%m}"
    if by == PART:
        return part, part
    return "", _("Nasional")


def _values(
    indicator: Indicator,
    period: Period,
    by: str,
    per: str,
    rows: Iterable[Row],
    places: Mapping[tuple[int, date], Placing],
) -> list[Value]:
    found: dict[tuple[str, str], Sums] = defaultdict(Sums)
    shares: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for facility, month, code, part, numerator, denominator in rows:
        place = places[facility, month]
        key = _key(by, place, month, part)
        if code == MAKERS and per == PER_MAKER:
            shares[key] += numerator
        if code == indicator.code:
            found[key] += Sums(numerator, denominator)
            if per == PER_CAPACITY:
                shares[key] += place.places or 0
    span = Period.month(period.start) if by == MONTH else period
    labels = _part_labels(indicator) if by == PART and found else {}
    told = []
    for (code, label), sums in found.items():
        below, value = value_of(indicator, sums, span)
        if per and not indicator.is_ratio:
            below = shares[code, label]
            value = divided(sums.numerator, below)
        amount = None if below is None else Decimal(below)
        told.append(Value(code, str(labels.get(code, label)), sums.numerator, amount, value))
    return sorted(told, key=lambda one: one.key if by == MONTH else (one.label))


def _part_labels(indicator: Indicator) -> Mapping[str, Any]:
    return permit_parts() if indicator.code == "permits" else indicator.parts


def targets_on(day: date, year: int, region: str = "") -> dict[str, Decimal]:
    """Targets of a year in force on a day, by indicator; of the country where no region is named.

    One query.
    """
    rows = Target.objects.on(day).filter(year=year)
    rows = rows.filter(region=region) if region else rows.filter(region__isnull=True)
    return dict(rows.values_list("indicator", "value"))


def due_day(month: date) -> date | None:
    """Until when the report of a month is due; None before there was a rule."""
    following = after(month)
    rule = ReportRule.objects.on(following).first()
    return following.replace(day=rule.day_of_month) if rule else None


@dataclass(frozen=True)
class Standing:
    """How one facility's month stands: `state` due, late, sent, returned or accepted."""

    facility: Facility
    month: date
    due_on: date
    state: str
    report: Report | None = None

    @property
    def was_late(self) -> bool:
        return self.state == "late" or (self.report is not None and self.report.was_late)


def standing_of(
    facility: Facility, month: date, report: Report | None, today: date
) -> Standing | None:
    """How a month stands; None where no rule asks for it."""
    due = report.due_on if report else due_day(month)
    if due is None:
        return None
    return _standing(facility, month, report, due, today)


def _standing(
    facility: Facility, month: date, report: Report | None, due: date, today: date
) -> Standing:
    if report is not None:
        return Standing(facility, month, due, str(report.state), report)
    return Standing(facility, month, due, "late" if today > due else "due")


def standings(facility_ids: Iterable[int], today: date, months: int = 6) -> list[Standing]:
    """Every producing unit's last months that are over, the newest first: four queries.

    A unit owes reports from the month of its first one on; one that went live and never sent any
    owes the last month that is over.
    """
    units = list(Facility.objects.producing().filter(pk__in=list(facility_ids)).order_by("name"))
    last = finished_month(today)
    period = Period(after(last, 1 - months), after(last))
    rules = list(ReportRule.objects.overlapping(period.start, after(period.until)))
    rows = Report.objects.filter(facility__in=[one.pk for one in units])
    sent = {(one.facility_id, one.month): one for one in rows.filter(month__gte=period.start)}
    begun = dict(rows.values_list("facility").annotate(first=Min("month")).order_by())
    found = []
    for month in reversed(list(period)):
        rule = next((one for one in rules if one.holds_on(after(month))), None)
        for unit in units:
            report = sent.get((unit.pk, month))
            if report is not None:
                found.append(_standing(unit, month, report, report.due_on, today))
            elif rule is not None and month >= _owes_from(unit, begun, last):
                due = after(month).replace(day=rule.day_of_month)
                found.append(_standing(unit, month, None, due, today))
    return found


def _owes_from(unit: Facility, begun: Mapping[int, date], last: date) -> date:
    """The first month of which a unit owes a report; far ahead for one that is not live."""
    is_live = unit.go_live_on is not None and unit.go_live_on < after(last)
    return begun.get(unit.pk, last if is_live else date.max)
