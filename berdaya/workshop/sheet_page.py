"""One sheet as a page: who may stand on it, what is filled in, how much each has worked so far."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q

from berdaya.core import clock
from berdaya.core.money import format_qty
from berdaya.core.verdicts import Verdict
from berdaya.people.models import Placement
from berdaya.people.queries import placed_in_line, with_time, work_records
from berdaya.people.rules import WorkFacts, hours, may_work
from berdaya.workshop import rules
from berdaya.workshop.actions.sheets import SheetRow
from berdaya.workshop.calc import parse_hours, parse_pieces
from berdaya.workshop.models import Batch, Mark, WorkLog, WorkSheet, Workshop
from berdaya.workshop.queries import work_before
from berdaya.workshop.safety import may_open, stops_of
from berdaya.workshop.skills import skill_records

# How far back the sheet that serves as a template may lie.
LOOK_BACK, LOOK_AHEAD = timedelta(days=21), timedelta(days=7)
LETTERS = {str(mark.label): mark.value for mark in Mark} | {"ALPA": Mark.ABSENT.value}


@dataclass
class Filled:
    """What one line says, as typed."""

    participant_id: int
    mark: str = ""
    hours: str = ""
    pieces: str = ""
    batch_id: int | None = None

    @property
    def is_blank(self) -> bool:
        return not (self.mark or self.hours or self.pieces)

    @classmethod
    def of(cls, log: WorkLog) -> "Filled":
        """The line as it was filed."""
        return cls(
            log.participant_id,
            str(Mark(log.mark).label),
            hours(log.minutes) if log.minutes else "",
            format_qty(log.pieces) if log.pieces else "",
            log.batch_id,
        )


@dataclass
class Line:
    """A person's line on the page; minutes for the script, words for the reader."""

    place: Placement
    filled: Filled
    facts: WorkFacts
    verdict: Verdict
    refused: Verdict = field(default_factory=Verdict)
    # Only where the page answers an opening.
    name: str = field(default="", repr=False)

    @property
    def week_text(self) -> str:
        """Hours of this week's other days."""
        return hours(self.facts.minutes_this_week)

    @property
    def week_limit_text(self) -> str:
        """The most hours of a week."""
        return hours(self.facts.limits.week_minutes)

    @property
    def day_limit(self) -> int:
        """The longest day that is left this week, minutes."""
        return self.facts.limits.day_minutes(self.facts.days_this_week + 1)


@dataclass
class SheetPage:
    """Everything the page shows."""

    workshop: Workshop
    day: date
    sheet: WorkSheet | None
    template_day: date | None
    is_from_template: bool
    lines: list[Line]
    batches: list[Batch]

    @property
    def people(self) -> list[Placement]:
        """Each person once, for the extra lines."""
        return list({line.place.pk: line.place for line in self.lines}.values())


def load(
    workshop: Workshop,
    day: date,
    *,
    typed: Iterable[Filled] | None = None,
    from_template: bool = False,
    refused: Mapping[int, Verdict] | None = None,
) -> SheetPage:
    """The page of a sheet: seven queries for any number of people, eight where a skill lacks.

    `typed`: the lines of a form that was not accepted, with `refused` by person.
    """
    logs = _logs_around(workshop, day)
    own = [log for log in logs if log.sheet.workshop_id == workshop.pk and log.day == day]
    template_day = max(
        (log.day for log in logs if log.sheet.workshop_id == workshop.pk and log.day < day),
        default=None,
    )
    filled = _fill(logs, own, workshop, template_day if from_template else None, typed)
    places = placed_in_line(
        workshop.facility_id, workshop.line_of_work, day, {one.participant_id for one in filled}
    )
    return SheetPage(
        workshop=workshop,
        day=day,
        sheet=own[0].sheet if own else None,
        template_day=template_day,
        is_from_template=from_template and typed is None and not own,
        lines=_lines(workshop, day, places, filled, logs, refused or {}),
        batches=_batches(workshop, day, {one.batch_id for one in filled}),
    )


def _logs_around(workshop: Workshop, day: date) -> list[WorkLog]:
    around = WorkLog.objects.filter(
        facility_id=workshop.facility_id, day__range=(day - LOOK_BACK, day + LOOK_AHEAD)
    )
    return list(around.select_related("sheet").order_by("day", "pk"))


