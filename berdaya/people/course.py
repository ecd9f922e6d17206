"""One person's course as moments of a timeline, newest first."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from berdaya.core.clock import format_date
from berdaya.core.dated import DatedRow
from berdaya.look.parts import Moment
from berdaya.people.models import Participant, Placement, Status, StatusPeriod
from berdaya.people.roll import Course

Row = TypeVar("Row", bound=DatedRow)


def course_and_moments(person: Participant, today: date) -> tuple[Course, list[Moment]]:
    """What holds, as `roll.current_of` says, and all that ever did; two queries."""
    placements = list(Placement.objects.filter(participant=person).select_related("facility"))
    statuses = list(StatusPeriod.objects.filter(participant=person).select_related("facility"))
    course = Course(_current(placements, today), _current(statuses, today))
    return course, _moments(placements, statuses, today)


def _current(rows: Sequence[Row], today: date) -> Row | None:
    left = [row for row in rows if row.valid_until is None or row.valid_until > today]
    return min(left, key=lambda row: row.valid_from, default=None)


def _moments(
    placements: Sequence[Placement], statuses: Sequence[StatusPeriod], today: date
) -> list[Moment]:
    dated: list[tuple[DatedRow, str, str]] = [
        *((row, _("Nomor kerja %s") % row.work_number, row.facility.name) for row in placements),
        *((row, str(Status(row.status).label), row.facility.name) for row in statuses),
    ]
    dated.sort(key=lambda entry: entry[0].valid_from, reverse=True)
    return [
        Moment(when=_period(row), what=what, who=who, tone=_tone(row, today))
        for row, what, who in dated
    ]


def _period(row: DatedRow) -> str:
    language = get_language() or "id"
    start = format_date(row.valid_from, language)
    if row.last_day is None:
        return _("sejak %s") % start
    return f"{start} – {format_date(row.last_day, language)}"


def _tone(row: DatedRow, today: date) -> str:
    if row.valid_from > today:
        return "next"
    return "done" if row.holds_on(today) else ""
