"""Filing day sheets: one day or a whole month at once, all or nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects

from berdaya.core import clock
from berdaya.core.ids import uuid7
from berdaya.core.locks import lock_rows
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, Verdict, combine, require
from berdaya.institutions.rules import may
from berdaya.people.queries import Before, WorkRecords, with_time, work_records
from berdaya.people.rules import may_be_on_sheet, may_ever_work, may_work
from berdaya.workshop import rules
from berdaya.workshop.actions import corrections
from berdaya.workshop.actions.equipment import require_tools_back
from berdaya.workshop.models import (
    Batch,
    LabourStatus,
    Mark,
    WorkLog,
    WorkSheet,
    Workshop,
    WorkshopHold,
)
from berdaya.workshop.queries import minutes_worked, work_before
from berdaya.workshop.safety import may_open, stops_of
from berdaya.workshop.skills import SkillRecords, skill_records

# Far enough to both sides to see the week and an unbroken run of days.
AROUND = timedelta(days=7)


@dataclass(frozen=True)
class SheetRow:
    """One person's line: minutes, pieces and the batch they went to."""

    participant_id: int
    mark: str = Mark.PRESENT
    minutes: int = 0
    pieces: Decimal = Decimal(0)
    batch_id: int | None = None

    @property
    def key(self) -> tuple[int, int | None]:
        return self.participant_id, self.batch_id


@dataclass(frozen=True)
class DaySheet:
    """All lines of one day."""

    day: date
    rows: Sequence[SheetRow]


class SheetRefused(Refused):
    """Lines that cannot stand: `lines` is {(day, participant_id): Verdict}."""

    def __init__(self, lines: Mapping[tuple[date, int], Verdict]) -> None:
        self.lines = dict(lines)
        super().__init__(combine(self.lines.values()))

    def of_day(self, day: date) -> dict[int, Verdict]:
        """The verdicts of one day by participant."""
        return {person: verdict for (when, person), verdict in self.lines.items() if when == day}


@dataclass
class _Desk:
    """What one filing works with: read once, written at the end."""

    workshop: Workshop
    by: Actor
    batches: dict[int, Batch]
    records: WorkRecords
    worked: dict[int, dict[date, int]]
    before: dict[int, list[Before]]
    history_until: date | None
    stops: list[WorkshopHold]
    skills: SkillRecords
    refused: dict[tuple[date, int], Verdict] = field(default_factory=dict)


def record_sheet(
    *,
    by: Actor,
    workshop: Workshop,
    day: date,
    rows: Sequence[SheetRow],
    keyed_late: bool = False,
    is_history: bool = False,
    reason: str = "",
) -> WorkSheet:
    """File or file anew the sheet of one day; see record_sheets."""
    return record_sheets(
        by=by,
        workshop=workshop,
        sheets=[DaySheet(day, rows)],
        keyed_late=keyed_late,
        is_history=is_history,
        reason=reason,
    )[0]


def record_sheets(
    *,
    by: Actor,
    workshop: Workshop,
    sheets: Sequence[DaySheet],
    keyed_late: bool = False,
    is_history: bool = False,
    reason: str = "",
) -> list[WorkSheet]:
    """File sheets of one workshop, each a different day; queries do not grow with rows or days.

    A sheet that is filed anew is rewritten; what touches a closed batch becomes a BatchCorrection
    with `reason` instead. Days before the unit's first day here are history: only what can never
    be is refused. Locks the facility's workshops (so that two sheets of one person count each
    other's hours) and the batches named. Raises SheetRefused, Refused: sheet_in_future,
    not_history, batch_elsewhere, correction_reason_missing, tools_out, tools_missing (a day closes
    only once its tools are back); nothing is saved then.
    """
    required()
    sheets = sorted(sheets, key=lambda sheet: sheet.day)
    _check_days(by, workshop, [sheet.day for sheet in sheets], is_history)
    require_tools_back(workshop, [sheet.day for sheet in sheets])
    _lock_facility(workshop)
    standing = _standing(workshop, sheets)
    desk = _open_desk(by, workshop, sheets, standing)
    for sheet in sheets:
        _judge(desk, sheet)
    if desk.refused:
        raise SheetRefused(desk.refused)
    return _write(desk, sheets, standing, keyed_late, reason)


