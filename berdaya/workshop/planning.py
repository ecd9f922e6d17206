"""What a workshop can do in the days to come, and the work that waits for it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from berdaya.core import clock
from berdaya.equipment.calc import day_use
from berdaya.equipment.queries import busy, opening_of, usable
from berdaya.institutions.models import Holiday
from berdaya.people.models import WorkPlacement
from berdaya.people.queries import WorkRecords, work_records
from berdaya.people.rules import may_work
from berdaya.workshop.calc import DayRoom, Planned, Task, machine_minutes, schedule
from berdaya.workshop.models import (
    EquipmentNeed,
    PlanningRule,
    StandardTime,
    WorkOrder,
    WorkOutcome,
    Workshop,
    WorkshopHold,
)
from berdaya.workshop.queries import minutes_worked

SUNDAY = 6
DAY = timedelta(days=1)
# Where no rule is in force.
HORIZON, BUFFER_BP = 120, 2_000
NEED, PERIOD = ("kind", "qty", "hours", "variant_id"), ("valid_from", "valid_until")


@dataclass(frozen=True)
class Plan:
    """A workshop from today on: what is free, the open work in its order, and when it is done."""

    workshop: Workshop
    days: Sequence[DayRoom]
    work: Sequence[WorkOrder]
    tasks: Sequence[Task]
    planned: dict[int, Planned]
    needs: Sequence[EquipmentNeed]


def rule_on(day: date) -> PlanningRule:
    """How promises are reckoned on a day."""
    found: PlanningRule | None = PlanningRule.objects.on(day).first()
    return found or PlanningRule(buffer_bp=BUFFER_BP, horizon_days=HORIZON)


def shops_to_plan() -> Any:
    """Workshops with what `plan_of` asks of them: `lines_here`, the lines of all workshops in use
    at the place, and `needs_told`, what is needed of the equipment and since when."""
    here = Workshop.objects.filter(facility=OuterRef("facility"), is_active=True)
    needs = EquipmentNeed.objects.filter(workshop=OuterRef("pk")).order_by("pk")
    told = JSONObject(**{name: name for name in (*NEED, "valid_from", "valid_until")})
    return Workshop.objects.select_related("facility__office").annotate(
        lines_here=ArraySubquery(here.values("line_of_work")),
        needs_told=ArraySubquery(needs.values(told=told)),
    )


def _needs_on(shop: Any, day: date) -> list[EquipmentNeed]:
    found = []
    for told in shop.needs_told:
        first, until = (told[name] and date.fromisoformat(told[name]) for name in PERIOD)
        need = EquipmentNeed(valid_from=first, valid_until=until, **{n: told[n] for n in NEED})
        if need.holds_on(day):
            found.append(need)
    return found


def plan_of(shop: Any, days_ahead: int) -> Plan:
    """The plan of one of `shops_to_plan` over so many days; six statements, whatever it holds.

    Work whose standard time has ended cannot be reckoned: it takes no time and is never finished.
    """
    today = clock.today(shop.facility.timezone)
    days = [today + n * DAY for n in range(days_ahead)]
    work = list(open_work(shop, today))
    needs = _needs_on(shop, today)
    rooms = _rooms(shop, days, {need.kind for need in needs})
    tasks = [task_of(one, one.qty, one.variant_id, needs, one) for one in work if one.minutes_each]
    return Plan(shop, rooms, work, tasks, schedule(tasks, rooms), needs)


def open_work(shop: Workshop, today: date) -> Any:
    """Open work in its order, each with the standard time in force."""
    times = StandardTime.objects.on(today).filter(variant=OuterRef("variant"))
    names = ("minutes_each", "setup_minutes", "batch_qty")
    rows = WorkOrder.objects.filter(workshop=shop, outcome=WorkOutcome.OPEN)
    return rows.select_related("variant__product", "variant__measure").annotate(
        **{name: Subquery(times.values(name)[:1]) for name in names}
    )


def task_of(
    time: Any, qty: int, variant_id: int, needs: Iterable[EquipmentNeed], work: WorkOrder | None
) -> Task:
    """So many pieces as work to be placed; `time` has the columns of a standard time."""
    # What is said of the variant goes before what is said of the workshop, kind by kind.
    by_kind = {one.kind: one for one in needs if one.variant_id is None}
    by_kind |= {one.kind: one for one in needs if one.variant_id == variant_id}
    machines = tuple(
        (kind, machine_minutes(qty, time.batch_qty, one.qty, one.hours))
        for kind, one in sorted(by_kind.items())
    )
    minutes = time.setup_minutes + qty * time.minutes_each
    return Task(work.pk if work else 0, minutes, machines, work.planned_on if work else None)


def _rooms(shop: Workshop, days: Sequence[date], kinds: set[str]) -> list[DayRoom]:
    people = _people_minutes(shop, days)
    machines = _machine_minutes(shop, days, kinds) if kinds else {}
    return [
        DayRoom(day, people.get(day, 0), tuple(sorted(machines.get(day, {}).items())))
        for day in days
    ]


def _people_minutes(shop: Workshop, days: Sequence[date]) -> dict[date, int]:
    """Lawful minutes of everybody who may work here, less what stands on sheets already."""
    first, until = days[0], days[-1] + DAY
    closed = _closed(shop, first, until)
    open_days = [day for day in days if day not in closed]
    placed = WorkPlacement.objects.overlapping(first, until)
    placed = placed.filter(facility=shop.facility_id, line_of_work=shop.line_of_work)
    records = work_records(shop.facility, placed.values("participant_id"), first, until)
    ids = sorted({person for kind, person in records.spans if kind == "work"})
    worked = minutes_worked(ids, first - timedelta(days=first.weekday()), until)
    # How many workshops in use share the people of a line of work.
    shops = Counter(shop.lines_here)
    found: dict[date, int] = defaultdict(int)
    for pk in ids:
        for day, minutes in _person_days(records, pk, shop, open_days, worked[pk], shops):
            found[day] += minutes
    return found


def _closed(shop: Workshop, first: date, until: date) -> set[date]:
    """Sundays, holidays, and days on which the workshop is stopped."""
    ends = ExpressionWrapper(F("day") + 1, output_field=DateField())
    holidays = Holiday.objects.filter(day__range=(first, until)).order_by()
    holds = WorkshopHold.objects.overlapping(first, until).filter(workshop=shop).order_by()
    periods = list(holidays.values_list("day", ends).union(holds.values_list(*PERIOD), all=True))
    return {
        day
        for day in (first + n * DAY for n in range((until - first).days))
        if day.weekday() == SUNDAY
        or any(since <= day and (over is None or day < over) for since, over in periods)
    }


def _person_days(
    records: WorkRecords,
    pk: int,
    shop: Workshop,
    days: Iterable[date],
    worked: dict[date, int],
    shops: Mapping[str, int],
) -> Iterable[tuple[date, int]]:
    """What of each day one person may give to this workshop; a person of two lines is halved."""
    of_week: dict[date, int] = defaultdict(int)
    for day, minutes in worked.items():
        of_week[day - timedelta(days=day.weekday())] += minutes
    for day in days:
        facts = records.facts(pk, day, shop.line_of_work)
        if not may_work(facts).ok:
            continue
        monday = day - timedelta(days=day.weekday())
        limits = facts.limits
        free = min(
            limits.day_minutes_of_six - worked.get(day, 0), limits.week_minutes - of_week[monday]
        )
        if free > 0:
            of_week[monday] += free
            lines = {span.word for span in records.spans["work", pk] if span.holds_on(day)}
            yield day, free // max(sum(shops.get(line, 0) for line in lines), 1)


def _machine_minutes(
    shop: Workshop, days: Sequence[date], kinds: set[str]
) -> dict[date, dict[str, int]]:
    """Open minutes of each kind that no booking has taken, own machines and shared ones."""
    machines = [one for one in usable(shop.facility, days[0]) if one.kind in kinds]
    start, until = clock.start_of(days[0] - DAY), clock.start_of(days[-1] + 2 * DAY)
    taken = defaultdict(list)
    for one in busy([machine.pk for machine in machines], start, until):
        taken[one.equipment_id].append(one.slot)
    found: dict[date, dict[str, int]] = {day: dict.fromkeys(kinds, 0) for day in days}
    for machine in machines:
        opening = opening_of(machine)
        for day in days:
            use = day_use(opening, day, taken[machine.pk])
            found[day][machine.kind] += use.open_minutes - use.used_minutes
    return found


def times_of(shop: Workshop, day: date) -> Any:
    """Standard times of a workshop that are not over, by goods."""
    rows = StandardTime.objects.current_from(day).filter(Q(workshop=shop))
    return rows.select_related("variant__product").order_by(
        F("variant__product__name"), "variant__name", "valid_from"
    )
