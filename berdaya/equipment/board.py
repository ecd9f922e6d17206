"""The calendar of a week and the heat of a month, ready to be drawn as tables."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.equipment.calc import DAY, DayUse, Slot, together
from berdaya.equipment.models import BookingKind, Equipment
from berdaya.equipment.queries import Busy, busy, use_of
from berdaya.institutions.models import Facility

WEEK = timedelta(days=7)
# From how many per cent a cell is how dark.
STEPS = (1, 25, 50, 75)


@dataclass(frozen=True)
class Piece:
    """What of one booking falls on one day: hours, the unit, and where its page is if one may."""

    hours: str
    who: str
    tone: str
    booking_id: int | None
    word: str


@dataclass
class Row:
    """One machine with its days."""

    machine: Equipment
    cells: list[tuple[date, list[Piece]]] = field(default_factory=list)


@dataclass(frozen=True)
class Week:
    """Monday to Sunday of a week."""

    days: list[date]
    rows: list[Row]
    today: date

    @property
    def before(self) -> date:
        return self.days[0] - WEEK

    @property
    def after(self) -> date:
        return self.days[0] + WEEK


def week_days(day: date) -> list[date]:
    """The seven days of the week in which a day lies."""
    monday = day - timedelta(days=day.weekday())
    return [monday + n * DAY for n in range(7)]


def week_of(actor: Actor, machines: Sequence[Equipment], day: date) -> Week:
    """Who has these machines in the week of a day; two statements for any number of them."""
    days = week_days(day)
    start, until = clock.start_of(days[0] - DAY), clock.start_of(days[-1] + 2 * DAY)
    taken: dict[int, list[Busy]] = defaultdict(list)
    found = busy([one.pk for one in machines], start, until)
    for one in found:
        taken[one.equipment_id].append(one)
    names = _names(one.facility_id for one in found)
    rows = [Row(one, _cells(actor, one, taken[one.pk], days, names)) for one in machines]
    return Week(days, rows, clock.today())


def _names(ids: Iterable[int]) -> dict[int, str]:
    return dict(Facility.objects.filter(pk__in=set(ids)).values_list("pk", "code"))


def _cells(
    actor: Actor, machine: Equipment, taken: list[Busy], days: list[date], names: dict[int, str]
) -> list[tuple[date, list[Piece]]]:
    zone = machine.facility.timezone
    cells = []
    for day in days:
        whole = Slot(clock.start_of(day, zone), clock.start_of(day + DAY, zone))
        found = [one for one in taken if one.slot.touches(whole)]
        cells.append((day, [_piece(actor, machine, one, whole, names) for one in found]))
    return cells


def _piece(actor: Actor, machine: Equipment, one: Busy, day: Slot, names: dict[int, str]) -> Piece:
    ours = {one.facility_id, machine.facility_id} & actor.facility_ids
    is_care = one.kind == BookingKind.MAINTENANCE
    tone = "care" if is_care else "waiting" if one.is_waiting else "taken"
    words = {"care": pgettext("equipment", "perawatan"), "waiting": _("menunggu"), "taken": ""}
    return Piece(
        hours=_hours(one.slot, day, machine.facility.timezone),
        who=names.get(one.facility_id, ""),
        tone=tone,
        booking_id=one.booking_id if ours else None,
        word=words[tone],
    )


def _hours(slot: Slot, day: Slot, zone: str) -> str:
    """`08.00–12.00` of that day; a whole day says so."""
    first, last = max(slot.start, day.start), min(slot.end, day.end)
    if (first, last) == (day.start, day.end):
        return _("sepanjang hari")
    return f"{_clock(first, zone)}–{_clock(last, zone)}"


def _clock(moment: datetime, zone: str) -> str:
    return f"{clock.local(moment, zone):%H.%M}"


@dataclass(frozen=True)
class Cell:
    """How much of the open hours was used, and which days it covers, both ends included."""

    first: date
    last: date
    use: DayUse

    @property
    def step(self) -> int:
        """0 for nothing to 4 for nearly all; -1 where it is closed."""
        percent = self.use.percent
        return -1 if percent is None else sum(percent >= least for least in STEPS)

    @property
    def hours(self) -> str:
        """`12,5` hours."""
        return f"{self.use.used_minutes / 60:.1f}".removesuffix(".0").replace(".", ",")


@dataclass(frozen=True)
class HeatRow:
    """One machine over a month, and all of it together."""

    machine: Equipment
    cells: list[Cell]
    whole: Cell


@dataclass(frozen=True)
class Heat:
    """A month: machines × days, or × weeks."""

    month: date
    spans: list[tuple[date, date]]
    rows: list[HeatRow]

    @property
    def before(self) -> date:
        return (self.month - DAY).replace(day=1)

    @property
    def after(self) -> date:
        return (self.month + 31 * DAY).replace(day=1)


def heat_of(machines: Sequence[Equipment], month: date, *, by_week: bool) -> Heat:
    """How machines were used in a month, one statement; their owner's scope must be open."""
    first = month.replace(day=1)
    last = (first + 31 * DAY).replace(day=1) - DAY
    used = use_of(machines, first, last)
    spans = _weeks(first, last) if by_week else [(day, day) for day in _days(first, last)]
    rows = [
        HeatRow(
            one,
            [_cell(used[one.pk], *span) for span in spans],
            _cell(used[one.pk], first, last),
        )
        for one in machines
    ]
    return Heat(first, spans, rows)


def _cell(days: dict[date, DayUse], first: date, last: date) -> Cell:
    return Cell(first, last, together(days[day] for day in _days(first, last)))


def _days(first: date, last: date) -> list[date]:
    return [first + n * DAY for n in range((last - first).days + 1)]


def _weeks(first: date, last: date) -> list[tuple[date, date]]:
    """Monday to Sunday, cut at the month's ends."""
    found = []
    while first <= last:
        sunday = min(first + (6 - first.weekday()) * DAY, last)
        found.append((first, sunday))
        first = sunday + DAY
    return found
