"""The officer's batches: the list, one batch with all that went into it, and what changes it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import acting
from berdaya.core.verdicts import ALLOWED
from berdaya.equipment.tables import BOOKING_STATES
from berdaya.institutions.access import ability_required
from berdaya.institutions.rules import may
from berdaya.look.parts import Figure
from berdaya.people.models import Placement
from berdaya.people.rules import hours
from berdaya.workshop import queries
from berdaya.workshop.actions import batches as actions
from berdaya.workshop.actions.materials import use_material
from berdaya.workshop.forms import ClosingForm, QualityForm, StartForm, UseForm
from berdaya.workshop.machines import booked_for, lacking_skills
from berdaya.workshop.models import (
    Batch,
    BatchCorrection,
    EquipmentNeed,
    MaterialUse,
    QualityCheck,
    WorkLog,
)
from berdaya.workshop.rules import percent
from berdaya.workshop.tables import BatchTable
from berdaya.workshop.views.common import choose_first, chosen, form_page, on_view


def batch_or_404(code: str) -> Batch:
    """A batch in scope with its workshop, facility, variant and closing."""
    rows = Batch.objects.select_related(
        "facility", "workshop", "variant__measure", "variant__product__category", "closing__lot"
    )
    return get_object_or_404(rows, code=code)


def page_of(batch: Batch) -> str:
    return reverse("workshop:batch", args=[batch.code])


@ability_required("people.view")
def batches(request: HttpRequest) -> HttpResponse:
    """Every batch on view, the newest first."""
    rows = Batch.objects.filter(facility_id__in=on_view(request))
    rows = rows.select_related("workshop", "variant__product", "closing")
    return BatchTable(request, rows).response("workshop/batches.html", {})


@ability_required("batch.start", "GET POST")
def new_batch(request: HttpRequest) -> HttpResponse:
    """The form for a new batch at the chosen facility; POST starts it."""
    facility = chosen(request)
    if facility is None:
        return choose_first(request)
    with reading(request):
        today = clock.today(facility.timezone)
        first = {
            "started_on": today, "pay_basis": "hours",
            "equipment_on": today, "equipment_at": "08:00",
        }  # fmt: skip
        needed = EquipmentNeed.objects.on(today).filter(facility=facility).exists()
        form = StartForm(
            request.POST or None, initial=first, facility=facility, needs_equipment=needed
        )
        good = request.method == "POST" and form.is_valid()
    if good:
        actor = request.actor  # type: ignore[attr-defined]
        with acting(actor, "batch.start"):
            batch = actions.start_batch(by=actor, **form.cleaned_data)
        messages.success(request, _("Batch %s dimulai.") % batch.code)
        return redirect(page_of(batch))
    return form_page(request, form, _("Mulai batch"), reverse("workshop:batches"))


@ability_required("people.view")
def batch(request: HttpRequest, code: str) -> HttpResponse:
    """One batch: figures, work by person, material, quality, closing, corrections."""
    one = batch_or_404(code)
    makers = _makers(one)
    uses = MaterialUse.objects.filter(batch=one).select_related("material_lot__material__measure")
    uses = list(uses.order_by("used_on", "pk"))
    names = {row["participant_id"]: row["pseudonym"] for row in makers}
    bookings = list(booked_for(one, names))
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "batch": one,
        "facility": one.facility,
        "closing": one.closing if one.is_closed else None,
        "loss": percent(one.closing.yield_loss_bp or 0) + "%" if one.is_closed else "",
        "makers": makers,
        "uses": uses,
        "checks": list(QualityCheck.objects.filter(batch=one).order_by("checked_on", "pk")),
        "corrections": _corrections(one) if one.is_closed else [],
        "bookings": [(row, BOOKING_STATES[row.state]) for row in bookings],
        # Told while it runs, and blocks nothing.
        "lacking": ALLOWED if one.is_closed else lacking_skills(one, bookings, names),
        "figures": _figures(one, makers, uses),
        "can_book": not one.is_closed and may(actor, "batch.start", one.facility_id).ok,
        "can_use": not one.is_closed and may(actor, "material.edit", one.facility_id).ok,
        "can_close": not one.is_closed and may(actor, "batch.close", one.facility_id).ok,
        "can_print": one.is_closed and may(actor, "batch.close", one.facility_id).ok,
    }
    return render(request, "workshop/batch.html", context)


def _corrections(one: Batch) -> list[BatchCorrection]:
    rows = BatchCorrection.objects.filter(batch=one).select_related("participant")
    return list(rows.order_by("pk"))


def _makers(one: Batch) -> list[dict[str, Any]]:
    """Per person what was worked, with the frozen weight once closed: three queries."""
    sums = WorkLog.objects.filter(batch=one, mark="present").values("participant_id")
    rows = sums.annotate(minutes=Sum("minutes"), pieces=Sum("pieces")).order_by("participant_id")
    weights = dict(one.weights.values_list("participant_id", "weight")) if one.is_closed else {}
    numbers = _numbers(one, [row["participant_id"] for row in rows])
    return [
        {
            "participant_id": row["participant_id"],
            "place": numbers.get(row["participant_id"]),
            "pseudonym": numbers[row["participant_id"]].participant.pseudonym
            if row["participant_id"] in numbers
            else "",
            "hours": hours(row["minutes"]),
            "pieces": row["pieces"],
            "weight": weights.get(row["participant_id"]),
        }
        for row in rows
    ]


def _numbers(one: Batch, ids: list[int]) -> dict[int, Placement]:
    rows = Placement.objects.filter(facility_id=one.facility_id, participant_id__in=ids)
    found = rows.select_related("participant").order_by("valid_from")
    return {place.participant_id: place for place in found}


def _figures(one: Batch, makers: list[Any], uses: list[MaterialUse]) -> list[Figure]:
    closing = one.closing if one.is_closed else None
    cost = sum(use.cost_rp for use in uses if use.is_deductible)
    unit = one.variant.measure.label
    good = f"{closing.good_qty.normalize():f} {unit}" if closing else "–"
    return [
        Figure(_("Hasil baik"), good.replace(".", ",")),
        Figure(_("Pembuat"), str(len(makers))),
        Figure(_("Bahan terpakai"), f"Rp{cost:,}".replace(",", "."), _("dipotong sebelum dibagi")),
        Figure(_("Dasar bagi"), one.get_pay_basis_display()),
    ]


def _open_batch(request: HttpRequest, code: str) -> tuple[Batch, date]:
    with reading(request):
        one = batch_or_404(code)
        return one, clock.today(one.facility.timezone)


@ability_required("material.edit", "GET POST")
def uses(request: HttpRequest, code: str) -> HttpResponse:
    """The form for material a batch takes; POST takes it."""
    one, today = _open_batch(request, code)
    with reading(request):
        form = UseForm(request.POST or None, initial={"used_on": today}, batch=one)
        good = request.method == "POST" and form.is_valid()
    if good:
        actor = request.actor  # type: ignore[attr-defined]
        with acting(actor, "material.use"):
            use_material(by=actor, batch=one, **form.cleaned_data)
        messages.success(request, _("Bahan tercatat."))
        return redirect(page_of(one))
    return form_page(request, form, _("Pakai bahan"), page_of(one), batch=one)


@ability_required("batch.close", "GET POST")
def checks(request: HttpRequest, code: str) -> HttpResponse:
    """The form for a look at the goods; POST keeps it."""
    one, today = _open_batch(request, code)
    form = QualityForm(request.POST or None, initial={"checked_on": today})
    if request.method == "POST" and form.is_valid():
        actor = request.actor  # type: ignore[attr-defined]
        values = {
            **form.cleaned_data,
            "rejected_qty": form.cleaned_data["rejected_qty"] or Decimal(0),
        }
        with acting(actor, "quality.check"):
            actions.check_quality(by=actor, batch=one, **values)
        messages.success(request, _("Hasil pemeriksaan tercatat."))
        return redirect(page_of(one))
    return form_page(request, form, _("Periksa mutu"), page_of(one), batch=one)


@ability_required("batch.close", "GET POST")
def closing(request: HttpRequest, code: str) -> HttpResponse:
    """The form that ends a batch; POST closes it into a lot."""
    one, today = _open_batch(request, code)
    with reading(request):
        suggested = queries.suggested_input_qty(one)
        looked = QualityCheck.objects.filter(batch=one).order_by("-checked_on", "-pk").first()
        first = {"closed_on": today, "input_qty": suggested}
        if looked:
            first |= {"good_qty": looked.good_qty, "rejected_qty": looked.rejected_qty or None}
        form = ClosingForm(request.POST or None, initial=first, batch=one)
        good = request.method == "POST" and form.is_valid()
    if good:
        actor = request.actor  # type: ignore[attr-defined]
        values = {
            **form.cleaned_data,
            "rejected_qty": form.cleaned_data["rejected_qty"] or Decimal(0),
        }
        with acting(actor, "batch.close"):
            done = actions.close_batch(by=actor, batch=one, **values)
        words = _("Batch ditutup menjadi lot %s.") % done.lot if done.lot else _("Batch ditutup.")
        messages.success(request, words)
        return redirect(page_of(one))
    return form_page(request, form, _("Tutup batch"), page_of(one), batch=one)
