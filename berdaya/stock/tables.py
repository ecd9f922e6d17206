"""The lists of the stock room."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core import clock
from berdaya.goods.models import Category
from berdaya.look.tables import Column, Empty, Filter, State, Table
from berdaya.stock.models import Lot, PlaceKind, StockLevel

SOON_DAYS = 30
PASS_STATES = {
    "waiting": State(_lazy("Menunggu Kepala"), "warn"),
    "approved": State(_lazy("Diizinkan"), "done"),
    "declined": State(_lazy("Tidak diizinkan"), "bad"),
    "withdrawn": State(_lazy("Dicabut"), "bad"),
}
EXPIRY = (
    ("segera", _lazy("30 hari lagi atau kurang")),
    ("lewat", _lazy("Sudah lewat")),
)
KEPT = {True: State(_lazy("Masih dipakai"), "done"), False: State(_lazy("Tidak lagi"), "off")}


def lot_address(lot: Lot) -> str:
    """Where a lot is shown."""
    return reverse("stock:lot", args=[lot.code])


def categories() -> list[tuple[str, str]]:
    """Every category, as the catalogue orders them."""
    return [(row.code, row.label) for row in Category.objects.all()]


def by_expiry(rows: QuerySet[StockLevel], value: str) -> QuerySet[StockLevel]:
    """Levels that expire soon, or have expired."""
    today = clock.today()
    if value == "lewat":
        return rows.filter(lot__expires_on__lt=today)
    return rows.filter(lot__expires_on__range=(today, today + timedelta(days=SOON_DAYS)))


class LevelTable(Table):
    """What lies where, by lot and place."""

    name = "stok"
    caption = _lazy("Stok menurut lot dan tempat")
    columns = (
        Column(
            "barang",
            _lazy("Barang"),
            value=lambda row: row.lot.variant.label,
            url=lambda row: reverse("stock:card", args=[row.lot.variant_id]),
            sort="lot__variant__name",
        ),
        Column("lot", _lazy("Lot"), field="lot.code", url=lambda row: lot_address(row.lot)),
        Column("tempat", _lazy("Tempat"), field="place.name"),
        Column("ada", _lazy("Ada"), "qty", field="on_hand"),
        Column("dipesan", pgettext_lazy("stock", "Dipesan"), "qty", field="reserved"),
        Column("satuan", _lazy("Satuan"), value=lambda row: row.lot.variant.measure.label),
        Column("sebelum", _lazy("Baik sebelum"), "date", field="lot.expires_on"),
        Column("harga", _lazy("Harga daftar"), "amount", field="lot.variant.list_price_rp"),
    )
    search = (
        "lot__code__icontains",
        "lot__variant__name__icontains",
        "lot__variant__name_en__icontains",
        "lot__variant__sku__icontains",
        "place__name__icontains",
    )
    search_label = _lazy("Cari barang, lot, atau tempat")
    filters = (
        Filter("jenis", _lazy("Jenis tempat"), PlaceKind.choices, field="place__kind"),
        Filter(
            "kategori",
            _lazy("Kategori"),
            categories,
            field="lot__variant__product__category__code",
        ),
        Filter("habis", _lazy("Masa simpan"), EXPIRY, apply=by_expiry),
    )
    default_sort = ("lot__variant__name", "lot_id", "pk")
    empty = Empty(
        _lazy("Belum ada stok"),
        _lazy("Stok masuk sendiri ketika sebuah batch ditutup menjadi lot."),
        good="basket",
    )


class LotTable(Table):
    """Lots, newest first."""

    name = "lot"
    caption = _lazy("Lot")
    columns = (
        Column("kode", _lazy("Kode produksi"), field="code", url=lot_address),
        Column(
            "barang", _lazy("Barang"), value=lambda row: row.variant.label, sort="variant__name"
        ),
        Column("jadi", _lazy("Selesai dibuat"), "date", field="made_on"),
        Column("jumlah", _lazy("Jumlah jadi"), "qty", field="made_qty"),
        Column("sisa", _lazy("Masih ada"), "qty", field="left_qty"),
        Column("sebelum", _lazy("Baik sebelum"), "date", field="expires_on"),
    )
    search = ("code__icontains", "variant__name__icontains", "variant__sku__icontains")
    search_label = _lazy("Cari kode atau barang")
    filters = (
        Filter("kategori", _lazy("Kategori"), categories, field="variant__product__category__code"),
    )
    default_sort = ("-made_on", "-pk")
    empty = Empty(
        _lazy("Belum ada lot"),
        _lazy("Tutup sebuah batch; hasilnya menjadi lot di sini."),
        good="jar",
    )


class PlaceTable(Table):
    """Places with how many lots lie there."""

    name = "tempat"
    caption = _lazy("Tempat")
    columns = (
        Column(
            "nama",
            _lazy("Tempat"),
            field="name",
            url=lambda row: reverse("stock:place", args=[row.pk]),
        ),
        Column("jenis", _lazy("Jenis"), value=lambda row: row.get_kind_display(), sort="kind"),
        Column("penerima", _lazy("Penerima titipan"), field="party.name"),
        Column("upt", _lazy("UPT"), field="facility.name"),
        Column("lot", _lazy("Lot berisi"), "number", field="lot_count"),
        Column("keadaan", _lazy("Keadaan"), "state", field="is_active", states=KEPT),
    )
    search = ("name__icontains", "party__name__icontains")
    search_label = _lazy("Cari tempat")
    filters = (Filter("jenis", _lazy("Jenis"), PlaceKind.choices, field="kind"),)
    default_sort = ("name", "pk")
    empty = Empty(
        _lazy("Belum ada tempat"),
        _lazy("Catat gudang dan galeri, supaya hasil produksi punya tempat."),
        good="basket",
    )


class CountTable(Table):
    """Counts, newest first."""

    name = "opname"
    caption = _lazy("Stok opname")
    columns = (
        Column(
            "tanggal",
            _lazy("Tanggal"),
            "date",
            field="day",
            url=lambda row: reverse("stock:count", args=[row.pk]),
        ),
        Column("tempat", _lazy("Tempat"), field="place.name"),
        Column("lot", _lazy("Lot dihitung"), "number", field="line_count"),
        Column("selisih", _lazy("Lot berselisih"), "number", field="off_count"),
        Column("alasan", _lazy("Alasan selisih"), field="reason"),
    )
    search = ("place__name__icontains", "reason__icontains")
    search_label = _lazy("Cari tempat atau alasan")
    default_sort = ("-day", "-pk")
    empty = Empty(
        _lazy("Belum ada opname"),
        _lazy("Pilih satu tempat, hitung isinya, tulis hasilnya."),
        good="basket",
    )


def _decided(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "waiting":
        return rows.filter(approved_at__isnull=True, declined_at__isnull=True)
    rows = rows.filter(**{f"{value}_at__isnull": False})
    return rows.filter(withdrawn_at__isnull=True) if value == "approved" else rows


class PassTable(Table):
    """Gate passes, newest first."""

    name = "izin-keluar"
    caption = _lazy("Surat izin keluar barang")
    columns = (
        Column(
            "kode",
            _lazy("Kode"),
            field="code",
            url=lambda row: reverse("stock:gate_pass", args=[row.code]),
        ),
        Column("tujuan", pgettext_lazy("stock", "Tujuan"), field="destination"),
        Column("tanggal", _lazy("Tanggal keluar"), "date", field="day"),
        Column("pembawa", _lazy("Pembawa"), field="carrier"),
        Column("nomor", _lazy("Nomor surat"), field="document.number_text"),
        Column("keadaan", _lazy("Keadaan"), "state", field="state", states=PASS_STATES, sort=""),
    )
    search = (
        "code__icontains",
        "destination__icontains",
        "carrier__icontains",
        "document__number_text__icontains",
    )
    search_label = _lazy("Cari kode, tujuan, atau pembawa")
    filters = (
        Filter(
            "keadaan",
            _lazy("Keadaan"),
            tuple((key, state.label) for key, state in PASS_STATES.items()),
            apply=_decided,
        ),
    )
    default_sort = ("-day", "-pk")
    empty = Empty(
        _lazy("Belum ada surat izin keluar"),
        _lazy("Buat satu sebelum barang melewati pintu."),
        good="bag",
    )
