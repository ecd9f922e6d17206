"""Is this a plot, may goods of it go to the EU, and may this be declared for export? Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Reason, Verdict, declare_reason
from berdaya.evidence import calc

# Regulation (EU) 2023/1115, art. 2(28): a point up to four hectares, above that a polygon; six
# decimals at least. Art. 2(13): no forest felled after this year.
POINT_HA = Decimal(4)
DECIMALS = 6
CUT_OFF_YEAR = 2020
AREA_OFF = Decimal("0.10")
# Indonesia with its waters' edge: longitude, latitude.
WEST, EAST, SOUTH, NORTH = 94.5, 141.5, -11.5, 6.5
# What the outlines at hand may be wrong by, in degrees: about five kilometres.
OUTLINE_OFF = 0.05
MOST_CORNERS = 2_000

plot_empty = declare_reason(
    "plot_empty",
    _lazy("Belum ada koordinat."),
    next_step=_lazy("Tempel satu baris untuk titik, atau sudut-sudut kebunnya berurutan."),
)
plot_unreadable = declare_reason(
    "plot_unreadable",
    _lazy("Baris %(line)s bukan koordinat."),
    next_step=_lazy("Tulis lintang, lalu bujur, misalnya: -8.790000, 120.980000"),
)
plot_several = declare_reason(
    "plot_several",
    _lazy("Ada %(count)s kebun dalam teks ini."),
    next_step=_lazy("Pakai Impor GeoJSON untuk beberapa kebun sekaligus."),
)
geojson_unreadable = declare_reason(
    "geojson_unreadable",
    _lazy("Isinya bukan GeoJSON yang dapat dibaca."),
    next_step=_lazy("Simpan ulang dari aplikasi petanya sebagai GeoJSON (WGS84)."),
)
geojson_too_large = declare_reason(
    "geojson_too_large",
    _lazy("Berkasnya terlalu besar."),
    next_step=_lazy("Pecah menjadi beberapa berkas, masing-masing di bawah 400 kB."),
)
plot_of_other_kind = declare_reason(
    "plot_of_other_kind",
    _lazy("Bentuk %(kind)s tidak dapat dicatat sebagai kebun."),
    next_step=_lazy("Pakai Point atau Polygon; bidang yang terpisah dicatat sendiri-sendiri."),
)
plot_with_hole = declare_reason(
    "plot_with_hole",
    _lazy("Kebun ini berlubang di tengahnya."),
    next_step=_lazy("Gambar batas luarnya saja, atau pecah menjadi dua kebun."),
)
plot_swapped = declare_reason(
    "plot_swapped",
    _lazy("Lintang dan bujurnya tertukar."),
    next_step=_lazy("Tulis lintang dulu, misalnya: %(lat)s, %(lon)s"),
)
plot_outside_country = declare_reason(
    "plot_outside_country",
    _lazy("Koordinat %(lat)s, %(lon)s tidak di Indonesia."),
    next_step=_lazy("Periksa tanda minusnya dan angka di depan titik."),
)
plot_too_coarse = declare_reason(
    "plot_too_coarse",
    _lazy("%(lat)s, %(lon)s kurang teliti: perlu enam angka di belakang titik."),
    next_step=_lazy("Ambil lagi dari GPS; nol di belakang ikut ditulis."),
)
plot_not_closed = declare_reason(
    "plot_not_closed",
    _lazy("Batas kebunnya belum tertutup."),
    next_step=_lazy("Ulangi sudut pertama sebagai baris terakhir."),
)
plot_few_corners = declare_reason(
    "plot_few_corners",
    _lazy("Batas kebun perlu sedikitnya tiga sudut yang berbeda."),
    next_step=_lazy("Tambah sudutnya, atau pakai satu titik bila luasnya sampai 4 ha."),
)
plot_many_corners = declare_reason(
    "plot_many_corners",
    _lazy("Batas kebunnya lebih dari 2.000 sudut."),
    next_step=_lazy("Sederhanakan garisnya di aplikasi peta."),
)
plot_crosses_itself = declare_reason(
    "plot_crosses_itself",
    _lazy("Garis batasnya saling memotong."),
    next_step=_lazy("Tulis sudut-sudutnya berurutan keliling kebun."),
)
plot_too_large_for_point = declare_reason(
    "plot_too_large_for_point",
    _lazy("Kebun di atas 4 ha perlu batas, bukan satu titik."),
    next_step=_lazy("Keliling kebunnya dengan GPS dan tempel semua sudutnya."),
)
plot_without_area = declare_reason(
    "plot_without_area",
    _lazy("Luasnya belum ditulis."),
    next_step=_lazy("Tulis luas kebun dalam hektare."),
)
plot_area_differs = declare_reason(
    "plot_area_differs",
    _lazy("Menurut batasnya luas kebun %(measured)s ha, tertulis %(stated)s ha."),
    next_step=_lazy("Periksa sudut-sudutnya atau luasnya; selisih paling banyak 10 persen."),
)
plot_outside_region = declare_reason(
    "plot_outside_region",
    _lazy("Koordinatnya di luar %(region)s."),
    next_step=_lazy("Pilih kabupaten yang benar, atau periksa koordinatnya."),
)
plot_since_unlikely = declare_reason(
    "plot_since_unlikely",
    _lazy("Tahun mulai menghasilkan %(year)s tidak mungkin."),
    next_step=_lazy("Tulis tahun dengan empat angka, paling lambat tahun ini."),
)
plot_stated_later = declare_reason(
    "plot_stated_later",
    _lazy("Hari pernyataannya belum tiba."),
    next_step=_lazy("Tulis hari pada suratnya."),
)
plot_elsewhere = declare_reason(
    "plot_elsewhere",
    _lazy("Kebun dan bahan itu milik UPT yang berbeda."),
    next_step=_lazy("Catat kebunnya pada UPT ini lebih dulu."),
)


@dataclass(frozen=True)
class PlotFacts:
    """A plot as it is written: positions (longitude, latitude) as text, hectares as stated.

    `outline` are the rings of the stated regency where they are at hand, else empty.
    """

    shape: str
    positions: Sequence[tuple[str, str]]
    hectares: Decimal | None
    region: str = ""
    outline: Sequence[Sequence[calc.Position]] = ()


def is_plot(facts: PlotFacts) -> Verdict:
    """Every reason why this is no plot that the EU's system would take; art. 2(28)."""
    if not facts.positions:
        return Verdict((plot_empty(),))
    where = list(_where(facts.positions))
    if where:
        return Verdict((*where, *_coarse(facts.positions)))
    found = [*_coarse(facts.positions), *_form(facts)]
    return Verdict((*found, *_area(facts, is_sound=not found), *_region(facts)))


