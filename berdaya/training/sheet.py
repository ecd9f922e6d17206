"""The attendance sheet of a session as a grid: people down, days across."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from berdaya.core.verdicts import Verdict
from berdaya.training import rules
from berdaya.training.calc import Totals
from berdaya.training.models import Mark, Session
from berdaya.training.queries import Member, lengths_of, members_of

LETTERS = {str(mark.label): mark.value for mark in Mark}
LABELS = {mark.value: str(mark.label) for mark in Mark}


@dataclass
class Box:
    """One person's mark on one day, as typed or as filed."""

    name: str
    day: date
    text: str


@dataclass
class Row:
    """A person's line: their boxes, what they come to, and why it was refused."""

    member: Member
    boxes: list[Box]
    refused: Verdict

    @property
    def totals(self) -> Totals:
        """As filed, not as typed."""
        return self.member.totals


@dataclass
class Grid:
    """The whole sheet."""

    session: Session
    days: list[date]
    rows: list[Row]
    minutes: int

    @property
    def refused_count(self) -> int:
        """Lines that need mending."""
        return sum(1 for row in self.rows if not row.refused.ok)


def field_name(enrolment: int, day: date) -> str:
    """How a box is called in the form."""
    return f"t-{enrolment}-{day:%Y%m%d}"


def load(
    session: Session,
    *,
    typed: Mapping[str, str] | None = None,
    refused: Mapping[int, Verdict] | None = None,
) -> Grid:
    """The sheet as filed, or as typed with what was refused by enrolment; five queries."""
    lengths = lengths_of(session)
    rows = []
    for member in members_of(session, lengths):
        if not member.enrolment.has_place:
            continue
        pk = member.enrolment.pk
        boxes = [
            Box(field_name(pk, day), day, _text(member, day, field_name(pk, day), typed))
            for day in lengths
        ]
        rows.append(Row(member, boxes, (refused or {}).get(pk, Verdict())))
    return Grid(session, list(lengths), rows, sum(lengths.values()))


def _text(member: Member, day: date, name: str, typed: Mapping[str, str] | None) -> str:
    # What the form did not hold stays as filed: somebody may have come in meanwhile.
    if typed is not None and name in typed:
        return typed[name].strip()
    return LABELS.get(member.marks.get(day, ""), "")


def read_typed(grid: Grid) -> tuple[dict[tuple[int, date], str], dict[int, Verdict]]:
    """Marks by enrolment and day for the action, and by enrolment what could not be read."""
    marks: dict[tuple[int, date], str] = {}
    unread: dict[int, Verdict] = {}
    for row in grid.rows:
        pk = row.member.enrolment.pk
        for box in row.boxes:
            letter = box.text.upper()
            if letter in LETTERS:
                marks[pk, box.day] = LETTERS[letter]
            elif letter:
                reason = rules.mark_unreadable(text=box.text[:10])
                unread[pk] = unread.get(pk, Verdict()) + Verdict((reason,))
    return marks, unread
