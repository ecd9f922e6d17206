"""A chart as a page shows it, and as files to take away: SVG, PNG, CSV."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol
from xml.sax.saxutils import escape

from django.http import Http404, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from berdaya.look import exports, paper
from berdaya.look.charts.drawing import QUIET, told, trim, width_of
from berdaya.look.charts.parts import NARROW, WIDE, Grid, Text

FORMS = ("svg", "png", "csv")
SMALL = 11  # pixels: the line below a picture that is taken away


class Drawable(Protocol):
    """What every chart has."""

    @property
    def key(self) -> str: ...
    @property
    def title(self) -> Text: ...
    def grid(self) -> Grid: ...


@dataclass(frozen=True)
class Figured:
    """A chart and how it is drawn. `url` answers to ?berkas=svg, png or csv (`download`)."""

    chart: Drawable
    draw: Callable[..., str]
    url: str = ""
    note: Text = ""
    # For whom and of when it is: stands in every file, its `tail` in the file's name.
    told_to: Text = ""
    tail: str = ""

    @property
    def wide(self) -> str:
        """For a desk, and for every file."""
        return self.draw(self.chart, WIDE)

    @property
    def narrow(self) -> str:
        """For a phone: the same numbers, letters of the same size."""
        return self.draw(self.chart, NARROW)

    @property
    def files(self) -> list[tuple[str, str]]:
        """Where each form of it is found."""
        start = f"{self.url}{'&' if '?' in self.url else '?'}berkas="
        return [(form.upper(), f"{start}{form}") for form in FORMS]

    @property
    def picture(self) -> str:
        """As a file: without links into pages, with a line that says for whom it is."""
        chart = self.chart
        if getattr(chart, "links", None):
            chart = replace(chart, links={})  # type: ignore[type-var]
        return footed(self.draw(chart, WIDE), str(self.told_to))

    @property
    def unit(self) -> str:
        return str(getattr(self.chart, "unit", ""))

    @property
    def rows(self) -> list[list[str]]:
        """The table beside it, as people read it."""
        return [[self._cell(value) for value in row] for row in self.chart.grid().rows]

    def _cell(self, value: object) -> str:
        if isinstance(value, date):
            return date_format(value, "j F Y")
        if value is None or (isinstance(value, int | float) or hasattr(value, "quantize")):
            return told(value, "Rp" if self.unit == "Rp" else "")  # type: ignore[arg-type]
        return str(value)


def download(figure: Figured, form: str) -> HttpResponse:
    """The file that was asked for; Http404 for a form that is none of FORMS."""
    if form not in FORMS:
        raise Http404
    name = f"{figure.chart.key}{'-' if figure.tail else ''}{figure.tail}"
    if form == "csv":
        grid = figure.chart.grid()
        heads, rows = [str(one) for one in grid.head], grid.rows
        if figure.told_to:
            heads, rows = [*heads, _("Untuk siapa")], tuple((*row, figure.told_to) for row in rows)
        return exports.csv_file(name, heads, ["text"] * len(heads), rows)
    svg = figure.picture
    if form == "svg":
        return _file(svg.encode(), "image/svg+xml", f"{name}.svg")
    return _file(paper.render_png("chart.typ", {"svg": svg}), "image/png", f"{name}.png")


def footed(svg: str, words: str) -> str:
    """A drawing with a line of quiet letters below it; as it is without words."""
    if not words:
        return svg
    found = re.match(r'<svg[^>]* viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    if found is None:
        raise ValueError("no drawing")
    wide, tall = float(found[1]), float(found[2])
    lines = wrapped(words, wide, SMALL)
    grown = svg.replace(found[0], found[0].replace(
        f" {found[2]}", f" {trim(tall + 8 + len(lines) * 14)}"), 1)  # fmt: skip
    below = "".join(
        f'<text x="0" y="{trim(tall + (place + 1) * 14)}" font-size="{SMALL}" fill="{QUIET}">'
        f"{escape(line)}</text>"
        for place, line in enumerate(lines)
    )
    return grown.removesuffix("</svg>") + below + "</svg>"


def wrapped(words: str, room: float, size: float) -> list[str]:
    """Words in lines that fit."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
