"""What is true of machines and their calendar, as far as the asker's facilities may know it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import (
    Case,
    DateField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from berdaya.core import clock
from berdaya.equipment.calc import DAY, LONGEST, Candidate, DayUse, Opening, Slot, day_use
from berdaya.equipment.models import (
    OUT_OF_SERVICE,
    Booking,
    BookingKind,
    Condition,
    ConditionState,
    Equipment,
    MaintenancePlan,
    MissingTool,
    Share,
    ToolCount,
)
from berdaya.institutions.models import Facility
from berdaya.institutions.queries import paths_above, ups

NOTHING = timedelta(0)


def with_condition(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Each machine with its latest `condition`; one that was never looked at is good."""
    latest = Condition.objects.filter(equipment=OuterRef("pk")).order_by("-since_on", "-pk")
    state = Coalesce(Subquery(latest.values("state")[:1]), Value(ConditionState.GOOD.value))
    return rows.annotate(condition=state)


def opening_of(equipment: Equipment) -> Opening:
    """Its open hours; the facility must be loaded."""
    zone = equipment.facility.timezone
    return Opening(equipment.opens_at, equipment.closes_at, equipment.open_days, zone)


def usable(facility: Facility, day: date) -> QuerySet[Any]:
    """What a facility may book on a day: its own, then what is shared with it, in service.

    Annotated: `condition`, `is_own`, `is_at_once`.
    """
    shares = shares_with(facility, day).filter(equipment=OuterRef("pk"))
    own = Q(facility=facility)
    rows: QuerySet[Any] = with_condition(Equipment.objects.select_related("facility"))
    rows = rows.filter(own | Exists(shares)).exclude(condition__in=OUT_OF_SERVICE)
    return rows.annotate(
        is_own=Case(When(own, then=Value(True)), default=Value(False)),
        is_at_once=Case(
            When(own | Exists(shares.filter(is_at_once=True)), then=Value(True)),
            default=Value(False),
        ),
    )


def shares_with(facility: Facility, day: date) -> QuerySet[Share]:
    """Shares that reach a facility on a day, by its name or by an office above it."""
    above = ups(facility.office.path)
    return Share.objects.on(day).filter(Q(to_facility=facility) | Q(to_office__path__in=above))


def reachable(facility_ids: Iterable[int]) -> QuerySet[Any]:
    """Machines of these facilities and those shared with one of them today; `condition` annotated.

    Two statements: the offices above them are asked for first.
    """
    ids = list(facility_ids)
    above = Q(to_facility__in=ids) | Q(to_office__path__in=paths_above(ids))
    shares = Share.objects.on(clock.today()).filter(above, equipment=OuterRef("pk"))
    rows: QuerySet[Any] = with_condition(Equipment.objects.select_related("facility"))
    return rows.filter(Q(facility__in=ids) | Exists(shares))


@dataclass(frozen=True)
class Busy:
    """A time that is taken, as anybody may know it to whom the machine is open."""

    booking_id: int
    equipment_id: int
    slot: Slot
    facility_id: int
    kind: str
    is_waiting: bool


def busy(equipment_ids: Iterable[int], start: datetime, until: datetime) -> list[Busy]:
    """What is taken in [start, until) of machines that one may use or owns; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM equipment_busy(%s::bigint[], %s, %s)",
            [sorted(set(equipment_ids)), start, until],
        )
        return [
            Busy(pk, equipment, Slot(starts, ends), booker, kind, waits)
            for pk, equipment, starts, ends, booker, kind, waits in cursor.fetchall()
        ]


def busy_slots(equipment_ids: Iterable[int], start: datetime) -> dict[int, list[Slot]]:
    """What is taken from `start` on, as far as a search looks: equipment id -> periods."""
    found: dict[int, list[Slot]] = defaultdict(list)
    # A need that begins at the end of the search still runs for a while.
    for one in busy(equipment_ids, start, start + 2 * LONGEST):
        found[one.equipment_id].append(one.slot)
    return found


def candidate(equipment: Equipment) -> Candidate:
    """A machine as calc chooses among them."""
    return Candidate(equipment.pk, opening_of(equipment))


def use_of(machines: Sequence[Equipment], first: date, last: date) -> dict[int, dict[date, DayUse]]:
    """How each machine was used on each day of [first, last]: one query.

    Only its owner's scope knows all bookings; requests that wait and maintenance are no use.
    """
    slots: dict[int, list[Slot]] = defaultdict(list)
    # A day earlier and later: machines of several zones stand in one table.
    start, until = clock.start_of(first - DAY), clock.start_of(last + 2 * DAY)
    rows = (
        Booking.objects.holding()
        .touching(start, until)
        .filter(
            equipment__in=[one.pk for one in machines],
            kind=BookingKind.USE,
            approved_at__isnull=False,
        )
    )
    for pk, starts, ends in rows.order_by().values_list("equipment", "starts_at", "ends_at"):
        slots[pk].append(Slot(starts, ends))
    days = [first + n * DAY for n in range((last - first).days + 1)]
    return {
        one.pk: {day: day_use(opening_of(one), day, slots[one.pk]) for day in days}
        for one in machines
    }


def _time_since_done() -> Subquery:
    """Time booked on a plan's machine since it was last done, as an interval."""
    length = ExpressionWrapper(F("ends_at") - F("starts_at"), output_field=DurationField())
    rows = Booking.objects.holding().filter(
        equipment=OuterRef("equipment"),
        kind=BookingKind.USE,
        approved_at__isnull=False,
        starts_at__date__gte=OuterRef("last_done_on"),
        starts_at__lte=clock.now(),
    )
    total = rows.order_by().values("equipment").annotate(total=Sum(length)).values("total")
    return Subquery(total)


def plans(facility_ids: Iterable[int]) -> QuerySet[MaintenancePlan]:
    """Plans in force of these facilities, each with `used`, the time since it was last done."""
    rows = MaintenancePlan.objects.filter(facility__in=list(facility_ids), is_active=True)
    used = Coalesce(_time_since_done(), Value(NOTHING), output_field=DurationField())
    return rows.annotate(used=used)


def due_plans(facility_ids: Iterable[int], today: date) -> QuerySet[MaintenancePlan]:
    """Those whose days or hours are over, see rules.is_due; machines written off are left alone."""
    latest = Condition.objects.filter(equipment=OuterRef("equipment"))
    state = latest.order_by("-since_on", "-pk").values("state")[:1]
    before = ExpressionWrapper(Value(today) - F("every_days"), output_field=DateField())
    by_days = Q(every_days__isnull=False, last_done_on__lte=before)
    by_hours = Q(
        every_hours__isnull=False,
        used__gte=ExpressionWrapper(
            F("every_hours") * Value(timedelta(hours=1)), output_field=DurationField()
        ),
    )
    rows = plans(facility_ids).annotate(state=Coalesce(Subquery(state), Value("good")))
    return rows.filter(by_days | by_hours).exclude(state=ConditionState.WRITTEN_OFF)


def tools_holding(tool_sets: QuerySet[Any, Any], days: Iterable[date]) -> QuerySet[ToolCount]:
    """Counts of these days that are not over: still out, or short and the search not ended."""
    open_search = MissingTool.objects.filter(line__count=OuterRef("pk"), confirmed_at__isnull=True)
    rows = ToolCount.objects.filter(tool_set__in=tool_sets, day__in=list(days))
    rows = rows.annotate(is_short=Exists(open_search))
    return rows.filter(Q(in_at__isnull=True) | Q(is_short=True)).order_by("day", "pk")
