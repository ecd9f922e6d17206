"""The list of working people: since when, as what, with which papers, until when."""

from dataclasses import dataclass
from datetime import date, timedelta

from berdaya.intake.examine.common import Said, is_repeat
from berdaya.intake.findings import Notebook
from berdaya.intake.plan import PersonPlan, Plan, Source, World, digest
from berdaya.intake.records import Book, PersonRow
from berdaya.intake.words import PEOPLE
from berdaya.people.rules import WorkFacts


def examine_people(book: Book, world: World, notebook: Notebook, plan: Plan) -> None:
    """One plan a person; what is missing from their papers is told once, here."""
    last_work = _last_work(book)
    seen: set[str] = set()
    for row in book.people:
        if row.work_number in seen:
            notebook.note("row_twice", row.at, what=row.work_number)
            continue
        seen.add(row.work_number)
        person = _planned(row, notebook)
        if person is None:
            continue
        is_repeat(world, notebook, person.source, row.work_number)
        plan.people.append(person)
        _tell(row, last_work.get(row.work_number), notebook)
    fresh = plan.fresh(plan.people)
    if fresh:
        first = fresh[0].source.at
        notebook.note("placement_from_book", first, count=len(fresh))


def _last_work(book: Book) -> dict[str, date]:
    found: dict[str, date] = {}
    for mark in book.marks:
        if mark.mark == "present":
            found[mark.work_number] = max(mark.day, found.get(mark.work_number, mark.day))
    return found


def _planned(row: PersonRow, notebook: Notebook) -> PersonPlan | None:
    if not row.status:
        return None
    if row.started_on is None:
        notebook.note("start_missing", row.columns["started_on"], who=row.work_number)
        return None
    requested = None
    if row.status == "detainee":
        choice = notebook.note("request_absent", row.columns["status"], who=row.work_number)
        requested = row.started_on if choice == "has_request" else None
    ends = row.released_on or row.moved_on
    content = (row.status, row.line, row.started_on, row.consent_on, row.fit_until, ends)
    return PersonPlan(
        source=Source(PEOPLE, row.work_number, digest(*content), row.at),
        work_number=row.work_number,
        status=row.status,
        line=row.line,
        started_on=row.started_on,
        consent_on=row.consent_on,
        fit_until=row.fit_until,
        requested_on=requested,
        ends_on=ends,
        is_released=row.released_on is not None,
    )


def _tell(row: PersonRow, last_work: date | None, notebook: Notebook) -> None:
    who, at = row.work_number, row.columns
    if row.consent_on is None:
        text = f"“{row.consent_text}”" if row.consent_text else "–"
        notebook.note("consent_absent", at["consent_on"], who=who, text=text)
    elif row.started_on and row.consent_on > row.started_on:
        start, consent = Said(row.started_on), Said(row.consent_on)
        notebook.note(
            "consent_after_start", at["consent_on"], who=who, start=start, consent=consent
        )
    if row.fit_until and last_work and last_work > row.fit_until:
        notebook.note("fitness_over", at["fit_until"], who=who, until=Said(row.fit_until))
    ends = row.released_on or row.moved_on
    if ends:
        notebook.note("leaves", at["note"], who=who, note=row.note, day=Said(ends))


@dataclass(frozen=True)
class Papers:
    """One person's papers from this book or, for somebody known before, from the program."""

    status: str
    placed_from: date
    placed_until: date | None
    works_from: date
    released_on: date | None
    consent_on: date | None
    fit_until: date | None
    requested_on: date | None

    def facts(self, day: date, world: World) -> WorkFacts:
        """The papers' half of what decides about work on `day`."""
        gone = self.placed_until is not None and day >= self.placed_until
        released = self.released_on is not None and day >= self.released_on
        return WorkFacts(
            day=day,
            facility_kind=world.facility_kind,
            is_placed=self.placed_from <= day and not gone,
            status="released" if released else self.status,
            has_consent=self.consent_on is not None and self.consent_on <= day,
            consent_from=self.consent_on,
            is_fit=True if self.fit_until and day <= self.fit_until else None,
            fit_until=self.fit_until,
            has_work_placement=self.works_from <= day,
            has_own_request=self.requested_on is not None and self.requested_on <= day,
            limits=world.limits,
        )


def papers_of(plan: Plan, world: World) -> dict[str, Papers]:
    """Papers by work number. Fitness runs to the last day stated, inclusive."""
    found = {
        number: Papers(
            known.status,
            known.placed_from,
            known.placed_until,
            known.placed_from,
            None,
            known.consent_on,
            known.fit_until,
            known.requested_on,
        )
        for number, known in world.people.items()
    }
    for person in plan.people:
        if person.work_number in found and plan.is_done(person.source):
            continue
        found[person.work_number] = Papers(
            person.status,
            person.placed_from,
            person.ends_on,
            person.started_on,
            person.ends_on if person.is_released else None,
            person.consent_on,
            person.fit_until,
            person.requested_on,
        )
    return found


def fitness_from(person: PersonPlan) -> tuple[date, date] | None:
    """[from, until) of the fitness certificate: since work began, half-open."""
    if person.fit_until is None or person.fit_until < person.started_on:
        return None
    return person.started_on, person.fit_until + timedelta(days=1)
