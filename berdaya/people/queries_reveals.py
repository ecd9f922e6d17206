"""What is measured before an opening is logged, and who was opened by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.institutions.models import Facility
from berdaya.people import rules_reveals as rules
from berdaya.people.models import (
    Erasure,
    Participant,
    Placement,
    Restriction,
    Reveal,
    RevealedPerson,
    RevealPurpose,
)

USUAL_DAYS = timedelta(days=28)
ONE_HOUR = timedelta(hours=1)
# Purposes that open one person at a time; many of them in a row are unusual.
ONE_BY_ONE = [RevealPurpose.PERSON.value, RevealPurpose.CONSENT.value]
# Searches open nobody, so they count apart.
FACTS = """
WITH mine AS (
  SELECT p.participant_id, r.purpose FROM people_reveal r
  JOIN people_revealedperson p ON p.reveal_id = r.id
  WHERE r.opened_by_id = %(by)s AND r.on_day = %(today)s AND r.purpose <> 'search'
)
SELECT
  people_usual_openings(%(role)s, %(kind)s, %(since)s, %(today)s),
  EXISTS (SELECT FROM institutions_holiday WHERE day = %(today)s),
  (SELECT count(DISTINCT participant_id) FROM mine WHERE participant_id <> ALL(%(people)s)),
  (SELECT count(*) FROM mine WHERE purpose = ANY(%(singles)s)
   AND participant_id = ANY(%(people)s)),
  (SELECT count(*) FROM people_reveal WHERE opened_by_id = %(by)s AND purpose = ANY(%(singles)s)
   AND at > %(hour_ago)s)
"""


@dataclass(frozen=True)
class Measure:
    """What is being opened, by whom, as which role."""

    by: Actor
    role: str
    facility: Facility
    people: frozenset[int]
    assigned: int
    is_single: bool


def opening_facts(what: Measure) -> rules.OpeningFacts:
    """How this opening compares: one query, the counts of rows in scope."""
    now = clock.now()
    here = clock.local(now, what.facility.timezone)
    with connection.cursor() as cursor:
        cursor.execute(
            FACTS,
            {
                "by": what.by.person_id,
                "role": what.role,
                "kind": what.facility.kind,
                "today": here.date(),
                "since": here.date() - USUAL_DAYS,
                "hour_ago": now - ONE_HOUR,
                "people": sorted(what.people),
                "singles": ONE_BY_ONE,
            },
        )
        usual, is_holiday, others, same, singles = cursor.fetchone()
    return rules.OpeningFacts(
        at=here.time(),
        assigned=what.assigned,
        day_count=others + len(what.people),
        baseline=float(usual or 0),
        is_holiday=is_holiday,
        is_single=what.is_single,
        singles=singles,
        same_person=same,
    )


def searches_of(by: Actor) -> int:
    """How often somebody has searched in the last hour."""
    return Reveal.objects.filter(
        opened_by_id=by.person_id, purpose=RevealPurpose.SEARCH, at__gt=clock.now() - ONE_HOUR
    ).count()


def people_to_open(ids: Iterable[int], fields: Iterable[str], day: date) -> "QuerySet[Any]":
    """These participants with their sealed fields, whether they were erased, or are restricted on
    that day (UU PDP art. 11): one query."""
    erased = Erasure.objects.filter(participant=OuterRef("pk"))
    restricted = Restriction.objects.on(day).filter(participant=OuterRef("pk"))
    sealed = (f"identity__{name}" for name in ("key_owner", "facility", *fields))
    rows = Participant.objects.filter(pk__in=list(ids)).select_related("identity")
    return rows.only("code", "pseudonym", *sealed).annotate(
        was_erased=Exists(erased), is_restricted=Exists(restricted)
    )


def with_numbers(rows: "QuerySet[RevealedPerson]") -> "QuerySet[Any]":
    """Opened people with `work_number`, their latest at the facility of the row."""
    placed = Placement.objects.filter(
        participant=OuterRef("participant"), facility=OuterRef("facility")
    ).order_by("-valid_from")
    found = rows.select_related("participant").annotate(
        work_number=Subquery(placed.values("work_number")[:1])
    )
    return found.order_by("work_number", "pk")


def openings_of(participant: Participant) -> "QuerySet[RevealedPerson]":
    """Who opened this person's identity, the last one first."""
    rows = RevealedPerson.objects.filter(participant=participant)
    return rows.select_related("reveal__opened_by").order_by("-reveal__at", "-pk")


def unreviewed(rows: "QuerySet[Reveal]") -> "QuerySet[Reveal]":
    """Unusual ones that nobody has looked into."""
    return rows.filter(is_unusual=True, review__isnull=True)
