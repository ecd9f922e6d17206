"""Bars beside each other in groups, upright; below zero they hang."""

from berdaya.look.charts.drawing import told
from berdaya.look.charts.frame import framed
from berdaya.look.charts.parts import WIDE, Chart

GAP = 0.28  # of a group's width


def bars(chart: Chart, width: int = WIDE, height: int = 280) -> str:
    """A group a category, a bar a series, as tall as its number."""
    frame = framed(chart, width, height)
    fills = [frame.canvas.hatch(number) for number in range(len(chart.series))]
    room = frame.step * (1 - GAP)
    each = room / max(len(chart.series), 1)
    for number, one in enumerate(chart.series):
        for index, value in enumerate(one.values):
            if value is None:
                continue
            left = frame.x(index) - room / 2 + number * each
            end = frame.y(value)
            name = f"{one.label}, " if len(chart.series) > 1 else ""
            says = f"{name}{chart.categories[index]}: {told(value, chart.unit)}"
            top, tall = min(end, frame.base), abs(frame.base - end)
            frame.canvas.rect(left, top, max(each - 1.5, 1), tall, fills[number], says)
    return frame.canvas.svg()
