"""Sums of a workshop: hours as written, cost of a part of a lot, loss, weights."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")
THOUSAND = Decimal(1000)
# The one resource that every task has; all others are kinds of equipment.
PEOPLE = ""


def parse_hours(text: str) -> int:
    """Minutes of `5,5`, `5.5`, `7`, `5:30`, `7 jam`; empty is 0. ValueError for anything else.

    Only a colon reads as a clock: `5.30` is 5.3 hours, as a decimal point is common too.
    """
    words = text.strip().lower().removesuffix("jam").removesuffix("j").strip()
    if not words:
        return 0
    clock = _CLOCK.fullmatch(words) if ":" in words else None
    if clock:
        return _whole_minutes(int(clock[1]) * 60 + int(clock[2]), int(clock[2]) < 60)
    return _whole_minutes(int((_decimal(words) * 60).to_integral_value(ROUND_HALF_UP)), True)


def parse_pieces(text: str) -> Decimal:
    """Pieces of `3`, `3p`, `2,5`; empty is 0. ValueError for anything else or below zero."""
    words = text.strip().lower().removesuffix("pcs").removesuffix("p").strip()
    pieces = _decimal(words) if words else Decimal(0)
    if pieces < 0 or pieces >= 1_000_000 or pieces != round(pieces, 3):
        raise ValueError("no number of pieces")
    return pieces


def _decimal(words: str) -> Decimal:
    try:
        number = Decimal(words.replace(",", "."))
    except InvalidOperation:
        raise ValueError("no number") from None
    if not number.is_finite():
        raise ValueError("no number")
    return number


def _whole_minutes(minutes: int, sound: bool) -> int:
    if not sound or not 0 <= minutes <= 1440:
        raise ValueError("no number of hours in a day")
    return minutes


CUSTODY = frozenset({"in_custody", "sae"})


def is_prison_made(labour: Iterable[str]) -> bool:
    """Whether goods with these labour statuses of their steps count as made by prison labour.

    Wholly or in part: one step in custody or SAE is enough (19 USC 1307; domain.md 3.1). Without
    any step nobody knows who worked, and it counts as made in custody.
    """
    statuses = set(labour)
    return not statuses or bool(statuses & CUSTODY)


def cost_between(total_rp: int, qty: Decimal, used_before: Decimal, take: Decimal) -> int:
    """Rupiah of the next `take` out of a lot of `qty` worth `total_rp`.

    Running totals are floored, so the parts of a lot that is used up sum to its value exactly.
    ValueError if more is taken than there is.
    """
    if take < 0 or used_before < 0 or used_before + take > qty:
        raise ValueError("more than the lot holds")

    def worth(used: Decimal) -> int:
        return int(total_rp * used // qty)

    return worth(used_before + take) - worth(used_before)


def yield_loss_bp(input_qty: Decimal, good_qty: Decimal, rejected_qty: Decimal) -> int:
    """Basis points of the input that came out neither good nor rejected; gains count as 0."""
    if input_qty <= 0:
        raise ValueError("nothing went in")
    lost = max(Decimal(0), input_qty - good_qty - rejected_qty)
    return int((lost * 10_000 / input_qty).to_integral_value(ROUND_HALF_UP))


@dataclass(frozen=True)
class Worked:
    """What one person did for a batch on one day."""

    participant_id: int
    minutes: int
    pieces: Decimal


def weights(pay_basis: str, lines: Iterable[Worked]) -> dict[int, int]:
    """Each maker's weight by the batch's one basis: minutes, thousandths of a piece, or 1.

    People without any of it are left out: empty means that nothing can be divided by.
    """
    sums: dict[int, int] = defaultdict(int)
    for line in lines:
        if pay_basis == "hours":
            sums[line.participant_id] += line.minutes
        elif pay_basis == "pieces":
            sums[line.participant_id] += int(line.pieces * THOUSAND)
        else:
            sums[line.participant_id] = 1
    return {person: weight for person, weight in sorted(sums.items()) if weight > 0}


def corrected_weight(pay_basis: str, weight: int, minutes: int, pieces: Decimal) -> int:
    """What a frozen weight would have been with these differences; never below nothing."""
    if pay_basis == "equal":
        return int(weight > 0 or minutes > 0 or pieces > 0)
    return max(weight + (minutes if pay_basis == "hours" else int(pieces * THOUSAND)), 0)


@dataclass(frozen=True)
class Task:
    """Open work: minutes of people, and of each kind of machine; not begun before its day."""

    key: int
    minutes: int
    machines: tuple[tuple[str, int], ...] = ()
    not_before: date | None = None

    @property
    def needs(self) -> dict[str, int]:
        """Minutes by resource."""
        return {PEOPLE: self.minutes, **dict(self.machines)}


@dataclass(frozen=True)
class DayRoom:
    """What of a day is free: minutes of all people together, and of each kind of machine."""

    day: date
    minutes: int
    machines: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Planned:
    """When a task is worked on; `last` is None where the days known are not enough.

    `parts`: the minutes of people on each day on which there are any.
    """

    first: date | None
    last: date | None
    parts: tuple[tuple[date, int], ...] = ()


_Free = dict[tuple[str, date], int]


def schedule(tasks: Iterable[Task], days: Sequence[DayRoom]) -> dict[int, Planned]:
    """Each task in its order takes what is free, day by day; what it leaves the next may take."""
    free = _free(days)
    return {task.key: _place(task, days, free) for task in tasks}


def promise(
    tasks: Iterable[Task], new: Sequence[Task], days: Sequence[DayRoom], buffer_bp: int
) -> list[date | None]:
    """For each of `new`, alone behind all open tasks, a day by which it is surely finished.

    The first of `days` is today. On top of the days until it is finished comes a buffer of
    `buffer_bp` basis points, rounded up, and what falls on a closed day waits for the next open
    one. None where the days known are not enough for the work.
    """
    free = _free(days)
    for task in tasks:
        _place(task, days, free)
    found = [_place(task, days, dict(free)).last for task in new]
    return [with_buffer(last, days, buffer_bp) if last else None for last in found]


def with_buffer(last: date, days: Sequence[DayRoom], buffer_bp: int) -> date:
    """The day to be promised for work that is finished on `last`; never an earlier one."""
    needed = (last - days[0].day).days
    promised = last + timedelta(days=-(-needed * buffer_bp // 10_000))
    return next((one.day for one in days if one.day >= promised and one.minutes), promised)


def _free(days: Iterable[DayRoom]) -> _Free:
    return {
        (name, one.day): minutes
        for one in days
        for name, minutes in ((PEOPLE, one.minutes), *one.machines)
    }


def _place(task: Task, days: Sequence[DayRoom], free: _Free) -> Planned:
    """Take from `free` what the task needs, as early as it may begin."""
    left, touched = task.needs, []
    parts: list[tuple[date, int]] = []
    for one in days:
        if not any(left.values()):
            break
        if task.not_before and one.day < task.not_before:
            continue
        taken = {name: min(free.get((name, one.day), 0), need) for name, need in left.items()}
        for name, minutes in taken.items():
            left[name] -= minutes
            if minutes:
                free[name, one.day] -= minutes
        if any(taken.values()):
            touched.append(one.day)
        if taken[PEOPLE]:
            parts.append((one.day, taken[PEOPLE]))
    is_done = not any(left.values()) and bool(touched)
    return Planned(touched[0] if touched else None, touched[-1] if is_done else None, tuple(parts))


def machine_minutes(qty: int, batch_qty: int, machines: int, hours: int) -> int:
    """Minutes of a kind for `qty` pieces, of which a run of so many machines makes `batch_qty`."""
    return -(-qty // batch_qty) * machines * hours * 60
