"""Sales: the list, the form, one sale, later payments, refunds, the nota."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.forms import BaseFormSet, formset_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.goods.models import Variant
from berdaya.goods.rules import one_facility
from berdaya.institutions.access import ability_required
from berdaya.institutions.models import Facility
from berdaya.legality.queries.shipping import country_name
from berdaya.legality.rules.shipping import HOME
from berdaya.look.paper import pdf_response
from berdaya.look.parts import SplitPart
from berdaya.proceeds import prints
from berdaya.proceeds.actions.payments import PaymentInput, record_payment
from berdaya.proceeds.actions.refunds import RefundLine, refund_sale
from berdaya.proceeds.actions.sales import record_sale
from berdaya.proceeds.calc import line_amount
from berdaya.proceeds.forms import PaymentForm, RefundForm, SaleForm, SaleLineForm
from berdaya.proceeds.models import Sale
from berdaya.proceeds.queries import selling_books
from berdaya.proceeds.tables import PAID_STATES, SaleTable, paid_state
from berdaya.proceeds.views.shared import Address, can, can_decide, form_page, seen
from berdaya.stock.models import Place

ROWS, MORE_ROWS, MOST_ROWS = 3, 3, 60
NOTA_PAPERS = ("a6", "58mm")


@ability_required("stock.view")
def sales(request: HttpRequest) -> HttpResponse:
    """Every sale of the facilities on view."""
    rows = Sale.objects.filter(facility__in=seen(request)).defer("calculation")
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "new_url": reverse("proceeds:new_sale") if can(request, "sale.record") else "",
        "new_label": _("Catat penjualan"),
    }
    return SaleTable(request, rows).response("proceeds/list.html", context)


def _forms(request: HttpRequest, facility: Facility) -> tuple[SaleForm, BaseFormSet]:
    places = Place.objects.filter(facility=facility, is_active=True).exclude(kind="consignee")
    variants = Variant.objects.filter(facility=facility, is_active=True)
    asked = request.POST or None
    form = SaleForm(
        asked,
        places=places,
        books=selling_books(facility.pk),
        initial={"sold_on": clock.today(facility.timezone)},
    )
    rows = variants.select_related("product").order_by("product__name", "sku")
    lines = formset_factory(SaleLineForm, extra=ROWS, absolute_max=MOST_ROWS, max_num=MOST_ROWS)
    return form, lines(_with_more_rows(request), prefix="baris", form_kwargs={"variants": rows})


def _with_more_rows(request: HttpRequest) -> Any:
    """The posted rows, with empty ones added where that was asked."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    if "more" in data:
        rows = int(data.get("baris-TOTAL_FORMS", ROWS) or ROWS)
        data["baris-TOTAL_FORMS"] = str(min(rows + MORE_ROWS, MOST_ROWS))
    return data


@ability_required("sale.record", "GET POST")
def new_sale(request: HttpRequest) -> HttpResponse:
    """Catat penjualan. Posted twice it stays one sale: the hidden key says so."""
    facility = one_facility(request.facility)  # type: ignore[attr-defined]
    with reading(request):
        form, lines = _forms(request, facility)
        wants_more = "more" in request.POST
        is_valid = request.method == "POST" and form.is_valid() & lines.is_valid()
    if is_valid and not wants_more:
        with acting(request.actor, "sale.record") as scope:  # type: ignore[attr-defined]
            sale = _record(scope.actor, facility, form, lines)
        messages.success(request, _("Tercatat: %(code)s") % {"code": sale.code})
        return redirect("proceeds:sale", sale.code)
    context = {"facility": facility, "form": form, "lines": lines, "has_errors": not wants_more}
    status = 422 if form.is_bound and not wants_more else 200
    with reading(request):
        return render(request, "proceeds/new_sale.html", context, status=status)


def _record(by: Actor, facility: Facility, form: SaleForm, lines: BaseFormSet) -> Sale:
    asked = [line for line in (row.line() for row in lines) if line]
    amount = 0
    for line in asked:
        gross = line_amount(line.qty, line.unit_price_rp, 0)
        amount += max(gross - line.discount_rp, 0)
    facts = form.cleaned_data
    return record_sale(
        by=by,
        facility=facility,
        kind=facts["kind"],
        buyer_kind=facts["buyer_kind"],
        buyer_label=facts["buyer_label"],
        sold_on=facts["sold_on"],
        place=facts["place"],
        lines=asked,
        payments=form.payments(amount),
        own_receipt_no=facts["own_receipt_no"],
        destination=facts["destination"] or HOME,
        request_key=f"form:{facts['request_key']}",
        book=facts["book"],
    )


