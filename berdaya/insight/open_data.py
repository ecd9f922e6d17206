"""What everybody may have as data: six datasets by regency and month, from what was told alone.

Nothing here reads a true count. A regency's number is a sum of what its units were told to have
(docs/rules/public-counts.md), in the regency to which each belonged on the month's first day.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from django.db.models import Case, Exists, F, Max, Min, OuterRef, Q, QuerySet, Sum, When
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

    @property
    def indicator(self) -> Indicator:
        return INDICATORS[self.code]

    @property
    def is_of_people(self) -> bool:
        """Rounded to five; a zero says fewer than five, none included."""
        return self.indicator.told == PEOPLE

    @property
    def definition(self) -> Text:
        return self.indicator.told_definition or self.indicator.definition


RUPIAH = _lazy("rupiah")
PIECES = _lazy("satuan jual (buah, botol, bungkus)")
DATASETS: dict[str, Dataset] = {
    one.slug: one
    for one in (
        Dataset(
            "barang-dibuat", "made", _lazy("Barang yang dibuat"),
            _lazy("Hasil kerja bengkel di lapas dan rutan"),
            _lazy("Jumlah hasil baik"), PIECES,
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
        ),
    )
}  # fmt: skip
Key = TypeVar("Key", bound=Hashable)
CODES = tuple(one.code for one in DATASETS.values())
ALWAYS = "trained"


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
    """What was told: months and regencies in order, the numbers, and every year that has any.

    `values` holds only what was told: of people a zero says nothing, and is not there.
    """

    months: tuple[date, ...]
    regions: tuple[Region, ...]
    values: Mapping[tuple[str, date, str], Decimal]
    years: tuple[int, ...]
    told_at: datetime | None

    def rows(self, code: str) -> list[Row]:
        """Every regency in every month, the oldest month first."""
        return [
            Row(month, region, self.values.get((code, month, region.code)))
            for month in self.months
            for region in self.regions
        ]

    @cached_property
    def of_month(self) -> Mapping[tuple[str, date], Decimal]:
        """By indicator and month: all regencies together."""
        return _sums(((code, month), one) for (code, month, _where), one in self.values.items())

    @cached_property
    def of_region(self) -> Mapping[tuple[str, str], Decimal]:
        """By indicator and regency: all months together."""
        return _sums(((code, where), one) for (code, _month, where), one in self.values.items())

    @cached_property
    def total(self) -> Mapping[str, Decimal]:
        """By indicator: all months and regencies together."""
        return _sums((code, one) for (code, _month), one in self.of_month.items())


def _sums(numbers: Iterable[tuple[Key, Decimal]]) -> dict[Key, Decimal]:
    found: dict[Key, Decimal] = defaultdict(Decimal)
    for key, number in numbers:
        found[key] += number
    return dict(found)


def published(
    codes: Sequence[str] = CODES, *, newest: int | None = None, year: int | None = None
) -> Published:
    """What was told of these indicators, ever, in the newest months or in a year.

    Months without a break from the first to the last one told; regencies are those with a unit
    that makes goods, and those of which something was told. At most four statements.
    """
    told = ToldFigure.objects.filter(part="")
    # Of learners every unit is told something in every month, if only nothing.
    first, last, at = told.filter(indicator=ALWAYS).aggregate(
        first=Min("month"), last=Max("month"), at=Max("told_at")
    ).values()  # fmt: skip
    every = tuple(Period(first, after(last))) if first else ()
    kept = every[-newest:] if newest else every
    kept = tuple(month for month in kept if year is None or month.year == year)
    if kept:
        told = told.filter(indicator__in=codes, month__gte=kept[0], month__lte=kept[-1])
    values = _by_region(told) if kept else {}
    places = {region for _code, _month, region in values}
    makes = Exists(Facility.objects.producing().filter(region=OuterRef("pk")))
    regions = Region.objects.filter(Q(pk__in=places) | makes).select_related("parent")
    years = tuple(sorted({month.year for month in every}))
    return Published(kept, tuple(regions.order_by("code")), values, years, at)


def newest_year() -> int:
    """The calendar year of the last month told; 0 before any: one statement."""
    last = ToldFigure.objects.filter(part="", indicator=ALWAYS).aggregate(last=Max("month"))["last"]
    return last.year if last else 0


def _by_region(told: "QuerySet[ToldFigure]") -> dict[tuple[str, date, str], Decimal]:
    """Sums by regency. Few units ever move: only their rows are looked at one by one, so that the
    database adds up the others."""
    seats: dict[int, list[Seat]] = defaultdict(list)
    for seat in Seat.objects.select_related("facility"):
        seats[seat.facility_id].append(seat)
    moved = {
        pk: held
        for pk, held in seats.items()
        if any(one.region_id != one.facility.region_id for one in held)
    }
    unit = Case(When(facility__in=moved, then=F("facility")), default=None)
    rows = (
        told.annotate(unit=unit)
        .values_list("indicator", "month", "facility__region", "unit")
        .annotate(total=Sum("numerator"))
        .order_by()
    )
    found: dict[tuple[str, date, str], Decimal] = defaultdict(Decimal)
    for code, month, present, pk, total in rows:
        there = next((one.region_id for one in moved.get(pk, ()) if one.holds_on(month)), present)
        # Of people a zero is nothing told.
        if total or INDICATORS[code].told != PEOPLE:
            found[code, month, there] += total
    return dict(found)
