"""For which side of an agreement somebody speaks, and from which office."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.institutions.models import Appointment, Office
from berdaya.programme.models import Agreement, Side

# The roles that sign for each side (migrations/_rules.py says the same to the database).
ROLES: Mapping[Side, tuple[str, ...]] = {
    Side.CORRECTIONS: ("regional", "national"),
    Side.UMKM: ("umkm_officer",),
}
SIGNING = tuple(role for roles in ROLES.values() for role in roles)


@dataclass(frozen=True)
class Seat:
    """A side and the office that speaks for it."""

    side: Side
    office: Office


def party(agreement: Agreement, side: Side) -> Office:
    """The office that signed for a side."""
    if side is Side.CORRECTIONS:
        return agreement.corrections_office
    return agreement.umkm_office


def offices_of(actor: Actor, today: date | None = None) -> "QuerySet[Appointment, dict[str, Any]]":
    """The offices of an actor's signing appointments, to stand inside another statement."""
    held = Appointment.objects.on(today or clock.today())
    return held.filter(staff=actor.user_id, role__in=SIGNING, office__isnull=False).values("office")


def seats_of(actor: Actor, today: date | None = None) -> list[Seat]:
    """Every office in which an actor may speak for one of the sides: one statement."""
    if actor.user_id is None:
        return []
    held = Appointment.objects.on(today or clock.today()).filter(
        staff=actor.user_id, role__in=SIGNING, office__isnull=False
    )
    return [
        Seat(_side(one.role), one.office)
        for one in held.select_related("office").order_by("pk")
        if one.office is not None
    ]


def seat_at(seats: list[Seat], agreement: Agreement) -> Seat | None:
    """The one of some seats that speaks in this agreement: at the party's office or above it."""
    for seat in seats:
        if party(agreement, seat.side).is_under(seat.office.path):
            return seat
    return None


def seat_of(actor: Actor, agreement: Agreement) -> Seat | None:
    """An actor's seat in an agreement today; None for whoever only reads it."""
    return seat_at(seats_of(actor), agreement)


def _side(role: str) -> Side:
    return next(side for side, roles in ROLES.items() if role in roles)
