"""Materials and workshops: what came in, from whom, and where it is worked."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import acting
from berdaya.core.verdicts import require
from berdaya.institutions.access import ability_required
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.workshop.actions.materials import receive_material
from berdaya.workshop.forms import ReceiptForm, WorkshopForm
from berdaya.workshop.models import Material, MaterialLot, Workshop
from berdaya.workshop.tables import MaterialTable, WorkshopTable
from berdaya.workshop.views.common import choose_first, chosen, form_page, on_view


@ability_required("stock.view")
def materials(request: HttpRequest) -> HttpResponse:
    """Every receipt on view and what is left of it."""
    rows = MaterialLot.objects.filter(facility_id__in=on_view(request))
    rows = rows.select_related("material__measure")
    return MaterialTable(request, rows).response("workshop/materials.html", {})


@ability_required("material.edit", "GET POST")
def new_receipt(request: HttpRequest) -> HttpResponse:
    """The form for a receipt; POST keeps it as a material lot."""
    facility = chosen(request)
    if facility is None:
        return choose_first(request)
    with reading(request):
        first = {"received_on": clock.today(facility.timezone)}
        form = ReceiptForm(request.POST or None, initial=first, facility=facility)
        good = request.method == "POST" and form.is_valid()
    if good:
        actor = request.actor  # type: ignore[attr-defined]
        with acting(actor, "material.receive"):
            values = dict(form.cleaned_data)
            material = _material(facility, values)
            lot = receive_material(by=actor, facility=facility, material=material, **values)
        messages.success(request, _("Bahan tercatat sebagai %s.") % lot.code)
        return redirect("workshop:materials")
    return form_page(request, form, _("Terima bahan"), reverse("workshop:materials"))


def _material(facility: Facility, values: dict) -> Material:
    """The chosen material, or a new one counted in the measure of this receipt."""
    chosen_one, name = values.pop("material"), values.pop("new_material")
    is_packing = values.pop("is_packing")
    if chosen_one is not None:
        return chosen_one
    made, _new = Material.objects.get_or_create(
        facility=facility,
        name=name,
        defaults={"measure": values["measure"], "is_packing": is_packing},
    )
    return made


@ability_required("people.view")
def workshops(request: HttpRequest) -> HttpResponse:
    """The workshops on view."""
    rows = Workshop.objects.filter(facility_id__in=on_view(request))
    return WorkshopTable(request, rows).response("workshop/workshops.html", {})


@ability_required("batch.start", "GET POST")
def edit_workshop(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The form for a new workshop of the chosen facility, or for one in scope."""
    with reading(request):
        rows = Workshop.objects.select_related("facility")
        shop = get_object_or_404(rows, pk=pk) if pk else None
        facility = shop.facility if shop else chosen(request)
        if facility is None:
            return choose_first(request)
        require(may(request.actor, "batch.start", facility.pk))  # type: ignore[attr-defined]
        form = WorkshopForm(request.POST or None, instance=shop, facility=facility)
        good = request.method == "POST" and form.is_valid()
    if good:
        with acting(request.actor, "workshop.edit"), transaction.atomic():  # type: ignore
            form.save()
        messages.success(request, _("Bengkel tersimpan."))
        return redirect("workshop:workshops")
    title = _("Ubah bengkel") if pk else _("Bengkel baru")
    return form_page(request, form, title, reverse("workshop:workshops"))