def _where(positions: Sequence[tuple[str, str]]) -> Iterable[Reason]:
    """The first position that lies abroad, and whether exchanging its numbers mends it."""
    for lon, lat in positions:
        if not _is_here(float(lon), float(lat)):
            swapped = _is_here(float(lat), float(lon))
            reason = plot_swapped(lat=lon, lon=lat) if swapped else None
            yield reason or plot_outside_country(lat=lat, lon=lon)
            return


def _is_here(lon: float, lat: float) -> bool:
    return WEST <= lon <= EAST and SOUTH <= lat <= NORTH


def _coarse(positions: Sequence[tuple[str, str]]) -> Iterable[Reason]:
    """The first position with fewer decimals than asked; as written, zeros included."""
    for lon, lat in positions:
        if min(_decimals(lon), _decimals(lat)) < DECIMALS:
            yield plot_too_coarse(lat=lat, lon=lon)
            return


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])


def _form(facts: PlotFacts) -> Iterable[Reason]:
    if facts.shape != "polygon":
        return
    if len(facts.positions) > MOST_CORNERS:
        yield plot_many_corners()
        return
    ring = _ring(facts)
    if len(set(ring)) < 3:
        yield plot_few_corners()
    elif ring[0] != ring[-1]:
        yield plot_not_closed()
    elif calc.crosses_itself(ring):
        yield plot_crosses_itself()


def _ring(facts: PlotFacts) -> list[calc.Position]:
    return [(float(lon), float(lat)) for lon, lat in facts.positions]


def _area(facts: PlotFacts, is_sound: bool) -> Iterable[Reason]:
    if facts.hectares is None or facts.hectares <= 0:
        yield plot_without_area()
    elif facts.shape == "point":
        if facts.hectares > POINT_HA:
            yield plot_too_large_for_point()
    elif is_sound:
        measured = Decimal(str(calc.hectares(_ring(facts))))
        if abs(measured - facts.hectares) > facts.hectares * AREA_OFF:
            yield plot_area_differs(measured=_told(measured), stated=_told(facts.hectares))


def _told(hectares: Decimal) -> str:
    return f"{hectares:.2f}".replace(".", ",")


def _region(facts: PlotFacts) -> Iterable[Reason]:
    if facts.outline and not all(
        calc.is_near(place, facts.outline, OUTLINE_OFF) for place in _ring(facts)[:MOST_CORNERS]
    ):
        yield plot_outside_region(region=facts.region)


def is_since_likely(year: int, this_year: int) -> Verdict:
    """A year since which a plot bears: not to come, nor before anybody planted coffee here."""
    if 1700 <= year <= this_year:
        return Verdict()
    return Verdict((plot_since_unlikely(year=year),))


# What may enter the EU only with its plots; by category of goods, with the regulation's own word.
EUDR_GOODS = {"coffee": "coffee"}

eudr_no_material = declare_reason(
    "eudr_no_material",
    _lazy("Tidak ada bahan yang tercatat untuk lot ini."),
    next_step=_lazy("Untuk UE setiap biji harus diketahui asalnya; catat bahan batch berikutnya."),
)
eudr_origin_unknown = declare_reason(
    "eudr_origin_unknown",
    _lazy("Asal kebun bahan %(material)s belum tercatat; satu bahan saja membuat seluruh lot"
          " tidak dapat dijual ke UE."),
    next_step=_lazy("Catat kebunnya pada bahan itu."),
)  # fmt: skip
eudr_statement_missing = declare_reason(
    "eudr_statement_missing",
    _lazy("Kebun %(plot)s belum punya pernyataan bahwa tidak ada hutan dibuka sesudah 2020."),
    next_step=_lazy("Minta pernyataan kelompoknya, lalu catat harinya pada kebun itu."),
)


@dataclass(frozen=True)
class OriginFact:
    """A material lot of a batch and its plots: (code, whether it has the statement) each."""

    material: str
    plots: tuple[tuple[str, bool], ...]


def may_go_to_eu(materials: Sequence[OriginFact]) -> Verdict:
    """Whether the plots of all material of a lot are known (Regulation (EU) 2023/1115, art. 9).

    One material of unknown origin bars the whole lot: mixing is not undone (domain.md 3.2).
    """
    if not materials:
        return Verdict((eudr_no_material(),))
    unknown = [eudr_origin_unknown(material=one.material) for one in materials if not one.plots]
    bare = {plot for one in materials for plot, is_stated in one.plots if not is_stated}
    return Verdict((*unknown, *(eudr_statement_missing(plot=plot) for plot in sorted(bare))))
