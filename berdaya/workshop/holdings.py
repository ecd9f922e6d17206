"""What work sheets hold about a person: hours and pieces, month by month."""

from collections.abc import Iterator

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from berdaya.core.money import format_qty
from berdaya.people.holdings import Section, declare_holding
from berdaya.people.models import Participant
from berdaya.people.rules import hours
from berdaya.workshop.models import Mark, WorkLog


def register() -> None:
    """Tell the copy."""
    declare_holding("workshop", work_of)


def work_of(person: Participant, lang: str) -> Iterator[Section]:
    """Days, hours and pieces a month, as the sheets in scope have them."""
    rows = WorkLog.objects.filter(participant=person, mark=Mark.PRESENT)
    months = rows.annotate(month=TruncMonth("day")).values_list("month").order_by("month")
    told = months.annotate(days=Count("day", distinct=True), time=Sum("minutes"), qty=Sum("pieces"))
    yield Section(
        _("Jam kerja tiap bulan"),
        (_("Bulan"), _("Hari"), _("Jam"), _("Hasil")),
        tuple(
            (f"{MONTHS[month.month]} {month.year}", str(days), str(hours(time)),
             format_qty(qty) if qty else "–")
            for month, days, time, qty in told
        ),
        kinds=("left", "right", "right", "right"),
    )  # fmt: skip
