"""Joint reports: the list, one quarter, drawing it up, answering it, its paper and workbook."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.insight.courses import told_month
from berdaya.insight.periods import Period, after
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, form_page
from berdaya.look import exports
from berdaya.look.paper import pdf_response
from berdaya.programme.actions.reports import answer_report, draw_report
from berdaya.programme.forms import QuarterAnswerForm, QuarterForm
from berdaya.programme.grids import grids_of
from berdaya.programme.models import Agreement, QuarterReport, QuarterState, QuarterVersion
from berdaya.programme.prints import report_pdf
from berdaya.programme.rules.changes import may_draw, may_sign_quarter
from berdaya.programme.views.shared import FORM, agreement_or_404, rights

TONES = {
    QuarterState.DRAFT: "warn",
    QuarterState.HALF: "warn",
    QuarterState.AGREED: "done",
    QuarterState.RETURNED: "bad",
}


@ability_required("programme.view")
def reports(request: HttpRequest, code: str) -> HttpResponse:
    """Every quarter that was drawn up."""
    row = agreement_or_404(code)
    lines = [(one, TONES[QuarterState(one.state)]) for one in row.reports.all()]
    context = {"agreement": row, "lines": lines, **rights(request, row)}
    return render(request, "programme/reports.html", context)


def quarters(agreement: Agreement, today: date) -> list[Period]:
    """Quarters that are over and told, the newest first, back to the agreement's own."""
    first = agreement.versions.order_by("number").values_list("valid_from", flat=True).first()
    month = told_month(today)
    start = after(month, -((month.month - 1) % 3))
    period = Period(start, after(start, 3))
    if period.last_month > month:
        period = Period(after(start, -3), start)
    found = []
    while first is not None and period.until > first and len(found) < 8:
        found.append(period)
        period = Period(after(period.start, -3), period.start)
    return found


@ability_required("programme.edit", "GET POST")
def drawing(request: HttpRequest, code: str) -> HttpResponse:
    """Draw a quarter up, the first time or after it was returned."""
    with reading(request):
        row = agreement_or_404(code)
        known = quarters(row, clock.today())

    def make() -> forms.Form:
        first = {"quarter": request.GET.get("triwulan", "")}
        return QuarterForm(request.POST or None, quarters=known, initial=first)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        quarter = Period.parse(facts["quarter"])
        draw_report(by=by, agreement=row, quarter=quarter.start)
        return "programme:report", [code, quarter.code]

    return form_page(
        request, make=make, do=do, reason="programme.draw", title=_("Susun laporan triwulan"),
        back=reverse("programme:reports", args=[code]), template=FORM,
        done=_("Tersusun dan dibekukan. Kedua pihak dapat menyetujuinya."),
    )  # fmt: skip


def report_or_404(code: str, quarter: str) -> QuarterReport:
    """A quarter by how it is written in the address."""
    try:
        period = Period.parse(quarter)
    except ValueError as error:
        raise Http404 from error
    rows = QuarterReport.objects.select_related(
        "agreement__corrections_office__parent", "agreement__umkm_office__parent"
    )
    if len(period) != 3:
        raise Http404
    return get_object_or_404(rows, agreement__code=code, quarter=period.start)


@ability_required("programme.view")
def report(request: HttpRequest, code: str, quarter: str) -> HttpResponse:
    """The version drawn last, who has agreed, and every version before it."""
    row = report_or_404(code, quarter)
    versions = list(
        row.versions.order_by("-number")
        .select_related("office")
        .prefetch_related("answers__office")
    )
    grids = grids_of(versions[0].snapshot)
    if request.GET.get("ekspor") == "xlsx":
        sheets = [(grid.name, *grid.export[1:]) for grid in grids]
        return exports.workbook(f"{code}-{quarter}-{grids[0].file_name}", sheets)
    held = rights(request, row.agreement)
    seat, actor = held["seat"], request.actor  # type: ignore[attr-defined]
    answers = list(versions[0].answers.all())
    has_answered = seat is not None and any(one.side == seat.side for one in answers)
    context = {
        "agreement": row.agreement,
        "report": row,
        "tone": TONES[QuarterState(row.state)],
        "versions": versions,
        "grids": grids,
        "audience_text": grids[0].audience_text,
        "can_draw": seat is not None and may_draw(actor, seat.side, row.state).ok,
        "can_sign": seat is not None
        and may_sign_quarter(actor, seat.side, row.state, has_answered).ok,
        **held,
    }
    return render(request, "programme/report.html", context)


@ability_required("programme.agree", "GET POST")
def signing(request: HttpRequest, code: str, quarter: str) -> HttpResponse:
    """One side's answer."""
    with reading(request):
        row = report_or_404(code, quarter)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        answer_report(by=by, report=row, **facts)
        return "programme:report", [code, quarter]

    return form_page(
        request, make=lambda: QuarterAnswerForm(request.POST or None), do=do,
        reason="programme.sign", title=_("Setujui laporan triwulan %s") % row.code,
        back=reverse("programme:report", args=[code, quarter]), done=_("Jawaban tercatat."),
    )  # fmt: skip


@ability_required("programme.view")
def paper(request: HttpRequest, code: str, quarter: str) -> HttpResponse:
    """The version drawn last as a PDF, its audience in the name."""
    row = report_or_404(code, quarter)
    version: QuarterVersion = row.versions.order_by("-number")[0]
    version.report = row
    return pdf_response(report_pdf(version), f"{code}-{quarter}-umum")
