"""What a report freezes: the month's values, and what changed in months already locked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from berdaya.insight.actions.figures import counted
from berdaya.insight.calc import Sums, plain, value_of
from berdaya.insight.indicators import INDICATORS, Part
from berdaya.insight.models import Figure, Report, ReportState, ReportVersion
from berdaya.insight.periods import Period, after

# A correction is looked for in so many locked months before.
LOOKS_BACK = 12
Counted = Mapping[tuple[str, date, str], Part]


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
    known = INDICATORS[code]
    _months, value = value_of(known, Sums(number, below), Period.month(month))
    return {
        "code": code,
        "version": known.version,
        "numerator": plain(number),
        "denominator": plain(below),
        "value": plain(value),
        "parts": dict(parts),
    }


def _corrections(report: Report) -> list[dict[str, Any]]:
    """Where a locked month would be counted otherwise today than it was told, and not yet said."""
    start = after(report.month, -LOOKS_BACK)
    locked = ReportVersion.objects.filter(
        report__facility=report.facility_id,
        report__state=ReportState.ACCEPTED,
        answer__outcome="accepted",
        report__month__gte=start,
        report__month__lt=report.month,
    ).order_by("report__month")
    frozen = list(locked.values_list("report__month", "snapshot"))
    if not frozen:
        return []
    told = _told(frozen)
    period = Period(min(month for month, _snapshot in frozen), report.month)
    now = counted(report.facility, period)
    return [
        {"month": f"{month:%Y-%m}", "code": code, "told": plain(before), "now": plain(number)}
        for (month, code), before in told.items()
        if (number := Decimal(now[code, month, ""].numerator)) != before
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
