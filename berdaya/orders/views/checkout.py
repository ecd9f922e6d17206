"""The checkout: one form for everything; what was typed is never lost."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from berdaya.core import clock
from berdaya.core.http import own_pages_only
from berdaya.core.verdicts import Reason, Refused, Verdict
from berdaya.institutions.access import public_scope, shop_scope
from berdaya.orders import rules
from berdaya.orders.actions.placing import place_checkout
from berdaya.orders.baskets import Basket, basket_of
from berdaya.orders.forms.shop import CheckoutForm, Regions, delivery_name, fetched_places
from berdaya.orders.models import Checkout
from berdaya.orders.queries import METHODS
from berdaya.orders.quotes import Quote, parcels_of, quotes_for
from berdaya.orders.views import shop


@dataclass(frozen=True)
class Opened:
    """The cart as it is now, quoted for what was chosen so far."""

    basket: Basket
    quotes: list[Quote]
    regions: Regions

    def form(self, data: Any = None, **kept: Any) -> CheckoutForm:
        """The form; `kept` shows what was typed without judging it."""
        first = {"request_key": self.basket.key, "method": self._only_method()}
        initial = first | {name: kept[name] for name in kept if name != "request_key"}
        return CheckoutForm(self.regions, self.quotes, data, initial=initial)

    def _only_method(self) -> str:
        offered = [code for code in METHODS if all(one.may_pay(code).ok for one in self.quotes)]
        return offered[0] if len(offered) == 1 else ""


def _open(request: HttpRequest, data: Any) -> Opened:
    with public_scope():
        basket = basket_of(shop.cart_key(request), clock.now())
        regions = Regions.of(data)
        parcels = parcels_of((line.listing, line.qty) for line in basket.lines)
        where = regions.district or regions.regency
        return Opened(basket, quotes_for(parcels, where, fetched_places(data)), regions)


@shop.private
@own_pages_only(shop.foreign)
@require_http_methods(["GET", "HEAD", "POST"])
@shop.told("orders:cart")
def checkout(request: HttpRequest) -> HttpResponse:
    """Ask for everything at once; posted, place all orders or none."""
    if request.method == "POST":
        return _placed(request) or _place(request)
    opened = _open(request, {})
    if not opened.basket.is_ready:
        return shop.see_other(reverse("orders:cart"))
    return _page(request, opened, opened.form())


def _placed(request: HttpRequest) -> HttpResponse | None:
    """The same form posted again leads to the same orders."""
    key = _key(request)
    found = Checkout.objects.filter(request_key=key).first() if key else None
    return shop.see_other(reverse("orders:placed", args=[found.code])) if found else None


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("request_key", ""))
    except ValueError:
        return None


def _place(request: HttpRequest) -> HttpResponse:
    opened, kept = _open(request, request.POST), request.POST.dict()
    if not opened.basket.lines:
        return shop.see_other(reverse("orders:cart"))
    if "langkah" in request.POST:
        return _page(request, opened, opened.form(**kept))
    if opened.basket.key != _key(request):
        return _refused(request, opened, Verdict((rules.cart_changed(),)), kept)
    form = opened.form(request.POST)
    if not form.is_valid():
        return _page(request, opened, form, status=422)
    try:
        placed = _do(request, opened, form)
    except Refused as refused:
        return _refused(request, _open(request, request.POST), refused.verdict, kept)
    return shop.see_other(reverse("orders:placed", args=[placed.code]))


def _do(request: HttpRequest, opened: Opened, form: CheckoutForm) -> Checkout:
    with shop_scope() as by:
        return place_checkout(
            by=by,
            request_key=form.cleaned_data["request_key"],
            wanted=opened.basket.wanted,
            buyer=form.buyer(),
            method=form.cleaned_data["method"],
            language=get_language() or "id",
            pickup_facility_ids=[one.parcel.facility.pk for one in opened.quotes if one.is_pickup],
            cart=shop.open_cart(request),
        )


def _refused(
    request: HttpRequest, opened: Opened, verdict: Verdict, kept: dict[str, Any]
) -> HttpResponse:
    return _page(request, opened, opened.form(**kept), status=409, verdict=verdict)


def _page(
    request: HttpRequest, opened: Opened, form: CheckoutForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    return render(request, "orders/shop/checkout.html", _facts(opened, form) | more, status=status)


def _facts(opened: Opened, form: CheckoutForm) -> dict[str, Any]:
    quotes = opened.quotes
    asked: set[int] = set()
    parcels = []
    for quote in quotes:
        place = quote.parcel.facility.pk
        name = delivery_name(quote)
        field = form[name] if name in form.fields and place not in asked else None
        asked.add(place)
        parcels.append((quote, field))
    return {
        "basket": opened.basket,
        "form": form,
        "parcels": parcels,
        "refused_methods": _not_taken(quotes),
        "goods_rp": sum(quote.parcel.goods_rp for quote in quotes),
        "shipping_rp": sum(quote.shipping_rp or 0 for quote in quotes),
        "total_rp": sum(quote.total_rp for quote in quotes),
        "is_known": all(quote.shipping_rp is not None for quote in quotes),
        "is_placed_known": bool(opened.regions.regency),
        "can_fetch": any(field for _quote, field in parcels),
    }


def _not_taken(quotes: list[Quote]) -> list[tuple[str, Reason]]:
    """Methods that are not offered for this cart, each with its first reason."""
    reasons = []
    for method in METHODS:
        found = (quote.may_pay(method).first for quote in quotes)
        reason = next((one for one in found if one), None)
        if reason:
            reasons.append((method, reason))
    return reasons


@require_safe
@shop.private
@shop.told("orders:cart")
def regions(request: HttpRequest) -> HttpResponse:
    """The picker's lists and the totals for what is chosen; regions only, nothing of the buyer."""
    opened = _open(request, request.GET)
    form = opened.form(**request.GET.dict())
    return render(request, "orders/shop/regions.html", _facts(opened, form))
