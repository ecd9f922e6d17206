"""What the pages of equipment share: finding through the scope, and days typed in an address."""

from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from berdaya.core import clock
from berdaya.core.verdicts import require
from berdaya.equipment.models import Equipment
from berdaya.equipment.queries import with_condition
from berdaya.institutions.rules import may


def machine_or_404(code: str) -> Equipment:
    """A machine of one's own, or shared, with its condition."""
    rows = Equipment.objects.select_related("facility__office", "owner", "skill")
    return get_object_or_404(with_condition(rows), code=code)


def own_machine(request: HttpRequest, code: str, ability: str = "equipment.edit") -> Equipment:
    """A machine of which the actor keeps the calendar; others refuse, as the action would."""
    one = machine_or_404(code)
    require(may(request.actor, ability, one.facility_id))  # type: ignore[attr-defined]
    return one


def asked_day(request: HttpRequest, name: str) -> date:
    """A day from the address; today for nonsense or nothing."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return clock.today()
