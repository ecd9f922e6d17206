"""Invented numbers for the page of components."""

from datetime import date, timedelta
from random import Random

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from berdaya.look.charts import (
    Calendar,
    Chart,
    Flow,
    Flows,
    Funnel,
    Series,
    Span,
    Spans,
    Stage,
    area,
    bars,
    calendar,
    funnel,
    line,
    multiples,
    sankey,
    spans,
)
from berdaya.look.charts.figures import Figured

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
PLACES = ("Atambua", "Kupang", "Ende", "Bajawa", "Larantuka", "Kalabahi", "Waingapu")


def figures(url: str) -> list[Figured]:
    """One of each kind; `url` is the page's own address."""
    chance = Random(1945)  # noqa: S311 - the same samples every time
    months = tuple(date_format(date(2026, number, 1), "M") for number in range(1, 13))

    def row(low: int, high: int, times: int = 1) -> tuple[int, ...]:
        return tuple(chance.randint(low, high) * times for _month in months)

    sold = (
        Series(_("Toko"), row(4, 30, 1_000_000)),
        Series(_("Stan festival"), row(0, 22, 1_000_000)),
        Series(
            _("Titip jual"), (*row(1, 12, 1_000_000)[:3], None, None, *row(1, 9, 1_000_000)[5:])
        ),
    )
    days = (FIRST + timedelta(days=number) for number in range(330))
    drawn = (
        (Chart("contoh-garis", _("Penjualan sebulan"), months, sold, "Rp", _("Bulan")), line),
        (Chart("contoh-batang", _("Penjualan sebulan, batang"), months, sold[:2], "Rp"), bars),
        (Chart("contoh-bidang", _("Penjualan sebulan, bertumpuk"), months, sold, "Rp"), area),
        (
            Chart(
                "contoh-kecil", _("Hari kerja per UPT"), months,
                tuple(Series(name, row(0, 400)) for name in PLACES), "", _("Bulan"),
            ),
            multiples,
        ),
        (
            Funnel(
                "contoh-corong", _("Jalan produk ke pasar"),
                (
                    Stage(_("Dicatat"), 412), Stage(_("Lolos mutu"), 365), Stage(_("Berizin"), 201),
                    Stage(_("Sedang tayang"), 148), Stage(_("Terjual"), 97),
                ),
                _("Langkah"), _("Produk"),
            ),
            funnel,
        ),
        (_rupiah(), sankey),
        (
            Calendar(
                "contoh-kalender", _("Orang bekerja per hari"), FIRST, LAST,
                {day: chance.randint(0, 90) for day in days if day.weekday() < 6},
                "", (_("Hari"), _("Orang")),
            ),
            calendar,
        ),
        (_times(), spans),
    )  # fmt: skip
    return [Figured(chart, draw, f"{url}{chart.key}/") for chart, draw in drawn]


def _times() -> Spans:
    told = (
        ("satu", _("Kain contoh"), date(2022, 3, 1), date(2026, 3, 1), _("Habis"), "bad"),
        ("dua", _("Sabun contoh"), date(2024, 5, 1), date(2027, 1, 10), _("Akan habis"), "warn"),
        ("tiga", _("Mebel contoh"), date(2025, 8, 1), None, _("Berlaku"), "done"),
    )
    rows = tuple(
        Span(code, label, first, until, note, note, tone)
        for code, label, first, until, note, tone in told
    )
    heads = (_("Surat"), _("Mulai"), _("Sampai"), _("Keadaan"))
    return Spans("contoh-masa", _("Masa berlaku"), rows, LAST, heads)


def _rupiah() -> Flows:
    names = {
        "buyer": _("Pembayaran pembeli"), "fee": _("Biaya pembayaran"), "material": _("Bahan"),
        "base": _("Keuntungan"), "makers": _("Pembuat"), "capital": _("Modal kerja"),
        "state": _("Negara (PNBP)"),
    }  # fmt: skip
    told = (
        ("buyer", "fee", 420_000), ("buyer", "material", 21_500_000), ("buyer", "base", 38_000_000),
        ("base", "makers", 19_000_000), ("base", "capital", 13_300_000),
        ("base", "state", 5_700_000),
    )  # fmt: skip
    return Flows(
        "contoh-rupiah", _("Jalan rupiah"), names, tuple(Flow(*one) for one in told), "Rp",
        (_("Dari"), _("Ke"), _("Jumlah")),
    )  # fmt: skip
