"""Slips and objections: made for a month, printed in private, contradicted on paper."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.goods.rules import one_facility
from berdaya.institutions.access import ability_required
from berdaya.look.paper import pdf_response
from berdaya.proceeds import prints
from berdaya.proceeds.actions.objections import answer_objection, involved_in, raise_objection
from berdaya.proceeds.actions.slips import issue_slips
from berdaya.proceeds.forms import AnswerForm, MonthForm, ObjectionForm
from berdaya.proceeds.models import Objection, Slip
from berdaya.proceeds.tables import ObjectionTable, SlipTable
from berdaya.proceeds.views.shared import Address, can, form_page, seen

SLIP_PAPERS = ("a5", "80mm")


@ability_required("slip.print")
def slips(request: HttpRequest) -> HttpResponse:
    """Every slip by its cover code."""
    rows = Slip.objects.filter(facility__in=seen(request)).defer("content")
    last = rows.order_by("-month").values_list("month", flat=True).first()
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "new_url": reverse("proceeds:new_slips") if can(request, "slip.print") else "",
        "new_label": _("Buat slip sebulan"),
        "print_url": reverse("proceeds:slips_print", args=[f"{last:%Y-%m}"])
        if last and request.facility  # type: ignore[attr-defined]
        else "",
        "handout_url": reverse("proceeds:handout", args=[f"{last:%Y-%m}"])
        if last and can(request, "identity.slips")
        else "",
        "print_label": _("Cetak %(month)s") % {"month": f"{last:%m/%Y}"} if last else "",
    }
    return SlipTable(request, rows).response("proceeds/list.html", context)


@ability_required("slip.print", "GET POST")
def new_slips(request: HttpRequest) -> HttpResponse:
    """Make the slips of a month."""
    facility = one_facility(request.facility)  # type: ignore[attr-defined]
    last_month = clock.today(facility.timezone).replace(day=1) - timedelta(days=1)

    def make() -> forms.Form:
        return MonthForm(request.POST or None, initial={"month": last_month})

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        issue_slips(by=by, facility=facility, month=facts["month"])
        return "proceeds:slips", []

    return form_page(
        request, make=make, do=do, reason="slip.issue", title=_("Buat slip sebulan"),
        back=reverse("proceeds:slips"), done=_("Slip dibuat. Cetak, lipat, dan bagikan tertutup."),
    )  # fmt: skip


def find_slip(code: str) -> Slip:
    """A slip with its facility; 404 outside the scope."""
    return get_object_or_404(Slip.objects.select_related("facility"), code=code)


@ability_required("slip.print")
def slip(request: HttpRequest, code: str) -> HttpResponse:
    """One slip in the sentences that its paper says."""
    row = find_slip(code)
    context = {
        "facility": row.facility,
        "slip": row,
        "told": prints.slip_words(row),
        "objections": list(row.objections.select_related("handler", "answer").order_by("pk")),
        "papers": SLIP_PAPERS,
        "can_object": can(request, "slip.print", row.facility_id),
    }
    return render(request, "proceeds/slip.html", context)


@ability_required("slip.print")
def slip_print(request: HttpRequest, code: str) -> HttpResponse:
    """One slip as PDF: `?paper=a5` (to fold) or `80mm`."""
    paper = request.GET.get("paper", "a5")
    if paper not in SLIP_PAPERS:
        raise Http404
    row = find_slip(code)
    return pdf_response(prints.slips_pdf(row.facility, [row], paper), row.code)


@ability_required("slip.print")
def slips_print(request: HttpRequest, month: str) -> HttpResponse:
    """All slips of a month of the chosen facility, each on its own paper."""
    facility = one_facility(request.facility)  # type: ignore[attr-defined]
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        raise Http404 from None
    rows = list(Slip.objects.filter(facility=facility, month=first).order_by("code"))
    if not rows:
        raise Http404
    return pdf_response(prints.slips_pdf(facility, rows, "a5"), f"slip-{facility.code}-{month}")


@ability_required("slip.print", "GET POST")
def new_objection(request: HttpRequest, code: str) -> HttpResponse:
    """Record a maker's objection to a slip."""
    with reading(request):
        row = find_slip(code)

    def make() -> forms.Form:
        first = {"raised_on": clock.today(row.facility.timezone)}
        return ObjectionForm(request.POST or None, initial=first)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        return "proceeds:objection", [raise_objection(by=by, slip=row, **facts).code]

    return form_page(
        request, make=make, do=do, reason="objection.raise", title=_("Catat keberatan premi"),
        back=reverse("proceeds:slip", args=[code]),
        done=_("Diteruskan kepada orang yang tidak mencatat dan tidak membayar."),
    )  # fmt: skip


@ability_required("people.view")
def objections(request: HttpRequest) -> HttpResponse:
    """Every objection, the one that is due first on top."""
    rows = Objection.objects.filter(facility__in=seen(request))
    rows = rows.select_related("slip", "handler", "answer").defer("slip__content")
    context = {"facility": request.facility}  # type: ignore[attr-defined]
    return ObjectionTable(request, rows).response("proceeds/list.html", context)


def find_objection(code: str) -> Objection:
    """An objection with its slip, handler and answer."""
    rows = Objection.objects.select_related(
        "facility", "slip__facility", "handler", "answer__recorded_by", "answer__correction"
    )
    return get_object_or_404(rows, code=code)


@ability_required("people.view")
def objection(request: HttpRequest, code: str) -> HttpResponse:
    """One objection and its answer."""
    row = find_objection(code)
    is_open = not hasattr(row, "answer")
    may_answer = is_open and can(request, "objection.answer", row.facility_id)
    context = {
        "facility": row.facility,
        "objection": row,
        "can_answer": may_answer and request.actor.user_id not in involved_in(row.slip),  # type: ignore[attr-defined]
    }
    return render(request, "proceeds/objection.html", context)


@ability_required("objection.answer", "GET POST")
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Answer an objection."""
    with reading(request):
        row = find_objection(code)

    def make() -> forms.Form:
        first = {"answered_on": clock.today(row.facility.timezone)}
        return AnswerForm(request.POST or None, initial=first)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        facts["correction_rp"] = facts["correction_rp"] or 0
        answer_objection(by=by, objection=row, **facts)
        return "proceeds:objection", [code]

    return form_page(
        request, make=make, do=do, reason="objection.answer", title=_("Jawab keberatan"),
        back=reverse("proceeds:objection", args=[code]), done=_("Jawaban tercatat."),
    )  # fmt: skip
