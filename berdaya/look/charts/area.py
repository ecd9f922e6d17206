"""Fields under lines, laid one upon the other: how a whole is made up over time."""

from berdaya.look.charts.drawing import PAPER, told, trim
from berdaya.look.charts.frame import framed
from berdaya.look.charts.parts import WIDE, Chart, Series


def area(chart: Chart, width: int = WIDE, height: int = 280) -> str:
    """Series stacked from the first up; ValueError for a negative number; unknown is none."""
    if any(value < 0 for value in chart.known):
        raise ValueError(f"{chart.key}: a part of a whole is not negative")
    heights = stacked(chart)
    whole = Chart(chart.key, chart.title, chart.categories, (Series("", tuple(heights[-1])),),
                  chart.unit) if chart.series else chart  # fmt: skip
    frame = framed(whole, width, height, key=chart)
    for number, one in reversed(list(enumerate(chart.series))):
        upper, lower = heights[number + 1], heights[number]
        edge = [(frame.x(index), frame.y(value)) for index, value in enumerate(upper)]
        foot = [(frame.x(index), frame.y(value)) for index, value in enumerate(lower)]
        if not edge:
            continue
        outline = "L".join(f"{trim(x)} {trim(y)}" for x, y in [*edge, *reversed(foot)])
        last = one.values[-1]
        frame.canvas.path(
            f"M{outline}Z", f"{one.label}: {told(last, chart.unit)}",
            fill=frame.canvas.hatch(number), stroke=PAPER,
        )  # fmt: skip
    return frame.canvas.svg()


def stacked(chart: Chart) -> list[list[float]]:
    """The height below each series and, last, of the whole; one more than there are series."""
    heights = [[0.0] * len(chart.categories)]
    for one in chart.series:
        pairs = zip(heights[-1], one.values, strict=True)
        heights.append([below + float(value or 0) for below, value in pairs])
    return heights
