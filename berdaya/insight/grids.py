"""One table in one shape for screen, XLSX, CSV and paper, so that the four say the same."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.money import format_qty, format_rp
from berdaya.insight.indicators import INDICATORS, PILLARS, Indicator
from berdaya.insight.indicators.base import (
    BY_FAMILY,
    DAYS,
    PEOPLE,
    PERCENT,
    PERSONS,
    RUPIAH,
)
from berdaya.insight.queries import OFFICE, PUBLIC, Value

UNITS: Mapping[str, Any] = {
    PERCENT: "%",
    RUPIAH: "Rp",
    PERSONS: pgettext_lazy("insight", "orang"),
    DAYS: pgettext_lazy("insight", "hari"),
}
AUDIENCES: Mapping[str, Any] = {
    OFFICE: _lazy("Untuk kantor dalam lingkup: jumlah sebenarnya, jangan disebarkan"),
    PUBLIC: _lazy("Untuk umum dan pihak UMKM: dibulatkan, di bawah lima orang tidak ditampilkan"),
}


@dataclass(frozen=True)
class Cell:
    """A number as it is, and as it is written."""

    raw: Any
    text: str
    url: str = ""


@dataclass(frozen=True)
class Grid:
    """Heads, kinds of columns (see look/exports.py) and rows; `audience` names who may read it."""

    name: str
    caption: str
    audience: str
    heads: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def audience_text(self) -> str:
        return str(AUDIENCES[self.audience])

    @property
    def file_name(self) -> str:
        """The audience stands in the name of every file."""
        return f"{self.name}-{'kantor' if self.audience == OFFICE else 'umum'}"

    @property
    def lines(self) -> list[tuple[bool, list[tuple[str, bool, Cell]]]]:
        """Rows for the screen: whether nothing is known in it, and each cell with its head and
        whether it is a number."""
        numbers = [kind != "text" for kind in self.kinds]
        return [
            (
                all(cell.raw is None for cell in row[1:]),
                list(zip(self.heads, numbers, row, strict=True)),
            )
            for row in self.rows
        ]

    @property
    def columns(self) -> list[tuple[str, bool]]:
        """Heads for the screen, and whether each stands over numbers."""
        return [(head, kind != "text") for head, kind in zip(self.heads, self.kinds, strict=True)]

    @property
    def export(self) -> tuple[str, Sequence[str], Sequence[str], Iterable[Sequence[Any]]]:
        """Arguments of look.exports: a last column says for whom it is."""
        rows = [[*(cell.raw for cell in row), self.audience_text] for row in self.rows]
        return self.file_name, [*self.heads, _("Untuk siapa")], [*self.kinds, "text"], rows


def unit_of(indicator: Indicator) -> str:
    """The unit as it is written behind a number, or before it for rupiah."""
    return str(UNITS.get(indicator.unit, indicator.unit))


def written(value: Decimal | int) -> str:
    """A quantity with the marks of the active language."""
    return format_qty(Decimal(value), get_language() or "id")


def said(indicator: Indicator, value: Decimal | int | None, audience: str = OFFICE) -> str:
    """A value in words of numbers; a dash where there is none. What was rounded says so."""
    if value is None:
        return "–"
    if audience == PUBLIC and indicator.told in (PEOPLE, BY_FAMILY):
        return _("sekitar %s") % said(indicator, value) if value else _("tidak ditampilkan")
    if indicator.unit == RUPIAH:
        return format_rp(int(value))
    number = written(value)
    return f"{number}%" if indicator.unit == PERCENT else f"{number} {unit_of(indicator)}"


def number(value: Decimal | None) -> Cell:
    """A number for a grid; a dash where there is none."""
    if value is None:
        return Cell(None, "–")
    whole = value == value.to_integral_value()
    return Cell(int(value) if whole else value, written(value))


def of_values(
    indicator: Indicator,
    values: Iterable[Value],
    audience: str,
    head: str,
    links: Mapping[str, str] | None = None,
) -> Grid:
    """One indicator by place, month or part."""
    rows = [
        (
            Cell(one.label, one.label, (links or {}).get(one.key, "")),
            number(one.numerator),
            number(one.denominator),
            Cell(number(one.value).raw, said(indicator, one.value, audience)),
        )
        for one in values
    ]
    heads = (head, _("Pembilang"), _("Penyebut"), _("Nilai"))
    return Grid(
        f"indikator-{indicator.code}", str(indicator.title), audience, heads,
        ("text", "qty", "qty", "qty"), tuple(rows),
    )  # fmt: skip


def of_overview(
    name: str,
    caption: str,
    audience: str,
    values: Mapping[str, Value],
    targets: Mapping[str, Decimal] | None = None,
) -> Grid:
    """Every indicator that the audience may read, under its pillar; with targets where given."""
    rows = []
    for code, indicator in INDICATORS.items():
        one = values.get(code)
        if one is None:
            continue
        pillar, title = str(PILLARS[indicator.pillar]), str(indicator.title)
        target = (targets or {}).get(code)
        aims = [] if targets is None else [Cell(number(target).raw, said(indicator, target))]
        rows.append(
            (
                Cell(title, title),
                Cell(pillar, pillar),
                number(one.numerator),
                number(one.denominator),
                Cell(number(one.value).raw, said(indicator, one.value, audience)),
                *aims,
            )
        )
    aim = () if targets is None else (_("Target"),)
    heads = (
        _("Indikator"), _("Pilar"), _("Pembilang"), _("Penyebut"), _("Nilai"), *aim,
    )  # fmt: skip
    kinds = ("text", "text", "qty", "qty", "qty", *(["qty"] if aim else []))
    return Grid(name, caption, audience, heads, kinds, tuple(rows))


def of_places(
    name: str,
    caption: str,
    audience: str,
    head: str,
    places: Sequence[tuple[str, str, str]],
    columns: Sequence[tuple[Indicator, Sequence[Value | None]]],
) -> Grid:
    """Places (key, name, address) by indicators: a column each, with its unit in the head."""
    rows = []
    for place, (_key, label, url) in enumerate(places):
        cells = [Cell(label, label, url)]
        for indicator, values in columns:
            one = values[place]
            value = None if one is None else one.value
            cells.append(Cell(number(value).raw, said(indicator, value, audience)))
        rows.append(tuple(cells))
    heads = (head, *(f"{one.title} ({unit_of(one)})" for one, _values in columns))
    return Grid(name, caption, audience, heads, ("text", *["qty"] * len(columns)), tuple(rows))


def of_snapshot(
    name: str, caption: str, snapshot: Mapping[str, Any], audience: str = OFFICE
) -> Grid:
    """A report as it was frozen; a unit's own is always for offices."""
    values = {
        line["code"]: Value(
            "", "", Decimal(line["numerator"]),
            None if line["denominator"] is None else Decimal(line["denominator"]),
            None if line["value"] is None else Decimal(line["value"]),
        )
        for line in snapshot["indicators"]
        if line["code"] in INDICATORS
    }  # fmt: skip
    return of_overview(name, caption, audience, values)


def summary(grid: Grid, title: str) -> str:
    """A few lines to paste into a chat: no person, and for whom it is."""
    lines = [f"*{title}*", f"_{grid.audience_text}_"]
    pillar = ""
    for row in grid.rows:
        if row[1].text != pillar:
            pillar = row[1].text
            lines += ["", f"*{pillar}*"]
        lines.append(f"• {row[0].text}: {row[4].text}")
    return "\n".join(lines)


def summary_of(
    title: str,
    told_to: str,
    codes: Iterable[str],
    value: Callable[[str], Value | None],
    audience: str,
) -> str:
    """The same of a board: indicators of a place, without person or small unit."""
    lines = [f"*{title}*", f"_{told_to}_", ""]
    for code in codes:
        one = value(code)
        said_of = said(INDICATORS[code], one.value if one else None, audience)
        lines.append(f"• {INDICATORS[code].title}: {said_of}")
    return "\n".join(lines)
