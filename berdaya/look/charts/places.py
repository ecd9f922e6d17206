"""A map whose places are coloured by a number, with the classes told below it."""

from berdaya.look.charts import scale
from berdaya.look.charts.calendar import legend
from berdaya.look.charts.drawing import COTTON, QUIET, STEPS, Canvas, told, trim
from berdaya.look.charts.parts import WIDE, Places

KEY, EDGE = 30.0, "#B7A98C"


def places(chart: Places, width: int = WIDE) -> str:
    """Classes hold about as many places each, unless `bounds` says where they begin."""
    wide, tall = chart.size
    times = width / wide
    known = [chart.values[one.code] for one in chart.shapes if one.code in chart.values]
    bounds = tuple(float(one) for one in chart.bounds) or scale.bounds_of(known, len(STEPS))
    first = chart.grid().rows[:3]
    words = "; ".join(f"{name}: {told(value, chart.unit)}" for name, value in first)
    canvas = Canvas(chart.key, chart.title, width, tall * times + KEY, words)
    canvas.pieces.append(f'<g transform="scale({times:.4f})" stroke-linejoin="round">')
    for one in chart.shapes:
        value = chart.values.get(one.code)
        fill = COTTON if value is None else STEPS[scale.class_of(value, bounds)]
        number = str(chart.unknown or "–") if value is None else told(value, chart.unit)
        canvas.path(one.path, f"{one.label}: {number}", fill=fill, stroke=EDGE,
                    stroke_width=trim(1 / times))  # fmt: skip
    canvas.pieces.append("</g>")
    legend(canvas, bounds, chart.unit, tall * times + 18)
    if not bounds:
        canvas.text(0, tall * times + 18, chart.unknown or "–", fill=QUIET)
    return canvas.svg()
