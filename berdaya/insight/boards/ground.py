"""What every board stands on: the rows of one statement, its places, months and words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.insight import grids
from berdaya.insight.calc import PER_MAKER
from berdaya.insight.cube import FACILITY, PROVINCE, REGENCY, Cube, Reach, deep
from berdaya.insight.indicators import INDICATORS, Indicator
from berdaya.insight.indicators.base import PERCENT, RUPIAH
from berdaya.insight.maps import has_map, map_of, short_name
from berdaya.insight.periods import Period, after, finished_month
from berdaya.insight.queries import OFFICE, Value
from berdaya.look.charts import Chart, Number, Places, Series, bars, multiples, places
from berdaya.look.charts.figures import Drawable, Figured

MOST_PANELS = 12  # small pictures: the largest places, the table has all
TAIL = {True: "kantor", False: "umum"}


@dataclass(frozen=True)
class Names:
    """What places are called: regions by code, facilities by code."""

    regions: Mapping[str, str]
    units: Mapping[str, str]

    def of(self, key: str) -> str:
        return self.units.get(key) or self.regions.get(key) or key

    def short(self, key: str) -> str:
        """For where there is little room."""
        return short_name(self.of(key))


@dataclass(frozen=True)
class Kind:
    """One board: which indicators it asks for, of which also the steps, and how it is drawn."""

    key: str
    title: str | Promise
    intro: str | Promise
    codes: tuple[str, ...]
    stepped: tuple[str, ...]
    charts: Callable[["Board"], list[Figured]]
    # Which indicator the places are compared by unless another is asked for.
    usual: str
    # Whether it asks for days as well.
    has_days: bool = False

    def codes_for(self, audience: str) -> list[str]:
        """What an audience may read of it."""
        return [code for code in self.codes if audience == OFFICE or INDICATORS[code].is_told]

    def stepped_for(self, audience: str) -> list[str]:
        """Steps that are told, and for offices every part."""
        return [code for code in self.stepped if audience == OFFICE or INDICATORS[code].tells_steps]


@dataclass
class Board:
    """A kind, filled: everything that its charts and its table are drawn from."""

    kind: Kind
    reach: Reach
    period: Period
    cube: Cube
    names: Names
    code: str
    # How the address names the period.
    asked: str
    per: str = ""
    days: Mapping[date, int] | None = None
    # Where a place leads to, by its key; `address` of this page, to which a chart's key is added.
    links: Mapping[str, str] | None = None
    address: Callable[[str], str] = str
    # Places that the table names although nothing is known of them.
    every: Sequence[str] = ()

    @property
    def is_office(self) -> bool:
        return self.reach.audience == OFFICE

    @cached_property
    def year(self) -> Period:
        """Twelve months up to the last one of the period that has begun."""
        return year_of(self.period)

    @property
    def months(self) -> tuple[str, ...]:
        return tuple(date_format(month, "M y") for month in self.year)

    @property
    def by(self) -> str:
        return deep(self.reach)

    @property
    def place(self) -> str:
        """Of where the board is."""
        key = self.reach.unit or self.reach.within
        return self.names.of(key) if key else _("Nasional")

    @property
    def codes(self) -> list[str]:
        return self.kind.codes_for(self.reach.audience)

    @property
    def head(self) -> str:
        """What the places of the table are."""
        return {PROVINCE: _("Provinsi"), REGENCY: _("Kabupaten atau kota"), FACILITY: _("UPT")}[
            self.by
        ]

    @property
    def told_to(self) -> str:
        """The line below every picture that is taken away."""
        words = [str(grids.AUDIENCES[self.reach.audience]), self.place, period_words(self.period)]
        if self.cube.at is not None:
            day = clock.local(self.cube.at, clock.DEFAULT_ZONE).date()
            words.append(_("dihitung %s") % date_format(day, "j F Y"))
        return " · ".join(words)

    @property
    def tail(self) -> str:
        place = (self.reach.unit or self.reach.within or "nasional").lower()
        return f"{place}-{self.asked.lower()}-{TAIL[self.is_office]}"

    def figured(self, chart: Drawable, draw: Callable[..., str], note: str = "") -> Figured:
        """A chart with its files, each of which says for whom it is."""
        url = self.address(chart.key)
        return Figured(chart, draw, url, note, self.told_to, self.tail)

    def lines(
        self, key: str, title: str, codes: Sequence[str], draw: Callable[..., str]
    ) -> Figured | None:
        """Indicators of one unit over a year; None where the audience reads none of them."""
        mine = [code for code in codes if code in self.codes]
        if not mine:
            return None
        series = tuple(
            Series(INDICATORS[code].title, self.cube.along(code, self.year)) for code in mine
        )
        unit = unit_of(INDICATORS[mine[0]])
        return self.figured(Chart(key, title, self.months, series, unit, _("Bulan")), draw)

    def map(self, note: str = "") -> Figured | None:
        """The chosen indicator by region, where there is a map of that level."""
        if self.reach.unit or not has_map(self.reach.within):
            return None
        known = INDICATORS[self.code]
        values: dict[str, Number] = dict(self.cube.by_place(self.code, self.period, self.per))
        drawn: Places = map_of(
            self.reach.within, f"peta-{self.code}", self.titled(known), self.names.regions,
            values, unit=unit_of(known), heads=(self.head, self.titled(known)),
            unknown=_("tidak ada data") if self.is_office else _("tidak diumumkan"),
            links=self.links or {},
        )  # fmt: skip
        return self.figured(drawn, places, note)

    def compared(self) -> Figured | None:
        """The chosen indicator of each place over the year, on one scale."""
        keys = sorted(
            self.cube.keys, key=lambda key: -(self.cube.value(self.code, self.year, key) or 0)
        )
        if not keys:
            return None
        known = INDICATORS[self.code]
        series = tuple(
            Series(self.names.short(key), self.cube.along(self.code, self.year, key, self.per))
            for key in keys[:MOST_PANELS]
        )
        chart = Chart(
            f"banding-{self.code}", _("%(what)s, tiap %(place)s") % {
                "what": self.titled(known), "place": self.head},
            self.months, series, unit_of(known), _("Bulan"),
        )  # fmt: skip
        note = ""
        if len(keys) > MOST_PANELS:
            note = _("Dua belas yang terbesar; semuanya ada dalam tabel di bawah.")
        return self.figured(chart, multiples if len(series) > 1 else bars, note)

    def titled(self, known: Indicator) -> str:
        """Its title, and by what it is divided."""
        if not self.per or known.is_ratio:
            return str(known.title)
        by = _("per pembuat") if self.per == PER_MAKER else _("per kapasitas UPT")
        return f"{known.title} {by}"

    def by_month(self, links: Mapping[str, str]) -> grids.Grid:
        """The chosen indicator month by month: the last step before the rows themselves."""
        known = INDICATORS[self.code]
        values = []
        for month in reversed(list(self.year)):
            one = Period.month(month)
            sums = self.cube.sums(self.code, one)
            if sums is not None:
                value = self.cube.value(self.code, one)
                words = period_words(one)
                values.append(
                    Value(f"{month:%Y-%m}", words, sums.numerator, sums.denominator, value)
                )
        return grids.of_values(known, values, self.reach.audience, _("Bulan"), links)

    def table(self) -> grids.Grid:
        """Every place with the board's indicators: the table, and the files of it."""
        keys = sorted({*self.cube.keys, *self.every}, key=self.names.short)
        named = self.names.short if self.every else self.names.of
        rows = [(key, named(key), (self.links or {}).get(key, "")) for key in keys]
        columns = [(INDICATORS[code], [self.value(code, key) for key in keys])
                   for code in self.codes]  # fmt: skip
        return grids.of_places(
            f"papan-{self.kind.key}-{self.tail.rpartition('-')[0]}",
            f"{self.kind.title}: {self.place}, {period_words(self.period)}",
            self.reach.audience, self.head, rows, columns,
        )  # fmt: skip

    def value(self, code: str, key: str | None = None) -> Value | None:
        """An indicator's cell, of a place or of all."""
        sums = self.cube.sums(code, self.period, key)
        if sums is None:
            return None
        value = self.cube.value(code, self.period, key)
        return Value(key or "", "", sums.numerator, sums.denominator, value)


