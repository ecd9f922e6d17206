"""Plots: the list, one of them, recording and correcting, a whole file, and their material."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.core.verdicts import Refused, require
from berdaya.evidence.actions.plots import correct_plot, record_plot, record_plots, set_plots
from berdaya.evidence.forms import ImportForm, MaterialForm, PlotForm, first_of
from berdaya.evidence.geojson import LONGEST, collection, read_file
from berdaya.evidence.importing import Row, good_inputs, rows_of
from berdaya.evidence.models import MaterialPlot, Plot
from berdaya.evidence.pack import plot_told
from berdaya.evidence.queries import for_eudr_goods, open_material
from berdaya.evidence.tables import MaterialTable, PlotTable
from berdaya.evidence.views.shared import actor_of, own, plot_or_404, tabbed
from berdaya.institutions.access import ability_required
from berdaya.institutions.models import Facility
from berdaya.institutions.pages import Address, can, form_page, one_unit, seen
from berdaya.institutions.rules import may
from berdaya.workshop.models import MaterialLot


@ability_required("evidence.view")
def plots(request: HttpRequest) -> HttpResponse:
    """Every plot of the units on view."""
    rows = Plot.objects.filter(facility__in=seen(request)).select_related("region")
    table = PlotTable(request, rows, reckoned={"lot_count": Count("links")})
    return table.response("evidence/list.html", {**_edits(request), **tabbed(request, "plots")})


@ability_required("evidence.view")
def materials(request: HttpRequest) -> HttpResponse:
    """Material of goods whose plots are asked for, and what is known of it."""
    rows = for_eudr_goods(MaterialLot.objects.filter(facility__in=seen(request)))
    table = MaterialTable(
        request, rows.select_related("material"), reckoned={"plot_count": Count("plot_links")}
    )
    context = {"open": open_material(seen(request)), **tabbed(request, "materials")}
    return table.response("evidence/list.html", context)


def _edits(request: HttpRequest) -> dict[str, Any]:
    return {"can_edit": can(request, "plot.edit")}


@ability_required("evidence.view")
def plot(request: HttpRequest, code: str) -> HttpResponse:
    """One plot: where it lies, whose it is, which material came from it."""
    row = plot_or_404(request, code)
    links = row.links.select_related("material_lot__material").order_by("-material_lot__code")
    context = {
        "facility": row.facility,
        "plot": row,
        "corners": [f"{lat}, {lon}" for lon, lat in row.drawn.positions],
        "links": links[:50],
        "can_edit": can(request, "plot.edit", row.facility_id),
    }
    return render(request, "evidence/plot.html", context)


@ability_required("evidence.view")
def plot_file(request: HttpRequest, code: str) -> HttpResponse:
    """The plot as GeoJSON, digit by digit."""
    text = collection([plot_told(plot_or_404(request, code))])
    name = f'attachment; filename="plot-{code}.geojson"'
    headers = {"Content-Disposition": name, "Cache-Control": "private, no-store"}
    return HttpResponse(text, content_type="application/geo+json", headers=headers)


def _form_args(facility: Facility) -> dict[str, Any]:
    return {
        "province": (facility.region_id or "")[:2],
        "today": clock.today(facility.timezone),
    }


@ability_required("plot.edit", "GET POST")
def new_plot(request: HttpRequest) -> HttpResponse:
    """A further plot of the chosen facility."""
    facility = one_unit(request)
    form: list[PlotForm] = []

    def make() -> PlotForm:
        first = {"region": facility.region_id}
        form[:] = [PlotForm(request.POST or None, initial=first, **_form_args(facility))]
        return form[0]

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        return "evidence:plot", [record_plot(by=by, facility=facility, told=form[0].told).code]

    return form_page(
        request, make=make, do=do, reason="plot.record", title=_("Kebun baru"),
        back=reverse("evidence:plots"), done=_("Kebun tercatat. Hubungkan ke bahannya."),
    )  # fmt: skip


@ability_required("plot.edit", "GET POST")
def edit_plot(request: HttpRequest, code: str) -> HttpResponse:
    """Correct a plot."""
    with reading(request):
        row = plot_or_404(request, code)
    form: list[PlotForm] = []

    def make() -> PlotForm:
        form[:] = [
            PlotForm(request.POST or None, initial=first_of(row), **_form_args(row.facility))
        ]
        return form[0]

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        correct_plot(by=by, plot=row, told=form[0].told)
        return "evidence:plot", [code]

    return form_page(
        request, make=make, do=do, reason="plot.correct", title=_("Perbaiki kebun %s") % code,
        back=reverse("evidence:plot", args=[code]), done=_("Kebun diperbaiki."),
    )  # fmt: skip


@ability_required("plot.edit", "GET POST")
def material(request: HttpRequest, code: str) -> HttpResponse:
    """Say from which plots all of a material lot came."""
    with reading(request):
        rows = own(request, MaterialLot.objects.select_related("material", "facility"))
        row = get_object_or_404(rows, code=code)
        chosen = list(MaterialPlot.objects.filter(material_lot=row).values_list("plot", flat=True))
    mine = Plot.objects.filter(facility=row.facility_id).select_related("region").order_by("code")

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        set_plots(by=by, material_lot=row, plots=facts["plots"])
        return "evidence:materials", []

    return form_page(
        request, do=do, reason="plot.link",
        make=lambda: MaterialForm(request.POST or None, initial={"plots": chosen}, plots=mine),
        title=_("Asal %(material)s %(code)s") % {"material": row.material.name, "code": code},
        back=reverse("evidence:materials"), done=_("Asal bahan tercatat."),
        template="evidence/material.html", context={"material_lot": row, "facility": row.facility},
    )  # fmt: skip


@ability_required("plot.edit", "GET POST")
def import_plots(request: HttpRequest) -> HttpResponse:
    """A GeoJSON file: first row by row what would be kept, then all of it or nothing."""
    facility = one_unit(request)
    args = _form_args(facility)
    today = args.pop("today")
    with reading(request):
        require(may(actor_of(request), "plot.edit", facility.pk))
        form = ImportForm(_posted(request), initial={"region": facility.region_id}, **args)
        rows = _rows(form, today) if request.method == "POST" and form.is_valid() else []
    good = good_inputs(rows)
    if request.POST.get("keep") and good and len(good) == len(rows):
        with acting(actor_of(request), "plot.import") as scope:
            record_plots(by=scope.actor, facility=facility, told=good)
        said = ngettext("%(n)s kebun tercatat.", "%(n)s kebun tercatat.", len(good))
        messages.success(request, said % {"n": len(good)})
        return redirect("evidence:plots")
    context = {
        "facility": facility,
        "form": form,
        "rows": rows,
        "is_good": bool(rows) and len(good) == len(rows),
        "bad": len(rows) - len(good),
    }
    with reading(request):
        status = 422 if form.is_bound and form.errors else 200
        return render(request, "evidence/import.html", context, status=status)


def _posted(request: HttpRequest) -> dict[str, Any] | None:
    """What was posted, the file's text in a field, so that it is still there when it is kept."""
    if request.method != "POST":
        return None
    told = request.POST.dict()
    if file := request.FILES.get("file"):
        told["text"] = file.read(LONGEST + 1).decode("utf-8", errors="replace")
    return told


def _rows(form: ImportForm, today: Any) -> list[Row]:
    facts = dict(form.cleaned_data)
    text = facts.pop("text")
    facts.pop("file", None)
    try:
        return rows_of(read_file(text), facts, today)
    except Refused as refused:
        for reason in refused.verdict.reasons:
            form.add_error("file", f"{reason.text} {reason.next_text}")
        return []
