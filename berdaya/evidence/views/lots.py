"""Evidence of lots and orders: the list, what is in it, what lacks, packs and their files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.evidence.actions.packs import ask_pack
from berdaya.evidence.forms import DeclarationForm, PackForm
from berdaya.evidence.geojson import collection
from berdaya.evidence.models import Declaration, Pack
from berdaya.evidence.pack import plots_told
from berdaya.evidence.queries import (
    commodity_of,
    last_abroad,
    last_pack,
    lots_of_order,
    origin_facts,
    origins_of,
)
from berdaya.evidence.rules import may_go_to_eu
from berdaya.evidence.tables import OUTCOMES, LotTable
from berdaya.evidence.views.shared import lot_or_404, order_or_404, pack_or_404, tabbed
from berdaya.evidence.zipped import zip_of
from berdaya.goods.models import Product
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, can, form_page, seen
from berdaya.look.tables import Filter
from berdaya.orders.models import Order
from berdaya.stock.models import Lot

SHOWN = 12


@ability_required("evidence.view")
def lots(request: HttpRequest) -> HttpResponse:
    """Every lot of the units on view, newest first; of one unit also by product."""
    rows = Lot.objects.filter(facility__in=seen(request)).select_related(
        "variant__product", "facility"
    )
    table = LotTable(request, rows, reckoned={"last_pack_on": last_pack()})
    if request.facility:  # type: ignore[attr-defined]
        table.filters = (_product_filter(request), *LotTable.filters)  # type: ignore[misc]
    return table.response("evidence/list.html", tabbed(request, "lots"))


def _product_filter(request: HttpRequest) -> Filter:
    facility = request.facility  # type: ignore[attr-defined]
    made = Product.objects.filter(facility=facility, is_active=True).order_by("name")

    def choices() -> list[tuple[str, str]]:
        return [(row.code, row.label) for row in made]

    return Filter("barang", _lazy("Barang"), choices, field="variant__product__code")


@ability_required("evidence.view")
def lot(request: HttpRequest, code: str) -> HttpResponse:
    """One lot: what can be shown of it, what lacks, its packs and declarations."""
    row = lot_or_404(request, code)
    batch = row.batch_key  # type: ignore[attr-defined]
    origins = origins_of(batch) if batch else []
    is_asked = bool(commodity_of(row))
    context = {
        **_asked_of(request, row.facility_id, lot=row),
        "facility": row.facility,
        "lot": row,
        "origins": origins,
        "is_asked": is_asked,
        "eudr": may_go_to_eu(origin_facts(origins)) if is_asked else None,
        "has_plots": any(one.plots for one in origins),
        "can_edit": can(request, "plot.edit", row.facility_id),
    }
    if context["can_print"]:
        context["declaration_form"] = DeclarationForm(initial={"country": last_abroad(row)})
    return render(request, "evidence/lot.html", context)


@ability_required("evidence.view")
def order(request: HttpRequest, code: str) -> HttpResponse:
    """One order: its lots, packs and declarations."""
    row = order_or_404(request, code)
    context = {
        **_asked_of(request, row.facility_id, order=row),
        "facility": row.facility,
        "order": row,
        "lots": lots_of_order(row),
    }
    return render(request, "evidence/order.html", context)


def _asked_of(request: HttpRequest, facility_id: int, **about: Lot | Order) -> dict[str, Any]:
    """Packs and declarations of a thing, and what may be asked of it."""
    rows = Declaration.objects.filter(**about).select_related("recorded_by")
    return {
        "tab": "lots",
        "packs": Pack.objects.filter(**about).defer("content")[:SHOWN],
        "declarations": [(one, OUTCOMES[one.outcome]) for one in rows[:SHOWN]],
        "can_print": can(request, "evidence.print", facility_id),
        "declaration_form": DeclarationForm(),
    }


@ability_required("evidence.print", "GET POST")
def lot_pack(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a pack about a lot."""
    with reading(request):
        row = lot_or_404(request, code)
    return _new_pack(request, reverse("evidence:lot", args=[code]), row.code, lot=row)


@ability_required("evidence.print", "GET POST")
def order_pack(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a pack about an order."""
    with reading(request):
        row = order_or_404(request, code)
    return _new_pack(request, reverse("evidence:order", args=[code]), row.code, order=row)


def _new_pack(request: HttpRequest, back: str, code: str, **about: Any) -> HttpResponse:
    def do(by: Actor, facts: dict[str, Any]) -> Address:
        return "evidence:pack", [ask_pack(by=by, countries=facts["countries"], **about).pk]

    return form_page(
        request, make=lambda: PackForm(request.POST or None), do=do, reason="evidence.pack",
        title=_("Berkas bukti untuk %s") % code, back=back, done=_("Berkasnya disusun."),
    )  # fmt: skip


@ability_required("evidence.view")
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    """One pack: what it says in short, its seal, its file; or that it is still being made."""
    row = pack_or_404(request, pk)
    about = row.lot or row.order
    name = "evidence:lot" if row.lot_id else "evidence:order"
    context = {
        "facility": row.facility,
        "pack": row,
        "back": reverse(name, args=[about.code]) if about else "",
        "told": row.content,
    }
    return render(request, "evidence/pack.html", context)


@ability_required("evidence.view")
def pack_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The ZIP, made of what was frozen; 404 while it is still being made."""
    row = pack_or_404(request, pk)
    if row.content is None:
        return render(
            request, "evidence/pack.html", {"pack": row, "facility": row.facility}, status=404
        )
    return _download(
        zip_of(row.content), "application/zip", f"evidence-{row.subject_code}-{row.as_of}.zip"
    )


@ability_required("evidence.view")
def lot_plots(request: HttpRequest, code: str) -> HttpResponse:
    """The plots of a lot's material as a GeoJSON FeatureCollection, as they are recorded now."""
    text = collection(plots_told([lot_or_404(request, code)]))
    return _download(text.encode(), "application/geo+json", f"plots-{code}.geojson")


def _download(data: bytes, kind: str, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(data, content_type=kind, headers=headers)
