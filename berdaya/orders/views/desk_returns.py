"""Returns at the desk: the list, one return, its decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import (
    Address,
    can_decide,
    form_page,
    seen,
)
from berdaya.orders.actions.returning import ask_return
from berdaya.orders.actions.settling import accept_return, left_to_refund, refuse_return, took_part
from berdaya.orders.forms.desk import AcceptForm, ReasonForm, ReturnForm
from berdaya.orders.models import GoodsReturn
from berdaya.orders.tables import RETURN_STATES, ReturnTable
from berdaya.orders.views.desk_shared import (
    find_order,
    order_url,
)
from berdaya.proceeds.calc import AGREEMENT


@ability_required("order.view")
def returns(request: HttpRequest) -> HttpResponse:
    """Every return of the facilities on view."""
    rows = GoodsReturn.objects.filter(facility__in=seen(request))
    context = {"facility": request.facility}  # type: ignore[attr-defined]
    table = ReturnTable(request, rows.select_related("order", "refund"))
    return table.response("orders/desk/list.html", context)


@ability_required("order.fulfil", "GET POST")
def new_return(request: HttpRequest, code: str) -> HttpResponse:
    """The buyer called: write down what comes back."""
    with reading(request):
        row = find_order(code)
        lines = list(row.lines.select_related("version").order_by("pk"))
        form = ReturnForm(request.POST or None, lines=lines)
        is_valid = request.method == "POST" and form.is_valid()
    if is_valid:
        with acting(request.actor, "order.return") as scope:  # type: ignore[attr-defined]
            pieces, why = form.wanted(), form.cleaned_data["reason"]
            made = ask_return(by=scope.actor, order=row, pieces=pieces, reason=why)
        messages.success(request, _("Tercatat. Bendahara atau Kepala UPT memutuskannya."))
        return redirect("orders:return", made.code)
    context = {
        "facility": row.facility, "form": form, "back": order_url(code),
        "title": f"{_('Catat retur')} · {row.code}",
    }  # fmt: skip
    with reading(request):
        status = 422 if form.is_bound else 200
        return render(request, "look/form_page.html", context, status=status)


def _find(code: str) -> GoodsReturn:
    rows = GoodsReturn.objects.select_related(
        "facility", "order__facility", "order__book", "order__shipment__sale", "refund",
        "decided_by",
    )  # fmt: skip
    return get_object_or_404(rows, code=code)


def _form(request: HttpRequest, row: GoodsReturn, lines: list[Any]) -> AcceptForm:
    order, sale = row.order, row.order.shipment.sale
    left = left_to_refund(order)
    is_returnable = sale.regime == AGREEMENT and not order.shipping_back_rp
    shipping = min(order.shipping_rp, left - int(sum(_price(line) for line in lines)))
    first = {"refunded_on": clock.today(row.facility.timezone), "method": order.method}
    return AcceptForm(
        request.POST or None, lines=lines, initial=first, left_rp=left,
        shipping_rp=max(shipping, 0) if is_returnable else 0,
    )  # fmt: skip


def _price(line: Any) -> Any:
    return line.qty * line.line.unit_price_rp


@ability_required("order.view", "GET POST")
def goods_return(request: HttpRequest, code: str) -> HttpResponse:
    """One return; whoever may refund decides on it."""
    with reading(request):
        row = _find(code)
        lines = list(row.lines.select_related("line__version").order_by("pk"))
        form = _form(request, row, lines)
        is_valid = request.method == "POST" and form.is_valid()
    if is_valid:
        with acting(request.actor, "order.return_accept") as scope:  # type: ignore[attr-defined]
            facts = form.cleaned_data
            accept_return(
                by=scope.actor, goods_return=row, settled=form.settled(),
                refunded_on=facts["refunded_on"], method=facts["method"], answer=facts["answer"],
                shipping_reference=facts.get("shipping_reference", ""),
            )  # fmt: skip
        messages.success(request, _("Retur diterima dan uangnya dibukukan kembali."))
        return redirect("orders:return", code)
    context = {
        "facility": row.facility,
        "return": row,
        "state": RETURN_STATES[row.outcome],
        "lines": lines,
        "form": form,
        "can_decide": not row.outcome
        and can_decide(request, "sale.refund", row.facility_id, *took_part(row)),
    }
    with reading(request):
        status = 422 if form.is_bound else 200
        return render(request, "orders/desk/return.html", context, status=status)


@ability_required("sale.refund", "GET POST")
def return_refusal(request: HttpRequest, code: str) -> HttpResponse:
    """Say no, with a reason."""
    with reading(request):
        row = _find(code)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        refuse_return(by=by, goods_return=row, answer=facts["reason"])
        return "orders:return", [code]

    return form_page(
        request, make=lambda: ReasonForm(request.POST or None), do=do,
        reason="order.return_refuse", title=f"{_('Tolak retur')} · {code}",
        back=reverse("orders:return", args=[code]), done=_("Ditolak, dengan alasannya."),
        context={"facility": row.facility},
    )  # fmt: skip