def year_of(period: Period) -> Period:
    """The twelve months that a board draws for a period."""
    last = min(period.last_month, max(finished_month(clock.today()), period.start))
    return Period(after(last, -11), after(last))


def span_of(period: Period) -> Period:
    """What has to be asked for: the period and the year drawn with it."""
    year = year_of(period)
    return Period(min(period.start, year.start), max(period.until, year.until))


def unit_of(known: Indicator) -> str:
    """How a chart writes it: a word for a unit is said by the title, not by every mark."""
    return {RUPIAH: "Rp", PERCENT: "%"}.get(str(known.unit), "")


def period_words(period: Period) -> str:
    """`Oktober 2026`, `triwulan 3 2026`, `2026`, else from month to month."""
    if len(period) == 1:
        return date_format(period.start, "F Y")
    if len(period) == 3 and period.start.month % 3 == 1:
        return _("triwulan %(n)s %(year)s") % {
            "n": period.start.month // 3 + 1, "year": period.start.year}  # fmt: skip
    if period == Period.year(period.start.year):
        return str(period.start.year)
    first = "F" if period.start.year == period.last_month.year else "F Y"
    return f"{date_format(period.start, first)}–{date_format(period.last_month, 'F Y')}"


def begun(period: Period) -> Period:
    """What of a period is over: a year that goes on ends with its last finished month, so that
    what stands at a month's end is read there. A period that has only begun stays whole."""
    last = finished_month(clock.today())
    if period.start <= last < period.last_month:
        return Period(period.start, after(last))
    return period
