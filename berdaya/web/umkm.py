"""The UMKM side's desk: what units ask for and lack, of one province, by unit and without a person.

Reads what mentors and UMKM officers may read anyway (walls of mentoring, training, equipment,
goods, legality); of people there is no count.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, JSONObject

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.equipment.models import Booking, BookingKind, Equipment
from berdaya.insight.models import ToldFigure
from berdaya.insight.periods import finished_month
from berdaya.institutions.models import Facility
from berdaya.legality.queries.facts import facts_by_product
from berdaya.legality.rules.listing import judge
from berdaya.mentoring.models import Adoption, AdoptionState, Side
from berdaya.mentoring.queries import mentored_units
from berdaya.training.models import Session

MARKET = "retail"
AHEAD = timedelta(days=60)
USE_DAYS = timedelta(days=28)


@dataclass(frozen=True)
class Coming:
    """A session to come: its first day, the whole number of places, who teaches."""

    code: str
    title: str
    starts_on: date
    places: int
    provider: str
    facility: Facility


@dataclass
class UnitLine:
    """One unit: mentoring, courses to come, and how far its products are on their way to market.

    `shown`: goods that the shop showed when last month ended. `lacking`: (kind of permit, number
    of products), the most frequent first.
    """

    facility: Facility
    running: int = 0
    asked: int = 0
    newest_meeting: date | None = None
    late_steps: int = 0
    places: int = 0
    products: int = 0
    permitted: int = 0
    shown: int = 0
    lacking: list[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Desk:
    """Everything of one province; `provinces` are those in which a unit stands.

    `machines` of the actor's production houses: `waiting` requests, whole `hours` used in four
    weeks.
    """

    province: str
    provinces: list[tuple[str, str]]
    lines: list[UnitLine]
    requests: list[Adoption]
    sessions: list[Coming]
    machines: list[Any]

    def total(self, name: str) -> int:
        """One of the numbers over all units."""
        return sum(getattr(line, name) for line in self.lines)


def desk_of(actor: Actor, province: str, today: date) -> Desk:
    """The desk of a province; of the one with most units where none or an unknown one is named.

    Six statements, however many units there are.
    """
    units = _units(today)
    provinces = sorted(
        {(one.region.parent_id, one.region.parent.name) for one in units if one.region.parent}
    )
    known = [code for code, _name in provinces]
    chosen = province if province in known else (_fullest(units) or "")
    here = [one for one in units if one.region.parent_id == chosen]
    lines = {one.pk: UnitLine(one, shown=int(one.told)) for one in here}
    sessions = sorted(
        (one for facility in here for one in _coming(facility, lines[facility.pk])),
        key=lambda one: (one.starts_on, one.code),
    )
    requests = _mentoring(lines, today)
    _products(lines, today)
    return Desk(
        chosen, provinces, list(lines.values()), requests, sessions, _machines(actor, today)
    )


def _units(today: date) -> list[Any]:
    """Units that make something, with what their shop showed (`told`) and courses (`coming`)."""
    told = ToldFigure.objects.filter(
        facility=OuterRef("pk"), indicator="listings", month=finished_month(today), part=""
    )
    sessions = Session.objects.filter(
        facility=OuterRef("pk"), starts_on__gte=today, starts_on__lt=today + AHEAD
    )
    coming = JSONObject(
        code="code", title="course__title", starts_on="starts_on", places="places",
        provider="course__provider__name",
    )  # fmt: skip
    rows = mentored_units().producing().select_related("region__parent")
    return list(
        rows.annotate(
            told=Coalesce(Subquery(told.values("numerator")[:1]), Decimal(0)),
            coming=ArraySubquery(sessions.order_by("starts_on").values(one=coming)),
        ).order_by("region__name", "name")
    )


def _fullest(units: Iterable[Facility]) -> str | None:
    counted = Counter(one.region.parent_id for one in units)
    return max(sorted(filter(None, counted)), key=lambda code: counted[code], default=None)


def _coming(facility: Any, line: UnitLine) -> list[Coming]:
    """A unit's courses to come; fills how many places they have."""
    found = [
        Coming(**{**one, "starts_on": date.fromisoformat(one["starts_on"])}, facility=facility)
        for one in facility.coming
    ]
    line.places = sum(one.places for one in found)
    return found


def _mentoring(lines: dict[int, UnitLine], today: date) -> list[Adoption]:
    """Fills what is asked and what runs; answers with what waits for a mentor, the oldest first."""
    late = Q(steps__done_on__isnull=True, steps__due_on__lt=today, steps__side=Side.MENTOR)
    rows = Adoption.objects.filter(
        facility__in=lines, state__in=[AdoptionState.PROPOSED, AdoptionState.RUNNING]
    )
    rows = rows.select_related("product", "office").annotate(
        newest=Max("meetings__day", filter=Q(meetings__day__lte=today)),
        late=Count("steps", filter=late, distinct=True),
    )
    requests = []
    for row in rows.order_by("proposed_at", "pk"):
        line = lines[row.facility_id]
        row.facility = line.facility
        if row.state == AdoptionState.RUNNING:
            line.running += 1
            line.late_steps += row.late
            days = [day for day in (line.newest_meeting, row.newest) if day]
            line.newest_meeting = max(days, default=None)
        elif row.side == Side.UNIT:
            line.asked += 1
            requests.append(row)
    return requests


def _products(lines: dict[int, UnitLine], today: date) -> None:
    """Fills how many products there are, and how many hold every permit that the shop asks for."""
    lacking: dict[int, Counter[str]] = {pk: Counter() for pk in lines}
    for variant, facts in facts_by_product(lines, MARKET, today):
        line = lines[variant.facility_id]
        missing = [one.label for one in judge(facts) if one.reason]
        line.products += 1
        line.permitted += not missing
        lacking[variant.facility_id].update(missing)
    for facility, kinds in lacking.items():
        lines[facility].lacking = kinds.most_common()


def _machines(actor: Actor, today: date) -> list[Any]:
    """Machines of the production houses that the actor's office keeps."""
    held = Booking.objects.holding().filter(equipment=OuterRef("pk")).order_by()
    waiting = held.filter(approved_at__isnull=True).values("equipment").annotate(n=Count("pk"))
    since, until = clock.start_of(today - USE_DAYS), clock.start_of(today)
    used = held.filter(
        kind=BookingKind.USE, approved_at__isnull=False, starts_at__gte=since, starts_at__lt=until
    )
    length = used.values("equipment").annotate(total=Sum(F("ends_at") - F("starts_at")))
    rows = Equipment.objects.filter(facility__in=actor.facility_ids).select_related("facility")
    rows = rows.annotate(
        waiting=Coalesce(Subquery(waiting.values("n")), 0), used=Subquery(length.values("total"))
    )
    machines = list(rows.order_by("facility__name", "name"))
    for one in machines:
        one.hours = (one.used or timedelta()) // timedelta(hours=1)
    return machines
