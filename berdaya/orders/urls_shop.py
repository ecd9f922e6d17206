"""Addresses of the buyer: cart, checkout and the page of what was ordered."""

from django.urls import URLPattern, path

from berdaya.orders.views import cart, checkout, placed

ORDER = "pesanan/<str:code>/<slug:order_code>"
shop_patterns: list[URLPattern] = [
    path("keranjang/", cart.cart, name="cart"),
    path("keranjang/isi/", cart.put_in_cart, name="put_in_cart"),
    path("keranjang/ubah/", cart.change_cart, name="change_cart"),
    path("keranjang/pesan/", checkout.checkout, name="checkout"),
    path("keranjang/wilayah/", checkout.regions, name="regions"),
    path("pesanan/<str:code>/", placed.placed, name="placed"),
    path(f"{ORDER}/qris.<slug:kind>", placed.qris, name="qris"),
    path(f"{ORDER}/klaim/", placed.claim, name="claim"),
    path(f"{ORDER}/batal/", placed.cancel, name="cancel"),
    path(f"{ORDER}/retur/", placed.asked_return, name="ask_return"),
    path(f"{ORDER}/terima/", placed.received, name="received"),
]
