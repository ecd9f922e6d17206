"""People of training as everybody may read them: session by session, each told once.

docs/rules/public-counts.md is the law of this file. A session is the one partition: mentors read
the number of each, so a facility's number is their sum, no second rounding of the same people.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from berdaya.core import clock
from berdaya.insight.calc import told_people
from berdaya.insight.periods import after, first_of
from berdaya.institutions.models import Facility
from berdaya.training.models import CertificateDecision, SessionCount
from berdaya.training.models.certificates import Outcome

Months = dict[date, int]


def told_learners(facility: Facility, months: Iterable[date]) -> dict[str, Months]:
    """By indicator and month what is told of those who learned; two queries."""
    asked = sorted(months)
    if not asked:
        return {"trained": {}, "certified": {}}
    return {"trained": _trained(facility, asked), "certified": _certified(facility, asked)}


def _trained(facility: Facility, months: list[date]) -> Months:
    """What was told of the sessions that ended in each month (training/actions/proofs.py)."""
    rows = SessionCount.objects.filter(
        facility=facility, session__ends_on__gte=months[0], session__ends_on__lt=after(months[-1])
    )
    found = dict.fromkeys(months, 0)
    for ended, people in rows.values_list("session__ends_on", "about_people"):
        if first_of(ended) in found:
            found[first_of(ended)] += people
    return found


def _certified(facility: Facility, months: list[date]) -> Months:
    """Of each session those certified in the month of its first certificate, and no later ones:
    a session's certificates month by month would bound each other by its number of people."""
    until = clock.start_of(after(months[-1]), facility.timezone)
    rows = CertificateDecision.objects.filter(
        facility=facility, outcome=Outcome.APPROVED, decided_at__lt=until
    ).values_list("certificate__session", "certificate__participant", "decided_at")
    sessions: dict[int, dict[date, set[int]]] = defaultdict(lambda: defaultdict(set))
    for session, person, at in rows:
        month = first_of(clock.local(at, facility.timezone).date())
        sessions[session][month].add(person)
    found = dict.fromkeys(months, 0)
    for by_month in sessions.values():
        first = min(by_month)
        if first in found:
            found[first] += told_people(len(by_month[first]))
    return found
