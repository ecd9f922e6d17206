"""Small pictures side by side, one a series, all on one scale: many places compared at a glance."""

from berdaya.look.charts import scale
from berdaya.look.charts.drawing import DYES, QUIET, RULE, Canvas, cut, short, told, trim
from berdaya.look.charts.frame import said
from berdaya.look.charts.parts import WIDE, Chart

PANEL, TALL, HEAD, GAP = 150.0, 78.0, 18.0, 14.0


def multiples(chart: Chart, width: int = WIDE) -> str:
    """As many panels in a row as fit; each is named, with its last number."""
    across = max(1, int((width + GAP) // (PANEL + GAP)))
    wide = (width - GAP * (across - 1)) / across
    rows = -(-len(chart.series) // across)
    canvas = Canvas(chart.key, chart.title, width, max(rows, 1) * (TALL + HEAD + GAP), said(chart))
    known = [float(value) for value in chart.known] or [0.0]
    marks = scale.ticks(min(*known, 0.0), max(*known, 0.0), 2)
    for number, one in enumerate(chart.series):
        left = (number % across) * (wide + GAP)
        top = (number // across) * (TALL + HEAD + GAP) + HEAD
        y = scale.Scale(marks[0], marks[-1], top + TALL - 2, top + 6)
        last = next((value for value in reversed(one.values) if value is not None), None)
        figure = "–" if last is None else short(last, chart.unit)
        canvas.text(left + wide, top - 4, figure, anchor="end", bold=True)
        canvas.text(left, top - 4, cut(one.label, wide - 12 - len(figure) * 8), fill=QUIET)
        canvas.line(left, y(0), left + wide, y(0), RULE)
        step = wide / max(len(one.values), 1)
        for index, value in enumerate(one.values):
            if value is None:
                continue
            end, base = y(value), y(0)
            canvas.rect(
                left + index * step, min(end, base), max(step - 1.5, 1), max(abs(base - end), 0.5),
                DYES[0], f"{one.label}, {chart.categories[index]}: {told(value, chart.unit)}",
            )  # fmt: skip
    for row in range(1, rows):
        middle = row * (TALL + HEAD + GAP) - GAP / 2
        canvas.path(f"M0 {trim(middle)}H{trim(width)}", stroke=RULE, stroke_dasharray="2 4")
    return canvas.svg()
