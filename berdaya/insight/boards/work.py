"""Work: hours of each day of a year, and how they spread over the places."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from berdaya.insight.boards.ground import Board, Kind
from berdaya.look.charts import Calendar, bars, calendar, line
from berdaya.look.charts.figures import Figured


def charts(board: Board) -> list[Figured]:
    """The calendar, people and their share by month, and the places."""
    found = [
        _days(board),
        board.lines("orang-bekerja", _("Orang yang ikut bekerja"), ("makers",), bars),
        board.lines("bagian-bekerja", _("Bagian penghuni yang bekerja"), ("working_share",), line),
        board.map(),
        board.compared(),
    ]
    return [one for one in found if one is not None]


def _days(board: Board) -> Figured | None:
    """Hours of work of each day; a day on which nobody worked is drawn as empty."""
    if not board.days:
        return None
    hours = {day: round(minutes / 60) for day, minutes in board.days.items()}
    year = board.year
    last = min(year.until - timedelta(days=1), max(hours))
    chart = Calendar(
        "kalender-kerja", _("Jam kerja tiap hari"), year.start, last, hours, _("jam"),
        (_("Hari"), _("Jam kerja")),
    )  # fmt: skip
    return board.figured(chart, calendar)


KIND = Kind(
    "work",
    _lazy("Hari dan jam kerja"),
    _lazy("Kapan bengkel bekerja, berapa orang, dan berapa jam."),
    ("hours", "makers", "working_share"),
    (),
    charts,
    usual="hours",
    has_days=True,
)
