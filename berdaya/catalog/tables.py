"""The list of what is offered, and its states."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from berdaya.catalog.calc import spoken
from berdaya.core import clock
from berdaya.look.tables import Column, Empty, Filter, State, Table

STATES: dict[str, State] = {
    "proposed": State(_lazy("Diusulkan"), "warn"),
    "shown": State(_lazy("Tayang"), "done"),
    "lapsed": State(_lazy("Tidak tayang: izin"), "bad"),
    "withdrawn": State(_lazy("Ditarik"), "off"),
    "not_yet": State(_lazy("Belum tayang"), "off"),
}
OUTCOMES: dict[str, State] = {
    "waiting": State(_lazy("Menunggu Kepala"), "warn"),
    "approved": State(_lazy("Disetujui"), "done"),
    "declined": State(_lazy("Dikembalikan"), "bad"),
}
CHOICES = (
    ("diusulkan", _lazy("Usulan menunggu")),
    ("tayang", _lazy("Tayang")),
    ("habis-izin", _lazy("Habis izin")),
    ("ditarik", _lazy("Ditarik")),
    ("belum", _lazy("Belum pernah tayang")),
)


def in_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Listings (through queries.listing_states) in one of CHOICES."""
    if value == "diusulkan":
        return rows.filter(newest_outcome="waiting")
    if value == "belum":
        return rows.filter(current__isnull=True)
    return rows.filter(
        state={"tayang": "shown", "habis-izin": "lapsed", "ditarik": "withdrawn"}[value]
    )


def _name(row: Any) -> str:
    return spoken(row.newest_name or row.slug, row.newest_name_en or "")


def _price(row: Any) -> int | None:
    return row.price_rp or None


def _until(row: Any) -> Any:
    """The last day in sight on which it may be shown."""
    if row.current_id is None or row.lawful_until is None:
        return None
    return clock.last_day_before(row.lawful_until, row.facility.timezone)


class ListingTable(Table):
    """What was ever proposed to the public, by name."""

    name = "tayang"
    caption = _lazy("Barang yang ditayangkan")
    columns = (
        Column(
            "barang",
            _lazy("Barang"),
            value=_name,
            url=lambda row: reverse("catalog:listing", args=[row.slug]),
            sort="newest_name",
        ),
        Column("unit", _lazy("UPT"), field="facility.code"),
        Column("harga", _lazy("Harga tayang"), "amount", value=_price, sort="price_rp"),
        Column("keadaan", _lazy("Keadaan"), "state", field="state", states=STATES),
        Column(
            "usulan", _lazy("Usulan terakhir"), "state", field="newest_outcome", states=OUTCOMES
        ),
        Column("sampai", _lazy("Boleh sampai"), "date", value=_until, sort="lawful_until"),
    )
    search = (
        "newest_name__icontains",
        "newest_name_en__icontains",
        "variant__sku__icontains",
        "variant__product__name__icontains",
    )
    search_label = _lazy("Cari barang")
    filters = (Filter("keadaan", _lazy("Keadaan"), CHOICES, apply=in_state),)
    default_sort = ("newest_name", "pk")
    empty = Empty(
        _lazy("Belum ada barang yang ditayangkan"),
        _lazy("Pilih barang, tulis ceritanya, lalu Kepala menyetujuinya lewat ponsel."),
        good="cloth",
    )
