"""How many are left after each step: bars that narrow, with the share that came so far."""

from berdaya.look.charts.drawing import DYES, INK, QUIET, Canvas, cut, told, width_of
from berdaya.look.charts.parts import WIDE, Funnel, percent

ROW, BAR = 46.0, 22.0


def funnel(chart: Funnel, width: int = WIDE) -> str:
    """A step a row, each bar as long as its count, centred below the first."""
    first = chart.stages[0].count if chart.stages else 0
    words = "; ".join(f"{one.label}: {told(one.count)}" for one in chart.stages)
    canvas = Canvas(chart.key, chart.title, width, max(len(chart.stages), 1) * ROW, words)
    for number, stage in enumerate(chart.stages):
        top = number * ROW
        figures = told(stage.count)
        share = percent(stage.count, first)
        if share is not None and number:
            figures += f" · {told(share, '%')}"
        canvas.text(width, top + 13, figures, anchor="end", fill=INK, bold=True)
        canvas.text(0, top + 13, cut(stage.label, width - width_of(figures) - 16), fill=QUIET)
        long = width * stage.count / first if first else 0.0
        canvas.rect((width - long) / 2, top + 18, long, BAR, DYES[0], f"{stage.label}: {figures}")
    return canvas.svg()
