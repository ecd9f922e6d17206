"""One person's course as moments of a timeline, newest first."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from berdaya.core.clock import format_date
from berdaya.core.dated import DatedRow
from berdaya.look.parts import Moment
from berdaya.people.models import Participant, Placement, Status, StatusPeriod


def moments_of(person: Participant, today: date) -> list[Moment]:
    """Placements and statuses this scope may see; two queries."""
    placements = Placement.objects.filter(participant=person).select_related("facility")
    statuses = StatusPeriod.objects.filter(participant=person).select_related("facility")
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
