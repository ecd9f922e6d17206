"""The week of a workshop, ready to be drawn: days with what is free, work with where it stands."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from berdaya.core import clock
from berdaya.equipment.models import EquipmentKind
from berdaya.people.rules import hours
from berdaya.workshop.calc import PEOPLE, DayRoom, Planned, Task
from berdaya.workshop.models import WorkOrder, Workshop
from berdaya.workshop.planning import HORIZON, Plan, plan_of

DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Card:
    """One piece of open work where it begins; `last` None: not within what is reckoned."""

    work: WorkOrder
    minutes: int
    first: date | None
    last: date | None

    @property
    def hours(self) -> str:
        """Hours of people, as written on paper."""
        return hours(self.minutes)

    @property
    def days_late(self) -> int:
        """How many days after it is wanted it will be finished."""
        if self.work.wanted_by is None or self.last is None:
            return 0
        return max((self.last - self.work.wanted_by).days, 0)


@dataclass
class Column:
    """A day: what is free on it, what begins, what goes on, and what does not fit."""

    day: date
    room: DayRoom | None
    cards: list[Card] = field(default_factory=list)
    going_on: list[tuple[Card, str]] = field(default_factory=list)
    asked_minutes: int = 0

    @property
    def is_closed(self) -> bool:
        """Nobody may work here that day."""
        return self.room is None or not self.room.minutes

    @property
    def free(self) -> str:
        """Hours of people."""
        return hours(self.room.minutes if self.room else 0)

    @property
    def asked(self) -> str:
        """Hours asked for: what begins, and what the days before left over."""
        return hours(self.asked_minutes)

    @property
    def over(self) -> str:
        """Hours that go on to the next day; empty where all of it fits."""
        left = self.asked_minutes - (self.room.minutes if self.room else 0)
        return hours(left) if left > 0 else ""

    @property
    def machines(self) -> list[tuple[str, str]]:
        """Kinds of equipment with their free hours."""
        found = self.room.machines if self.room else ()
        return [(str(EquipmentKind(kind).label), hours(minutes)) for kind, minutes in found]


@dataclass(frozen=True)
class Board:
    """A workshop's week. `unplanned` cannot be reckoned; `later`, `choices` lead on."""

    workshop: Workshop
    today: date
    columns: list[Column]
    unplanned: list[Card]
    later: int
    choices: list[date]

    @property
    def before(self) -> date:
        """The Monday before."""
        return self.columns[0].day - WEEK

    @property
    def after(self) -> date:
        """The Monday after."""
        return self.columns[0].day + WEEK

    @property
    def is_empty(self) -> bool:
        """Whether no work is open at all."""
        return not self.later and not self.unplanned and not any(
            one.cards or one.going_on for one in self.columns
        )  # fmt: skip


def board_of(shop: Any, asked: date) -> Board:
    """The week in which a day lies, of one of `shops_to_plan`; as many statements as `plan_of`."""
    today = clock.today(shop.facility.timezone)
    monday = asked - timedelta(days=asked.weekday())
    plan = plan_of(shop, max(HORIZON, (monday + WEEK - today).days))
    cards = _cards(plan, today)
    columns = _columns(plan, cards, monday)
    _reckon(plan, cards, {one.day: one for one in columns})
    shown = {card.work.pk for one in columns for card in one.cards}
    later = [card for card in cards if card.first and card.first >= monday + WEEK]
    return Board(
        shop, today, columns,
        unplanned=[card for card in cards if card.first is None],
        later=len([card for card in later if card.work.pk not in shown]),
        choices=[day for n in range(14) if (day := monday + n * DAY) >= today],
    )  # fmt: skip


def _cards(plan: Plan, today: date) -> list[Card]:
    tasks = {task.key: task for task in plan.tasks}
    return [_card(one, tasks.get(one.pk), plan.planned.get(one.pk), today) for one in plan.work]


def _card(work: WorkOrder, task: Task | None, planned: Planned | None, today: date) -> Card:
    if task is None or planned is None:
        return Card(work, 0, None, None)
    first = planned.first
    # What somebody put on a day stands there, also where that day is full.
    if first and work.planned_on and work.planned_on >= today:
        first = work.planned_on
    return Card(work, task.needs[PEOPLE], first, planned.last)


def _columns(plan: Plan, cards: list[Card], monday: date) -> list[Column]:
    rooms = {one.day: one for one in plan.days}
    columns = [Column(day, rooms.get(day)) for day in (monday + n * DAY for n in range(7))]
    for column in columns:
        column.cards = [card for card in cards if card.first == column.day]
        for card in cards:
            planned = plan.planned.get(card.work.pk)
            parts = dict(planned.parts) if planned else {}
            if card.first and card.first < column.day and column.day in parts:
                column.going_on.append((card, hours(parts[column.day])))
    return columns


def _reckon(plan: Plan, cards: list[Card], columns: dict[date, Column]) -> None:
    """What is asked of each day: what begins on it, and what the days before could not do."""
    carried = 0
    for room in plan.days:
        begins = sum(card.minutes for card in cards if card.first == room.day)
        if room.day in columns:
            columns[room.day].asked_minutes = carried + begins
        carried = max(carried + begins - room.minutes, 0)
