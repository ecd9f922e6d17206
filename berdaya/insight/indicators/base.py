"""What an indicator is, and the ground on which one facility's months are counted."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.db.models import Max, Sum
from django.db.models.functions import TruncMonth
from django.utils.functional import Promise

from berdaya.core import clock
from berdaya.insight.periods import Period, first_of
from berdaya.institutions.models import Facility
from berdaya.workshop.models import WorkLog

Text = str | Promise
LEGAL, PROTECTED, EMPOWERED = "legal", "protected", "empowered"
# How months, and facilities, become one number.
SUM, MEAN, LAST = "sum", "mean", "last"
# What the public may be told of it (docs/rules/public-counts.md).
OFFICES_ONLY, PEOPLE, BY_FAMILY, BEHIND, GOODS = "offices", "people", "family", "behind", "goods"
PERCENT, RUPIAH, PERSONS, DAYS = "percent", "rupiah", "persons", "days"


class Part(NamedTuple):
    """A month's count: the whole (`part` empty), one value of the disaggregation, or one step.

    `days`: whole numbers for the days of the month, from the first on, where days are told apart.
    """

    month: date
    numerator: Decimal | int
    denominator: Decimal | int | None = None
    part: str = ""
    people: int | None = None
    days: tuple[int, ...] | None = None


class Work(NamedTuple):
    """What one person did in a month, in one line of work and labour status."""

    month: date
    participant_id: int
    line_of_work: str
    labour_status: str
    minutes: int
    last_day: date


@dataclass
class Ground:
    """One facility's months; what several indicators read is read once."""

    facility: Facility
    period: Period

    @property
    def days(self) -> tuple[date, date]:
        """The period as bounds for `__range`: first and last day."""
        return self.period.start, self.period.last_day

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """[start, until) of the period on the facility's clock."""
        zone = self.facility.timezone
        return clock.start_of(self.period.start, zone), clock.start_of(self.period.until, zone)

    def month_of(self, at: datetime) -> date:
        """The month of an instant on the facility's clock."""
        return first_of(clock.local(at, self.facility.timezone).date())

    @cached_property
    def work(self) -> list[Work]:
        """Who was present in each month, with minutes and the last day: one query."""
        rows = (
            WorkLog.objects.filter(facility=self.facility, day__range=self.days, mark="present")
            .annotate(month=TruncMonth("day"))
            .values_list(
                "month", "participant_id", "sheet__workshop__line_of_work", "labour_status"
            )
            .annotate(total=Sum("minutes"), last=Max("day"))
            .order_by()
        )
        return [Work(*row) for row in rows]

    @cached_property
    def last_days(self) -> dict[date, dict[int, date]]:
        """By month: everybody who worked, with their last day of work in it."""
        found: dict[date, dict[int, date]] = {month: {} for month in self.period}
        for row in self.work:
            known = found[row.month].get(row.participant_id, row.last_day)
            found[row.month][row.participant_id] = max(known, row.last_day)
        return found


Count = Callable[[Ground], Iterable[Part]]


@dataclass(frozen=True)
class Indicator:
    """One number with everything that is needed to believe it.

    `sources` are tables; `owner` is the office that answers for the definition; `official`
    variants follow a formula of the ministry, `differs` says how it is not ours (`beside`).
    """

    code: str
    pillar: str
    title: Text
    definition: Text
    numerator: Text
    unit: str
    sources: tuple[str, ...]
    owner: Text
    count: Count = field(repr=False)
    denominator: Text = ""
    gather: str = SUM
    told: str = OFFICES_ONLY
    # Where everybody is told another number than offices see, what that one is.
    told_definition: Text = ""
    parts: Mapping[str, Text] = field(default_factory=dict)
    parts_title: Text = ""
    # Parts that do not add up to the whole: one after the other, or of which the whole is one.
    steps: Mapping[str, Text] = field(default_factory=dict)
    # Whether what is told of the whole is told of each step too: only of goods alone.
    tells_steps: bool = False
    version: int = 1
    valid_from: date = date(2025, 10, 29)
    valid_until: date | None = None
    official: bool = False
    beside: str = ""
    differs: Text = ""
    legal_basis: Text = ""
    # A larger value is worse: days, incidents.
    is_less_better: bool = False

    @property
    def is_ratio(self) -> bool:
        return bool(self.denominator)

    @property
    def scale(self) -> int:
        return 100 if self.unit == PERCENT else 1

    @property
    def is_told(self) -> bool:
        """Whether the public and the UMKM side may ever read it."""
        return self.told != OFFICES_ONLY


def by_month(period: Period, rows: Iterable[tuple[date, int]]) -> dict[date, int]:
    """Sums by month, with a zero for each month in which nothing was."""
    found = dict.fromkeys(period, 0)
    for month, number in rows:
        found[month] += number
    return found


def sets_by_month(rows: Iterable[tuple[date, int]]) -> dict[date, set[int]]:
    """Who stands behind each month's number."""
    found: dict[date, set[int]] = defaultdict(set)
    for month, person in rows:
        found[month].add(person)
    return found
