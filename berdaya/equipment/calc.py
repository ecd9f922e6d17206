"""Time on the calendar: open hours, what of them is used, and when the next free time begins."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from berdaya.core import clock

# No search for free time looks further, and no booking is longer.
LONGEST = timedelta(days=92)
DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Slot:
    """[start, end), instants."""

    start: datetime
    end: datetime

    def touches(self, other: "Slot") -> bool:
        """Whether both share a moment; one may begin where the other ends."""
        return self.start < other.end and other.start < self.end

    def minutes_in(self, other: "Slot") -> int:
        """Whole minutes that both share."""
        shared = min(self.end, other.end) - max(self.start, other.start)
        return max(shared // timedelta(minutes=1), 0)


@dataclass(frozen=True)
class Opening:
    """From when until when, on how many days from Monday, on the wall clock of `zone`."""

    opens: time
    closes: time
    days: int
    zone: str = clock.DEFAULT_ZONE

    def on(self, day: date) -> Slot | None:
        """The open hours of one day, None where it is closed."""
        if day.weekday() >= self.days:
            return None
        return Slot(at(day, self.opens, self.zone), at(day, self.closes, self.zone))

    def from_moment(self, at: datetime) -> Iterator[Slot]:
        """Open hours from `at` on, without end; the first may have begun before."""
        day = clock.local(at, self.zone).date()
        while True:
            window = self.on(day)
            if window is not None and window.end > at:
                yield window
            day += DAY

    def work_from(self, at: datetime, minutes: int) -> Slot:
        """The period from the first open moment at or after `at` until this open time is over."""
        start, left = None, timedelta(minutes=minutes)
        for window in self.from_moment(at):
            begins = max(window.start, at)
            start = start or begins
            if window.end - begins >= left:
                return Slot(start, begins + left)
            left -= window.end - begins
        raise AssertionError("open hours have no end")


def at(day: date, hour: time, zone: str) -> datetime:
    """The instant of a wall clock's hour; no zone of the country turns its clocks."""
    passed = timedelta(hours=hour.hour, minutes=hour.minute)
    return clock.start_of(day, zone) + passed


@dataclass(frozen=True)
class DayUse:
    """One machine on one day, whole minutes; more is never used than it is open."""

    open_minutes: int
    used_minutes: int

    @property
    def percent(self) -> int | None:
        """Used of open, rounded down; None on a day on which it is closed."""
        return 100 * self.used_minutes // self.open_minutes if self.open_minutes else None


def day_use(opening: Opening, day: date, used: Iterable[Slot]) -> DayUse:
    """What of the open hours of a day these periods take; they do not overlap one another."""
    window = opening.on(day)
    if window is None:
        return DayUse(0, 0)
    taken = sum(one.minutes_in(window) for one in used)
    return DayUse((window.end - window.start) // timedelta(minutes=1), taken)


def together(days: Iterable[DayUse]) -> DayUse:
    """Several days, or machines, as one."""
    listed = list(days)
    return DayUse(sum(one.open_minutes for one in listed), sum(one.used_minutes for one in listed))


@dataclass(frozen=True)
class Candidate:
    """A machine that could be taken."""

    pk: int
    opening: Opening


@dataclass(frozen=True)
class Need:
    """So many of these candidates, the best first, each for so many open minutes."""

    candidates: Sequence[Candidate]
    qty: int
    minutes: int


Chosen = list[tuple[int, Slot]]


def choose(needs: Iterable[Need], busy: Mapping[int, Sequence[Slot]], at: datetime) -> Chosen:
    """A machine and its period for everything needed from `at` on; empty where it cannot be.

    No machine serves two needs at once.
    """
    chosen: Chosen = []
    for need in needs:
        taken = {pk for pk, _slot in chosen}
        free = [pair for pair in _free(need, busy, at) if pair[0] not in taken]
        if len(free) < need.qty:
            return []
        chosen += free[: need.qty]
    return chosen


def _free(
    need: Need, busy: Mapping[int, Sequence[Slot]], at: datetime
) -> Iterator[tuple[int, Slot]]:
    for one in need.candidates:
        slot = one.opening.work_from(at, need.minutes)
        if not any(slot.touches(other) for other in busy.get(one.pk, ())):
            yield one.pk, slot


def next_free(
    needs: Sequence[Need], busy: Mapping[int, Sequence[Slot]], at: datetime
) -> datetime | None:
    """The first moment from `at` on at which everything needed is free; None within LONGEST.

    Only `at` itself and the ends of what is taken need to be tried: between them nothing frees.
    """
    ends = {slot.end for slots in busy.values() for slot in slots if slot.end > at}
    for moment in sorted({at, *ends}):
        if moment > at + LONGEST:
            return None
        if chosen := choose(needs, busy, moment):
            return min(slot.start for _pk, slot in chosen)
    return None
