"""How the pages of this room find a client, a plan, a grant: in scope, and in the caseload."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from berdaya.aftercare.models import Plan, Supervision
from berdaya.aftercare.queries import Client, client_of
from berdaya.core import clock
from berdaya.institutions.pages import can
from berdaya.people import roll
from berdaya.people.models import Placement
from berdaya.people.queries import within_caseload


def client_or_404(request: HttpRequest, code: str) -> Client:
    """Somebody who is here today and whom the actor may open; 404 for everybody else."""
    today = clock.today()
    actor = request.actor  # type: ignore[attr-defined]
    rows = roll.here(actor.facility_ids, today).filter(participant__code=code)
    placement = get_object_or_404(within_caseload(rows, actor, today))
    return client_of(placement, clock.today(placement.facility.timezone))


def supervised_or_404(request: HttpRequest, code: str) -> tuple[Client, Supervision]:
    """The same, and under supervision here, now or before."""
    client = client_or_404(request, code)
    row = client.supervision
    if row is None or row.facility_id != client.placement.facility_id:
        raise Http404
    # What actions ask of the row is known already.
    row.participant, row.facility = client.placement.participant, client.placement.facility
    return client, row


def plans_on_view(request: HttpRequest, facility_ids: frozenset[int]) -> "QuerySet[Plan]":
    """Plans of people who are there today: a unit sees none of those who have left."""
    today = clock.today()
    actor = request.actor  # type: ignore[attr-defined]
    here = Placement.objects.on(today).filter(facility__in=facility_ids)
    rows = Plan.objects.filter(participant__in=here.values("participant"))
    rows = within_caseload(rows, actor, today)
    return rows.select_related("participant", "facility", "region", "written_by", "decided_by")


def plan_or_404(request: HttpRequest, code: str) -> Plan:
    """A plan on view; 404 for every other, as if unknown."""
    actor = request.actor  # type: ignore[attr-defined]
    return get_object_or_404(plans_on_view(request, actor.facility_ids), code=code)


def rights_at(request: HttpRequest, facility_id: int) -> dict[str, Any]:
    """What the reader may do there, for buttons."""
    return {
        "can_record": can(request, "aftercare.record", facility_id),
        "can_approve": can(request, "aftercare.approve", facility_id),
        "can_open": can(request, "identity.caseload", facility_id),
    }
