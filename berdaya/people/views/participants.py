"""The officer's pages about people: the roll, one person's course, and what changes it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.core.verdicts import require
from berdaya.institutions.access import ability_required
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.people import roll
from berdaya.people.actions import participants as actions
from berdaya.people.course import course_and_moments
from berdaya.people.forms import LeavingForm, PlacementForm, RegisterForm, StatusForm
from berdaya.people.models import Participant, Placement, Status
from berdaya.people.parts import links_of
from berdaya.people.queries import within_caseload
from berdaya.people.queries_reveals import openings_of
from berdaya.people.rules_caseload import guided_places
from berdaya.people.tables import RollTable
from berdaya.people.views.shared import person_or_404

OPENINGS_SHOWN = 10


def _facilities(request: HttpRequest) -> frozenset[int]:
    """The chosen facility, or all that the actor sees."""
    chosen = request.facility  # type: ignore[attr-defined]
    return frozenset({chosen.pk}) if chosen else request.actor.facility_ids  # type: ignore


@ability_required("person.view")
def participants(request: HttpRequest) -> HttpResponse:
    """The roll of today; `?dulu=1` those who have left."""
    which = roll.gone if request.GET.get("dulu") else roll.here
    today = clock.today()
    rows = within_caseload(which(_facilities(request), today), request.actor, today)  # type: ignore
    return RollTable(request, rows).response(
        "people/participants.html",
        {
            "can_register": request.facility  # type: ignore[attr-defined]
            and may(request.actor, "participant.edit", request.facility.pk).ok,  # type: ignore
            "shows_gone": bool(request.GET.get("dulu")),
            "is_caseload": bool(guided_places(request.actor)),  # type: ignore[attr-defined]
        },
    )


@ability_required("participant.edit", "GET POST")
def new_participant(request: HttpRequest) -> HttpResponse:
    """The form for a new person at the chosen facility; POST registers."""
    facility: Facility | None = request.facility  # type: ignore[attr-defined]
    if facility is None:
        messages.info(request, _("Pilih dulu satu UPT."))
        return redirect("institutions:account")
    first = {"valid_from": clock.today(facility.timezone)}
    form = RegisterForm(request.POST or None, initial=first, facility=facility)
    if request.method == "POST" and form.is_valid():
        with acting(request.actor, "participant.register") as scope:  # type: ignore[attr-defined]
            person = actions.register_participant(
                by=scope.actor, facility=facility, **form.cleaned_data
            )
        messages.success(request, _("Terdaftar. Sekarang catat kesediaan dan surat sehatnya."))
        return redirect("people:participant", person.code)
    return _form_page(request, form, _("Daftarkan warga binaan"), reverse("people:participants"))


@ability_required("person.view")
def participant(request: HttpRequest, code: str) -> HttpResponse:
    """One person: what holds now, and everything that held before."""
    person = person_or_404(request, code)
    today = clock.today(person.facility.timezone)
    course, moments = course_and_moments(person, today)
    place = course.placement.facility_id if course.placement else person.facility_id
    return render(
        request,
        "people/participant.html",
        {
            "person": person,
            "placement": course.placement,
            "status": course.status,
            "moments": moments,
            "links": links_of(person.code, request.actor, place),  # type: ignore[attr-defined]
            "can_edit": may(request.actor, "participant.edit", place).ok,  # type: ignore
            "can_ask": may(request.actor, "rights.record", place).ok,  # type: ignore
            "can_seal": may(request.actor, "identity.record", place).ok,  # type: ignore
            "can_open": may(request.actor, "identity.open", place).ok,  # type: ignore
            # For the right of access: whoever asks who looked is told from here.
            "openings": list(openings_of(person)[:OPENINGS_SHOWN])
            if may(request.actor, "reveal.view", place).ok  # type: ignore
            else None,
        },
    )


def _person_here(request: HttpRequest, code: str) -> tuple[Participant, Placement]:
    """The person with their present placement in scope; 404 when there is none."""
    with reading(request):
        person = person_or_404(request, code)
        rows = Placement.objects.current_from(clock.today()).filter(participant=person)
        placement = rows.select_related("facility").order_by("valid_from").first()
        if placement is None:
            raise Http404
        require(may(request.actor, "participant.edit", placement.facility_id))  # type: ignore
    return person, placement


@ability_required("participant.edit", "GET POST")
def placement(request: HttpRequest, code: str) -> HttpResponse:
    """Another work number or facility."""
    person, now = _person_here(request, code)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    first = {
        "facility": now.facility_id,
        "work_number": now.work_number,
        "valid_from": clock.today(now.facility.timezone),
    }
    form = PlacementForm(request.POST or None, initial=first, facility_ids=actor.facility_ids)
    if request.method == "POST" and form.is_valid():
        with acting(actor, "participant.place"):
            actions.place_participant(by=actor, participant=person, **form.cleaned_data)
        return _done(request, person, _("Penempatan dicatat."))
    return _form_page(request, form, _("Ubah penempatan"), _page(person), person)


@ability_required("participant.edit", "GET POST")
def status(request: HttpRequest, code: str) -> HttpResponse:
    """Another status."""
    person, now = _person_here(request, code)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    first = {"valid_from": clock.today(now.facility.timezone)}
    form = StatusForm(request.POST or None, initial=first, facility=now.facility)
    if request.method == "POST" and form.is_valid():
        with acting(actor, "participant.status"):
            actions.change_status(
                by=actor, participant=person, facility=now.facility, **form.cleaned_data
            )
        return _done(request, person, _("Status dicatat."))
    return _form_page(request, form, _("Ubah status"), _page(person), person)


@ability_required("participant.edit", "GET POST")
def leaving(request: HttpRequest, code: str) -> HttpResponse:
    """The end of a placement: released, or moved out of what this program sees."""
    person, now = _person_here(request, code)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    first = {"last_day": clock.today(now.facility.timezone)}
    form = LeavingForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        with acting(actor, "participant.leave"):
            actions.end_placement(
                by=actor,
                participant=person,
                facility=now.facility,
                on=form.cleaned_data["last_day"] + timedelta(days=1),
                status=Status.RELEASED if form.cleaned_data["released"] else None,
            )
        return _done(request, person, _("Penempatan diakhiri."))
    return _form_page(request, form, _("Akhiri penempatan"), _page(person), person)


def _page(person: Participant) -> str:
    return reverse("people:participant", args=[person.code])


def _done(request: HttpRequest, person: Participant, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(_page(person))


def _form_page(
    request: HttpRequest,
    form: forms.Form,
    title: str,
    back: str,
    person: Participant | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "title": title, "back": back, "person": person}
    with reading(request):
        return render(request, "people/form.html", context, status=422 if form.is_bound else 200)
