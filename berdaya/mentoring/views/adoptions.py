"""Adoptions: the list, one of them, proposing, asking, answering, ending."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, act, can, form_page, one_unit
from berdaya.institutions.rules import may_anywhere
from berdaya.mentoring.actions.adoptions import (
    accept_proposal,
    ask_for_mentor,
    decline_mentoring,
    end_mentoring,
    propose_mentoring,
    take_request,
)
from berdaya.mentoring.forms import AcceptForm, ProposalForm, ReasonForm, RequestForm
from berdaya.mentoring.models import Adoption, Finding, Meeting, NextStep, PriceExercise
from berdaya.mentoring.queries import mentored_units, mentoring_offices, offices_of
from berdaya.mentoring.tables import STATES, AdoptionTable
from berdaya.mentoring.views.shared import WITH, adoption_or_404, part_of, readable

SHOWN = 30


@ability_required("mentoring.view")
def adoptions(request: HttpRequest) -> HttpResponse:
    """All adoptions of the units on view, or of the mentor's office."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = readable(request, Adoption.objects.select_related(*WITH))
    if request.facility:  # type: ignore[attr-defined]
        rows = rows.filter(facility=request.facility)  # type: ignore[attr-defined]
    context = {
        "tab": "adoptions",
        "can_propose": may_anywhere(actor, "mentoring.lead"),
        "can_ask": can(request, "mentoring.ask"),
    }
    return AdoptionTable(request, rows).response("mentoring/list.html", context)


@ability_required("mentoring.view")
def adoption(request: HttpRequest, code: str) -> HttpResponse:
    """One adoption: sessions, what comes next, prices, the product clinic."""
    row = adoption_or_404(request, code)
    steps = NextStep.objects.filter(adoption=row, done_on__isnull=True)
    context: dict[str, Any] = {
        **part_of(request, row),
        "state": STATES[row.state],
        "day_here": clock.today(row.facility.timezone),
        "meetings": Meeting.objects.filter(adoption=row)[:SHOWN],
        "steps": steps[:SHOWN],
        "exercises": PriceExercise.objects.filter(adoption=row).select_related(
            "variant__product", "taking"
        )[:SHOWN],
        "findings": Finding.objects.filter(adoption=row)[:SHOWN],
    }
    return render(request, "mentoring/adoption.html", context)


@ability_required("mentoring.lead", "GET POST")
def new_proposal(request: HttpRequest) -> HttpResponse:
    """A mentor offers help; the unit answers and says to what."""
    with reading(request):
        offices = offices_of(request.actor, clock.today())  # type: ignore[attr-defined]
    units = mentored_units()

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        return "mentoring:adoption", [propose_mentoring(by=by, **facts).code]

    return form_page(
        request, make=lambda: ProposalForm(request.POST or None, units=units, offices=offices),
        do=do, reason="mentoring.propose", title=_("Menawarkan pendampingan"),
        back=reverse("mentoring:adoptions"),
        done=_("Terkirim. Kepala UPT menjawab dan memilih produknya."),
    )  # fmt: skip


@ability_required("mentoring.ask", "GET POST")
def new_request(request: HttpRequest) -> HttpResponse:
    """The chosen unit asks for a mentor."""
    facility = one_unit(request)
    offices = mentoring_offices(clock.today(facility.timezone))
    form: list[RequestForm] = []

    def make() -> RequestForm:
        form[:] = [RequestForm(request.POST or None, facility=facility, offices=offices)]
        return form[0]

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        told = {"office": facts["office"], "wish": facts["wish"], **form[0].chosen}
        return "mentoring:adoption", [ask_for_mentor(by=by, facility=facility, **told).code]

    return form_page(
        request, make=make, do=do, reason="mentoring.ask", title=_("Meminta pendamping"),
        back=reverse("mentoring:adoptions"), done=_("Terkirim. Pendamping kantor itu menjawab."),
    )  # fmt: skip


@ability_required("mentoring.accept", "GET POST")
def acceptance(request: HttpRequest, code: str) -> HttpResponse:
    """The head lets the mentor in, to one product or one line of work."""
    with reading(request):
        row = adoption_or_404(request, code)
        first = {"began_on": clock.today(row.facility.timezone)}
    form: list[AcceptForm] = []

    def make() -> AcceptForm:
        form[:] = [AcceptForm(request.POST or None, facility=row.facility, initial=first)]
        return form[0]

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        accept_proposal(by=by, adoption=row, began_on=facts["began_on"], **form[0].chosen)
        return "mentoring:adoption", [code]

    return form_page(
        request, make=make, do=do, reason="mentoring.accept", title=_("Menerima pendamping"),
        back=reverse("mentoring:adoption", args=[code]),
        done=_("Diterima. Pendamping melihat angka yang didampingi saja, tanpa seorang pun."),
    )  # fmt: skip


@ability_required("mentoring.lead", "POST")
def taking(request: HttpRequest, code: str) -> HttpResponse:
    """A mentor takes what a unit asked for."""
    with reading(request):
        row = adoption_or_404(request, code)

    def do(by: Actor) -> Address:
        take_request(by=by, adoption=row)
        return "mentoring:adoption", [code]

    return act(request, "mentoring.take", do, _("Diterima. Jadwalkan sesi pertamanya."))


def _reasoned(request: HttpRequest, code: str, action: Any, title: str, done: str) -> HttpResponse:
    with reading(request):
        row = adoption_or_404(request, code)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        action(by=by, adoption=row, **facts)
        return "mentoring:adoption", [code]

    return form_page(
        request, make=lambda: ReasonForm(request.POST or None), do=do,
        reason="mentoring.close", title=title, back=reverse("mentoring:adoption", args=[code]),
        done=done,
    )  # fmt: skip


@ability_required("mentoring.end", "GET POST")
def refusal(request: HttpRequest, code: str) -> HttpResponse:
    """No, with a reason."""
    return _reasoned(
        request, code, decline_mentoring, _("Tidak menerima pendampingan"), _("Tersimpan.")
    )


@ability_required("mentoring.end", "GET POST")
def ending(request: HttpRequest, code: str) -> HttpResponse:
    """It ends today, with a reason."""
    done = _("Berakhir. Angkanya tertutup; catatannya tetap dapat dibaca.")
    return _reasoned(request, code, end_mentoring, _("Mengakhiri pendampingan"), done)
