"""Times beside each other: a bar a row from its first to its last day, and where today stands."""

from datetime import date, timedelta
from xml.sax.saxutils import quoteattr

from django.utils.translation import gettext as _

from berdaya.look.charts.drawing import (
    DYES,
    INK,
    PAPER,
    QUIET,
    RULE,
    Canvas,
    cut,
    trim,
    width_of,
)
from berdaya.look.charts.parts import WIDE, Span, Spans

TOP, ROW, BAR = 22.0, 44.0, 14.0
TONES = {"done": "#2F4A2C", "warn": "#D9982B", "bad": DYES[1], "off": "#8A7E6C", "": DYES[0]}
YEAR = 365


def spans(chart: Spans, width: int = WIDE) -> str:
    """A row a time, years above, today as a line; what has no end runs out at the right edge."""
    height = TOP + max(len(chart.spans), 1) * ROW
    canvas = Canvas(chart.key, chart.title, width, height, _words(chart))
    # What is one image holds no links.
    canvas.role = "group" if chart.links else "img"
    first, last = reach(chart)
    scale = width / ((last - first).days or 1)
    _years(canvas, first, last, scale)
    for number, one in enumerate(chart.spans):
        url = chart.links.get(one.code)
        if url:
            canvas.pieces.append(f"<a href={quoteattr(url)}>")
        _row(canvas, one, TOP + number * ROW, first, last, scale)
        if url:
            canvas.pieces.append("</a>")
    at = (chart.today - first).days * scale
    canvas.path(
        f"M{trim(at)} {TOP - 4}V{trim(height)}", _("Hari ini"), stroke=INK, stroke_width=1.5,
        stroke_dasharray="4 3", fill="none",
    )  # fmt: skip
    return canvas.svg()


def reach(chart: Spans) -> tuple[date, date]:
    """The first and last day drawn: all that is known, at least a year to each side of today."""
    year = timedelta(days=YEAR)
    begins = [one.first for one in chart.spans]
    ends = [one.until for one in chart.spans if one.until]
    first, last = min([chart.today - year, *begins]), max([chart.today + year, *ends])
    return date(first.year, 1, 1), date(last.year + 1, 1, 1)


def _words(chart: Spans) -> str:
    return "; ".join(f"{one.label}: {one.says}" for one in chart.spans)


def _years(canvas: Canvas, first: date, last: date, scale: float) -> None:
    """A line a year, and its number where there is room for it."""
    every = max(1, -(-int(width_of("2026") + 10) // max(int(scale * YEAR), 1)))
    for year in range(first.year, last.year):
        x = (date(year, 1, 1) - first).days * scale
        canvas.line(x, TOP - 4, x, canvas.height, RULE)
        if (year - first.year) % every == 0:
            canvas.text(x + 3, 12, str(year), fill=QUIET)


def _row(canvas: Canvas, one: Span, top: float, first: date, last: date, scale: float) -> None:
    """The name above its bar, its state at the right; both lie on paper, above lines of years."""
    left = (one.first - first).days * scale
    end = ((one.until or last) - first).days * scale
    beside = width_of(str(one.note)) + 4
    words = cut(one.label, canvas.width - beside - 12)
    canvas.rect(0, top + 2, width_of(words) + 4, 17, PAPER)
    canvas.text(2, top + 15, words, bold=True)
    canvas.rect(canvas.width - beside, top + 2, beside, 17, PAPER)
    canvas.text(canvas.width - 2, top + 15, one.note, anchor="end", fill=QUIET)
    says = f"{one.label}: {one.says}"
    canvas.rect(left, top + 22, max(end - left, 3), BAR, TONES[one.tone], says)
    if one.until is None:
        tip = f"M{trim(end - 10)} {trim(top + 23)}l9 6l-9 6z"
        canvas.path(tip, fill=PAPER, fill_opacity=".8")
