"""The frame around numbers by category: axis with round ticks, categories below, a key above."""

from dataclasses import dataclass

from berdaya.look.charts import scale
from berdaya.look.charts.drawing import (
    DASHES,
    DYES,
    INK,
    QUIET,
    RULE,
    Canvas,
    cut,
    short,
    told,
    width_of,
)
from berdaya.look.charts.parts import NARROW, Chart

TOP, FOOT, KEY_LINE = 14.0, 26.0, 18.0


@dataclass(frozen=True)
class Frame:
    """A canvas with axes: `x(i)` is the middle of a category, `y(v)` the height of a number."""

    canvas: Canvas
    left: float
    right: float
    step: float
    y: scale.Scale

    def x(self, index: int) -> float:
        return self.left + (index + 0.5) * self.step

    @property
    def base(self) -> float:
        """Where zero stands, or the end of the axis nearest to it."""
        return self.y(min(max(0.0, self.y.low), self.y.high))


def framed(chart: Chart, width: int, height: int, *, key: Chart | None = None) -> Frame:
    """Draws axes, categories and key (of `key`, where its series are laid together) of a chart."""
    canvas = Canvas(chart.key, chart.title, width, height, said(key or chart))
    known = [float(value) for value in chart.known] or [0.0]
    marks = scale.ticks(min(*known, 0.0), max(*known, 0.0), 4 if width <= NARROW else 5)
    names = [short(mark, chart.unit) for mark in marks]
    left = max(width_of(name) for name in names) + 10
    top = key_of(canvas, key or chart) + TOP
    y = scale.Scale(marks[0], marks[-1], height - FOOT, top)
    for mark, name in zip(marks, names, strict=True):
        canvas.line(left, y(mark), width, y(mark), QUIET if mark == 0 else RULE)
        canvas.text(left - 6, y(mark) + 4, name, anchor="end", fill=QUIET)
    step = (width - left) / max(len(chart.categories), 1)
    frame = Frame(canvas, left, width, step, y)
    _categories(frame, chart, height)
    return frame


def _categories(frame: Frame, chart: Chart, height: float) -> None:
    """Every category that fits, else every second, third …: words never lie over each other."""
    widest = max((width_of(str(one)) for one in chart.categories), default=0) + 8
    every = max(1, -(-int(min(widest, 96)) // max(int(frame.step), 1)))
    for index in range(0, len(chart.categories), every):
        words = cut(chart.categories[index], max(frame.step * every - 4, 12))
        half = width_of(words) / 2
        x = min(max(frame.x(index), frame.left + half), frame.right - half)
        frame.canvas.text(x, height - 8, words, anchor="middle", fill=QUIET)


def key_of(canvas: Canvas, chart: Chart) -> float:
    """The series' names with their colours, in as many lines as they take; their height."""
    if len(chart.series) < 2:
        return 0.0
    x, line = 0.0, 0
    for number, one in enumerate(chart.series):
        words = cut(one.label, canvas.width - 30)
        wide = width_of(words) + 38
        if x and x + wide > canvas.width:
            x, line = 0.0, line + 1
        y = line * KEY_LINE + 11
        canvas.path(
            f"M{x:.0f} {y - 4}h18", fill="none", stroke=DYES[number % len(DYES)], stroke_width=3,
            stroke_dasharray=DASHES[number % len(DASHES)] or "none",
        )  # fmt: skip
        canvas.text(x + 24, y, words, fill=INK)
        x += wide
    return (line + 1) * KEY_LINE


def said(chart: Chart) -> str:
    """What the picture says in words: each series' first, last and largest number."""
    lines = []
    for one in chart.series:
        known = [
            (value, name)
            for value, name in zip(one.values, chart.categories, strict=True)
            if value is not None
        ]
        if known:
            (first, begun), (last, ended) = known[0], known[-1]
            most, when = max(known, key=lambda pair: pair[0])
            lines.append(
                f"{one.label}: {begun} {told(first, chart.unit)}, {ended}"
                f" {told(last, chart.unit)}; max {when} {told(most, chart.unit)}."
            )
    return " ".join(lines)
