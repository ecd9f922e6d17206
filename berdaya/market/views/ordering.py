"""Ordering without an account, and the order's page under an address nobody can guess."""

import io
from collections.abc import Callable
from functools import wraps
from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from berdaya.core import clock
from berdaya.core.http import takes
from berdaya.core.rates import is_too_often
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused
from berdaya.core.views import errors
from berdaya.institutions.qris import BadPayload, parse, with_amount
from berdaya.market.access import market_scope, market_view
from berdaya.market.actions.ordering import cancel_order, claim_payment, place_order
from berdaya.market.forms.buying import FETCH, OrderForm
from berdaya.market.models import Method, Order, OrderState
from berdaya.market.queries import open_shops, order_with, shown_products
from berdaya.market.views.shared import View, found, own_form, private

KINDS = {"svg": "image/svg+xml", "png": "image/png"}
A_MINUTE = 10
STEPS = (
    (OrderState.PLACED, OrderState.CLAIMED),
    (OrderState.PAID,),
    (OrderState.PACKED,),
    (OrderState.HANDED_OVER,),
)


@own_form
@takes("GET POST")
def order_form(request: HttpRequest, code: str) -> HttpResponse:
    """How many of what, who you are, how it is paid. No cache may keep it: its key is one order."""
    with market_view():
        shop = get_object_or_404(open_shops(), code=code)
        products = shown_products(shop, clock.today())
    if request.method == "POST" and is_too_often(request, "market-order", A_MINUTE):
        return errors.too_many(request)
    form = OrderForm(shop, products, request.POST or None)
    wished = request.GET.get("barang", "")
    facts: dict[str, Any] = {"form": form, "shop": shop, "wished": wished}
    if form.is_bound and form.is_valid():
        try:
            return redirect("toko:order", code=_place(shop, form).code)
        except Refused as refused:
            facts["verdict"] = refused.verdict
            return render(request, "market/shop/order_form.html", facts, status=409)
    status = 422 if form.is_bound else 200
    return render(request, "market/shop/order_form.html", facts, status=status)


def _place(shop: Any, form: OrderForm) -> Order:
    told = form.cleaned_data
    with market_scope() as by:
        return place_order(
            by=by,
            shop=shop,
            request_key=told["request_key"],
            wanted=form.wanted(),
            buyer=form.buyer(),
            method=told["method"],
            is_pickup=told["way"] == FETCH,
            language=get_language() or "id",
        )


def unnamed(view: View) -> View:
    """The private page of a code: its address goes into no other site's books."""

    @private
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return inner


@takes("GET")
@unnamed
def order(request: HttpRequest, code: str) -> HttpResponse:
    """What is, what comes next, how to pay."""
    with market_view():
        row = found(order_with(code))
        return render(request, "market/shop/order.html", _facts(row))


def _facts(row: Order) -> dict[str, Any]:
    now = clock.now()
    is_over = row.is_overdue(now)
    state = OrderState.EXPIRED if is_over else OrderState(row.state)
    at = next((place for place, states in enumerate(STEPS) if state in states), -1)
    names = (_("Bayar"), _("Disiapkan"), _("Dikemas"), _("Diserahkan"))
    return {
        "order": row,
        "shop": row.shop,
        "lines": list(row.lines.all()),
        "state": state.value,
        "label": state.label,
        "steps": [
            (name, "done" if place < at or at == 3 else "now" if place == at else "")
            for place, name in enumerate(names)
        ]
        if at >= 0
        else [],
        "is_payable": row.state in (OrderState.PLACED, OrderState.CLAIMED) and not is_over,
        "merchant": _merchant(row),
        "bank": row.payee.split("\n") if row.method == Method.TRANSFER else [],
    }


def _merchant(row: Order) -> Any:
    """What a wallet will show, to be compared."""
    try:
        return parse(row.payee) if row.method == Method.QRIS else None
    except BadPayload:
        return None


@takes("GET")
@unnamed
def qris(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The order's own QR with its amount, as long as it may be paid."""
    with market_view():
        row = found(order_with(code))
    is_payable = row.state == OrderState.PLACED and not row.is_overdue(clock.now())
    if kind not in KINDS or row.method != Method.QRIS or not is_payable:
        raise Http404
    try:
        text = with_amount(row.payee, row.total_rp, row.code)
    except BadPayload as error:
        raise Http404 from error
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind=kind, scale=8, border=4)
    return HttpResponse(out.getvalue(), content_type=KINDS[kind])


def _pressed(do: Callable[[Actor, Order], None]) -> View:
    """A buyer's button. Whoever knows the code may press it, so it needs no token."""

    @csrf_exempt
    @takes("POST")
    @unnamed
    @wraps(do)
    def inner(request: HttpRequest, code: str) -> HttpResponse:
        with market_scope() as by:
            do(by, found(order_with(code)))
        return redirect("toko:order", code=code)

    return inner


@_pressed
def claim(by: Actor, row: Order) -> None:
    """ "Saya sudah bayar"."""
    claim_payment(by=by, order=row)


@_pressed
def cancel(by: Actor, row: Order) -> None:
    """What nobody paid may be cancelled."""
    cancel_order(by=by, order=row)
