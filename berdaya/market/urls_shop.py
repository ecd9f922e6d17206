"""What everybody may ask for under the neutral address."""

from django.urls import path

from berdaya.market.views import ordering, shops

ORDER = "toko/pesanan/<str:code>"

app_name = "toko"
urlpatterns = [
    path("toko", shops.shops, name="shops"),
    path("toko/gambar/<str:name>", shops.photo, name="photo"),
    path(ORDER, ordering.order, name="order"),
    path(f"{ORDER}/qris.<str:kind>", ordering.qris, name="qris"),
    path(f"{ORDER}/sudah-bayar", ordering.claim, name="claim"),
    path(f"{ORDER}/batal", ordering.cancel, name="cancel"),
    path("toko/<str:code>", shops.shop, name="shop"),
    path("toko/<str:code>/pesan", ordering.order_form, name="order_form"),
    path("toko/<str:code>/<str:goods>", shops.product, name="product"),
]
