"""Klien saya: what is due this month by regency, one client, and names for one purpose."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from berdaya.aftercare.models import Referral, ToolsGrant
from berdaya.aftercare.queries import Client, clients_of
from berdaya.aftercare.views.shared import client_or_404, rights_at
from berdaya.core import clock
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import one_unit, seen
from berdaya.institutions.rules import places_of
from berdaya.people.actions.reveals import Opened, open_identities
from berdaya.people.models import RevealPurpose
from berdaya.people.names_page import MINUTES_SHOWN, names_context, work_numbers

SHOWN = 12


@ability_required("aftercare.view")
def clients(request: HttpRequest) -> HttpResponse:
    """Those of whom something is due, by regency; `?semua=1` everybody."""
    today = clock.today()
    places = places_of(request.actor, "aftercare.view", seen(request))  # type: ignore[attr-defined]
    found = clients_of(request.actor, places, today)  # type: ignore[attr-defined]
    shows_all = "semua" in request.GET
    listed = found if shows_all else [one for one in found if one.waiting]
    facility = request.facility  # type: ignore[attr-defined]
    context = {
        "groups": _by_regency(listed),
        "listed": listed,
        "shows_all": shows_all,
        "all_count": len(found),
        "due_count": sum(bool(one.waiting) for one in found),
        "late_count": sum(one.is_late for one in found),
        "day_here": today,
        "is_one_place": facility is not None,
        **(rights_at(request, facility.pk) if facility else {}),
    }
    return render(request, "aftercare/clients.html", context)


def _by_regency(found: list[Client]) -> list[tuple[str, list[Client]]]:
    """Regencies by name, in each those who are late first; nobody's regency comes last."""

    def place(one: Client) -> str:
        return one.region.name if one.region else ""

    def order(one: Client) -> tuple[bool, str, bool, str]:
        return (not place(one), place(one), not one.is_late, one.placement.work_number)

    return [(name, list(rows)) for name, rows in groupby(sorted(found, key=order), place)]


@ability_required("aftercare.view")
def client(request: HttpRequest, code: str) -> HttpResponse:
    """One client: what is due, the plan, contacts, referrals, tools."""
    one = client_or_404(request, code)
    person, facility = one.placement.participant, one.placement.facility
    rights = rights_at(request, facility.pk)
    context: dict[str, Any] = {
        "one": one,
        "person": person,
        "facility": facility,
        "day_here": clock.today(facility.timezone),
        "follow_ups": one.follow_ups[:SHOWN],
        "referrals": Referral.objects.filter(participant=person)[:SHOWN],
        "grants": ToolsGrant.objects.filter(participant=person)[:SHOWN],
        **rights,
    }
    return render(request, "aftercare/client.html", context)


def _people_on(request: HttpRequest) -> list[int]:
    """Whom the page that asks shows; nobody else's name is opened."""
    texts = [text for name, text in request.POST.items() if name.startswith("orang-")]
    return sorted({int(text) for text in texts if text.isascii() and text.isdigit()})


@ability_required("identity.caseload", "POST")
@never_cache
def names(request: HttpRequest) -> HttpResponse:
    """Names and telephones of the listed clients, in one act: into the page, else as a list."""
    facility = one_unit(request)
    try:
        with acting(request.actor, "identity.caseload") as scope:  # type: ignore[attr-defined]
            opened = open_identities(
                by=scope.actor, facility=facility, purpose=RevealPurpose.CASELOAD,
                subject="caseload", participants=_people_on(request),
            )  # fmt: skip
            numbers = work_numbers(facility.pk, opened.people)
    except Refused as refusal:
        if not request.htmx:  # type: ignore[attr-defined]
            raise
        context = {"names_refused": refusal.verdict, "is_oob": True}
        return render(request, "people/names_note.html", context, status=refusal.verdict.status)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "aftercare/names.html", _in_place(opened))
    back = reverse("aftercare:clients")
    return render(
        request, "people/names.html", names_context(opened, numbers, _("Daftar klien"), back)
    )


def _in_place(opened: Opened) -> dict[str, Any]:
    return {
        "reveal": opened.reveal, "opened": opened, "minutes": MINUTES_SHOWN, "is_oob": True,
    }  # fmt: skip
