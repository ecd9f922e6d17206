"""Times of UU 27/2022: 3 × 24 hours are exactly 72 hours in any zone; months of keeping."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# "Tiga kali dua puluh empat jam": articles 30, 32, 40, 41 and 46.
LAWFUL_TIME = timedelta(hours=72)
HOUR = timedelta(hours=1)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """How far an instant is from its due time, in whole hours that are surely left or gone."""

    hours: int
    is_overdue: bool

    @property
    def words(self) -> str:
        """`sisa 2 hari 4 jam`, `kurang dari 1 jam`, `lewat 5 jam`, in the active language."""
        if self.hours == 0:
            return _("baru saja lewat") if self.is_overdue else _("kurang dari 1 jam")
        told = {"time": _in_words(self.hours)}
        return _("lewat %(time)s") % told if self.is_overdue else _("sisa %(time)s") % told


def due_after(instant: datetime) -> datetime:
    """The last instant that is still in time; ValueError for a naive datetime."""
    if instant.tzinfo is None:
        raise ValueError("a naive datetime is not an instant")
    return instant + LAWFUL_TIME


def time_left(due_at: datetime, now: datetime) -> TimeLeft:
    """At the due instant itself nothing is overdue yet; hours are rounded down on both sides."""
    if now > due_at:
        return TimeLeft((now - due_at) // HOUR, is_overdue=True)
    return TimeLeft((due_at - now) // HOUR, is_overdue=False)


def _in_words(hours: int) -> str:
    days, rest = divmod(hours, 24)
    parts = []
    if days:
        parts.append(ngettext("%(n)s hari", "%(n)s hari", days) % {"n": days})
    if rest:
        parts.append(ngettext("%(n)s jam", "%(n)s jam", rest) % {"n": rest})
    return " ".join(parts)


def months_after(day: date, months: int) -> date:
    """The same day so many months later (negative: earlier), or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
