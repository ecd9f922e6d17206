"""Which batch a day's work belongs to, and how a shared day is divided."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from berdaya.core.money import split_by_weights

ONE_DAY = timedelta(days=1)
THOUSAND = 1000


@dataclass(frozen=True)
class Closing:
    """A batch as a unit's book knows it: only the day on which it was finished."""

    code: str
    line: str
    product: str
    ends_on: date


@dataclass(frozen=True)
class Window:
    """A batch's time, both days included."""

    code: str
    line: str
    starts_on: date
    ends_on: date

    def covers(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


def batch_windows(
    closings: Iterable[Closing],
    first_material: Mapping[str, Sequence[date]],
    first_day: Mapping[str, date],
) -> list[Window]:
    """The time of each batch, from the little a unit's book says.

    A batch begins on the first day on which material for its product was taken since that product
    was last finished. Without material it begins the day after the line last finished anything,
    or on the line's first day in the book. `first_material`: days by product, sorted;
    `first_day`: first day of work by line.
    """
    by_line: dict[str, list[Closing]] = defaultdict(list)
    for closing in closings:
        by_line[closing.line].append(closing)
    windows = []
    for line, batches in sorted(by_line.items()):
        ordered = sorted(batches, key=lambda batch: (batch.ends_on, batch.code))
        for place, batch in enumerate(ordered):
            starts = _start(batch, ordered[:place], first_material, first_day.get(line))
            windows.append(Window(batch.code, line, min(starts, batch.ends_on), batch.ends_on))
    return windows


def _start(
    batch: Closing,
    before: list[Closing],
    first_material: Mapping[str, Sequence[date]],
    first_day: date | None,
) -> date:
    same = [other.ends_on for other in before if other.product == batch.product]
    since = max(same, default=date.min)
    taken = [day for day in first_material.get(batch.product, ()) if since < day <= batch.ends_on]
    if taken:
        return min(taken)
    earlier = [other.ends_on for other in before if other.ends_on < batch.ends_on]
    if earlier:
        return max(earlier) + ONE_DAY
    return first_day or batch.ends_on


def share_day(
    minutes: int, pieces: Decimal, codes: Sequence[str]
) -> dict[str, tuple[int, Decimal]]:
    """A day's minutes and pieces over the batches it belongs to, evenly; rests by code order."""
    if len(codes) < 2:
        return dict.fromkeys(codes, (minutes, pieces))
    even = [(code, 1) for code in sorted(codes)]
    time = split_by_weights(minutes, even)
    thousandths = split_by_weights(int(pieces * THOUSAND), even)
    return {code: (time[code], Decimal(thousandths[code]) / THOUSAND) for code, _one in even}


@dataclass
class Shelf:
    """What is left of one batch while the sales of a book are told in turn."""

    code: str
    since: date
    left: Decimal


def take_in_turn(
    shelves: list[Shelf], day: date, qty: Decimal, *, early: bool = False
) -> dict[str, Decimal]:
    """Take from batches finished by `day`, oldest first; with `early` from later ones too.

    Returns quantity by batch; what is not there is not in it. `shelves` are changed.
    """
    taken: dict[str, Decimal] = {}
    for shelf in sorted(shelves, key=lambda shelf: (shelf.since, shelf.code)):
        part = min(qty - sum(taken.values(), Decimal(0)), shelf.left)
        if part > 0 and (early or shelf.since <= day):
            taken[shelf.code] = part
            shelf.left -= part
    return taken
