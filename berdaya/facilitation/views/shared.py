"""What every page of help asks: which rows, and what the reader may do with them."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.facilitation.models import Case, CaseState, CaseStep, Side
from berdaya.facilitation.queries.cases import is_officer_of
from berdaya.institutions.pages import can
from berdaya.institutions.rules import may_anywhere, own_units

Row = TypeVar("Row", bound=Model)
WITH = ("facility", "office", "mentor", "permit_kind", "permit", "route")


def readable(request: HttpRequest, rows: "QuerySet[Row]") -> "QuerySet[Row]":
    """Rows of the actor's units; of their office for the UMKM side (facilitation/walls.py)."""
    own = own_units(request.actor)  # type: ignore[attr-defined]
    return rows.filter(facility__in=own) if own else rows


def case_or_404(request: HttpRequest, code: str) -> Case:
    """A case that the actor may read; 404 for every other, as if unknown."""
    return get_object_or_404(readable(request, Case.objects.select_related(*WITH)), code=code)


def step_or_404(request: HttpRequest, pk: int) -> CaseStep:
    """A step of a case that the actor may read; 404 for every other."""
    rows = CaseStep.objects.select_related(*(f"case__{name}" for name in WITH))
    return get_object_or_404(readable(request, rows), pk=pk)


def part_of(request: HttpRequest, case: Case) -> dict[str, Any]:
    """Which side the reader is on and what they may do, for buttons."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    place = case.facility_id
    works = can(request, "facilitation.work", place) and case.is_open
    is_mentor = may_anywhere(actor, "facilitation.lead") and actor.user_id == case.mentor_id
    leads = is_mentor and place not in actor.facility_ids and case.is_open
    takes_part = works or leads
    is_running = case.state == CaseState.RUNNING
    return {
        "case": case,
        "facility": case.facility,
        "day_here": clock.today(case.facility.timezone),
        "can_assign": case.is_open and assigns(actor, case),
        "can_take": leads and case.state == CaseState.ASSIGNED,
        "can_hand_back": leads and case.state == CaseState.ASSIGNED and not case.began_on,
        "can_promise": leads and is_running,
        "can_write": takes_part,
        "can_record": takes_part and is_running,
        "can_give_up": takes_part,
        "my_side": Side.UNIT if works else Side.MENTOR if leads else "",
    }


def assigns(actor: Actor, case: Case) -> bool:
    """Whether the actor is an UMKM officer over the case's office."""
    if not may_anywhere(actor, "facilitation.assign"):
        return False
    return is_officer_of(actor, case.office, clock.today(case.facility.timezone))
