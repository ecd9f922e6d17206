"""A map whose places are coloured by a number, with the classes told below it."""

from xml.sax.saxutils import escape, quoteattr

from berdaya.look.charts import scale
from berdaya.look.charts.drawing import (
    INK,
    LETTER,
    PAPER,
    QUIET,
    STEPS,
    Canvas,
    short,
    told,
    trim,
    width_of,
)
from berdaya.look.charts.parts import WIDE, Places, Shape

KEY, EDGE, WATER = 26.0, "#8A7E6C", "#F3F4F2"
LEAST, DOT, NAME = 9.0, 5.0, 10.5  # pixels: what is smaller gets a dot; letters of names
BOX, GAP, LINE = 14.0, 20.0, 19.0


def places(chart: Places, width: int = WIDE) -> str:
    """Classes hold about as many places each, unless `bounds` says where they begin.

    Where `links` leads somewhere the picture is a group, for what is one image holds no links.
    """
    wide, tall = chart.size
    times = width / wide
    known = [chart.values[one.code] for one in chart.shapes if one.code in chart.values]
    bounds = tuple(float(one) for one in chart.bounds) or scale.bounds_of(known, len(STEPS))
    first = chart.grid().rows[:3]
    words = "; ".join(f"{name}: {told(value, chart.unit)}" for name, value in first if value)
    canvas = Canvas(chart.key, chart.title, width, tall * times + KEY, words)
    canvas.role = "group" if chart.links else "img"
    canvas.pieces.append(
        f'<rect width="{width}" height="{trim(tall * times)}" rx="10" fill="{WATER}"/>'
    )
    missing = hatch(canvas, f"{chart.key}-{width}-map", 1 / times)
    plain = hatch(canvas, f"{chart.key}-{width}-key", 1)
    for one in chart.shapes:
        value = chart.values.get(one.code)
        step = -1 if value is None else scale.class_of(value, bounds)
        _place(canvas, chart, one, times, step, missing)
    for one in chart.shapes:
        _name(canvas, one, times)
    _legend(canvas, chart, bounds, plain, tall * times + 18)
    return canvas.svg()


def hatch(canvas: Canvas, name: str, unit: float) -> str:
    """The fill of what is not known: stripes, so that it is no colour of a class. `unit`: how
    many of the drawing's own units a pixel is."""
    side, thick = trim(5 * unit), trim(1.3 * unit)
    canvas.pieces.append(
        f'<pattern id="{name}" width="{side}" height="{side}" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><rect width="{side}" height="{side}" fill="{PAPER}"/>'
        f'<path d="M0 0V{side}" stroke="#A79878" stroke-width="{thick}"/></pattern>'
    )
    return f"url(#{name})"


def _place(
    canvas: Canvas, chart: Places, one: Shape, times: float, step: int, missing: str
) -> None:
    """The outline, and a dot where it would be too small to be seen or touched."""
    value = chart.values.get(one.code)
    number = str(chart.unknown or "–") if value is None else told(value, chart.unit)
    says = f"{one.label}: {number}"
    fill = missing if step < 0 else STEPS[step]
    url = chart.links.get(one.code)
    if url:
        canvas.pieces.append(f"<a href={quoteattr(url)} aria-label={quoteattr(says)}>")
    canvas.path(
        one.path, says, fill=fill, stroke=EDGE, stroke_width=trim(0.8 / times),
        stroke_linejoin="round", transform=f"scale({times:.4f})",
    )  # fmt: skip
    if max(one.extent) * times < LEAST and one.extent != (0.0, 0.0):
        x, y = one.at[0] * times, one.at[1] * times
        canvas.path(
            f"M{trim(x)} {trim(y)}m-{DOT} 0a{DOT} {DOT} 0 1 0 {2 * DOT} 0a{DOT} {DOT} 0 1 0"
            f" -{2 * DOT} 0", says, fill=fill, stroke=INK, stroke_width=1,
        )  # fmt: skip
    if url:
        canvas.pieces.append("</a>")


def _name(canvas: Canvas, one: Shape, times: float) -> None:
    """The name upon an area that is wide enough for it, edged in light so that it can be read on
    every colour; the table names all of them."""
    words = str(one.short or one.label)
    if width_of(words, NAME) > one.extent[0] * times * 0.8 or one.extent[1] * times < 2 * NAME:
        return
    x, y = trim(one.at[0] * times), trim(one.at[1] * times + NAME / 3)
    canvas.pieces.append(
        f'<text x="{x}" y="{y}" text-anchor="middle" font-size="{NAME}" fill="{INK}"'
        f' stroke="{PAPER}" stroke-width="3" stroke-linejoin="round" paint-order="stroke">'
        f"{escape(words)}</text>"
    )


def _legend(
    canvas: Canvas, chart: Places, bounds: tuple[float, ...], missing: str, y: float
) -> None:
    """From what number on each step of colour is, and how many places it has."""
    counts = [0] * len(bounds)
    for one in chart.shapes:
        if one.code in chart.values:
            counts[scale.class_of(chart.values[one.code], bounds)] += 1
    keys = [
        (STEPS[number], f"≥ {short(bound, chart.unit)} ({counts[number]})")
        for number, bound in enumerate(bounds)
    ]
    nowhere = len(chart.shapes) - sum(counts)
    if nowhere:
        keys.append((missing, f"{chart.unknown or '–'} ({nowhere})"))
    x = 0.0
    for fill, words in keys:
        wide = GAP + width_of(words, LETTER) + 12
        if x and x + wide > canvas.width:
            x, y = 0.0, y + LINE
            canvas.height += LINE
        canvas.path(
            f"M{trim(x)} {trim(y - 11)}h{BOX}v{BOX}h-{BOX}z", fill=fill, stroke=EDGE,
            stroke_width=0.8,
        )  # fmt: skip
        canvas.text(x + GAP, y, words, fill=QUIET)
        x += wide
