"""The page of what was ordered, under an address nobody can guess, and what its buyer does there.

Who knows the code may read and act, so posts here need no token: a page that could forge one would
have to know the code. Browsers that keep the address to themselves (no-referrer) send no origin.
"""

import io
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

import segno
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused
from berdaya.institutions.access import shop_scope
from berdaya.institutions.qris import MOST_BILL, BadPayload, parse, with_amount
from berdaya.orders import telling
from berdaya.orders.actions.cancelling import cancel_by_buyer
from berdaya.orders.actions.claims import claim_payment
from berdaya.orders.actions.handover import confirm_received
from berdaya.orders.actions.returning import ask_return
from berdaya.orders.calc import answer_time
from berdaya.orders.forms.shop import ReturnForm
from berdaya.orders.mails import page_address
from berdaya.orders.models import Checkout, Order, OrderLine, OrderState, PaymentTerm
from berdaya.orders.models.orders import HANDED
from berdaya.orders.queries import stopped_of, with_told
from berdaya.orders.views import shop

ENDED = (OrderState.EXPIRED, OrderState.CANCELLED)
KINDS = {"svg": "image/svg+xml", "png": "image/png"}


def unnamed(view: shop.View) -> shop.View:
    """The private page of a code: its address goes into no other site's books, not even ours."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return shop.private(inner)


def _orders(checkout: Checkout) -> "QuerySet[Order]":
    rows = Order.objects.filter(checkout=checkout).order_by("code")
    return rows.select_related(
        "facility", "book__party", "qris", "bank_account", "pickup_place", "shipment",
        "contact__region__parent",
    ).prefetch_related(
        Prefetch("lines", with_told(OrderLine.objects.select_related("version__listing"))),
        "claims", "steps", "returns",
    )  # fmt: skip


@require_safe
@unnamed
def placed(request: HttpRequest, code: str) -> HttpResponse:
    """Every order of a checkout: what is, what comes, how to pay."""
    checkout = shop.checkout_of(code)
    now = clock.now()
    with shop.looking(checkout):
        orders = list(_orders(checkout))
        terms = list(PaymentTerm.objects.all())
    parts = [_section(checkout, order, terms, now) for order in orders]
    facts = {"checkout": checkout, "parts": parts, "whatsapp": _whatsapp(checkout)}
    facts["watch"] = " ".join(f"{part['order'].pk}:{part['told'].label}" for part in parts)
    return render(request, "orders/shop/placed.html", facts)


def _section(
    checkout: Checkout, order: Order, terms: list[PaymentTerm], now: Any
) -> dict[str, Any]:
    lines = list(order.lines.all())
    held_back = [] if order.is_overdue(now) else stopped_of(order, lines, now)
    is_open = order.state == OrderState.PLACED and not order.is_overdue(now)
    is_payable = is_open and not held_back
    return {
        "order": order,
        "lines": lines,
        "told": telling.tell(order, now, is_stopped=bool(held_back)),
        "held_back": held_back,
        "left": telling.minutes_left(order, now),
        "steps": telling.steps_of(order),
        "current": telling.current_step(order, now),
        "moments": telling.moments_of(order),
        "is_payable": is_payable,
        "answered_by": _answered_by(order, terms, now) if is_payable else None,
        "merchant": _merchant(order) if is_payable and order.method == "qris" else None,
        "is_over": order.state in ENDED or order.is_overdue(now),
        "is_cancellable": is_payable and not order.paid_rp,
        "slipped_to": telling.slipped_to(order),
        "is_delivered": order.state in HANDED,
        "returns": list(order.returns.all()),
        "can_return": all(one.outcome for one in order.returns.all()),
        "shipment": getattr(order, "shipment", None),
    }


def _answered_by(order: Order, terms: list[PaymentTerm], now: Any) -> Any:
    """When a claim made now would be answered at the latest."""
    day = clock.today(order.facility.timezone)
    hours = next(
        (one.answer_hours for one in terms if one.method == order.method and one.holds_on(day)), 24
    )
    return answer_time(now, hours, order.facility.timezone)


def _merchant(order: Order) -> Any:
    """What a wallet will show, to be compared; None where the payload is broken."""
    try:
        return parse(order.qris.payload_text)
    except BadPayload:
        return None


def _whatsapp(checkout: Checkout) -> str:
    """A link that opens WhatsApp with the page's address; whom it goes to is chosen there."""
    return "https://wa.me/?text=" + quote(page_address(checkout))


