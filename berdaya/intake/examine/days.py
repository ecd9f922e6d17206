"""Day by day: who may be booked for how long, and to which batch the work belongs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from berdaya.core.verdicts import Reason
from berdaya.intake import words
from berdaya.intake.calc import share_day
from berdaya.intake.examine.common import Said, is_repeat
from berdaya.intake.examine.people import Papers, papers_of
from berdaya.intake.findings import Notebook
from berdaya.intake.plan import BatchPlan, Plan, Source, WorkPlan, World, digest
from berdaya.intake.records import Book, CellRef, MarkRow
from berdaya.intake.values import name_key
from berdaya.people.queries import Before, with_time
from berdaya.people.rules import hours, may_ever_work, may_work

SUNDAY = 6


@dataclass
class Held:
    """Days of one person that break the same rule, to be told together."""

    reason: Reason
    rows: list[MarkRow] = field(default_factory=list)


def examine_days(book: Book, world: World, notebook: Notebook, plan: Plan) -> None:
    """Accept or hold every day of every person, then share the accepted ones over batches."""
    papers = papers_of(plan, world)
    lines = {person.work_number: person.line for person in plan.people}
    accepted: list[MarkRow] = []
    for number, rows in _by_person(book.marks, notebook):
        if number not in papers:
            notebook.note("person_unknown", rows[0].at, _cells(rows), who=number)
            continue
        _tell_habits(number, rows, lines.get(number, ""), notebook)
        accepted += _judge(number, rows, papers[number], world, notebook)
    _check_sums(book, notebook)
    _share(accepted, world, notebook, plan)
    _check_batches(notebook, plan)


def _by_person(marks: Iterable[MarkRow], notebook: Notebook) -> Iterable[tuple[str, list[MarkRow]]]:
    kept: dict[str, dict[tuple[date, str], MarkRow]] = defaultdict(dict)
    for row in marks:
        key = (row.day, name_key(row.line))
        if key in kept[row.work_number]:
            notebook.note("row_twice", row.at, what=f"{row.work_number} {row.day:%d/%m}")
        kept[row.work_number].setdefault(key, row)
    for number, rows in sorted(kept.items()):
        yield number, sorted(rows.values(), key=lambda row: (row.day, row.line))


def _cells(rows: Iterable[MarkRow]) -> tuple[CellRef, ...]:
    return tuple(row.at for row in rows)


def _tell_habits(number: str, rows: list[MarkRow], listed: str, notebook: Notebook) -> None:
    sundays = [row for row in rows if row.mark == "present" and row.day.weekday() == SUNDAY]
    if sundays:
        cells = _cells(sundays)
        notebook.note("sunday_worked", cells[0], cells, who=number, count=len(sundays))
    other = [row for row in rows if listed and name_key(row.line) != name_key(listed)]
    if other:
        at = other[0].at
        notebook.note(
            "line_differs", at, _cells(other), who=number, line=other[0].line, listed=listed
        )


def _judge(
    number: str, rows: list[MarkRow], papers: Papers, world: World, notebook: Notebook
) -> list[MarkRow]:
    """The days that may be booked; the others become findings, together by rule and time."""
    worked = dict(world.worked.get(number, {}))
    held: dict[tuple[str, str, bool], Held] = {}
    accepted: list[MarkRow] = []
    for row in rows:
        done = (words.ATTENDANCE, _key(row)) in world.done
        verdicts = _reasons(row, papers, world, worked)
        history = world.is_history(row.day)
        for reason in () if done else verdicts:
            key = (reason.code, row.at.sheet, history)
            held.setdefault(key, Held(reason)).rows.append(row)
        barred = not may_ever_work(papers.facts(row.day, world)).ok
        if done or not verdicts or (history and not barred):
            accepted.append(row)
            if row.mark == "present":
                worked[row.day] = worked.get(row.day, 0) + (0 if done else row.minutes)
    accepted += _tell_held(number, held, world, papers, worked, notebook)
    return sorted(accepted, key=lambda row: row.day)


def _reasons(
    row: MarkRow, papers: Papers, world: World, worked: dict[date, int]
) -> tuple[Reason, ...]:
    facts = papers.facts(row.day, world)
    if row.mark != "present":
        return () if facts.is_placed else may_ever_work(facts).reasons
    minutes = row.minutes + worked.get(row.day, 0)
    return may_work(with_time(facts, worked, minutes, _before(row, world))).reasons


def _before(row: MarkRow, world: World) -> Sequence[Before]:
    """What another facility had of this person's week."""
    return world.before.get(row.work_number, ())


def _tell_held(
    number: str,
    held: dict[tuple[str, str, bool], Held],
    world: World,
    papers: Papers,
    worked: dict[date, int],
    notebook: Notebook,
) -> list[MarkRow]:
    """Write the held days down; returns those that a choice lets through after all."""
    rescued = []
    for (code, _sheet, history), group in sorted(held.items()):
        cells = _cells(group.rows)
        said = {"who": number, "count": len(group.rows), "reason": group.reason}
        if history:
            notebook.note("limit_in_history", cells[0], cells, **said)
        elif code != "hours_over_day":
            notebook.note("limit_broken", cells[0], cells, **said)
        elif notebook.note("hours_too_long", cells[0], cells, **said) == "cap":
            capped = [_capped(row, papers, world, worked) for row in group.rows]
            rescued += [row for row in capped if row is not None]
    return rescued


def _capped(row: MarkRow, papers: Papers, world: World, worked: dict[date, int]) -> MarkRow | None:
    """The same day with the longest lawful time; None if another rule is broken as well."""
    facts = with_time(papers.facts(row.day, world), worked, 0, _before(row, world))
    longest = facts.limits.day_minutes(facts.days_this_week + 1)
    short = replace(row, minutes=min(row.minutes, longest))
    return None if _reasons(short, papers, world, worked) else short


