"""The list of what is offered, and its states."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from berdaya.catalog.calc import spoken
from berdaya.catalog.models import PhotoOutcome
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
PHOTO_STATES: dict[str, State] = {
    "waiting": State(_lazy("Menunggu orang kedua"), "warn"),
    "safe": State(_lazy("Aman"), "done"),
    "refused": State(_lazy("Ditolak"), "bad"),
    "withdrawn": State(_lazy("Ditarik"), "off"),
}
PHOTO_CHOICES = (
    ("menunggu", _lazy("Menunggu orang kedua")),
    ("aman", _lazy("Aman")),
    ("ditolak", _lazy("Ditolak")),
    ("ditarik", _lazy("Ditarik")),
)
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


def in_photo_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Photos in one of PHOTO_CHOICES."""
    if value == "menunggu":
        return rows.filter(review__isnull=True, withdrawal__isnull=True)
    if value == "ditarik":
        return rows.filter(withdrawal__isnull=False)
    outcome = {"aman": PhotoOutcome.SAFE, "ditolak": PhotoOutcome.REFUSED}[value]
    return rows.filter(review__outcome=outcome, withdrawal__isnull=True)


def _uploaded(row: Any) -> Any:
    """The day there."""
    return clock.local(row.uploaded_at, row.facility.timezone).date()


def _seen_by(row: Any) -> str:
    review = getattr(row, "review", None)
    return review.reviewed_by.display_name if review and review.reviewed_by else ""


class PhotoTable(Table):
    """Every photo ever uploaded, the newest first."""

    name = "foto"
    caption = _lazy("Foto barang")
    columns = (
        Column(
            "gambar",
            _lazy("Apa yang tampak"),
            value=lambda row: spoken(row.alt, row.alt_en),
            url=lambda row: reverse("catalog:photo_page", args=[row.pk]),
            sort="alt",
        ),
        Column("unit", _lazy("UPT"), field="facility.code"),
        Column("keadaan", _lazy("Keadaan"), "state", field="state", states=PHOTO_STATES, sort=""),
        Column("unggah", _lazy("Diunggah"), "date", value=_uploaded, sort="uploaded_at"),
        Column("oleh", _lazy("Oleh"), field="uploaded_by.display_name"),
        Column("kedua", _lazy("Orang kedua"), value=_seen_by, sort="review__reviewed_by"),
    )
    search = ("alt__icontains", "alt_en__icontains")
    search_label = _lazy("Cari foto")
    filters = (Filter("keadaan", _lazy("Keadaan"), PHOTO_CHOICES, apply=in_photo_state),)
    default_sort = ("-uploaded_at", "-pk")
    empty = Empty(
        _lazy("Belum ada foto"),
        _lazy("Foto diunggah pada usulan tayang, lalu diperiksa orang kedua."),
        good="cloth",
    )


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
