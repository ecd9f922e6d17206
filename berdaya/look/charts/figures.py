"""A chart as a page shows it, and as files to take away: SVG, PNG, CSV."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.http import Http404, HttpResponse
from django.utils.formats import date_format

from berdaya.look import exports, paper
from berdaya.look.charts.drawing import told
from berdaya.look.charts.parts import NARROW, WIDE, Grid, Text

FORMS = ("svg", "png", "csv")


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

    @property
    def wide(self) -> str:
        """For a desk, and for every file."""
        return self.draw(self.chart, WIDE)

    @property
    def narrow(self) -> str:
        """For a phone: the same numbers, letters of the same size."""
        return self.draw(self.chart, NARROW)

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
    name = figure.chart.key
    if form == "csv":
        grid = figure.chart.grid()
        kinds = ["text"] * len(grid.head)
        return exports.csv_file(name, [str(one) for one in grid.head], kinds, grid.rows)
    svg = figure.wide
    if form == "svg":
        return _file(svg.encode(), "image/svg+xml", f"{name}.svg")
    return _file(paper.render_png("chart.typ", {"svg": svg}), "image/png", f"{name}.png")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
