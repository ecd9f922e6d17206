"""Consignments: hand goods over, settle what was sold."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import F, Sum
from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.goods.models import Variant
from berdaya.goods.rules import one_facility
from berdaya.institutions.access import ability_required
from berdaya.proceeds.actions.consignments import (
    ConsignmentInput,
    hand_over,
    settle_consignment,
)
from berdaya.proceeds.actions.payments import PaymentInput
from berdaya.proceeds.forms import UNPAID, HandOverForm, SaleLineForm, SettleForm
from berdaya.proceeds.models import Consignment
from berdaya.proceeds.tables import ConsignmentTable
from berdaya.proceeds.views.shared import Address, can, form_page, seen
from berdaya.stock.models import Place

ROWS = 6


@ability_required("sale.record")
def consignments(request: HttpRequest) -> HttpResponse:
    """Every hand-over with what is still out."""
    out = F("lines__qty") - F("lines__sold_qty") - F("lines__returned_qty")
    rows = Consignment.objects.filter(facility__in=seen(request)).select_related("place")
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "new_url": reverse("proceeds:new_consignment") if can(request, "sale.record") else "",
        "new_label": _("Titipkan barang"),
    }
    table = ConsignmentTable(request, rows, reckoned={"left_qty": Sum(out)})
    return table.response("proceeds/list.html", context)


@ability_required("sale.record", "GET POST")
def new_consignment(request: HttpRequest) -> HttpResponse:
    """Hand goods over to a consignee's place."""
    facility = one_facility(request.facility)  # type: ignore[attr-defined]
    line_forms = formset_factory(SaleLineForm, extra=ROWS)
    with reading(request):
        places = Place.objects.filter(facility=facility, is_active=True)
        first = {"handed_on": clock.today(facility.timezone), "buyer_kind": "shop"}
        form = HandOverForm(request.POST or None, places=places, initial=first)
        variants = Variant.objects.filter(facility=facility, is_active=True)
        variants = variants.select_related("product").order_by("product__name", "sku")
        given = request.POST if request.method == "POST" else None
        lines = line_forms(given, prefix="baris", form_kwargs={"variants": variants})
        is_valid = request.method == "POST" and form.is_valid() & lines.is_valid()
    if is_valid:
        asked = [line for line in (row.line() for row in lines) if line]
        with acting(request.actor, "consignment.hand_over") as scope:  # type: ignore[attr-defined]
            made = hand_over(
                by=scope.actor,
                facility=facility,
                lines=[
                    ConsignmentInput(line.variant_id, line.qty, line.unit_price_rp)
                    for line in asked
                ],
                **form.cleaned_data,
            )
        messages.success(request, _("Diserahkan. Barangnya tetap milik unit sampai diselesaikan."))
        return redirect("proceeds:consignment", made.code)
    context = {"facility": facility, "form": form, "lines": lines, "has_errors": True}
    with reading(request):
        status = 422 if form.is_bound else 200
        return render(request, "proceeds/new_consignment.html", context, status=status)


def find_consignment(code: str) -> Consignment:
    """A consignment with its places and book."""
    rows = Consignment.objects.select_related(
        "facility", "place__facility", "from_place__facility", "book__party", "book__facility"
    )
    return get_object_or_404(rows, code=code)


@ability_required("sale.record", "GET POST")
def consignment(request: HttpRequest, code: str) -> HttpResponse:
    """One hand-over, and the form to settle it."""
    with reading(request):
        row = find_consignment(code)
        lines = list(row.lines.select_related("lot__variant__product").order_by("pk"))
        for line in lines:
            line.left_qty = line.qty - line.sold_qty - line.returned_qty

    def make() -> forms.Form:
        first = {"settled_on": clock.today(row.facility.timezone)}
        return SettleForm(request.POST or None, lines=lines, initial=first)

    form = make()

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        amount = form.amount_rp()  # type: ignore[attr-defined]
        pays = facts["method"] != UNPAID and amount
        sale = settle_consignment(
            by=by,
            consignment=row,
            settled_on=facts["settled_on"],
            sold=form.quantities("sold"),  # type: ignore[attr-defined]
            returned=form.quantities("back"),  # type: ignore[attr-defined]
            payments=[PaymentInput(facts["method"], amount)] if pays else [],
            own_receipt_no=facts["own_receipt_no"],
            request_key=f"form:{facts['request_key']}",
        )
        return ("proceeds:sale", [sale.code]) if sale else ("proceeds:consignment", [code])

    return form_page(
        request, make=lambda: form, do=do, reason="consignment.settle",
        title=f"{row.place.name} · {row.code}", back=reverse("proceeds:consignments"),
        done=_("Diselesaikan."), template="proceeds/consignment.html",
        context={"consignment": row, "facility": row.facility},
    )  # fmt: skip
