"""Indicators: the list by pillar, one with its definition and table, the rows behind a figure."""

from datetime import datetime
from typing import Any

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.insight import grids
from berdaya.insight.cube import newest
from berdaya.insight.drill import MOST, rows_of
from berdaya.insight.indicators import INDICATORS, PILLARS, Indicator
from berdaya.insight.models import ToldFigure
from berdaya.insight.periods import Period, finished_month
from berdaya.insight.prints import overview_pdf
from berdaya.insight.queries import (
    FACILITY,
    MONTH,
    NATION,
    OFFICE,
    PART,
    PROVINCE,
    PUBLIC,
    REGENCY,
    Value,
    targets_on,
    values,
)
from berdaya.insight.together import overview
from berdaya.insight.views import shared
from berdaya.institutions.access import ability_required
from berdaya.institutions.models import Appointment, Office
from berdaya.institutions.rules import may_anywhere
from berdaya.look.paper import pdf_response

LEVELS = (NATION, PROVINCE, REGENCY, FACILITY, MONTH, PART)
NEXT = {NATION: PROVINCE, PROVINCE: REGENCY, REGENCY: FACILITY}


@ability_required("programme.view")
def indicators(request: HttpRequest) -> HttpResponse:
    """Every indicator under its pillar, of all on view, in a month, quarter or year."""
    actor = request.actor  # type: ignore[attr-defined]
    who = shared.audience(request)
    period = shared.period_of(request, Period.month(finished_month(clock.today())))
    read = overview(actor, period, who, shared.units_on_view(request, who))
    found = read.values
    targets = targets_on(clock.today(), period.last_month.year)
    grid = grids.of_overview(
        f"indikator-{period.code}", _("Indikator program"), who, found, targets
    )
    if file := shared.exported(request, grid):
        return file
    if request.GET.get("ekspor") == "pdf":
        held = Appointment.objects.on(clock.today()).filter(staff=actor.user_id)
        office = Office.objects.filter(pk__in=held.values("office")).first()
        sender = request.facility or office  # type: ignore[attr-defined]
        return pdf_response(overview_pdf(grid, period.code, sender, "a4"), grid.file_name)
    lines = [
        {
            "indicator": one,
            "value": grids.said(one, found[code].value, who) if code in found else "–",
            "target": grids.said(one, targets[code]) if code in targets else "",
        }
        for code, one in INDICATORS.items()
        if who == OFFICE or one.is_told
    ]
    pillars = [
        (label, [line for line in lines if line["indicator"].pillar == key])  # type: ignore[attr-defined]
        for key, label in PILLARS.items()
    ]
    context = {
        **_shown(who, period, read.at),
        "grid": grid,
        "pillars": pillars,
        "summary": grids.summary(grid, f"{_('Indikator program')} {period.code}"),
        "may_aim": may_anywhere(actor, "target.edit"),
        "may_seat": may_anywhere(actor, "seat.edit"),
    }
    return render(request, "insight/indicators.html", context)


def _newest(who: str, code: str) -> datetime | None:
    """When the newest figure of an indicator was counted, or told."""
    if who == OFFICE:
        return newest(code)
    return ToldFigure.objects.filter(indicator=code).aggregate(at=Max("told_at"))["at"]


def _shown(who: str, period: Period, as_of: datetime | None) -> dict[str, Any]:
    return {
        "audience": who,
        "audience_text": grids.AUDIENCES[who],
        "period": period,
        "periods": shared.periods(),
        "as_of": as_of,
    }


@ability_required("programme.view")
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: what it means, its numbers, and from there down to a facility's rows."""
    known = INDICATORS.get(code)
    who = shared.audience(request)
    if known is None or (who == PUBLIC and not known.is_told):
        raise Http404
    period = shared.period_of(request, Period.last_months(clock.today()))
    by = request.GET.get("oleh", FACILITY)
    by = by if by in LEVELS else FACILITY
    per = request.GET.get("per", "")
    per = per if per in ("maker", "capacity") and not known.is_ratio and by != PART else ""
    unit = request.GET.get("upt", "")
    within = request.GET.get("di", "")
    facilities = shared.units_on_view(request, who)
    if unit and who == OFFICE:
        facilities = {shared.unit_or_404(request, unit).pk}
    found = values(
        request.actor, known, period, by, per=per, audience=who,  # type: ignore[attr-defined]
        within=within, facilities=facilities,
    )  # fmt: skip
    grid = grids.of_values(
        known, found, who, str(_heads()[by]), _links(request, known, by, found, unit, who)
    )
    if file := shared.exported(request, grid):
        return file
    context = {
        **_shown(who, period, _newest(who, code)),
        "indicator": known,
        "unit_word": grids.unit_of(known),
        "grid": grid,
        "beside": INDICATORS.get(known.beside),
        "variants": [one for one in INDICATORS.values() if one.beside == known.code],
        "by": by,
        "per": per,
        "within": within,
        "unit": unit,
        "levels": [one for one in _heads().items() if one[0] != PART or known.parts_title],
        "asked": shared.query(request, ekspor=""),
    }  # fmt: skip
    return render(request, "insight/indicator.html", context)


def _heads() -> dict[str, str]:
    return {
        NATION: _("Nasional"),
        PROVINCE: _("Provinsi"),
        REGENCY: _("Kabupaten atau kota"),
        FACILITY: _("UPT"),
        MONTH: _("Bulan"),
        PART: _("Rincian"),
    }


def _links(
    request: HttpRequest, known: Indicator, by: str, found: list[Value], unit: str, who: str
) -> dict[str, str]:
    """Where each row of the table leads: one level down, at last to the rows themselves."""
    if by == MONTH and unit and who == OFFICE:
        return {one.key: reverse("insight:rows", args=[known.code, unit, one.key]) for one in found}
    if by == FACILITY and who == OFFICE:
        return {one.key: shared.query(request, oleh=MONTH, upt=one.key, di="") for one in found}
    if by in NEXT:
        return {one.key: shared.query(request, oleh=NEXT[by], di=one.key) for one in found}
    return {}


@ability_required("report.view")
def rows(request: HttpRequest, code: str, unit: str, month: str) -> HttpResponse:
    """The rows behind one facility's month."""
    facility = shared.unit_or_404(request, unit)
    known = INDICATORS.get(code)
    if known is None:
        raise Http404
    first = shared.month_or_404(month)
    context = {
        "indicator": known,
        "facility": facility,
        "month": first,
        "lines": rows_of(known.code, facility, first),
        "most": MOST,
    }
    return render(request, "insight/rows.html", context)
