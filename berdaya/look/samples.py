"""Invented data for the page of components; nothing here is about a real person or unit."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from berdaya.core.verdicts import Reason, Verdict
from berdaya.look.forms import DayField, QtyField, RupiahField
from berdaya.look.parts import Figure, Moment, SplitPart
from berdaya.look.tables import State

# Kind, name, maker's unit, price: what a shelf of the demo could hold.
SHELF: tuple[tuple[str, Any, str, int, str], ...] = (
    ("cloth", _("Selendang tenun ikat"), "Lapas Perempuan Kupang", 385_000, "LPP-KPG-B0412"),
    ("coffee", _("Kopi arabika sangrai 200 g"), "Rutan Bajawa", 68_000, "RTN-BJW-B0033"),
    ("basket", _("Keranjang bambu"), "Lapas Lembata", 145_000, "LP-LBT-B0107"),
    ("bottle", _("Minyak kelapa murni 250 ml"), "Lapas Atambua", 35_000, "LP-ATB-B0219"),
    ("jar", _("Sambal luat 150 g"), "Rutan Ruteng", 32_000, "RTN-RTG-B0051"),
    ("soap", _("Sabun daun kelor"), "Lapas Perempuan Kupang", 18_000, "LPP-KPG-B0398"),
    ("chair", _("Kursi kayu jati anyam"), "Lapas Kupang", 450_000, "LP-KPG-B0288"),
    ("sofa", _("Sofa dua dudukan"), "Lapas Kupang", 3_250_000, "LP-KPG-B0290"),
    ("bowl", _("Mangkuk kayu kenari"), "Lapas Kalabahi", 95_000, "LP-KLB-B0074"),
    ("plant", _("Bibit kelor dalam pot"), "Lapas Waingapu", 15_000, "LP-WGP-B0012"),
    ("snack", _("Keripik pisang 150 g"), "Lapas Ende", 20_000, "LP-END-B0166"),
    ("wood", _("Kotak perhiasan ukir"), "Rutan Maumere", 175_000, "RTN-MME-B0045"),
    ("bag", _("Tas bahu tenun"), "Lapas Waikabubak", 260_000, "LP-WKB-B0081"),
    ("service", _("Jahit seragam"), "Lapas Atambua", 120_000, "LP-ATB-J0009"),
)
STRIPS = ("LPP-KPG", "LP-ATB", "RTN-BJW", "LP-LBT", "LP-WGP", "LP-KLB")

BATCH_STATES = {
    "open": State(_("Berjalan")),
    "closed": State(_("Ditutup"), "done"),
    "late": State(_("Terlambat"), "warn"),
    "failed": State(_("Gagal mutu"), "bad"),
}


@dataclass(frozen=True)
class SampleBatch:
    """A line of the sample list."""

    code: str
    product: str
    output_qty: Decimal
    value_rp: int
    started_on: date
    state: str


BATCHES = (
    SampleBatch(
        "LP-ATB-26-B0412", "VCO 250 ml", Decimal("58"), 2_030_000, date(2026, 11, 9), "open"
    ),
    SampleBatch(
        "LP-ATB-26-B0411", "Kursi tamu", Decimal("6"), 2_700_000, date(2026, 11, 2), "closed"
    ),
    SampleBatch(
        "LP-ATB-26-B0408", "Sabun kelor", Decimal("124.5"), 2_241_000, date(2026, 10, 21), "late"
    ),
    SampleBatch("LP-ATB-26-B0405", "Keripik", Decimal("40"), 800_000, date(2026, 10, 12), "failed"),
)

FIGURES = (
    Figure(_("Bekerja hari ini"), _("17 dari 22"), _("3 sakit, 2 tanpa surat sehat")),
    Figure(_("Stok siap jual"), "Rp14,6 jt", _("6 produk, 1 hampir habis")),
    Figure(_("Penjualan November"), "Rp9.412.500", _("naik 12% dari Oktober"), "#angka"),
    Figure(_("Premi rata-rata"), "Rp743.000", _("30% UMP, di atas batas Rp700.000")),
)

MOMENTS = (
    Moment(
        "23 Nov 2026, 08.10", _("Batch ditutup menjadi lot ATB-26-L0093"), "Kasubsi", "", "done"
    ),
    Moment("22 Nov 2026, 15.40", _("Mutu diperiksa: 58 lulus, 2 ditolak"), "Petugas mutu"),
    Moment(
        "21 Nov 2026, 11.05", _("Susut di atas kebiasaan"), "Giatja", _("6,4%, biasanya 5%"), "bad"
    ),
    Moment(_("berikutnya"), _("Usulkan tayang di katalog"), tone="next"),
)

SPLIT = (
    SplitPart(_("Benang, pewarna, kemasan"), 131_000, "material"),
    SplitPart(_("Biaya pembayaran"), 11_500, "fee"),
    SplitPart(_("Para pembuat (50% laba)"), 121_250, "makers"),
    SplitPart(_("Modal kerja bengkel (35%)"), 84_875, "capital"),
    SplitPart(_("Kas negara, PNBP (15%)"), 36_375, "state"),
)

STEPS = (_("Pilih berkas"), _("Kenali kolom"), _("Periksa"), _("Bukukan"))

INSTANT = datetime(2026, 11, 23, 0, 10, tzinfo=UTC)


def verdict() -> Verdict:
    """Two refusals, shown only; the real ones are declared by their rooms."""
    return Verdict(
        (
            Reason(
                "contoh_consent_missing",
                _("A-014 belum menandatangani surat pernyataan kesediaan bekerja."),
                _("Cetak formulir"),
                "#penolakan",
            ),
            Reason(
                "contoh_permit_lapsed",
                _("P-IRT minyak kelapa murni habis 30 November 2026."),
                _("Mintalah perpanjangan kepada pemegang izin sebelum mengusulkan tayang."),
            ),
        )
    )


class SampleForm(forms.Form):
    """Every kind of field."""

    code = forms.CharField(label=_("Nomor kerja"), help_text=_("Huruf dan tiga angka: A-014."))
    worked_on = DayField(label=_("Hari kerja"))
    price = RupiahField(label=_("Harga"), min_value=1_000)
    weight = QtyField(label=_("Berat"), unit="kg", required=False)
    workshop = forms.ChoiceField(
        label=_("Bengkel"), choices=[("", "…"), ("m", _("Mebel")), ("t", _("Tenun"))]
    )
    basis = forms.ChoiceField(
        label=_("Dasar upah"),
        widget=forms.RadioSelect,
        choices=[("h", _("Per jam")), ("p", _("Borongan")), ("e", _("Sama rata"))],
    )
    scan = forms.FileField(label=_("Pindaian bertanda tangan"), required=False)
    note = forms.CharField(label=_("Catatan"), widget=forms.Textarea, required=False)
    is_own_request = forms.BooleanField(label=_("Atas permintaan sendiri"), required=False)


def letter(lang: str = "id") -> dict[str, Any]:
    """A sample record of production output, for the paper's base."""
    return {
        "lang": lang,
        "is_sample": True,
        "seed": "LP-ATB",
        "title": "Berita Acara Hasil Produksi",
        "number": "W.22.PAS.14-PK.05.09-0412 Tahun 2026",
        "facility": {
            "above": ["Kementerian contoh", "Kantor wilayah contoh Nusa Tenggara Timur"],
            "name": "Lapas Kelas IIB Atambua (contoh)",
            "address": "Jalan Contoh No. 1, Atambua, Kabupaten Belu",
        },
        "facts": [
            ["Batch", "LP-ATB-26-B0412"],
            ["Bengkel", "Minyak kelapa"],
            ["Ditutup", "23 November 2026"],
        ],
        "paragraphs": [
            "Pada hari ini, Senin tanggal 23 November 2026, telah diperiksa dan ditutup hasil "
            "produksi berikut, sesuai daftar hadir dan hasil kerja yang menyertainya."
        ],
        "table": {
            "heads": ["No", "Barang", "Jumlah", "Biaya satuan", "Nilai"],
            "kinds": ["center", "left", "right", "right", "right"],
            "wide": 1,
            "rows": [
                ["1", "Minyak kelapa murni 250 ml", "58", "Rp12.400", "Rp719.200"],
                ["2", "Ampas kelapa (sampingan)", "14,5 kg", "Rp1.000", "Rp14.500"],
            ],
            "total": ["", "Jumlah", "", "", "Rp733.700"],
        },
        "terbilang": "tujuh ratus tiga puluh tiga ribu tujuh ratus rupiah",
        "signers": [
            {
                "place": "Mengetahui,",
                "role": "Kepala Lapas",
                "acting": "Plh.",
                "name": "Nama Contoh",
                "nip": "19700101 199503 1 001",
            },
            {
                "place": "Atambua, 23 November 2026",
                "role": "Kasubsi Kegiatan Kerja",
                "name": "Nama Contoh",
                "nip": "",
            },
        ],
    }