def _check_days(by: Actor, workshop: Workshop, days: list[date], is_history: bool) -> None:
    require(may(by, "sheet.write", workshop.facility_id))
    if len(set(days)) != len(days) or not days:
        raise ValueError("every sheet has a day of its own")
    facility = workshop.facility
    if days[-1] > clock.today(facility.timezone):
        raise Refused(rules.sheet_in_future())
    if is_history and (facility.go_live_on is None or days[-1] >= facility.go_live_on):
        raise Refused(rules.not_history())


def _lock_facility(workshop: Workshop) -> None:
    beside = Workshop.objects.filter(facility_id=workshop.facility_id, is_active=True)
    lock_rows(Workshop, {workshop.pk, *beside.values_list("pk", flat=True)})


def _standing(workshop: Workshop, sheets: Sequence[DaySheet]) -> dict[date, WorkSheet]:
    days = [sheet.day for sheet in sheets]
    found = WorkSheet.objects.filter(workshop=workshop, day__in=days).prefetch_related("logs")
    return {sheet.day: sheet for sheet in found}


def _open_desk(
    by: Actor, workshop: Workshop, sheets: Sequence[DaySheet], standing: Mapping[date, WorkSheet]
) -> _Desk:
    rows = [row for sheet in sheets for row in sheet.rows]
    old = [log for sheet in standing.values() for log in sheet.logs.all()]
    people = {row.participant_id for row in rows} | {log.participant_id for log in old}
    batch_ids = {row.batch_id for row in rows} | {log.batch_id for log in old}
    first, last = sheets[0].day, sheets[-1].day
    worked = minutes_worked(
        people, first - AROUND, last + AROUND, without_sheets=[s.pk for s in standing.values()]
    )
    return _Desk(
        workshop=workshop,
        by=by,
        batches=_lock_batches(workshop, batch_ids),
        records=work_records(workshop.facility, people, first, last + timedelta(days=1)),
        worked=worked,
        before=work_before(people, first, last),
        history_until=workshop.facility.go_live_on,
        stops=stops_of(workshop, first, last),
        skills=skill_records(
            workshop, people, first, last, clock.today(workshop.facility.timezone)
        ),
    )


def _lock_batches(workshop: Workshop, ids: Iterable[int | None]) -> dict[int, Batch]:
    wanted = {pk for pk in ids if pk is not None}
    if not wanted:
        return {}
    locked = {batch.pk: batch for batch in lock_rows(Batch, wanted)}
    if len(locked) != len(wanted) or any(b.workshop_id != workshop.pk for b in locked.values()):
        raise Refused(rules.batch_elsewhere())
    # A skill may be asked for one product only.
    prefetch_related_objects(list(locked.values()), "variant")
    return locked


def _judge(desk: _Desk, sheet: DaySheet) -> None:
    by_person: dict[int, list[SheetRow]] = defaultdict(list)
    for row in sheet.rows:
        by_person[row.participant_id].append(row)
    for person, rows in by_person.items():
        verdict = _verdict(desk, sheet.day, person, rows)
        if not verdict.ok:
            desk.refused[sheet.day, person] = verdict


def _verdict(desk: _Desk, day: date, person: int, rows: list[SheetRow]) -> Verdict:
    verdict = Verdict(tuple(reason for row in rows for reason in _shape(desk, day, row)))
    if len({row.key for row in rows}) != len(rows):
        verdict += rules.line_twice()
    facts = desk.records.facts(person, day, desk.workshop.line_of_work)
    if not any(row.mark == Mark.PRESENT for row in rows):
        return verdict + may_be_on_sheet(facts)
    minutes = sum(row.minutes for row in rows) + desk.worked[person].get(day, 0)
    facts = with_time(facts, desk.worked[person], minutes, desk.before[person])
    desk.worked[person][day] = minutes
    is_history = desk.history_until is not None and day < desk.history_until
    if is_history:
        return verdict + may_ever_work(facts)
    verdict += desk.skills.verdict(person, day, _products(desk, rows))
    return verdict + may_open(desk.stops, day) + may_work(facts)


