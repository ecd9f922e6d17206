"""Why one may or may not: an ability in plain words, a unit, and whose decree decides."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from berdaya.core import clock
from berdaya.core.http import takes
from berdaya.institutions.explain import explain
from berdaya.institutions.forms_permissions import PermissionForm
from berdaya.institutions.models import Appointment, Facility, Staff
from berdaya.institutions.queries import reach_of, under
from berdaya.institutions.roles import ABILITIES
from berdaya.institutions.rules import Reach


@never_cache
@takes("GET")
@login_required
def permissions(request: HttpRequest) -> HttpResponse:
    """Ask about oneself; who sees staff may ask about others in reach. 404 for anybody else."""
    today, actor = clock.today(), request.actor  # type: ignore[attr-defined]
    reach = reach_of(actor, "staff.view", today)
    facilities = list(_facilities(actor.facility_ids, reach))
    asked = {key: request.GET.get(key, "") for key in ("ability", "unit", "staff")}
    chosen = request.facility  # type: ignore[attr-defined]
    if chosen and "unit" not in request.GET:
        asked["unit"] = str(chosen.pk)
    unit = _unit(asked["unit"], facilities)
    staff = _staff(reach, actor.user_id)
    # All the staff of a ministry are no list to choose from: those of the unit are.
    listed = list(staff.filter(appointments__facility=unit).distinct()) if unit else []
    # Who only opens the page has asked nothing yet, and is not scolded for it.
    form = PermissionForm(
        asked if "ability" in request.GET else None,
        initial=asked,
        facilities=facilities,
        staff=listed,
    )
    context: dict[str, Any] = {"form": form, "facility": chosen}
    if asked["ability"] in ABILITIES:
        person = _whom(request, staff, listed, asked["staff"])
        context |= {
            "unit": unit,
            "person": person,
            "is_me": person.pk == actor.user_id,
            "answer": explain(
                staff=person, ability=asked["ability"], facility=unit, on=today,
                names_others=unit in facilities,
            ),
        }  # fmt: skip
    return render(request, "institutions/permissions.html", context)


def _facilities(seen: frozenset[int], reach: Reach) -> "QuerySet[Facility]":
    at = Q(pk__in=seen | reach.facility_ids) | under(reach, "office__path")
    return Facility.objects.filter(at).select_related("office").order_by("name")


def _staff(reach: Reach, own: int) -> "QuerySet[Staff]":
    """Those appointed at the places in reach, now or before; nobody without such a reach."""
    at = Q(facility__in=reach.facility_ids) | under(reach, "facility__office__path")
    rows = Appointment.objects.filter(at | under(reach, "office__path"))
    found = Staff.objects.filter(pk__in=rows.values("staff")).exclude(pk=own)
    return found.only("display_name").order_by("display_name")


def _whom(request: HttpRequest, staff: "QuerySet[Staff]", listed: list[Staff], asked: str) -> Staff:
    """Oneself, or somebody in reach; 404 for anybody else, as for nobody."""
    if not asked or asked == str(request.user.pk):
        return request.user  # type: ignore[return-value]
    for one in listed:
        if asked == str(one.pk):
            return one
    if not asked.isdecimal():
        raise Http404
    return get_object_or_404(staff, pk=int(asked))


def _unit(asked: str, facilities: list[Facility]) -> Facility | None:
    """Facilities are no secret: who stands outside is told so, and who works there is not."""
    for one in facilities:
        if asked == str(one.pk):
            return one
    if not asked.isdecimal():
        return None
    return Facility.objects.select_related("office").filter(pk=int(asked)).first()
