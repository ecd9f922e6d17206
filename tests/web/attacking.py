"""An attacker with every public table: subtracts them pair by pair, and solves for what is true."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from berdaya.people.rounded import LEAST

Number = int | float


def small_differences(numbers: Mapping[str, Number]) -> list[tuple[str, str, Number]]:
    """Pairs of published numbers of people that differ by less than five, and small numbers."""
    first: dict[Number, str] = {}
    for name, number in numbers.items():
        first.setdefault(number, name)
    known = sorted({0: "nobody", **first}.items())
    return [
        (one, other, larger - smaller)
        for place, (smaller, one) in enumerate(known)
        for larger, other in known[place + 1 :]
        if larger - smaller < LEAST
    ]


def combinations(numbers: Iterable[int]) -> set[int]:
    """Every number, every difference of two, and every number less two others."""
    found = set(numbers) | {0}
    twos = {one - other for one in found for other in found}
    return twos | {one - other for one in twos for other in found}


def band(told: int) -> tuple[int, int]:
    """Which true numbers are told like this one."""
    if told == 0:
        return 0, LEAST - 1
    return max(told - 2, LEAST), told + 2


@dataclass
class Solver:
    """Whole unknowns within bounds, under sums within bounds; pressed until nothing moves."""

    low: dict[str, int] = field(default_factory=dict)
    high: dict[str, int] = field(default_factory=dict)
    sums: list[tuple[dict[str, int], int, int]] = field(default_factory=list)

    def unknown(self, name: str, low: int = 0, high: int = 10_000) -> None:
        """A true number; bounds said before are kept where they are tighter."""
        self.low[name] = max(low, self.low.get(name, 0))
        self.high[name] = min(high, self.high.get(name, 10_000))

    def told(self, name: str, number: int) -> None:
        """What is told of one true number."""
        self.unknown(name, *band(number))

    def total(self, names: Iterable[str], low: int, high: int) -> None:
        """The sum of these lies within bounds."""
        self.sums.append((dict.fromkeys(names, 1), low, high))

    def at_most(self, name: str, other: str) -> None:
        """One is part of the other."""
        self.sums.append(({name: 1, other: -1}, -10_000, 0))

    def solve(self) -> dict[str, tuple[int, int]]:
        """What remains possible of each; AssertionError where the tables contradict each other."""
        while any(self._press(*one) for one in self.sums):
            pass
        assert all(self.low[name] <= self.high[name] for name in self.low)
        return {name: (self.low[name], self.high[name]) for name in self.low}

    def _press(self, parts: dict[str, int], low: int, high: int) -> bool:
        """Bound every part by what the others leave of the sum."""
        least = {n: k * (self.low[n] if k > 0 else self.high[n]) for n, k in parts.items()}
        most = {n: k * (self.high[n] if k > 0 else self.low[n]) for n, k in parts.items()}
        has_moved = False
        for name, sign in parts.items():
            floor = low - (sum(most.values()) - most[name])
            ceiling = high - (sum(least.values()) - least[name])
            lower, upper = (floor, ceiling) if sign > 0 else (-ceiling, -floor)
            if lower > self.low[name] or upper < self.high[name]:
                self.low[name] = max(lower, self.low[name])
                self.high[name] = min(upper, self.high[name])
                has_moved = True
        return has_moved