def _products(desk: _Desk, rows: list[SheetRow]) -> set[int]:
    batches = (desk.batches.get(row.batch_id) for row in rows if row.batch_id)
    return {batch.variant.product_id for batch in batches if batch is not None}


def _shape(desk: _Desk, day: date, row: SheetRow) -> Iterable[Any]:
    if row.mark == Mark.PRESENT and not row.minutes and not row.pieces:
        yield rules.work_empty()
    batch = desk.batches.get(row.batch_id) if row.batch_id else None
    if batch is not None and day < batch.started_on:
        yield rules.batch_not_started(code=batch.code)


def _write(
    desk: _Desk,
    sheets: Sequence[DaySheet],
    standing: dict[date, WorkSheet],
    keyed_late: bool,
    reason: str,
) -> list[WorkSheet]:
    closed = corrections.closed_among(desk.batches)
    kept = corrections.Ledger(desk.by, closed, reason, desk.workshop.facility)
    fresh = [_new_sheet(desk, s.day, keyed_late) for s in sheets if s.day not in standing]
    filed = {**standing, **{s.day: s for s in WorkSheet.objects.bulk_create(fresh)}}
    changes = _Changes()
    for sheet in sheets:
        old = list(filed[sheet.day].logs.all()) if sheet.day in standing else []
        _compare(desk, filed[sheet.day], sheet.rows, old, kept, changes)
    kept.write()
    changes.write()
    return [filed[sheet.day] for sheet in sheets]


def _new_sheet(desk: _Desk, day: date, keyed_late: bool) -> WorkSheet:
    return WorkSheet(
        workshop=desk.workshop,
        facility_id=desk.workshop.facility_id,
        day=day,
        is_keyed_late=keyed_late,
        is_history=desk.history_until is not None and day < desk.history_until,
        recorded_by_id=desk.by.user_id,
        recorded_at=clock.now(),
    )


@dataclass
class _Changes:
    """Lines to add, to change and to take away, over all sheets of a filing."""

    added: list[WorkLog] = field(default_factory=list)
    changed: list[WorkLog] = field(default_factory=list)
    removed: list[WorkLog] = field(default_factory=list)

    def write(self) -> None:
        if self.removed:
            WorkLog.objects.filter(pk__in=[log.pk for log in self.removed]).delete()
        for log in self.changed:
            log.save(update_fields=["mark", "minutes", "pieces", "labour_status"])
        if self.added:
            WorkLog.objects.bulk_create(self.added, batch_size=1000)


def _compare(
    desk: _Desk,
    sheet: WorkSheet,
    rows: Sequence[SheetRow],
    old: list[WorkLog],
    kept: corrections.Ledger,
    changes: _Changes,
) -> None:
    wanted = {row.key: row for row in rows}
    stood = {(log.participant_id, log.batch_id): log for log in old}
    for key in sorted(wanted.keys() | stood.keys(), key=str):
        row, log = wanted.get(key), stood.get(key)
        if key[1] in kept.closed:
            kept.compare(sheet.day, key, row, log)
        elif row is None:
            changes.removed += [log] if log else []
        elif log is None:
            changes.added.append(_line(desk, sheet, row))
        elif (log.mark, log.minutes, log.pieces) != (row.mark, row.minutes, row.pieces):
            log.mark, log.minutes, log.pieces = row.mark, row.minutes, row.pieces
            changes.changed.append(log)


def _line(desk: _Desk, sheet: WorkSheet, row: SheetRow) -> WorkLog:
    return WorkLog(
        id=uuid7(),
        sheet=sheet,
        participant_id=row.participant_id,
        facility_id=sheet.facility_id,
        day=sheet.day,
        mark=row.mark,
        minutes=row.minutes,
        pieces=row.pieces,
        batch_id=row.batch_id,
        labour_status=_labour(desk, row.participant_id, sheet.day),
    )


def _labour(desk: _Desk, participant_id: int, day: date) -> str:
    if desk.records.facts(participant_id, day).status == "client":
        return LabourStatus.CLIENT
    return LabourStatus.SAE if desk.workshop.is_open_site else LabourStatus.IN_CUSTODY
