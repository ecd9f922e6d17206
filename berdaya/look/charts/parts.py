"""What a chart is made of. Every kind can also be read as a table: `grid()`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.utils.functional import Promise

Text = str | Promise
Number = int | float | Decimal

# Widths in pixels at which letters have their own size: a desk's column, and a phone.
WIDE, NARROW = 720, 328


@dataclass(frozen=True)
class Grid:
    """A chart as rows and columns: what stands beside it, and in its CSV."""

    head: tuple[Text, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True)
class Series:
    """One line of numbers, a value for each category; None where nothing is known."""

    label: Text
    values: tuple[Number | None, ...]


@dataclass(frozen=True)
class Chart:
    """Numbers by category. `key` is unique on its page; unit: "Rp", "%", or a word behind.

    ValueError where a series has another length than the categories.
    """

    key: str
    title: Text
    categories: tuple[Text, ...]
    series: tuple[Series, ...]
    unit: str = ""
    axis: Text = ""

    def __post_init__(self) -> None:
        if any(len(one.values) != len(self.categories) for one in self.series):
            raise ValueError(f"{self.key}: a series has not one value a category")

    @property
    def known(self) -> list[Number]:
        """Every number that is there."""
        return [value for one in self.series for value in one.values if value is not None]

    def grid(self) -> Grid:
        """A row a category, a column a series."""
        columns = [one.values for one in self.series]
        rows = zip(self.categories, *columns, strict=True)
        return Grid((self.axis, *(one.label for one in self.series)), tuple(rows))


@dataclass(frozen=True)
class Stage:
    """A step that fewer pass than the one before."""

    label: Text
    count: int


@dataclass(frozen=True)
class Funnel:
    """How many are left after each step; never more than before (ValueError)."""

    key: str
    title: Text
    stages: tuple[Stage, ...]
    axis: Text = ""
    measure: Text = ""

    def __post_init__(self) -> None:
        counts = [one.count for one in self.stages]
        if counts != sorted(counts, reverse=True) or any(one < 0 for one in counts):
            raise ValueError(f"{self.key}: a later step has more than an earlier one")

    def grid(self) -> Grid:
        """Step, how many, and the share of the first in percent."""
        first = self.stages[0].count if self.stages else 0
        rows = [(one.label, one.count, percent(one.count, first)) for one in self.stages]
        return Grid((self.axis, self.measure, "%"), tuple(rows))


def percent(part: Number, whole: Number) -> Decimal | None:
    """To one place; None of nothing."""
    if not whole:
        return None
    return (Decimal(str(part)) * 100 / Decimal(str(whole))).quantize(Decimal("0.1"))


@dataclass(frozen=True)
class Flow:
    """So much from one node to another; zero and less are refused (ValueError)."""

    source: str
    target: str
    amount: Number

    def __post_init__(self) -> None:
        if self.amount <= 0 or self.source == self.target:
            raise ValueError(f"{self.source} → {self.target}: not a flow")


@dataclass(frozen=True)
class Flows:
    """Where an amount comes from and where it goes: nodes by name, with what they are called."""

    key: str
    title: Text
    names: Mapping[str, Text]
    flows: tuple[Flow, ...]
    unit: str = ""
    heads: tuple[Text, Text, Text] = ("", "", "")

    def grid(self) -> Grid:
        """From, to, how much."""
        rows = [(self.names[one.source], self.names[one.target], one.amount) for one in self.flows]
        return Grid(self.heads, tuple(rows))


@dataclass(frozen=True)
class Calendar:
    """A number a day, from the first to the last day; a day that is absent is not known."""

    key: str
    title: Text
    first: date
    last: date
    days: Mapping[date, Number]
    unit: str = ""
    heads: tuple[Text, Text] = ("", "")

    def grid(self) -> Grid:
        """A row a known day."""
        inside = sorted(day for day in self.days if self.first <= day <= self.last)
        return Grid(self.heads, tuple((day, self.days[day]) for day in inside))


@dataclass(frozen=True)
class Span:
    """A time from its first day to the day before `until`; None runs on. `says`: it in words.

    `tone` is one of the look's ("", done, warn, bad, off), `note` the word beside the label.
    """

    code: str
    label: Text
    first: date
    until: date | None
    says: Text
    note: Text = ""
    tone: str = ""


@dataclass(frozen=True)
class Spans:
    """Times one below the other, and the day from which they are looked at.

    `links`: where a row leads to, by its code.
    """

    key: str
    title: Text
    spans: tuple[Span, ...]
    today: date
    heads: tuple[Text, Text, Text, Text] = ("", "", "", "")
    links: Mapping[str, str] = field(default_factory=dict)

    def grid(self) -> Grid:
        """What, from, last day, how it stands."""
        rows = [
            (one.label, one.first, one.until - timedelta(days=1) if one.until else None, one.note)
            for one in self.spans
        ]
        return Grid(self.heads, tuple(rows))


@dataclass(frozen=True)
class Shape:
    """A place's outline as an SVG path in the map's own units.

    `at` is where its name stands, `extent` how wide and tall its largest piece is: what is too
    small to be seen is drawn as a dot.
    """

    code: str
    label: Text
    path: str
    at: tuple[float, float] = (0.0, 0.0)
    extent: tuple[float, float] = (0.0, 0.0)
    short: Text = ""


@dataclass(frozen=True)
class Places:
    """A number a place on a map; a place without one is drawn as not known.

    `links`: where a place leads to, by its code.
    """

    key: str
    title: Text
    shapes: Sequence[Shape]
    values: Mapping[str, Number]
    size: tuple[float, float]
    unit: str = ""
    heads: tuple[Text, Text] = ("", "")
    unknown: Text = ""
    bounds: tuple[Number, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)

    def grid(self) -> Grid:
        """A row a place, largest number first, the unknown ones last."""
        order = sorted(self.shapes, key=lambda one: str(one.label))
        order.sort(key=lambda one: -float(self.values.get(one.code, -1)))
        return Grid(self.heads, tuple((one.label, self.values.get(one.code)) for one in order))
