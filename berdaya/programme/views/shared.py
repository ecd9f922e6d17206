"""What the pages of this room ask alike: which agreement, for which side, from which office."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from berdaya.institutions.models import Office
from berdaya.institutions.rules import may_anywhere
from berdaya.programme.models import Agreement
from berdaya.programme.seats import Seat, seat_of

FORM = "programme/form.html"


def agreements() -> "QuerySet[Agreement]":
    """With both offices, which every page names."""
    return Agreement.objects.select_related("corrections_office", "umkm_office", "region")


def agreement_or_404(code: str) -> Agreement:
    """Both ministries read every agreement."""
    return get_object_or_404(agreements(), code=code)


def rights(request: HttpRequest, agreement: Agreement) -> dict[str, Any]:
    """Whether the reader speaks for a side here: one statement, none for whoever never signs."""
    actor = request.actor  # type: ignore[attr-defined]
    held = may_anywhere(actor, "programme.edit")
    seat: Seat | None = seat_of(actor, agreement) if held else None
    return {"seat": seat, "can_edit": seat is not None, "side": seat.side if seat else ""}


def offices_of(agreement: Agreement) -> "QuerySet[Office]":
    """The offices of both sides: the parties', what is below them, and what is above."""
    found = Q()
    for party in (agreement.corrections_office, agreement.umkm_office):
        found |= Q(path__startswith=f"{party.path}/") | Q(path__in=_up(party.path))
    return Office.objects.filter(found).order_by("path")


def _up(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[: number + 1]) for number in range(len(parts))]
