"""What changes stock by hand: transfers, losses, counts."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import acting
from berdaya.goods.rules import one_facility
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import (
    seen,
)
from berdaya.stock.actions.counts import count_stock
from berdaya.stock.actions.movements import record_loss, transfer_stock
from berdaya.stock.forms import CountForm, LossForm, TransferForm
from berdaya.stock.models import Lot, Place, StockCount, StockLevel
from berdaya.stock.tables import CountTable
from berdaya.stock.views.levels import find_lot
from berdaya.stock.views.shared import (
    base,
)


def _levels_of(lot: Lot) -> Any:
    free = lot.levels.filter(on_hand__gt=F("reserved"))
    return free.select_related("place").order_by("place__name")


@ability_required("stock.edit", "GET POST")
def transfers(request: HttpRequest, code: str) -> HttpResponse:
    """Move part of a lot to another place of the unit."""

    def make(lot: Lot) -> forms.Form:
        places = Place.objects.filter(facility=lot.facility_id, is_active=True)
        return TransferForm(
            request.POST or None, initial=_today(lot), levels=_levels_of(lot), places=places
        )

    def do(lot: Lot, facts: dict[str, Any]) -> None:
        level = facts.pop("level")
        transfer_stock(by=request.actor, lot=lot, from_place=level.place, **facts)  # type: ignore

    return _lot_form(request, code, _("Pindahkan"), make, do, "stock.transfer")


@ability_required("stock.edit", "GET POST")
def losses(request: HttpRequest, code: str) -> HttpResponse:
    """Write off what broke, spoiled, is gone or was given away."""

    def make(lot: Lot) -> forms.Form:
        return LossForm(request.POST or None, initial=_today(lot), levels=_levels_of(lot))

    def do(lot: Lot, facts: dict[str, Any]) -> None:
        record_loss(by=request.actor, lot=lot, place=facts.pop("level").place, **facts)  # type: ignore

    return _lot_form(request, code, _("Catat rusak, hilang, atau contoh"), make, do, "stock.loss")


def _today(lot: Lot) -> dict[str, Any]:
    return {"day": clock.today(lot.facility.timezone)}


def _lot_form(
    request: HttpRequest,
    code: str,
    title: str,
    make: Callable[[Lot], forms.Form],
    do: Callable[[Lot, dict[str, Any]], None],
    reason: str,
) -> HttpResponse:
    with reading(request):
        lot = find_lot(code)
        form = make(lot)
        valid = request.method == "POST" and form.is_valid()
    if valid:
        with acting(request.actor, reason):  # type: ignore[attr-defined]
            do(lot, dict(form.cleaned_data))
        messages.success(request, _("Tercatat."))
        return redirect("stock:lot", code)
    context = {
        **base(request, "lots"),
        "facility": lot.facility,
        "form": form,
        "title": title,
        "lot": lot,
    }
    with reading(request):
        return render(request, "stock/form.html", context, status=422 if form.is_bound else 200)


@ability_required("stock.view")
def counts(request: HttpRequest) -> HttpResponse:
    """Every count, with how many lots differed."""
    differs = Q(lines__counted_qty__lt=F("lines__book_qty")) | Q(
        lines__counted_qty__gt=F("lines__book_qty")
    )
    rows = StockCount.objects.filter(facility__in=seen(request)).select_related("place")
    told = {"line_count": Count("lines"), "off_count": Count("lines", filter=differs)}
    facility = request.facility  # type: ignore[attr-defined]
    mine = Place.objects.filter(facility=facility, is_active=True) if facility else []
    context = {**base(request, "counts"), "places": mine}
    return CountTable(request, rows, reckoned=told).response("stock/levels.html", context)


@ability_required("stock.edit", "GET POST")
def new_count(request: HttpRequest, pk: int) -> HttpResponse:
    """Count one place: a line for each lot that the book has there."""
    facility = one_facility(request.facility)  # type: ignore[attr-defined]
    with reading(request):
        place = get_object_or_404(Place, pk=pk, facility=facility)
        rows = StockLevel.objects.filter(place=place, on_hand__gt=0)
        levels = rows.select_related("lot__variant__measure").order_by("lot__variant__name", "pk")
        first = {"day": clock.today(facility.timezone)}
        form = CountForm(request.POST or None, levels=levels, initial=first)
        valid = request.method == "POST" and form.is_valid()
    if valid:
        day, reason = form.cleaned_data["day"], form.cleaned_data["reason"]
        with acting(request.actor, "stock.count") as scope:  # type: ignore[attr-defined]
            count = count_stock(
                by=scope.actor, place=place, day=day, counts=form.quantities, reason=reason
            )
        messages.success(request, _("Opname dicatat; buku mengikuti hasil hitung."))
        return redirect("stock:count", count.pk)
    context = {**base(request, "counts"), "form": form, "place": place}
    with reading(request):
        status = 422 if form.is_bound else 200
        return render(request, "stock/new_count.html", context, status=status)


@ability_required("stock.view")
def count(request: HttpRequest, pk: int) -> HttpResponse:
    """One count: the book, what was found, the difference."""
    rows = StockCount.objects.select_related("place", "facility", "recorded_by")
    row = get_object_or_404(rows, pk=pk)
    lines = row.lines.select_related("lot__variant__measure").order_by("lot__variant__name", "pk")
    context = {**base(request, "counts"), "count": row, "lines": lines, "facility": row.facility}
    return render(request, "stock/count.html", context)
