"""What every page of training asks: which session, and who may see its people."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from berdaya.core import clock
from berdaya.institutions.pages import can
from berdaya.institutions.rules import own_units
from berdaya.people.models import Participant
from berdaya.people.queries import within_caseload
from berdaya.training.models import Assessment, Course, Enrolment, Session

Row = TypeVar("Row", bound=Model)


def sessions() -> "QuerySet[Session]":
    """Sessions with what every page about one shows."""
    return Session.objects.select_related(
        "course__skill", "course__provider", "facility", "seats", "count"
    )


def readable(request: HttpRequest, rows: "QuerySet[Row]") -> "QuerySet[Row]":
    """Rows of the actor's own units; of every unit for the UMKM side (walls.py)."""
    own = own_units(request.actor)  # type: ignore[attr-defined]
    return rows.filter(facility__in=own) if own else rows


def session_or_404(request: HttpRequest, code: str) -> Session:
    """A session the actor may read; 404 for every other, as if unknown."""
    return get_object_or_404(readable(request, sessions()), code=code)


def session_of_ours(request: HttpRequest, code: str) -> Session:
    """A session at a facility whose people the actor sees; 404 for every other."""
    own = sessions().filter(facility__in=request.actor.facility_ids)  # type: ignore[attr-defined]
    return get_object_or_404(own, code=code)


def course_of_ours(request: HttpRequest, code: str) -> Course:
    """A course of a facility in the actor's scope; 404 for every other."""
    rows = Course.objects.select_related("facility", "skill", "provider")
    own = rows.filter(facility__in=request.actor.facility_ids)  # type: ignore[attr-defined]
    return get_object_or_404(own, code=code)


def enrolment_or_404(pk: int) -> Enrolment:
    """An enrolment in scope, with its session and person."""
    rows = Enrolment.objects.select_related(
        "session__course__skill", "session__facility", "participant", "facility"
    )
    return get_object_or_404(rows, pk=pk)


def assessment_or_404(pk: int) -> Assessment:
    """An attempt in scope, with its session and person."""
    rows = Assessment.objects.select_related(
        "enrolment__session__course__skill", "participant", "facility", "held_skill"
    )
    return get_object_or_404(rows, pk=pk)


def abilities(request: HttpRequest, facility_id: int) -> dict[str, Any]:
    """What the actor may do at the session's facility, for its page."""
    names = ("view", "edit", "enrol", "assess", "prove")
    return {f"can_{name}": can(request, f"training.{name}", facility_id) for name in names}


def person_or_404(request: HttpRequest, code: str) -> Participant:
    """A person in scope whom the actor may open; 404 for everybody else, as if unknown."""
    rows = Participant.objects.select_related("facility")
    mine = within_caseload(rows, request.actor, clock.today(), "pk")  # type: ignore[attr-defined]
    return get_object_or_404(mine, code=code)
