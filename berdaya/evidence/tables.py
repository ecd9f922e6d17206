"""The lists of evidence: lots, plots, material that needs plots, declarations."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.evidence.models import Outcome, PlotKind
from berdaya.evidence.queries import with_known_plots
from berdaya.look.tables import Column, Empty, Filter, State, Table

MADE_BY = {
    True: State(_lazy("ada langkah di dalam"), "warn"),
    False: State(_lazy("tanpa langkah di dalam"), "done"),
}


class LotTable(Table):
    """Lots, newest first; `last_pack_on` is annotated."""

    name = "bukti"
    caption = _lazy("Bukti asal per lot")
    columns = (
        Column(
            "kode", _lazy("Kode"), field="code",
            url=lambda row: reverse("evidence:lot", args=[row.code]),
        ),
        Column("barang", _lazy("Barang"), field="variant.full_label", sort="variant__name"),
        Column("upt", _lazy("UPT"), field="facility.name", sort="facility__name"),
        Column("selesai", _lazy("Selesai dibuat"), "date", field="made_on"),
        Column(
            "kerja", pgettext_lazy("evidence", "Pengerjaan"), "state", field="is_prison_made",
            states=MADE_BY,
        ),
        Column("berkas", _lazy("Berkas terakhir"), "date", field="last_pack_on", sort=""),
    )  # fmt: skip
    search = ("code__icontains", "variant__name__icontains", "variant__product__name__icontains")
    search_label = _lazy("Cari kode atau barang")
    filters = (
        Filter(
            "kerja",
            pgettext_lazy("evidence", "Pengerjaan"),
            (("True", MADE_BY[True].label), ("False", MADE_BY[False].label)),
            field="is_prison_made",
        ),
    )
    default_sort = ("-made_on", "-pk")
    empty = Empty(
        _lazy("Belum ada lot"),
        _lazy("Lot muncul di sini setelah satu batch ditutup."),
        good="jar",
    )


class PlotTable(Table):
    """Plots, newest first; `lot_count` is reckoned."""

    name = "kebun"
    caption = _lazy("Kebun asal bahan")
    columns = (
        Column(
            "kode", _lazy("Kode"), field="code",
            url=lambda row: reverse("evidence:plot", args=[row.code]),
        ),
        Column("kelompok", _lazy("Kelompok"), field="group_name"),
        Column("milik", _lazy("Milik"), value=lambda row: str(row.get_kind_display()), sort="kind"),
        Column("wilayah", _lazy("Kabupaten atau kota"), field="region.name", sort="region__name"),
        Column("luas", _lazy("Luas (ha)"), "qty", field="hectares"),
        Column(
            "bentuk", _lazy("Bentuk tanah"),
            value=lambda row: str(row.get_shape_display()), sort="shape",
        ),
        Column("nyata", _lazy("Pernyataan 2020"), "date", field="stated_on"),
        Column("bahan", _lazy("Bahan darinya"), "number", field="lot_count", sort=""),
    )  # fmt: skip
    search = ("code__icontains", "group_name__icontains", "region__name__icontains")
    search_label = _lazy("Cari kode, kelompok, atau wilayah")
    filters = (Filter("milik", _lazy("Milik"), PlotKind.choices, field="kind"),)
    default_sort = ("-pk",)
    empty = Empty(
        _lazy("Belum ada kebun"),
        _lazy(
            "Untuk kopi ke Uni Eropa koordinat setiap kebunnya diminta. Catat satu per kelompok."
        ),
        good="coffee",
    )


class MaterialTable(Table):
    """Material of goods for which plots are asked; `plot_count` is reckoned."""

    name = "asal-bahan"
    caption = _lazy("Bahan yang ditanya kebunnya")
    columns = (
        Column(
            "kode", _lazy("Kode"), field="code",
            url=lambda row: reverse("evidence:material", args=[row.code]),
        ),
        Column("bahan", _lazy("Bahan"), field="material.name"),
        Column("asal", pgettext_lazy("evidence", "Sumber"),
               value=lambda row: str(row.get_source_display()), sort="source"),
        Column("dari", _lazy("Dari"), field="supplier"),
        Column("terima", _lazy("Diterima"), "date", field="received_on"),
        Column("kebun", _lazy("Kebun"), "number", field="plot_count", sort=""),
    )  # fmt: skip
    search = ("code__icontains", "material__name__icontains", "supplier__icontains")
    search_label = _lazy("Cari kode, bahan, atau pemasok")
    filters = (
        Filter(
            "kebun",
            _lazy("Kebun"),
            (("belum", _lazy("belum diketahui")), ("ada", _lazy("tercatat"))),
            apply=lambda rows, value: with_known_plots(rows, are_known=value == "ada"),
        ),
    )
    default_sort = ("-received_on", "-pk")
    empty = Empty(
        _lazy("Tidak ada bahan yang ditanya kebunnya"),
        _lazy("Hanya bahan kopi yang sudah dipakai suatu batch tampil di sini."),
        good="coffee",
    )


OUTCOMES = {
    Outcome.ALLOWED: State(Outcome.ALLOWED.label, "done"),
    Outcome.OVERRIDDEN: State(Outcome.OVERRIDDEN.label, "warn"),
    Outcome.REFUSED: State(Outcome.REFUSED.label, "bad"),
}


class DeclarationTable(Table):
    """Every question to the gate, newest first."""

    name = "ekspor"
    caption = _lazy("Pernyataan ekspor")
    columns = (
        Column(
            "kode", _lazy("Kode"), field="code",
            url=lambda row: reverse("evidence:declaration", args=[row.code]),
        ),
        Column("barang", _lazy("Lot atau pesanan"), field="subject_code", sort=""),
        Column("negara", _lazy("Negara"), field="content.country", sort="country"),
        Column("tanggal", _lazy("Tanggal"), "date", field="declared_on"),
        Column("jawaban", _lazy("Jawaban"), "state", field="outcome", states=OUTCOMES),
        Column("oleh", _lazy("Ditanyakan oleh"), field="recorded_by.display_name", sort=""),
    )  # fmt: skip
    search = ("code__icontains", "lot__code__icontains", "order__code__icontains")
    search_label = _lazy("Cari kode, lot, atau pesanan")
    filters = (Filter("jawaban", _lazy("Jawaban"), Outcome.choices, field="outcome"),)
    default_sort = ("-recorded_at", "-pk")
    empty = Empty(
        _lazy("Belum ada yang ditanyakan"),
        _lazy("Buka satu lot, pilih negaranya, dan tanyakan."),
        good="cloth",
    )
