"""Whole months: one, a quarter, a year, as half-open periods."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from berdaya.core import clock

MONTHS_SHOWN = 12


def first_of(day: date) -> date:
    """The first day of the month of a day."""
    return day.replace(day=1)


def after(month: date, months: int = 1) -> date:
    """The first day of the month so many later (or, negative, earlier)."""
    place = month.year * 12 + month.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


@dataclass(frozen=True)
class Period:
    """[start, until), both first days of a month."""

    start: date
    until: date

    def __post_init__(self) -> None:
        if self.start.day != 1 or self.until.day != 1 or self.until <= self.start:
            raise ValueError(f"no whole months: {self.start} to {self.until}")

    @classmethod
    def month(cls, day: date) -> "Period":
        """The month of a day."""
        return cls(first_of(day), after(first_of(day)))

    @classmethod
    def year(cls, year: int) -> "Period":
        """A calendar year."""
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @classmethod
    def last_months(cls, today: date, months: int = MONTHS_SHOWN) -> "Period":
        """So many months up to and with the one of `today`."""
        until = after(first_of(today))
        return cls(after(until, -months), until)

    @classmethod
    def parse(cls, text: str) -> "Period":
        """`2026`, `2026-Q1` or `2026-03`. ValueError for anything else."""
        found = re.fullmatch(r"(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?", text, re.ASCII)
        if found is None or int(found[1]) < 2000:
            raise ValueError(f"no period: {text!r}")
        year, quarter, month = int(found[1]), found[2], found[3]
        if quarter:
            start = date(year, int(quarter) * 3 - 2, 1)
            return cls(start, after(start, 3))
        return cls.month(date(year, int(month), 1)) if month else cls.year(year)

    def __iter__(self) -> Iterator[date]:
        month = self.start
        while month < self.until:
            yield month
            month = after(month)

    def __len__(self) -> int:
        return (self.until.year - self.start.year) * 12 + self.until.month - self.start.month

    @property
    def last_month(self) -> date:
        """The first day of its last month."""
        return after(self.until, -1)

    @property
    def last_day(self) -> date:
        return self.until - timedelta(days=1)

    @property
    def code(self) -> str:
        """How it is written in addresses."""
        if len(self) == 1:
            return f"{self.start:%Y-%m}"
        if len(self) == 3 and self.start.month % 3 == 1:
            return f"{self.start.year}-Q{self.start.month // 3 + 1}"
        if self == Period.year(self.start.year):
            return str(self.start.year)
        return f"{self.start:%Y-%m}..{self.last_month:%Y-%m}"


def finished_month(today: date) -> date:
    """The last month that is over."""
    return after(first_of(today), -1)


def month_here(zone: str) -> date:
    """The month that goes on at a place."""
    return first_of(clock.today(zone))