def find_sale(code: str) -> Sale:
    """A sale with what its page needs; 404 outside the scope."""
    rows = Sale.objects.select_related("facility", "book__party", "place", "recorded_by")
    return get_object_or_404(rows, code=code)


@ability_required("stock.view")
def sale(request: HttpRequest, code: str) -> HttpResponse:
    """One sale: its lines, how its money went, its payments and refunds."""
    row = find_sale(code)
    parts = list(row.allocations.select_related("lot", "line__variant__product").order_by("pk"))
    context = {
        "facility": row.facility,
        "sale": row,
        "country": country_name(row.destination),
        "state": PAID_STATES[paid_state(row)],
        "parts": parts,
        "split": _split(parts) if can(request, "books.view", row.facility_id) else [],
        "payments": list(row.payments.all()),
        "refunds": list(row.refunds.order_by("refunded_on", "pk")),
        "can_pay": row.due_rp > 0 and can(request, "sale.record", row.facility_id),
        "can_refund": row.refunded_rp < row.amount_rp
        and can_decide(request, "sale.refund", row.facility_id, row.recorded_by_id),
        "papers": NOTA_PAPERS,
        "can_acknowledge": can(request, "sale.record", row.facility_id),
    }
    return render(request, "proceeds/sale.html", context)


def _split(parts: list[Any]) -> list[SplitPart]:
    """Where the buyer's rupiah went; parts of nothing are left out."""
    words = (
        (_("Pajak dan biaya bayar"), ("tax_rp", "fee_rp"), "fee"),
        (_("Bahan dan kemasan"), ("material_rp", "packing_rp"), "material"),
        (_("Pembuat"), ("makers_rp",), "makers"),
        (_("Modal kerja"), ("capital_rp",), "capital"),
        ("PNBP", ("state_rp",), "state"),
        (_("Koperasi"), ("cooperative_rp",), "other"),
        (_("Riwayat, tidak dibagi"), ("undivided_rp",), "other"),
    )
    sums = [
        SplitPart(label, sum(getattr(part, name) for part in parts for name in names), kind)
        for label, names, kind in words
    ]
    return [part for part in sums if part.amount_rp]


@ability_required("sale.record", "GET POST")
def new_payment(request: HttpRequest, code: str) -> HttpResponse:
    """A later payment of a sale."""
    with reading(request):
        row = find_sale(code)

    def make() -> forms.Form:
        first = {"amount_rp": row.due_rp, "paid_on": clock.today(row.facility.timezone)}
        return PaymentForm(request.POST or None, initial=first)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        record_payment(by=by, sale=row, payment=PaymentInput(**facts))
        return "proceeds:sale", [code]

    return form_page(
        request, make=make, do=do, reason="sale.payment", title=_("Catat pembayaran"),
        back=reverse("proceeds:sale", args=[code]), done=_("Pembayaran tercatat."),
    )  # fmt: skip


@ability_required("sale.refund", "GET POST")
def new_refund(request: HttpRequest, code: str) -> HttpResponse:
    """A refund, whole or in part; goods that came back go into stock again."""
    with reading(request):
        row = find_sale(code)
        lines = list(row.lines.select_related("variant__product").order_by("pk"))

    def make() -> forms.Form:
        first = {"refunded_on": clock.today(row.facility.timezone)}
        return RefundForm(request.POST or None, lines=lines, initial=first)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        asked = [
            RefundLine(line.pk, facts[f"amount_{n}"], facts[f"qty_{n}"] or Decimal(0))
            for n, line in enumerate(lines)
            if facts[f"amount_{n}"]
        ]
        refund_sale(
            by=by, sale=row, refunded_on=facts["refunded_on"], reason=facts["reason"],
            method=facts["method"], lines=asked or None,
        )  # fmt: skip
        return "proceeds:sale", [code]

    return form_page(
        request, make=make, do=do, reason="sale.refund", title=_("Kembalikan uang"),
        back=reverse("proceeds:sale", args=[code]), done=_("Pengembalian tercatat."),
        context={"note": _("Tanpa jumlah, semua yang tersisa dikembalikan.")},
    )  # fmt: skip


@ability_required("stock.view")
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The nota as PDF: `?paper=a6` or `58mm`."""
    paper = request.GET.get("paper", "a6")
    if paper not in NOTA_PAPERS:
        raise Http404
    row = find_sale(code)
    return pdf_response(prints.nota_pdf(row, paper), row.code)
