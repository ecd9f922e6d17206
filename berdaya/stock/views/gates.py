"""Gate passes: ask, decide, print."""

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import acting
from berdaya.goods.rules import one_facility
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import can_decide, seen
from berdaya.institutions.rules import may
from berdaya.papers.models import Document
from berdaya.stock.actions.gates import (
    DELIVERY_NOTE,
    approve_gate_pass,
    decline_gate_pass,
    issue_delivery_note,
    request_gate_pass,
)
from berdaya.stock.forms import DeclineForm, PassForm
from berdaya.stock.models import GatePass, Place, StockLevel
from berdaya.stock.tables import PASS_STATES, PassTable
from berdaya.stock.views.shared import (
    base,
)


@ability_required("gate.view")
def gate_passes(request: HttpRequest) -> HttpResponse:
    """Every gate pass of the facilities on view."""
    facility = request.facility  # type: ignore[attr-defined]
    rows = GatePass.objects.filter(facility__in=seen(request)).select_related("document")
    mine = Place.objects.filter(facility=facility, is_active=True) if facility else []
    context = {**base(request, "gates"), "places": mine}
    return PassTable(request, rows).response("stock/gate_passes.html", context)


def _find(code: str) -> GatePass:
    rows = GatePass.objects.select_related(
        "facility", "place__facility", "to_place__facility", "document", "requested_by",
        "approved_by", "declined_by",
    )  # fmt: skip
    return get_object_or_404(rows, code=code)


@ability_required("gate.view")
def gate_pass(request: HttpRequest, code: str) -> HttpResponse:
    """One gate pass: its goods, who asked, who decided."""
    return _page(request, _find(code), DeclineForm())


def _page(request: HttpRequest, row: GatePass, form: DeclineForm) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    notes = Document.objects.filter(type__code=DELIVERY_NOTE, subject_ref=f"gate:{row.code}")
    context = {
        **base(request, "gates"),
        "facility": row.facility,
        "gate_pass": row,
        "state": PASS_STATES[row.state],
        "lines": list(row.lines.select_related("lot__variant__measure").order_by("pk")),
        "can_decide": not row.is_decided
        and can_decide(request, "gate.approve", row.facility_id, row.requested_by_id)
        and row.requested_by_id != actor.user_id,
        "can_edit": may(actor, "stock.edit", row.facility_id).ok,
        # Lots and papers are stock; who only watches the gate sees the pass.
        "can_follow": may(actor, "stock.view", row.facility_id).ok,
        "note": notes.first() if row.is_approved else None,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "stock/gate_pass.html", context, status=status)


@ability_required("stock.edit", "GET POST")
def new_gate_pass(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that goods of one place may leave."""
    facility = one_facility(request.facility)  # type: ignore[attr-defined]
    with reading(request):
        place = get_object_or_404(Place.objects.select_related("facility"), pk=pk)
        free = StockLevel.objects.filter(place=place, on_hand__gt=F("reserved"))
        levels = free.select_related("lot__variant__measure").order_by("lot__variant__name", "pk")
        places = Place.objects.filter(facility=facility, is_active=True).exclude(pk=pk)
        first = {"day": clock.today(facility.timezone)}
        form = PassForm(request.POST or None, levels=levels, places=places, initial=first)
        valid = request.method == "POST" and form.is_valid()
    if valid:
        with acting(request.actor, "gate.request") as scope:  # type: ignore[attr-defined]
            made = request_gate_pass(
                by=scope.actor, place=place, lines=form.quantities, **form.facts
            )
        messages.success(request, _("Diminta. Kepala UPT melihatnya di Hari Ini."))
        return redirect("stock:gate_pass", made.code)
    context = {**base(request, "gates"), "form": form, "place": place}
    with reading(request):
        status = 422 if form.is_bound else 200
        return render(request, "stock/new_gate_pass.html", context, status=status)


@ability_required("gate.approve", "POST")
def approval(request: HttpRequest, code: str) -> HttpResponse:
    """Let the goods leave."""
    with acting(request.actor, "gate.approve") as scope:  # type: ignore[attr-defined]
        approve_gate_pass(by=scope.actor, gate_pass=_find(code))
    messages.success(request, _("Diizinkan keluar. Suratnya sudah bernomor."))
    return redirect("stock:gate_pass", code)


@ability_required("gate.approve", "POST")
def refusal(request: HttpRequest, code: str) -> HttpResponse:
    """Do not let them leave, with a reason."""
    form = DeclineForm(request.POST)
    if not form.is_valid():
        with reading(request):
            return _page(request, _find(code), form)
    with acting(request.actor, "gate.decline") as scope:  # type: ignore[attr-defined]
        decline_gate_pass(by=scope.actor, gate_pass=_find(code), **form.cleaned_data)
    messages.success(request, _("Ditolak. Pemintanya melihat alasannya."))
    return redirect("stock:gate_pass", code)


@ability_required("stock.edit", "POST")
def delivery_note(request: HttpRequest, code: str) -> HttpResponse:
    """Draw the delivery note, or find the one that is there."""
    with acting(request.actor, "gate.delivery_note") as scope:  # type: ignore[attr-defined]
        note = issue_delivery_note(by=scope.actor, gate_pass=_find(code))
    return redirect("papers:document", note.pk)
