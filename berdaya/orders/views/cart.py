"""The cart: what is in it, put in, changed; no account and no token."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from berdaya.catalog.models import Listing
from berdaya.core import clock
from berdaya.core.http import own_pages_only
from berdaya.institutions.access import public_scope, shop_scope
from berdaya.orders.actions import carts
from berdaya.orders.baskets import basket_of, last_checkout
from berdaya.orders.views import shop


@require_safe
@shop.private
def cart(request: HttpRequest) -> HttpResponse:
    """Lines by seller and place, with every change since they were put in."""
    key = shop.cart_key(request)
    with public_scope():
        basket = basket_of(key, clock.now())
    placed = None if basket.lines else last_checkout(key)
    return render(request, "orders/shop/cart.html", {"basket": basket, "placed": placed})


@own_pages_only(shop.foreign)
@require_POST
@shop.private
@shop.told("orders:cart")
def put_in_cart(request: HttpRequest) -> HttpResponse:
    """So many pieces of a listing more; a browser without a cart gets one."""
    with shop_scope() as by:
        rows = Listing.objects.select_related("current")
        listing = get_object_or_404(rows, slug=slugify(request.POST.get("listing", "")))
        qty = shop.whole(request.POST.get("qty"), 1)
        mine = carts.put_in_cart(by=by, cart=shop.open_cart(request), listing=listing, qty=qty)
    return shop.keep_cart(shop.see_other(reverse("orders:cart")), mine)


@own_pages_only(shop.foreign)
@require_POST
@shop.private
@shop.told("orders:cart")
def change_cart(request: HttpRequest) -> HttpResponse:
    """Another quantity, a line taken out, or the prices as they are now accepted."""
    mine, do = shop.open_cart(request), request.POST.get("do", "ubah")
    if mine is not None:
        with shop_scope() as by:
            if do == "setuju":
                carts.accept_prices(by=by, cart=mine)
            else:
                listing_id = shop.whole(request.POST.get("listing"), 0)
                qty = 0 if do == "hapus" else shop.whole(request.POST.get("qty"), 1)
                carts.change_qty(by=by, cart=mine, listing_id=listing_id, qty=qty)
    return shop.see_other(reverse("orders:cart"))
