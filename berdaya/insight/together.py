"""Every indicator of all that a reader sees, one number each: the list of indicators, a report."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from berdaya.core.scope import Actor
from berdaya.insight.calc import as_told, value_of
from berdaya.insight.cube import NATION, Cube, Reach, rows_of
from berdaya.insight.indicators import INDICATORS
from berdaya.insight.periods import Period
from berdaya.insight.queries import OFFICE, Value, audience_of


@dataclass(frozen=True)
class Overview:
    """By indicator what it is, and when the newest of it was counted or told."""

    values: dict[str, Value]
    at: datetime | None


def overview(
    actor: Actor, period: Period, audience: str = "", facilities: Iterable[int] | None = None
) -> Overview:
    """All that the actor sees together, or these facilities of it: two statements."""
    who = audience or audience_of(actor)
    reach = Reach.of(actor, who, facilities=facilities)
    cube = Cube(rows_of(reach, list(INDICATORS), period, NATION))
    found = {code: _whole(cube, code, period, who) for code in INDICATORS}
    return Overview({code: one for code, one in found.items() if one is not None}, cube.at)


def _whole(cube: Cube, code: str, period: Period, who: str) -> Value | None:
    sums, known = cube.sums(code, period), INDICATORS[code]
    if sums is None:
        return None
    below, value = value_of(known, sums, period)
    value = value if who == OFFICE else as_told(known, value)
    return Value("", "", sums.numerator, None if below is None else Decimal(below), value)