def _check_sums(book: Book, notebook: Notebook) -> None:
    summed: dict[tuple[str, int], int] = defaultdict(int)
    for mark in book.marks:
        summed[mark.at.sheet, mark.at.row] += mark.minutes
    for total in book.totals:
        if total.kind != words.ATTENDANCE:
            continue
        minutes = summed[total.at.sheet, total.at.row]
        if minutes != int(total.stated * 60):
            stated, days = hours(int(total.stated * 60)), hours(minutes)
            notebook.note(
                "sum_differs", total.at, who=total.work_number, stated=stated, summed=days
            )


def _key(row: MarkRow) -> str:
    return f"{row.work_number}|{row.day:%Y-%m-%d}|{name_key(row.line)}"


def _share(accepted: list[MarkRow], world: World, notebook: Notebook, plan: Plan) -> None:
    batches: dict[str, list[BatchPlan]] = defaultdict(list)
    for batch in plan.batches:
        batches[name_key(batch.line)].append(batch)
    loose: dict[str, list[MarkRow]] = defaultdict(list)
    shared: dict[tuple[str, tuple[str, ...]], list[MarkRow]] = defaultdict(list)
    for row in accepted:
        content = digest(row.mark, row.minutes, row.pieces)
        source = Source(words.ATTENDANCE, _key(row), content, row.at)
        is_repeat(world, notebook, source, f"{row.work_number} {row.day:%d/%m/%Y}")
        line = name_key(row.line)
        covering = [b.code for b in batches[line] if b.starts_on <= row.day <= b.ends_on]
        if row.mark != "present":
            plan.work.append(_work(source, row, row.minutes, row.pieces, ""))
            continue
        if not covering:
            loose[row.line].append(row)
            plan.work.append(_work(source, row, row.minutes, row.pieces, ""))
        if len(covering) > 1:
            shared[row.line, tuple(sorted(covering))].append(row)
        for code, (minutes, pieces) in share_day(row.minutes, row.pieces, covering).items():
            plan.work.append(_work(source, row, minutes, pieces, code))
    _tell_loose(loose, batches, notebook)
    _tell_shared(shared, notebook)


def _work(source: Source, row: MarkRow, minutes: int, pieces: Decimal, batch_code: str) -> WorkPlan:
    return WorkPlan(
        source, row.work_number, row.line, row.day, row.mark, minutes, pieces, batch_code
    )


def _tell_loose(
    loose: dict[str, list[MarkRow]], batches: dict[str, list[BatchPlan]], notebook: Notebook
) -> None:
    for line, rows in sorted(loose.items()):
        ends = sorted({batch.ends_on for batch in batches[name_key(line)]})

        def stretch(row: MarkRow, ends: list[date] = ends) -> int:
            return sum(1 for end in ends if end < row.day)

        for _between, group in groupby(sorted(rows, key=lambda row: row.day), key=stretch):
            days = list(group)
            notebook.note(
                "hours_without_batch",
                days[0].at,
                _cells(days),
                line=line,
                first=f"{days[0].day:%d/%m}",
                last=f"{days[-1].day:%d/%m}",
                hours=hours(sum(row.minutes for row in days)),
            )


def _tell_shared(
    shared: dict[tuple[str, tuple[str, ...]], list[MarkRow]], notebook: Notebook
) -> None:
    for (line, codes), rows in sorted(shared.items()):
        days = sorted(rows, key=lambda row: row.day)
        notebook.note(
            "hours_shared",
            days[0].at,
            _cells(days),
            line=line,
            first=f"{days[0].day:%d/%m}",
            last=f"{days[-1].day:%d/%m}",
            batches=", ".join(codes),
        )


def _check_batches(notebook: Notebook, plan: Plan) -> None:
    work: dict[str, list[WorkPlan]] = defaultdict(list)
    for row in plan.work:
        if row.batch_code:
            work[row.batch_code].append(row)
    kept = []
    for batch in plan.batches:
        basis = batch.pay_basis
        if basis == "pieces" and not plan.is_done(batch.source):
            basis = _basis_of_piece_batch(batch, work[batch.code], notebook)
        batch = replace(batch, pay_basis=basis)
        if _has_weight(batch, work[batch.code]) or plan.is_done(batch.source):
            kept.append(batch)
        else:
            notebook.note("batch_without_work", batch.source.at, batch=batch.code)
    gone = {batch.code for batch in plan.batches} - {batch.code for batch in kept}
    plan.batches = kept
    plan.work = [
        replace(row, batch_code="") if row.batch_code in gone else row for row in plan.work
    ]


def _has_weight(batch: BatchPlan, rows: list[WorkPlan]) -> bool:
    if batch.pay_basis == "pieces":
        return any(row.pieces for row in rows)
    return any(row.minutes or row.pieces for row in rows)


def _basis_of_piece_batch(batch: BatchPlan, rows: list[WorkPlan], notebook: Notebook) -> str:
    pieces = sum((row.pieces for row in rows), Decimal(0))
    if pieces > batch.good_qty + batch.rejected_qty:
        notebook.note(
            "pieces_over_output",
            batch.source.at,
            batch=batch.code,
            pieces=Said(pieces),
            made=Said(batch.good_qty + batch.rejected_qty),
        )
    minutes = sum(row.minutes for row in rows)
    with_pieces = {row.work_number for row in rows if row.pieces}
    nobody = {row.work_number for row in rows} - with_pieces
    if not minutes:
        return "pieces"
    if not pieces:
        return "hours"
    return notebook.note(
        "hours_on_piece_line",
        batch.source.at,
        batch=batch.code,
        hours=hours(minutes),
        nobody=len(nobody),
    )