@require_safe
@unnamed
def qris(request: HttpRequest, code: str, order_code: str, kind: str) -> HttpResponse:
    """The order's QR, as long as it may be paid: drawn on the page, or to keep as a file."""
    checkout = shop.checkout_of(code)
    with shop.looking(checkout):
        order = get_object_or_404(_orders(checkout), code=order_code, method="qris")
    if kind not in KINDS or order.state != OrderState.PLACED or order.is_overdue(clock.now()):
        raise Http404
    try:
        text = with_amount(order.qris.payload_text, order.due_rp, order.code[-MOST_BILL:])
    except BadPayload as error:
        raise Http404 from error
    return _drawn(text, kind, f"QRIS-{order.code}")


def _drawn(text: str, kind: str, name: str) -> HttpResponse:
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind=kind, scale=8, border=4)
    response = HttpResponse(out.getvalue(), content_type=KINDS[kind])
    if kind == "png":
        response["Content-Disposition"] = f'attachment; filename="{name}.png"'
    return response


def _order(code: str, order_code: str) -> Order:
    rows = Order.objects.select_related("facility", "contact", "checkout")
    return get_object_or_404(rows, code=order_code, checkout=shop.checkout_of(code))


def _back(order: Order) -> HttpResponse:
    page = reverse("orders:placed", args=[order.checkout.code])
    return shop.see_other(f"{page}#{order.code}")


def _pressed(do: Callable[[Actor, Order], Any]) -> shop.View:
    """A button of an order's section: one action, and back to the section."""

    @csrf_exempt
    @require_POST
    @unnamed
    @shop.told("orders:placed")
    @wraps(do)
    def inner(request: HttpRequest, code: str, order_code: str) -> HttpResponse:
        with shop_scope() as by:
            order = _order(code, order_code)
            do(by, order)
        return _back(order)

    return inner


@_pressed
def claim(by: Actor, order: Order) -> None:
    """ "Saya sudah bayar"."""
    claim_payment(by=by, order=order, device=str(order.checkout.cart_id or ""))


@_pressed
def cancel(by: Actor, order: Order) -> None:
    """While nothing is paid, or when it becomes later than promised, the buyer may cancel."""
    cancel_by_buyer(by=by, order=order)


@_pressed
def received(by: Actor, order: Order) -> None:
    """ "Sudah saya terima"."""
    confirm_received(by=by, order=order)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@unnamed
@shop.told("orders:placed")
def asked_return(request: HttpRequest, code: str, order_code: str) -> HttpResponse:
    """How many of what come back, and why; the desk answers."""
    checkout = shop.checkout_of(code)
    with shop.looking(checkout):
        order = get_object_or_404(_orders(checkout), code=order_code)
    form = ReturnForm(list(order.lines.all()), request.POST or None)
    facts = {"form": form, "order": order, "checkout": checkout}
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "orders/shop/return.html", facts, status=status)
    try:
        _ask(code, order_code, form)
    except Refused as refused:
        facts["verdict"] = refused.verdict
        return render(request, "orders/shop/return.html", facts, status=409)
    return _back(order)


def _ask(code: str, order_code: str, form: ReturnForm) -> None:
    with shop_scope() as by:
        pieces, reason = form.pieces(), form.cleaned_data["reason"]
        ask_return(by=by, order=_order(code, order_code), pieces=pieces, reason=reason)
