"""Round numbers on an axis, and where a number stands between two edges."""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from berdaya.look.charts.parts import Number

STEPS = (1, 2, 2.5, 5, 10)
LEAST = 1e-9  # what differs by less is the same number


def ticks(low: Number, high: Number, most: int = 5) -> list[float]:
    """Round numbers from at or below `low` to at or above `high`, at most `most` + 1 of them.

    Zero to one where there is no span: an axis always has two ends.
    """
    bottom, top = float(min(low, high)), float(max(low, high))
    if top - bottom < LEAST:
        bottom, top = min(bottom, 0.0), max(top, 0.0)
    if top - bottom < LEAST:
        top = bottom + 1.0
    size = 10 ** math.floor(math.log10((top - bottom) / most))
    for factor in (*STEPS, 20, 25):
        step = size * factor
        first, last = math.floor(bottom / step + 1e-9), math.ceil(top / step - 1e-9)
        if last - first <= most:
            break
    return [round(number * step, 12) for number in range(first, last + 1)]


@dataclass(frozen=True)
class Scale:
    """A number's place in pixels: `low` stands at `start`, `high` at `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: Number) -> float:
        span = self.high - self.low or 1.0
        return self.start + (float(value) - self.low) / span * (self.end - self.start)


def bounds_of(values: Iterable[Number], most: int = 5) -> tuple[float, ...]:
    """Round lower edges of at most `most` classes: none for no value, one for equal values.

    Few places with great numbers are common here, so the edges divide the places evenly and are
    then rounded down to two figures.
    """
    known = sorted(float(value) for value in values)
    if not known:
        return ()
    cuts = [known[len(known) * part // most] for part in range(most)]
    return tuple(sorted({two_figures(cut) for cut in cuts}))


def two_figures(value: float) -> float:
    """Rounded down to two figures that count: 1,987 → 1,900."""
    if value == 0:
        return 0.0
    size = 10 ** (math.floor(math.log10(abs(value))) - 1)
    return round(math.floor(value / size + 1e-9) * size, 12)


def class_of(value: Number, bounds: Sequence[Number]) -> int:
    """Which class a number falls into, from 0."""
    return max(bisect_right([float(one) for one in bounds], float(value)) - 1, 0)
