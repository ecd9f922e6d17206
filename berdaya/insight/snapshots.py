"""What a report freezes: the month's values, and what changed in months already locked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from berdaya.insight.calc import Sums, plain, value_of
from berdaya.insight.indicators import INDICATORS
from berdaya.insight.models import Figure, Report, ReportState, ReportVersion
from berdaya.insight.periods import Period, after
from berdaya.insight.queries import Value

# A correction is looked for in so many locked months before.
LOOKS_BACK = 12


def snapshot_of(report: Report) -> dict[str, Any]:
    """Plain JSON: the month's indicators with versions and parts; corrections of locked months."""
    figures = Figure.objects.filter(facility=report.facility_id, month=report.month)
    rows = list(figures.values_list("indicator", "part", "numerator", "denominator"))
    wholes = {code: (number, below) for code, part, number, below in rows if not part}
    parts: dict[str, dict[str, str | None]] = defaultdict(dict)
    for code, part, number, _below in rows:
        if part and number:
            parts[code][part] = plain(number)
    return {
        "facility": report.facility.code,
        "month": f"{report.month:%Y-%m}",
        "indicators": [
            _line(code, *wholes[code], report.month, parts[code])
            for code in INDICATORS
            if code in wholes
        ],
        "corrections": _corrections(report),
    }


def _line(
    code: str, number: Decimal, below: Decimal | None, month: date, parts: Mapping[str, Any]
) -> dict[str, Any]:
    _months, value = value_of(INDICATORS[code], Sums(number, below), Period.month(month))
    return line_of_value(code, Value("", "", number, below, value)) | {"parts": dict(parts)}


def line_of_value(code: str, one: Value) -> dict[str, Any]:
    """One indicator as every snapshot writes it; `grids.of_snapshot` reads it back."""
    return {
        "code": code,
        "version": INDICATORS[code].version,
        "numerator": plain(one.numerator),
        "denominator": plain(one.denominator),
        "value": plain(one.value),
    }


def locked_since(report_month: date, facility_id: int) -> date:
    """From which month on figures are reckoned anew before a report freezes: the first locked one
    within reach, so that corrections are as fresh as the month itself."""
    rows = _locked(report_month, facility_id)
    first = rows.values_list("report__month", flat=True).first()
    return first or report_month


def _locked(month: date, facility_id: int) -> "QuerySet[ReportVersion]":
    return ReportVersion.objects.filter(
        report__facility=facility_id,
        report__state=ReportState.ACCEPTED,
        answer__outcome="accepted",
        report__month__gte=after(month, -LOOKS_BACK),
        report__month__lt=month,
    ).order_by("report__month")


def _corrections(report: Report) -> list[dict[str, Any]]:
    """Where a locked month is counted otherwise today than it was told, and not yet said."""
    rows = _locked(report.month, report.facility_id)
    told = _told(rows.values_list("report__month", "snapshot"))
    figures = Figure.objects.filter(
        facility=report.facility_id, part="", month__in={month for month, _code in told}
    ).values_list("month", "indicator", "numerator")
    now = {(month, code): number for month, code, number in figures}
    return [
        {"month": f"{month:%Y-%m}", "code": code, "told": plain(before), "now": plain(number)}
        for (month, code), before in told.items()
        if (number := now.get((month, code), before)) != before
    ]


def _told(frozen: Iterable[tuple[date, dict[str, Any]]]) -> dict[tuple[date, str], Decimal]:
    """The numerators of locked months as they were told last: frozen, or corrected since."""
    told: dict[tuple[date, str], Decimal] = {}
    later = []
    for month, snapshot in frozen:
        for line in snapshot["indicators"]:
            if line["code"] in INDICATORS:
                told[month, line["code"]] = Decimal(line["numerator"])
        later += snapshot["corrections"]
    for line in later:
        key = date.fromisoformat(f"{line['month']}-01"), line["code"]
        if key in told:
            told[key] = Decimal(line["now"])
    return told
