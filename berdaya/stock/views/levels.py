"""What lies where: levels, lots, stock cards, places."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import acting
from berdaya.core.verdicts import require
from berdaya.goods.models import Variant
from berdaya.goods.rules import one_facility
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import (
    seen,
)
from berdaya.institutions.rules import may
from berdaya.look.paper import pdf_response
from berdaya.papers.actions.documents import print_subject
from berdaya.stock import prints
from berdaya.stock.forms import CardForm, PlaceForm
from berdaya.stock.models import Lot, Place, StockLevel
from berdaya.stock.queries import StockCard, sold_qty, stock_card
from berdaya.stock.tables import LevelTable, LotTable, PlaceTable
from berdaya.stock.views.shared import (
    base,
)

CARD_DAYS = 90


@ability_required("stock.view")
def levels(request: HttpRequest) -> HttpResponse:
    """Everything that lies somewhere."""
    rows = StockLevel.objects.filter(facility__in=seen(request), on_hand__gt=0).select_related(
        "lot__variant__measure", "place"
    )
    return LevelTable(request, rows).response("stock/levels.html", base(request, "levels"))


@ability_required("stock.view")
def lots(request: HttpRequest) -> HttpResponse:
    """Every lot, with what is left of it."""
    rows = Lot.objects.filter(facility__in=seen(request)).select_related("variant")
    return LotTable(request, rows, reckoned={"left_qty": Sum("levels__on_hand")}).response(
        "stock/levels.html", base(request, "lots")
    )


def find_lot(code: str) -> Lot:
    """The lot of a code, with what its page needs; 404 outside the scope."""
    rows = Lot.objects.select_related("facility", "variant__product__category", "variant__measure")
    return get_object_or_404(rows, code=code)


@ability_required("stock.view")
def lot(request: HttpRequest, code: str) -> HttpResponse:
    """One lot: what it is, where it lies, how it moved, its QR."""
    row = find_lot(code)
    may_see_cost = may(request.actor, "books.view", row.facility_id).ok  # type: ignore
    today = clock.today(row.facility.timezone)
    context = {
        **base(request, "lots"),
        "facility": row.facility,
        "lot": row,
        "levels": list(row.levels.filter(on_hand__gt=0).select_related("place")),
        "movements": list(row.movements.select_related("place").order_by("-day", "-pk")[:100]),
        "sold": sold_qty(row.pk),
        "is_expired": row.expires_on is not None and row.expires_on < today,
        "can_edit": may(request.actor, "stock.edit", row.facility_id).ok,  # type: ignore
        "may_see_cost": may_see_cost,
        "origin_url": prints.origin_url(row),
        "can_label": not row.variant.product.category.is_service
        and may(request.actor, "label.print", row.facility_id).ok,  # type: ignore
    }
    return render(request, "stock/lot.html", context)


@ability_required("stock.view")
def lot_qr(request: HttpRequest, code: str) -> HttpResponse:
    """The QR of the lot's public address, to be shown and printed."""
    return HttpResponse(prints.qr_svg(find_lot(code)), content_type="image/svg+xml")


@ability_required("stock.view")
def lot_labels(request: HttpRequest, code: str) -> HttpResponse:
    """A sheet of labels with the QR, to cut and stick on."""
    return pdf_response(prints.labels_pdf(find_lot(code)), f"label-{code}")


def _card(request: HttpRequest, variant_id: int) -> tuple[Variant, CardForm, StockCard, Any]:
    rows = Variant.objects.filter(facility__in=request.actor.facility_ids)  # type: ignore
    variant = get_object_or_404(
        rows.select_related("facility__office", "measure", "product__category"), pk=variant_id
    )
    places = Place.objects.filter(facility=variant.facility_id)
    today = clock.today(variant.facility.timezone)
    usual = {"dari": today - timedelta(days=CARD_DAYS), "sampai": today}
    form = CardForm({**usual, **request.GET.dict()}, places=places)
    asked = form.cleaned_data if form.is_valid() else {}
    start: date = asked.get("dari") or usual["dari"]
    end: date = asked.get("sampai") or today
    place = asked.get("tempat")
    return variant, form, stock_card(variant.pk, place and place.pk, start, end), place


@ability_required("stock.view")
def card(request: HttpRequest, variant_id: int) -> HttpResponse:
    """The stock card of a variant over some days, at one place or all."""
    variant, form, found, place = _card(request, variant_id)
    context = {
        **base(request, "levels"),
        "facility": variant.facility,
        "variant": variant,
        "form": form,
        "card": found,
        "place": place,
        "query": request.GET.urlencode(),
    }
    return render(request, "stock/card.html", context, status=200 if form.is_valid() else 422)


@ability_required("stock.view", "POST")
def card_print(request: HttpRequest, variant_id: int) -> HttpResponse:
    """Print the stock card of these days: numbered once, SALINAN from the second print on."""
    with acting(request.actor, "card.print") as scope:  # type: ignore[attr-defined]
        variant, _form, found, place = _card(request, variant_id)
        pdf = print_subject(
            by=scope.actor, type=prints.STOCK_CARD, facility=variant.facility, day=found.end,
            subject_ref=prints.card_subject(variant, found, place),
            paper=request.POST.get("paper", ""),
        )  # fmt: skip
    return pdf_response(pdf, f"kartu-stok-{variant.sku}")


@ability_required("stock.view")
def places(request: HttpRequest) -> HttpResponse:
    """The places of the facilities on view."""
    filled = Count("levels", filter=Q(levels__on_hand__gt=0))
    rows = Place.objects.filter(facility__in=seen(request)).select_related("party", "facility")
    return PlaceTable(request, rows, reckoned={"lot_count": filled}).response(
        "stock/levels.html", base(request, "places")
    )


@ability_required("stock.edit", "GET POST")
def new_place(request: HttpRequest) -> HttpResponse:
    """A further place of the chosen facility."""
    facility = one_facility(request.facility)  # type: ignore[attr-defined]
    return _place_form(request, Place(facility=facility))


@ability_required("stock.edit", "GET POST")
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a place's name, kind or use."""
    with reading(request):
        row = get_object_or_404(Place.objects.select_related("facility"), pk=pk)
    return _place_form(request, row)


def _place_form(request: HttpRequest, row: Place) -> HttpResponse:
    with reading(request):
        form = PlaceForm(request.POST or None, instance=row)
        valid = request.method == "POST" and form.is_valid()
    if valid:
        with acting(request.actor, "place.keep"):  # type: ignore[attr-defined]
            require(may(request.actor, "stock.edit", row.facility_id))  # type: ignore
            form.save()
        messages.success(request, _("Tempat disimpan."))
        return redirect("stock:places")
    title = _("Ubah tempat") if row.pk else _("Tempat baru")
    context = {**base(request, "places"), "form": form, "title": title, "back": "stock:places"}
    with reading(request):
        return render(request, "stock/form.html", context, status=422 if form.is_bound else 200)
