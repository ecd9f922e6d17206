"""Safety at work: incidents, workshops that are stopped, and the checklist of each."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, can, form_page, one_unit, seen
from berdaya.people.actions.safety import lift_hold
from berdaya.workshop.actions import safety as actions
from berdaya.workshop.forms_safety import ChecklistForm, IncidentForm, LiftForm, StopForm
from berdaya.workshop.models import SafetyCheck, Workshop, WorkshopHold
from berdaya.workshop.safety import POINTS, incidents_of
from berdaya.workshop.tables_safety import IncidentTable


@ability_required("safety.view")
def incidents(request: HttpRequest) -> HttpResponse:
    """What happened at the facilities on view."""
    context = {
        "new_url": reverse("workshop:new_incident") if can(request, "safety.record") else "",
        "new_label": pgettext("workshop", "Catat kejadian"),
    }
    return IncidentTable(request, incidents_of(seen(request))).response(
        "look/list_page.html", context
    )


@ability_required("safety.record", "GET POST")
def new_incident(request: HttpRequest) -> HttpResponse:
    """An accident, a near miss, an illness from work, or a complaint."""
    facility = one_unit(request)
    day = clock.today(facility.timezone)
    found: dict[str, IncidentForm] = {}

    def make() -> IncidentForm:
        found["form"] = IncidentForm(
            request.POST or None, facility=facility, day=day, initial={"happened_on": day}
        )
        return found["form"]

    def do(by: Actor, _facts: dict[str, Any]) -> Address:
        row = actions.record_incident(by=by, facility=facility, **found["form"].facts())
        return "workshop:incident", [row.code]

    return form_page(
        request, make=make, do=do, reason="incident.record",
        title=pgettext("workshop", "Catat kejadian"),
        back=reverse("workshop:incidents"), done=_("Tercatat."),
        template="workshop/incident_form.html",
    )  # fmt: skip


@ability_required("safety.view")
def incident(request: HttpRequest, code: str) -> HttpResponse:
    """One incident: what happened, whom it touched, what is stopped because of it."""
    row = get_object_or_404(incidents_of(seen(request)), code=code)
    sees_people = can(request, "people.view", row.facility_id)
    context = {
        "facility": row.facility,
        "incident": row,
        "sees_people": sees_people,
        "people": row.people.select_related("participant", "hold") if sees_people else [],
        "people_count": row.people.count(),
        "stops": row.holds.select_related("workshop"),
        "can_lift": can(request, "safety.lift", row.facility_id),
    }
    return render(request, "workshop/incident.html", context)


def _workshop(pk: int) -> Workshop:
    return get_object_or_404(Workshop.objects.select_related("facility"), pk=pk)


@ability_required("people.view")
def safety(request: HttpRequest, pk: int) -> HttpResponse:
    """One workshop: open or stopped, and the latest walk through it."""
    shop = _workshop(pk)
    checks = SafetyCheck.objects.filter(workshop=shop).select_related("recorded_by")
    latest = checks.prefetch_related("answers").first()
    found = latest.answers.all() if latest else ()
    answers = [(POINTS.get(one.point, one.point), one) for one in found]
    context = {
        "facility": shop.facility,
        "shop": shop,
        "check": latest,
        "answers": answers,
        "stops": WorkshopHold.objects.filter(workshop=shop).order_by("-valid_from"),
        "can_record": can(request, "safety.record", shop.facility_id),
        "can_lift": can(request, "safety.lift", shop.facility_id),
    }
    return render(request, "workshop/safety.html", context)


@ability_required("safety.record", "GET POST")
def new_check(request: HttpRequest, pk: int) -> HttpResponse:
    """A walk through the workshop with the checklist."""
    with reading(request):
        shop = _workshop(pk)
    first = {"checked_on": clock.today(shop.facility.timezone)}
    form = ChecklistForm(request.POST or None, initial=first)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.check_safety(
            by=by, workshop=shop, checked_on=facts["checked_on"], answers=form.answers()
        )
        return "workshop:safety", [pk]

    return form_page(
        request, make=lambda: form, do=do, reason="safety.check",
        title=_("Periksa %(workshop)s") % {"workshop": shop.label},
        back=reverse("workshop:safety", args=[pk]), done=_("Pemeriksaan tercatat."),
        context={"note": _("Berjalanlah melewati bengkel; jawab apa yang Anda lihat hari ini.")},
    )  # fmt: skip


@ability_required("safety.record", "GET POST")
def new_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody works there until the head lifts it."""
    with reading(request):
        shop = _workshop(pk)
    form = StopForm(request.POST or None, initial={"valid_from": clock.today()})

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.stop_workshop(by=by, workshop=shop, **facts)
        return "workshop:safety", [pk]

    return form_page(
        request, make=lambda: form, do=do, reason="safety.stop",
        title=_("Hentikan %(workshop)s") % {"workshop": shop.label},
        back=reverse("workshop:safety", args=[pk]), done=_("Bengkel dihentikan."),
    )  # fmt: skip


@ability_required("safety.lift", "GET POST")
def end_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """The head opens a workshop again, and says what makes it safe."""
    with reading(request):
        rows = WorkshopHold.objects.select_related("facility", "workshop")
        hold = get_object_or_404(rows, pk=pk)
    day = clock.today(hold.facility.timezone)
    first = {"works_from": max(day, hold.valid_from + timedelta(days=1))}
    form = LiftForm(request.POST or None, initial=first)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        lift_hold(by=by, hold=hold, **facts)
        return "workshop:safety", [hold.workshop_id]

    return form_page(
        request, make=lambda: form, do=do, reason="safety.lift",
        title=_("Buka lagi %(workshop)s") % {"workshop": hold.workshop.label},
        back=reverse("workshop:safety", args=[hold.workshop_id]),
        done=_("Bengkel boleh dipakai lagi mulai hari itu."), context={"note": hold.reason},
    )  # fmt: skip
