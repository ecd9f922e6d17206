"""Where sellers work, under the neutral address too."""

from django.urls import path

from berdaya.market.views import entering, own, own_book, own_goods, own_orders

ORDER = "usaha/pesanan/<str:code>"
PRODUCT = "usaha/barang/<str:code>"

app_name = "usaha"
urlpatterns = [
    path("usaha", own.overview, name="home"),
    path("usaha/mulai", entering.start, name="start"),
    path("usaha/daftar", entering.apply, name="apply"),
    path("usaha/pendaftaran/<str:code>", entering.application, name="application"),
    path("usaha/undangan", entering.invitation, name="invitation"),
    path("usaha/masuk", entering.sign_in, name="sign_in"),
    path("usaha/keluar", entering.sign_out, name="sign_out"),
    path("usaha/toko", own.profile, name="profile"),
    path("usaha/bayaran", own.payee, name="payee"),
    path("usaha/izin", own.permits, name="permits"),
    path("usaha/barang", own_goods.products, name="products"),
    path("usaha/barang-baru", own_goods.new_product, name="new_product"),
    path(PRODUCT, own_goods.product, name="product"),
    path(f"{PRODUCT}/foto", own_goods.new_photo, name="new_photo"),
    path("usaha/foto/<str:name>", own_goods.own_photo, name="own_photo"),
    path("usaha/foto/<str:name>/hapus", own_goods.photo_removal, name="photo_removal"),
    path("usaha/pesanan", own_orders.orders, name="orders"),
    path(ORDER, own_orders.order, name="order"),
    path(f"{ORDER}/lunas", own_orders.paid, name="paid"),
    path(f"{ORDER}/belum-masuk", own_orders.not_paid, name="not_paid"),
    path(f"{ORDER}/dikemas", own_orders.packed, name="packed"),
    path(f"{ORDER}/diserahkan", own_orders.handed, name="handed"),
    path(f"{ORDER}/dikembalikan", own_orders.refunded, name="refunded"),
    path(f"{ORDER}/batal", own_orders.cancelled, name="cancelled"),
    path("usaha/buku", own_book.book, name="book"),
    path("usaha/buku/berkas", own_book.file, name="book_file"),
    path("usaha/buku/catat", own_book.new_row, name="new_row"),
    path("usaha/buku/<uuid:pk>/betulkan", own_book.reversal, name="reversal"),
]
