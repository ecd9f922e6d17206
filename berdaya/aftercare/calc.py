"""What is due of a client and when: pure, in days of the Bapas.

Follow-ups are due 1, 3, 6, 12 and 24 months after release, the report once a calendar month, from
the month after release until the month of *akhir bimbingan*. After that nothing is a duty.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from berdaya.people.calc import months_after

MILESTONES = (1, 3, 6, 12, 24)
REPORT = 0
ONE = timedelta(days=1)

DONE, DUE, OVERDUE, COMING, OPTIONAL, MISSED = (
    "done", "due", "overdue", "coming", "optional", "missed",
)  # fmt: skip


@dataclass(frozen=True)
class Contact:
    """A follow-up as it counts: its day, and the milestone it answers."""

    on: date
    milestone: int | None = None


@dataclass(frozen=True)
class Case:
    """What decides about duties. `until` is the first day without supervision.

    `opted_in`: consent to be contacted holds. `left`: the client asked to be left alone.
    """

    since: date
    until: date
    has_report_duty: bool = True
    contacts: tuple[Contact, ...] = ()
    opted_in: bool = False
    left: bool = False

    def is_over(self, today: date) -> bool:
        """Supervision has ended: no report, nothing overdue."""
        return today >= self.until


@dataclass(frozen=True, order=True)
class Duty:
    """One thing of one client. `milestone` is REPORT for the monthly report."""

    due_on: date
    milestone: int
    state: str
    done_on: date | None = None

    @property
    def is_report(self) -> bool:
        """The monthly report, not a follow-up of the trade."""
        return self.milestone == REPORT

    @property
    def waits(self) -> bool:
        """Whether somebody should be asked now."""
        return self.state in (DUE, OVERDUE, OPTIONAL)


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def last_of(month: date) -> date:
    """The last day of a month."""
    return months_after(month_of(month), 1) - ONE


def duties(case: Case, today: date) -> list[Duty]:
    """Every follow-up and every report of the case up to this month, in order of day."""
    return sorted([*_milestones(case, today), *_reports(case, today)])


def waiting(case: Case, today: date) -> list[Duty]:
    """What is due this month or overdue."""
    return [one for one in duties(case, today) if one.waits]


def _milestones(case: Case, today: date) -> Iterable[Duty]:
    done = {one.milestone: one.on for one in case.contacts if one.milestone}
    for months in MILESTONES:
        due_on = months_after(case.since, months)
        if months in done:
            yield Duty(due_on, months, DONE, done[months])
        elif months < max(done, default=0):
            yield Duty(due_on, months, MISSED)
        elif state := _state(case, due_on, today):
            yield Duty(due_on, months, state)


def _state(case: Case, due_on: date, today: date) -> str:
    """Of a follow-up that was not made; empty where nobody asks any more."""
    is_free = due_on >= case.until or case.is_over(today)
    if case.left or (is_free and not case.opted_in):
        return ""
    if month_of(due_on) > month_of(today):
        return COMING
    if is_free:
        # Nobody is late with what is free: asked in its month and the next, then let go.
        return OPTIONAL if months_after(month_of(due_on), 1) >= month_of(today) else MISSED
    return OVERDUE if month_of(due_on) < month_of(today) else DUE


def _reports(case: Case, today: date) -> Iterable[Duty]:
    """A report is answered by any contact in its month; a later contact lets an older one rest."""
    if not case.has_report_duty:
        return
    by_month: dict[date, date] = {}
    for one in sorted(case.contacts, key=lambda one: one.on):
        by_month.setdefault(month_of(one.on), one.on)
    latest = max((one.on for one in case.contacts), default=date.min)
    month = months_after(month_of(case.since), 1)
    while month <= month_of(today) and month < case.until:
        due_on = min(last_of(month), case.until - ONE)
        if month in by_month:
            yield Duty(due_on, REPORT, DONE, by_month[month])
        elif due_on < today:
            rests = case.is_over(today) or case.left or latest > due_on
            yield Duty(due_on, REPORT, MISSED if rests else OVERDUE)
        else:
            yield Duty(due_on, REPORT, MISSED if case.is_over(today) else DUE)
        month = months_after(month, 1)


def milestone_for(case: Case, on: date, today: date) -> int | None:
    """Which follow-up a contact on that day answers: the latest that is asked for by then.

    Those before it rest: nobody is asked twice at once.
    """
    asked = [one for one in waiting(case, today) if not one.is_report]
    reached = [one.milestone for one in asked if month_of(one.due_on) <= month_of(on)]
    return max(reached, default=None)
