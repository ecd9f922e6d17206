"""Hari Ini, my account, and the choice of the facility one looks at."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from berdaya.core import clock, tasks
from berdaya.core.http import takes
from berdaya.core.uploads import scanner
from berdaya.core.verdicts import Verdict
from berdaya.institutions import today as waiting_room
from berdaya.institutions.middleware import FACILITY_KEY
from berdaya.institutions.models import Appointment, Facility
from berdaya.institutions.own_facts import card_state, pin_here, sessions_of
from berdaya.institutions.queries import letters_on
from berdaya.institutions.roles import AUDITOR, ROLES
from berdaya.institutions.rules import may_anywhere, not_appointed
from berdaya.institutions.rules_letters import letter_missing


@never_cache
@takes("GET")
@login_required
def today(request: HttpRequest) -> HttpResponse:
    """What waits for this person, oldest first; administrators also see failed jobs and whether
    uploads are scanned."""
    actor, facility = request.actor, request.facility  # type: ignore[attr-defined]
    ids = frozenset({facility.pk}) if facility else actor.facility_ids
    items = waiting_room.waiting(actor, ids) if actor.roles else []
    watches = may_anywhere(actor, "jobs.view")
    jobs = tasks.failed_jobs() if watches else []
    context: dict[str, Any] = {
        "items": items,
        "jobs": jobs,
        "scanner": scanner.state() if watches else None,
        "verdict": None if actor.roles else _without_roles(actor.user_id),
        "facilities": _switchable(actor.facility_ids),
        "offers_pin": _offers_pin(request),
    }
    return render(request, "institutions/today.html", context)


def _offers_pin(request: HttpRequest) -> bool:
    """Whether this is a unit's PC at which the person has no PIN yet."""
    row = request.session.row  # type: ignore[attr-defined]
    known = pin_here(request.user, row)  # type: ignore[arg-type]
    return known is not None and not known.pin_hash


@never_cache
@takes("GET")
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """My appointments, the facilities I see, my password, the language."""
    actor = request.actor  # type: ignore[attr-defined]
    appointments = (
        Appointment.objects.filter(staff_id=actor.user_id)
        .select_related("facility", "office")
        .order_by("-valid_from", "role")
    )
    day = clock.today()
    staff, here = request.user, request.session.row  # type: ignore[attr-defined]
    context = {
        "sessions": sessions_of(staff, here.pk),  # type: ignore[arg-type]
        "card": card_state(staff),  # type: ignore[arg-type]
        "factors": list(Authenticator.objects.filter(user_id=staff.pk).order_by("created_at")),
        "pc_user": pin_here(staff, here),  # type: ignore[arg-type]
        "appointments": [(row, ROLES[row.role], row.holds_on(day)) for row in appointments],
        "facilities": list(Facility.objects.filter(pk__in=actor.facility_ids).order_by("name")),
        "letters": letters_on(actor.user_id, day).with_places(),
    }
    return render(request, "institutions/account.html", context)


@takes("POST")
@login_required
def facility_choice(request: HttpRequest) -> HttpResponse:
    """Look at one facility from now on, or at all again; 404 for one that is not seen."""
    code, seen = request.POST.get("code", ""), request.actor.facility_ids  # type: ignore
    if not code:
        request.session.pop(FACILITY_KEY, None)
    else:
        pk = Facility.objects.filter(code=code, pk__in=seen).values_list("pk", flat=True).first()
        if pk is None:
            raise Http404
        request.session[FACILITY_KEY] = pk
    back = request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if inside else "institutions:today")


def _without_roles(staff_id: int) -> Verdict:
    """Why nothing is open today: no decree, or an auditor's without a letter of assignment."""
    held = Appointment.objects.on(clock.today()).filter(staff=staff_id, role=AUDITOR)
    return Verdict((letter_missing() if held.exists() else not_appointed(),))


def _switchable(facility_ids: frozenset[int]) -> list[Facility]:
    """The facilities to choose from; none where there is no choice."""
    if len(facility_ids) < 2:
        return []
    return list(Facility.objects.filter(pk__in=facility_ids).order_by("name"))
