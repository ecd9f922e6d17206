"""Who guides which client: the list of a Bapas, and assigning or handing over many at once."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.models import Facility
from berdaya.institutions.pages import Address, act, form_page, one_unit, seen
from berdaya.institutions.rules import places_of
from berdaya.people import roll
from berdaya.people.actions.caseload import assign_clients, cancel_covers, cover_clients
from berdaya.people.forms_caseload import AssignmentForm, CoverForm
from berdaya.people.models import CaseCover
from berdaya.people.queries import counsellor_loads, with_counsellor
from berdaya.people.queries_covers import covers_from
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
            "covers": covers_from(places, today),
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


@ability_required(ABILITY, "GET POST")
def new_cover(request: HttpRequest) -> HttpResponse:
    """Somebody stands in for clients on named days, for instance at a Pos Bapas."""
    unit: Facility = one_unit(request)
    made: list[CoverForm] = []

    def make() -> CoverForm:
        day = clock.today(unit.timezone)
        made[:] = [CoverForm(request.POST or None, facility=unit, day=day, leaving=None)]
        return made[0]

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        cover_clients(
            by=by, facility=unit, staff=facts["staff"], participants=facts["participants"],
            days=made[0].days(),
        )  # fmt: skip
        return "people:caseloads", []

    return form_page(
        request, make=make, do=do, reason="caseload.cover", title=_("Tunjuk pengganti"),
        back=reverse("people:caseloads"),
        done=_("Tersimpan. Penggantinya melihat klien itu hanya pada hari-hari tersebut."),
    )  # fmt: skip


@ability_required(ABILITY, "POST")
def cover_ending(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody stands in on that day after all, for any of the clients."""
    with reading(request):
        row = get_object_or_404(CaseCover.objects.select_related("facility"), pk=pk)

    def do(by: Actor) -> Address:
        cancel_covers(by=by, facility=row.facility, staff_id=row.staff_id, day=row.day)
        return "people:caseloads", []

    return act(request, "caseload.cover", do, _("Dibatalkan."))
