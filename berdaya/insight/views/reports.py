"""Monthly reports: the list, one report, sending it, answering it, its paper."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.insight import grids
from berdaya.insight.actions.reports import answer_report, send_report
from berdaya.insight.forms import AnswerForm, SendForm
from berdaya.insight.indicators import INDICATORS
from berdaya.insight.models import Report, ReportState
from berdaya.insight.periods import Period
from berdaya.insight.prints import REPORT, month_words, subject_of, version_of
from berdaya.insight.queries import OFFICE, standing_of, standings
from berdaya.insight.rules import may_answer, may_send
from berdaya.insight.together import overview
from berdaya.insight.views import shared
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, form_page, seen
from berdaya.institutions.rules import places_of
from berdaya.look import exports
from berdaya.look.paper import pdf_response
from berdaya.papers.actions.documents import print_subject

STATES = {
    "due": (_lazy("Belum dikirim"), "warn"),
    "late": (_lazy("Lewat waktu"), "bad"),
    "sent": (_lazy("Menunggu diperiksa"), "warn"),
    "returned": (_lazy("Dikembalikan"), "bad"),
    "accepted": (pgettext_lazy("insight", "Diterima"), "done"),
}


@ability_required("report.view")
def reports(request: HttpRequest) -> HttpResponse:
    """Every unit on view with its last months: due, late, sent, returned, accepted."""
    places = places_of(request.actor, "report.view", seen(request))  # type: ignore[attr-defined]
    found = standings(places, clock.today())
    wanted = request.GET.get("keadaan", "")
    counts = {key: sum(one.state == key for one in found) for key in STATES}
    shown = [one for one in found if not wanted or one.state == wanted]
    if request.GET.get("ekspor") in exports.WRITERS:
        rows = [
            (one.facility.name, one.month, one.due_on, _state(one.state)[0],
             one.report.first_sent_on if one.report else None)
            for one in shown
        ]  # fmt: skip
        heads = (_("UPT"), _("Bulan"), _("Paling lambat"), _("Keadaan"), _("Dikirim"))
        kinds = ("text", "date", "date", "text", "date")
        return exports.WRITERS[request.GET["ekspor"]]("laporan-bulanan-kantor", heads, kinds, rows)
    lines = [(one, *_state(one.state)) for one in shown]
    states = [(key, _state(key)[0], counts[key]) for key in STATES]
    context = {"lines": lines, "states": states, "wanted": wanted}
    return render(request, "insight/reports.html", context)


def _state(key: str) -> tuple[str, str]:
    label, tone = STATES[key]
    return str(label), tone


@ability_required("report.view")
def report(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """One month of one unit: what will be sent, or what was, with every version and answer."""
    actor = request.actor  # type: ignore[attr-defined]
    facility = shared.unit_or_404(request, code)
    first = shared.month_or_404(month)
    row = Report.objects.filter(facility=facility, month=first).first()
    versions = list(
        row.versions.select_related("answer", "sent_by", "answer__answered_by") if row else []
    )
    name = f"laporan-{facility.code}-{month}"
    caption = f"{facility.name}, {month_words(first)}"
    if versions:
        grid = grids.of_snapshot(name, caption, versions[-1].snapshot)
    else:
        found = overview(actor, Period.month(first), OFFICE, [facility.pk]).values
        grid = grids.of_overview(name, caption, OFFICE, found)
    if file := shared.exported(request, grid):
        return file
    standing = standing_of(facility, first, row, clock.today(facility.timezone))
    sending = may_send(
        actor, facility_id=facility.pk, is_producing=facility.is_producing,
        zone=facility.timezone, month=first, state=str(row.state) if row else "",
    )  # fmt: skip
    context = {
        "facility": facility,
        "month": first,
        "month_code": month,
        "report": row,
        "versions": versions,
        "standing": standing,
        "state": _state(standing.state) if standing else None,
        "grid": grid,
        "audience_text": grid.audience_text,
        "corrections": _corrections(versions[-1].snapshot if versions else None),
        "summary": grids.summary(grid, caption),
        "can_send": sending.ok,
        "can_answer": row is not None and may_answer(actor, row, versions[-1].sent_by_id).ok,
        "is_waiting": row is not None and row.state == ReportState.SENT,
    }
    return render(request, "insight/report.html", context)


def _corrections(snapshot: dict[str, Any] | None) -> list[dict[str, Any]]:
    found = snapshot["corrections"] if snapshot else []
    return [one | {"title": INDICATORS[one["code"]].title} for one in found]


@ability_required("report.send", "GET POST")
def sending(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """Send a month, the first time or after it was returned."""
    with reading(request):
        facility = shared.unit_or_404(request, code)
    first = shared.month_or_404(month)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        send_report(by=by, facility=facility, month=first, note=facts["note"])
        return "insight:report", [code, month]

    return form_page(
        request, make=lambda: SendForm(request.POST or None) if request.method == "POST"
        else SendForm(), do=do, reason="report.send",
        title=_("Kirim laporan %s") % month_words(first),
        back=reverse("insight:report", args=[code, month]),
        done=_("Terkirim. Angkanya dibekukan dan menunggu diperiksa kantor wilayah."),
    )  # fmt: skip


@ability_required("report.accept", "GET POST")
def answer(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """Accept or return what was sent."""
    with reading(request):
        row = _report_or_404(request, code, month)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        answer_report(by=by, report=row, **facts)
        return "insight:report", [code, month]

    return form_page(
        request, make=lambda: AnswerForm(request.POST or None), do=do, reason="report.answer",
        title=_("Periksa laporan %(unit)s, %(month)s")
        % {"unit": row.facility.name, "month": month_words(row.month)},
        back=reverse("insight:report", args=[code, month]), done=_("Jawaban tercatat."),
    )  # fmt: skip


def _report_or_404(request: HttpRequest, code: str, month: str) -> Report:
    facility = shared.unit_or_404(request, code)
    rows = Report.objects.select_related("facility")
    found = rows.filter(facility=facility, month=shared.month_or_404(month)).first()
    if found is None:
        raise Http404
    return found


@ability_required("report.view", "POST")
def paper(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """The version sent last as a numbered paper; from the second print on it says SALINAN."""
    with acting(request.actor, "report.print") as scope:  # type: ignore[attr-defined]
        version = version_of(_report_or_404(request, code, month))
        content = print_subject(
            by=scope.actor, type=REPORT, facility=version.report.facility,
            day=clock.local(version.sent_at, version.report.facility.timezone).date(),
            subject_ref=subject_of(version), paper=request.POST.get("paper", ""),
        )  # fmt: skip
    return pdf_response(content, f"laporan-{code}-{month}-kantor")
