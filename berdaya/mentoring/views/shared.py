"""What every page of mentoring asks: which rows, and what the reader may do with them."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from berdaya.institutions.pages import can
from berdaya.institutions.rules import may_anywhere, own_units
from berdaya.mentoring.models import Adoption

Row = TypeVar("Row", bound=Model)
WITH = ("facility", "office", "product", "mentor")


def readable(request: HttpRequest, rows: "QuerySet[Row]") -> "QuerySet[Row]":
    """Rows of the actor's units; of their office for the UMKM side (mentoring/walls.py)."""
    own = own_units(request.actor)  # type: ignore[attr-defined]
    return rows.filter(facility__in=own) if own else rows


def adoption_or_404(request: HttpRequest, code: str) -> Adoption:
    """An adoption that the actor may read; 404 for every other, as if unknown."""
    return get_object_or_404(readable(request, Adoption.objects.select_related(*WITH)), code=code)


def row_or_404(request: HttpRequest, model: type[Row], pk: int, *more: str) -> Row:
    """A row of an adoption that the actor may read; 404 for every other."""
    rows = model._default_manager.select_related(*(f"adoption__{name}" for name in WITH), *more)
    return get_object_or_404(readable(request, rows), pk=pk)


def part_of(request: HttpRequest, adoption: Adoption) -> dict[str, Any]:
    """Which side the reader is on and what they may do, for buttons."""
    actor = request.actor  # type: ignore[attr-defined]
    facility = adoption.facility_id
    is_open = adoption.state == "proposed"
    leads = may_anywhere(actor, "mentoring.lead") and facility not in actor.facility_ids
    is_mentor = leads and actor.user_id == adoption.mentor_id and adoption.is_running
    accepts = can(request, "mentoring.accept", facility) and is_open and adoption.side == "mentor"
    takes = leads and is_open and adoption.side == "unit"
    works = can(request, "mentoring.work", facility) and adoption.is_running
    ends = can(request, "mentoring.end", facility) and adoption.is_running
    return {
        "adoption": adoption,
        "facility": adoption.facility,
        "can_accept": accepts,
        "can_take": takes,
        "can_refuse": accepts or takes,
        "can_lead": is_mentor,
        "can_work": works or is_mentor,
        "can_end": ends or is_mentor,
        "can_take_price": can(request, "mentoring.ask", facility) and adoption.is_running,
        "my_side": "mentor" if is_mentor else "unit" if works else "",
    }