def _fill(
    logs: list[WorkLog],
    own: list[WorkLog],
    workshop: Workshop,
    template_day: date | None,
    typed: Iterable[Filled] | None,
) -> list[Filled]:
    if typed is not None:
        return list(typed)
    if own or template_day is None:
        return [Filled.of(log) for log in own]
    template = (
        log for log in logs if log.sheet.workshop_id == workshop.pk and log.day == template_day
    )
    return [Filled.of(log) for log in template]


def _lines(
    workshop: Workshop,
    day: date,
    places: list[Placement],
    filled: list[Filled],
    logs: list[WorkLog],
    refused: Mapping[int, Verdict],
) -> list[Line]:
    worked = _worked_beside(logs, workshop, day)
    ids = [place.participant_id for place in places]
    records = work_records(workshop.facility, ids, day, day + timedelta(days=1))
    before = work_before(ids, day, day)
    stopped = may_open(stops_of(workshop, day, day), day)
    skills = skill_records(workshop, ids, day, day, clock.today(workshop.facility.timezone))
    by_person: dict[int, list[Filled]] = defaultdict(list)
    for one in filled:
        by_person[one.participant_id].append(one)
    lines = []
    for place in places:
        person = place.participant_id
        facts = records.facts(person, day, workshop.line_of_work)
        facts = with_time(facts, worked[person], worked[person].get(day, 0), before[person])
        for one in by_person[person] or [Filled(person)]:
            reasons = refused.get(person, Verdict())
            open_now = stopped + may_work(facts) + skills.verdict(person, day, ())
            lines.append(Line(place, one, facts, open_now, reasons))
    return lines


def _worked_beside(logs: list[WorkLog], workshop: Workshop, day: date) -> dict[int, dict]:
    """Minutes by person and day without this very sheet."""
    worked: dict[int, dict[date, int]] = defaultdict(dict)
    for log in logs:
        if log.mark == Mark.PRESENT and not (
            log.day == day and log.sheet.workshop_id == workshop.pk
        ):
            days = worked[log.participant_id]
            days[log.day] = days.get(log.day, 0) + log.minutes
    return worked


def _batches(workshop: Workshop, day: date, also: set[int | None]) -> list[Batch]:
    wanted = Q(closing__isnull=True, started_on__lte=day) | Q(pk__in=also - {None})
    rows = Batch.objects.filter(wanted, workshop=workshop)
    return list(rows.select_related("variant__product").order_by("-started_on", "-pk"))


def read_typed(post: Mapping[str, str]) -> list[Filled]:
    """The lines of a posted form, blank ones left out."""
    found = []
    for place in range(_number(post.get("baris", "0")) or 0):
        person = _number(post.get(f"orang-{place}", ""))
        if person is None:
            continue
        one = Filled(
            person,
            post.get(f"tanda-{place}", "").strip().upper(),
            post.get(f"jam-{place}", "").strip(),
            post.get(f"potong-{place}", "").strip(),
            _number(post.get(f"batch-{place}", "")),
        )
        if not one.is_blank:
            found.append(one)
    return found


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def to_rows(typed: Iterable[Filled]) -> tuple[list[SheetRow], dict[int, Verdict]]:
    """Lines for the action, and by person what could not be read."""
    rows: list[SheetRow] = []
    unread: dict[int, Verdict] = {}
    for one in typed:
        row, verdict = _to_row(one)
        if verdict.ok and row is not None:
            rows.append(row)
        else:
            unread[one.participant_id] = unread.get(one.participant_id, Verdict()) + verdict
    return rows, unread


def _to_row(one: Filled) -> tuple[SheetRow | None, Verdict]:
    mark = LETTERS.get(one.mark or str(Mark.PRESENT.label))
    minutes, pieces, bad = 0, Decimal(0), [] if mark else [one.mark]
    try:
        minutes = parse_hours(one.hours)
    except ValueError:
        bad.append(one.hours)
    try:
        pieces = parse_pieces(one.pieces)
    except ValueError:
        bad.append(one.pieces)
    if bad or mark is None:
        return None, Verdict(tuple(rules.work_unreadable(text=text[:20]) for text in bad))
    if mark != Mark.PRESENT:
        minutes, pieces = 0, Decimal(0)
    batch = one.batch_id if mark == Mark.PRESENT else None
    return SheetRow(one.participant_id, mark, minutes, pieces, batch), Verdict()
