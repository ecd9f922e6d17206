"""What everybody may have as data: six datasets by regency and month, from what was told alone.

Nothing here reads a true count. A regency's number is a sum of what its units were told to have
(docs/rules/public-counts.md), in the regency to which each belonged on the month's first day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import CharField, Exists, F, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.insight.indicators import INDICATORS, Indicator
from berdaya.insight.indicators.base import PEOPLE, Text
from berdaya.insight.models import Seat, ToldFigure
from berdaya.insight.periods import Period, after
from berdaya.institutions.models import Facility, Region

# What a dataset's rows say of a number: told, or not (nobody, too few people, not yet counted).
TOLD, WITHHELD = "diumumkan", "tidak-diumumkan"


@dataclass(frozen=True)
class Dataset:
    """One indicator as data; the words are those that Satu Data Indonesia asks for."""

    slug: str
    code: str
    title: Text
    concept: Text
    measure: Text
    unit: Text
    # Where what is told is counted otherwise than what offices see.
    told_definition: Text = ""

    @property
    def indicator(self) -> Indicator:
        return INDICATORS[self.code]

    @property
    def is_of_people(self) -> bool:
        """Rounded to five; a zero says fewer than five, none included."""
        return self.indicator.told == PEOPLE

    @property
    def definition(self) -> Text:
        return self.told_definition or self.indicator.definition


RUPIAH = _lazy("rupiah")
PIECES = _lazy("satuan jual (buah, botol, bungkus)")
DATASETS: dict[str, Dataset] = {
    one.slug: one
    for one in (
        Dataset(
            "barang-dibuat", "made", _lazy("Barang yang dibuat"),
            _lazy("Hasil kerja bengkel di lapas dan rutan"),
            _lazy("Jumlah hasil baik"), PIECES,
            _lazy("Hasil baik dari batch yang ditutup dalam bulan itu, dalam satuan jual."),
        ),
        Dataset(
            "barang-terjual", "sold_pieces", _lazy("Barang yang terjual"),
            _lazy("Barang hasil pembinaan yang diserahkan kepada pembeli"),
            _lazy("Jumlah barang"), PIECES,
        ),
        Dataset(
            "penjualan", "sold", pgettext_lazy("open data", "Penjualan"),
            _lazy("Nilai barang hasil pembinaan yang diserahkan kepada pembeli"),
            _lazy("Nilai penjualan"), RUPIAH,
        ),
        Dataset(
            "dibayarkan-kepada-pembuat", "paid", _lazy("Dibayarkan kepada pembuat"),
            _lazy("Premi yang sampai kepada pembuat, dijumlahkan"),
            _lazy("Jumlah premi"), RUPIAH,
        ),
        Dataset(
            "setoran-negara", "deposited", _lazy("Disetor kepada negara"),
            _lazy("Penerimaan negara bukan pajak (PNBP) dari hasil pembinaan"),
            _lazy("Jumlah setoran"), RUPIAH,
        ),
        Dataset(
            "peserta-pelatihan", "trained", _lazy("Peserta pelatihan"),
            _lazy("Orang yang hadir pada sesi pelatihan keterampilan"),
            _lazy("Banyaknya peserta, dibulatkan ke kelipatan lima"),
            pgettext_lazy("insight", "orang"),
            _lazy(
                "Peserta yang paling sedikit sekali hadir pada sesi pelatihan yang selesai dalam"
                " bulan itu, dibulatkan ke kelipatan lima untuk tiap sesi, lalu dijumlahkan."
                " Sesi dengan kurang dari lima peserta tidak dihitung."
            ),
        ),
    )
}  # fmt: skip
CODES = tuple(one.code for one in DATASETS.values())


@dataclass(frozen=True)
class Row:
    """One regency's month; `value` is None where nothing was told."""

    month: date
    region: Region
    value: Decimal | None

    @property
    def status(self) -> str:
        return WITHHELD if self.value is None else TOLD


@dataclass(frozen=True)
class Published:
    """Everything that was told of the datasets: months and regencies in order, and the numbers."""

    months: tuple[date, ...]
    regions: tuple[Region, ...]
    values: Mapping[tuple[str, date, str], Decimal]
    told_at: datetime | None

    def value(self, code: str, month: date, region: str) -> Decimal | None:
        """A regency's month; of people a zero is nothing told."""
        found = self.values.get((code, month, region))
        return found if found or INDICATORS[code].told != PEOPLE else None

    def rows(self, code: str) -> list[Row]:
        """Every regency in every month, the oldest month first."""
        return [
            Row(month, region, self.value(code, month, region.code))
            for month in self.months
            for region in self.regions
        ]

    def of_month(self, code: str, month: date) -> Decimal | None:
        """All regencies together."""
        return _sum([self.value(code, month, one.code) for one in self.regions])

    def of_region(self, code: str, region: str) -> Decimal | None:
        """All months of a regency together."""
        return _sum([self.value(code, month, region) for month in self.months])

    def total(self, code: str) -> Decimal | None:
        """All months and regencies together."""
        return _sum([self.of_month(code, month) for month in self.months])

    def of_year(self, year: int) -> "Published":
        """Only the months of a calendar year."""
        kept = tuple(one for one in self.months if one.year == year)
        return Published(kept, self.regions, self.values, self.told_at)


def _sum(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [one for one in values if one is not None]
    return sum(known, Decimal(0)) if known else None


def published(months: int | None = None) -> Published:
    """What was told ever, or in the newest months: two statements, or three, however many units.

    Months without a break from the first to the last one told; regencies are those with a unit
    that makes goods, and those of which something was told.
    """
    seats = Seat.objects.filter(facility=OuterRef("facility"), valid_from__lte=OuterRef("month"))
    seat = seats.filter(Q(valid_until=None) | Q(valid_until__gt=OuterRef("month")))
    told = ToldFigure.objects.filter(indicator__in=CODES, part="")
    newest = told.aggregate(newest=Max("month"))["newest"] if months else None
    if months and newest:
        told = told.filter(month__gt=after(newest, -months))
    where = Coalesce(
        Subquery(seat.values("region")[:1]), F("facility__region"), output_field=CharField()
    )
    found = list(
        told.annotate(where=where)
        .values_list("indicator", "month", "where")
        .annotate(total=Sum("numerator"), last=Max("told_at"))
        .order_by()
    )
    places = {where for _code, _month, where, _total, _last in found}
    makes = Exists(Facility.objects.producing().filter(region=OuterRef("pk")))
    regions = Region.objects.filter(Q(pk__in=places) | makes).select_related("parent")
    return Published(
        _months([row[1] for row in found]),
        tuple(regions.order_by("code")),
        {(code, month, where): total for code, month, where, total, _last in found},
        max((row[4] for row in found), default=None),
    )


def _months(told: list[date]) -> tuple[date, ...]:
    if not told:
        return ()
    last = Period.month(max(told))
    return tuple(Period(min(told), last.until))
