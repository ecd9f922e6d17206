"""Who guides which client: the list of a Bapas, and assigning or handing over many at once."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.models import Facility
from berdaya.institutions.pages import Address, form_page, one_unit, seen
from berdaya.institutions.rules import places_of
from berdaya.people import roll
from berdaya.people.actions.caseload import assign_clients
from berdaya.people.forms_caseload import AssignmentForm
from berdaya.people.queries import counsellor_loads, with_counsellor
from berdaya.people.tables_caseload import CaseTable

ABILITY = "caseload.assign"


@ability_required(ABILITY)
def caseloads(request: HttpRequest) -> HttpResponse:
    """Every client with their counsellor, and how many each counsellor guides."""
    today = clock.today()
    places = places_of(request.actor, ABILITY, seen(request))  # type: ignore[attr-defined]
    rows = with_counsellor(roll.here(places, today), today)
    return CaseTable(request, rows).response(
        "people/caseloads.html",
        {
            "loads": counsellor_loads(places, today),
            "can_assign": request.facility is not None and bool(places),  # type: ignore
        },
    )


@ability_required(ABILITY, "GET POST")
def assignment(request: HttpRequest) -> HttpResponse:
    """Clients to a counsellor from a day on; `?from=<staff>` ticks all of somebody's clients."""
    unit: Facility = one_unit(request)
    leaving = request.GET.get("from", "")
    given = int(leaving) if leaving.isdecimal() else None

    def make() -> forms.Form:
        return AssignmentForm(
            request.POST or None, facility=unit, day=clock.today(unit.timezone), leaving=given
        )

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        assign_clients(by=by, facility=unit, **facts)
        return "people:caseloads", []

    return form_page(
        request, make=make, do=do, reason="caseload.assign",
        title=_("Serahkan klien") if given else _("Bagikan klien"),
        back=reverse("people:caseloads"), done=_("Tersimpan. Pembimbingnya sudah melihatnya."),
    )  # fmt: skip
