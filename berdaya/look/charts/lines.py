"""Lines over categories; where nothing is known the line breaks."""

from collections.abc import Iterator, Sequence

from berdaya.look.charts.drawing import DASHES, DYES, PAPER, told, trim
from berdaya.look.charts.frame import Frame, framed
from berdaya.look.charts.parts import WIDE, Chart, Number

Point = tuple[float, float]


def line(chart: Chart, width: int = WIDE, height: int = 280) -> str:
    """One line a series, with a dot at each number."""
    frame = framed(chart, width, height)
    for number, one in enumerate(chart.series):
        draw(frame, one.values, number)
        dots(frame, chart, number)
    return frame.canvas.svg()


def draw(frame: Frame, values: Sequence[Number | None], number: int) -> None:
    """The line alone, in the series' colour and dash."""
    for run in runs(frame, values):
        frame.canvas.path(
            "M" + "L".join(f"{trim(x)} {trim(y)}" for x, y in run), fill="none",
            stroke=DYES[number % len(DYES)], stroke_width=2.5, stroke_linejoin="round",
            stroke_linecap="round", stroke_dasharray=DASHES[number % len(DASHES)] or "none",
        )  # fmt: skip


def dots(frame: Frame, chart: Chart, number: int) -> None:
    one = chart.series[number]
    for index, value in enumerate(one.values):
        if value is None:
            continue
        says = f"{one.label}, {chart.categories[index]}: {told(value, chart.unit)}"
        x, y = trim(frame.x(index)), trim(frame.y(value))
        frame.canvas.path(
            f"M{x} {y}m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0", says,
            fill=DYES[number % len(DYES)], stroke=PAPER, stroke_width=1.5,
        )  # fmt: skip


def runs(frame: Frame, values: Sequence[Number | None]) -> Iterator[list[Point]]:
    """Stretches of neighbouring known numbers, in pixels."""
    run: list[Point] = []
    for index, value in enumerate(values):
        if value is None:
            if run:
                yield run
            run = []
        else:
            run.append((frame.x(index), frame.y(value)))
    if run:
        yield run
