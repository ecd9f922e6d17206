"""Days of a session, and what its attendance sheet adds up to."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from berdaya.training.models import Mark

MOST_DAYS = 120


@dataclass(frozen=True)
class Totals:
    """One person's course in numbers: days by mark, and the minutes of the days present."""

    days: Mapping[str, int] = field(default_factory=dict)
    minutes: int = 0

    @property
    def present(self) -> int:
        """Days present."""
        return self.days.get(Mark.PRESENT, 0)


def totals_of(marks: Mapping[date, str], lengths: Mapping[date, int]) -> Totals:
    """What one person's marks by day come to; `lengths` are minutes by day of the session."""
    present = (day for day, mark in marks.items() if mark == Mark.PRESENT)
    return Totals(Counter(marks.values()), sum(lengths[day] for day in present))


def days_between(first: date, last: date, weekdays: Iterable[int]) -> list[date]:
    """Every day of [first, last] on these weekdays (Monday is 0)."""
    wanted, length = set(weekdays), (last - first).days + 1
    every = (first + timedelta(days=n) for n in range(length))
    return [day for day in every if day.weekday() in wanted]
