"""Lists of the UMKM side: applications, and the shops that came of them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core import clock
from berdaya.look.tables import Column, Empty, Filter, State, Table
from berdaya.market.models import ApplicationState, ShopState, Trade

SENT = {
    "waiting": State(ApplicationState.WAITING.label, "warn"),
    "asked": State(ApplicationState.ASKED.label, "warn"),
    "admitted": State(ApplicationState.ADMITTED.label, "done"),
    "declined": State(ApplicationState.DECLINED.label, "off"),
}
OPENED = {
    "admitted": State(ShopState.ADMITTED.label, "done"),
    "paused": State(ShopState.PAUSED.label, "warn"),
    "closed": State(ShopState.CLOSED.label, "off"),
}
REGION = Column("wilayah", _lazy("Kabupaten atau kota"), field="region.name", sort="region__name")
TRADE = Column(
    "jenis", _lazy("Yang dijual"), value=lambda row: str(row.get_trade_display()), sort="trade"
)


class ApplicationTable(Table):
    """Applications of the officer's regions."""

    name = "pendaftaran-usaha"
    caption = _lazy("Pendaftaran usaha sendiri")
    columns = (
        Column(
            "usaha",
            _lazy("Usaha"),
            field="shop_name",
            url=lambda row: reverse("market:application", args=[row.pk]),
        ),
        TRADE,
        REGION,
        Column(
            "dikirim",
            _lazy("Dikirim"),
            "date",
            value=lambda row: clock.local(row.sent_at).date(),
            sort="sent_at",
        ),
        Column("keadaan", _lazy("Keadaan"), "state", field="state", states=SENT),
    )
    search = ("shop_name__icontains", "region__name__icontains")
    search_label = _lazy("Cari usaha atau wilayah")
    filters = (
        Filter("keadaan", _lazy("Keadaan"), ApplicationState.choices, field="state"),
        Filter("jenis", _lazy("Yang dijual"), Trade.choices, field="trade"),
    )
    default_sort = ("-sent_at", "pk")
    empty = Empty(
        _lazy("Belum ada pendaftaran"),
        _lazy("Siapa pun mendaftar lewat formulir di alamat netral; kirimannya muncul di sini."),
        good="basket",
    )


class ShopTable(Table):
    """Shops of the officer's regions."""

    name = "toko-usaha"
    caption = _lazy("Toko usaha sendiri")
    columns = (
        Column(
            "toko",
            pgettext_lazy("market", "Toko"),
            field="name",
            url=lambda row: reverse("market:shop", args=[row.pk]),
        ),
        TRADE,
        REGION,
        Column("keadaan", _lazy("Keadaan"), "state", field="state", states=OPENED),
    )
    search = ("name__icontains", "region__name__icontains")
    search_label = _lazy("Cari usaha atau wilayah")
    filters = (
        Filter("keadaan", _lazy("Keadaan"), ShopState.choices, field="state"),
        Filter("jenis", _lazy("Yang dijual"), Trade.choices, field="trade"),
    )
    default_sort = ("name", "pk")
    empty = Empty(
        _lazy("Belum ada toko"),
        _lazy("Terima sebuah pendaftaran; tokonya muncul di sini."),
        good="basket",
    )
