"""The lists of the workshop: sheets, batches, material lots, workshops."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.look.tables import Column, Empty, Filter, State, Table
from berdaya.people.models import line_label
from berdaya.people.rules import hours
from berdaya.workshop.models import MaterialSource
from berdaya.workshop.rules import percent


def sheet_url(row: Any) -> str:
    return reverse("workshop:sheet", args=[row.workshop_id, row.day.isoformat()])


def batch_url(row: Any) -> str:
    return reverse("workshop:batch", args=[row.code])


class SheetTable(Table):
    """Filed sheets; `people` and `minutes` are annotated."""

    name = "lembar"
    caption = _lazy("Daftar hadir yang sudah diisi")
    columns = (
        Column("hari", _lazy("Hari"), "date", field="day", url=sheet_url),
        Column("bengkel", _lazy("Bengkel"), field="workshop.label", sort="workshop__name"),
        Column("hadir", _lazy("Hadir"), "number", field="people"),
        Column(
            "jam", _lazy("Jam"), "number", value=lambda row: hours(row.minutes or 0), sort="minutes"
        ),
        Column("potong", _lazy("Potong"), "qty", field="pieces"),
        Column(
            "keadaan",
            _lazy("Diisi"),
            "state",
            field="is_keyed_late",
            states={
                True: State(_lazy("disusulkan"), "warn"),
                False: State(_lazy("pada harinya"), "done"),
            },
        ),
    )
    search = ("workshop__name__icontains",)
    default_sort = ("-day", "workshop__name")
    per_page = 30
    empty = Empty(
        _lazy("Belum ada daftar hadir"),
        _lazy("Pilih bengkel di atas dan isi hari kerjanya yang pertama."),
        good="cloth",
    )


def _closed(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(closing__isnull=value == "open")


class BatchTable(Table):
    """Batches, with their closing where it stands."""

    name = "batch"
    caption = _lazy("Batch produksi")
    columns = (
        Column("kode", _lazy("Kode"), field="code", url=batch_url),
        Column(
            "varian",
            _lazy("Barang atau jasa"),
            field="variant.full_label",
            sort="variant__product__name",
        ),
        Column("bengkel", _lazy("Bengkel"), field="workshop.label", sort="workshop__name"),
        Column("mulai", pgettext_lazy("workshop", "Mulai"), "date", field="started_on"),
        Column(
            "hasil",
            _lazy("Hasil baik"),
            "qty",
            field="closing.good_qty",
            value=lambda row: row.closing.good_qty if row.is_closed else None,
            sort="closing__good_qty",
        ),
        Column(
            "susut",
            _lazy("Susut"),
            value=lambda row: _loss(row),
            sort="closing__yield_loss_bp",
        ),
        Column(
            "keadaan",
            _lazy("Keadaan"),
            "state",
            value=lambda row: "closed" if row.is_closed else "open",
            states={
                "open": State(_lazy("Berjalan")),
                "closed": State(_lazy("Ditutup"), "done"),
            },
        ),
    )
    search = ("code__icontains", "variant__name__icontains", "workshop__name__icontains")
    search_label = _lazy("Cari kode, barang, atau bengkel")
    filters = (
        Filter(
            "keadaan",
            _lazy("Keadaan"),
            (("open", _lazy("Berjalan")), ("closed", _lazy("Ditutup"))),
            apply=_closed,
        ),
    )
    default_sort = ("-started_on", "-pk")
    empty = Empty(
        _lazy("Belum ada batch"),
        _lazy("Mulai satu batch, lalu catat kerja dan bahannya ke batch itu."),
        good="basket",
    )


def _loss(row: Any) -> str:
    if not row.is_closed or row.closing.yield_loss_bp is None:
        return ""
    return f"{percent(row.closing.yield_loss_bp)}%"


class MaterialTable(Table):
    """Material lots, newest first."""

    name = "bahan"
    caption = _lazy("Bahan yang diterima")
    columns = (
        Column("kode", _lazy("Kode"), field="code"),
        Column("bahan", _lazy("Bahan"), field="material.name"),
        Column(
            "asal",
            pgettext_lazy("workshop", "Asal"),
            "state",
            field="source",
            states={
                MaterialSource.PURCHASE: State(MaterialSource.PURCHASE.label),
                MaterialSource.DONATION: State(MaterialSource.DONATION.label, "warn"),
                MaterialSource.PARTNER: State(MaterialSource.PARTNER.label, "off"),
                MaterialSource.OWN_GARDEN: State(MaterialSource.OWN_GARDEN.label, "done"),
            },
        ),
        Column("terima", _lazy("Diterima"), "date", field="received_on"),
        Column("jumlah", _lazy("Jumlah"), "qty", field="qty"),
        Column("sisa", _lazy("Sisa"), "qty", field="remaining_qty"),
        Column(
            "satuan",
            _lazy("Satuan"),
            field="material.measure.label",
            sort="material__measure__name",
        ),
        Column("nilai", _lazy("Nilai"), "amount", field="total_rp"),
        Column("nota", _lazy("Nota atau BAST"), field="reference"),
    )
    search = ("code__icontains", "material__name__icontains", "reference__icontains")
    search_label = _lazy("Cari kode, bahan, atau nota")
    filters = (
        Filter("asal", pgettext_lazy("workshop", "Asal"), MaterialSource.choices, field="source"),
    )
    default_sort = ("-received_on", "-pk")
    empty = Empty(
        _lazy("Belum ada bahan"),
        _lazy("Catat pembelian dengan notanya, atau bantuan dengan BAST-nya."),
        good="jar",
    )


class WorkshopTable(Table):
    """The workshops of a facility."""

    name = "bengkel"
    caption = _lazy("Bengkel")
    columns = (
        Column(
            "nama",
            _lazy("Nama"),
            field="label",
            sort="name",
            url=lambda row: reverse("workshop:edit_workshop", args=[row.pk]),
        ),
        Column("kode", _lazy("Kode"), field="code"),
        Column(
            "papan",
            _lazy("Papan pekan"),
            value=lambda row: str(_lazy("Lihat")),
            url=lambda row: reverse("workshop:board", args=[row.pk]),
        ),
        Column(
            "bidang",
            _lazy("Bidang kerja"),
            value=lambda row: line_label(row.line_of_work),
            sort="line_of_work",
        ),
        Column("dasar", _lazy("Dasar bagi premi"), field="get_pay_basis_display", sort="pay_basis"),
        Column(
            "aman",
            _lazy("Keselamatan"),
            value=lambda row: str(_lazy("Lihat")),
            url=lambda row: reverse("workshop:safety", args=[row.pk]),
        ),
        Column(
            "bisa",
            _lazy("Keterampilan"),
            value=lambda row: str(_lazy("Lihat")),
            url=lambda row: reverse("workshop:skills", args=[row.pk]),
        ),
        Column(
            "sarana",
            _lazy("Sarana dan alat"),
            value=lambda row: str(_lazy("Lihat")),
            url=lambda row: reverse("workshop:needs", args=[row.pk]),
        ),
        Column(
            "keadaan",
            _lazy("Keadaan"),
            "state",
            field="is_active",
            states={
                True: State(_lazy("dipakai"), "done"),
                False: State(_lazy("tidak dipakai"), "off"),
            },
        ),
    )
    search = ("name__icontains", "code__icontains")
    default_sort = ("name",)
    empty = Empty(_lazy("Belum ada bengkel"), _lazy("Buat bengkel pertama UPT ini."), good="chair")
