"""One person's papers for work: what holds, what is missing, and the forms that record them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import can_decide
from berdaya.institutions.rules import may
from berdaya.people.actions import papers as actions
from berdaya.people.forms_work import (
    EndForm,
    FitnessForm,
    RequestForm,
    WithdrawalForm,
    WorkPlacementForm,
)
from berdaya.people.models import (
    Consent,
    ConsentPurpose,
    FitnessCertificate,
    OwnRequest,
    Participant,
    SafetyHold,
    TextLanguage,
    WorkPlacement,
)
from berdaya.people.queries import within_caseload, work_records
from berdaya.people.rules import findings, may_work
from berdaya.people.tables_work import FitnessTable
from berdaya.people.views.shared import person_and_place


@ability_required("person.view")
def papers(request: HttpRequest, code: str) -> HttpResponse:
    """Whether this person may work today, and every paper that says so."""
    person, facility = person_and_place(request, code)
    today = clock.today(facility.timezone)
    records = work_records(facility, [person.pk], today, today + timedelta(days=1))
    facts = records.facts(person.pk, today)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    consents = Consent.objects.filter(participant=person).select_related("proof")
    context = {
        "person": person,
        "facility": facility,
        "verdict": may_work(facts),
        "findings": findings(facts) if may_work(facts).ok else None,
        "facts": facts,
        "on_day": today,
        "monday": today - timedelta(days=today.weekday()),
        "consents": consents.order_by("purpose", "-given_on"),
        "purposes": ConsentPurpose.choices,
        "languages": TextLanguage.choices,
        "holds": SafetyHold.objects.filter(participant=person).order_by("-valid_from"),
        "clean": getattr(person, "clean_page", None),
        "requests": OwnRequest.objects.filter(participant=person).order_by("-given_on"),
        "fitness": FitnessCertificate.objects.filter(participant=person).order_by("-valid_from"),
        "placements": WorkPlacement.objects.filter(participant=person).order_by("-valid_from"),
        "can_record": may(actor, "consent.record", facility.pk).ok,
        "can_open_scan": may(actor, "identity.consent", facility.pk).ok,
        "can_withdraw": may(actor, "publicity.record", facility.pk).ok,
        "can_place": can_decide(request, "work.approve", facility.pk),
        "can_hold": may(actor, "safety.record", facility.pk).ok,
        "can_lift": may(actor, "safety.lift", facility.pk).ok,
        "can_fit": may(actor, "fitness.record", facility.pk).ok,
    }
    return render(request, "people/work.html", context)


def _record(
    request: HttpRequest,
    code: str,
    form_class: type[forms.Form],
    first: dict[str, Any],
    title: str,
    act: Callable[..., object],
) -> HttpResponse:
    """A form about one person; POST calls the one action and goes back to their papers."""
    with reading(request):
        person, facility = person_and_place(request, code)
    back = reverse("people:work", args=[code])
    form = form_class(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        actor: Actor = request.actor  # type: ignore[attr-defined]
        with acting(actor, f"papers.{act.__name__}"):
            act(by=actor, participant=person, facility=facility, **form.cleaned_data)
        messages.success(request, _("Tercatat."))
        return redirect(back)
    return _form_page(request, form, title, back, person)


def _form_page(
    request: HttpRequest, form: forms.Form, title: str, back: str, person: Participant
) -> HttpResponse:
    context = {"form": form, "title": title, "back": back, "person": person}
    with reading(request):
        return render(
            request, "people/work_form.html", context, status=422 if form.is_bound else 200
        )


def _today() -> date:
    return clock.today()


@ability_required("consent.record", "GET POST")
def requests(request: HttpRequest, code: str) -> HttpResponse:
    first = {"requested_on": _today()}
    title = _("Catat permintaan sendiri")
    return _record(request, code, RequestForm, first, title, actions.record_request)


@ability_required("fitness.record", "GET POST")
def fitness(request: HttpRequest, code: str) -> HttpResponse:
    first = {"valid_from": _today(), "last_day": _today() + timedelta(days=364)}
    title = _("Catat surat keterangan sehat")
    return _record(request, code, FitnessForm, first, title, actions.record_fitness)


@ability_required("work.approve", "GET POST")
def placements(request: HttpRequest, code: str) -> HttpResponse:
    first = {"valid_from": _today()}
    title = _("Tempatkan dalam kerja")
    return _record(request, code, WorkPlacementForm, first, title, actions.place_in_work)


ENDINGS: dict[str, tuple[type, type[forms.Form], str, Any]] = {
    "consents": (Consent, WithdrawalForm, "withdrawn_on", _lazy("Cabut kesediaan")),
    "requests": (OwnRequest, WithdrawalForm, "withdrawn_on", _lazy("Cabut permintaan")),
    "placements": (WorkPlacement, EndForm, "last_day", _lazy("Akhiri penempatan kerja")),
}


@ability_required("person.view", "GET POST")
def ending(request: HttpRequest, code: str, kind: str, pk: int) -> HttpResponse:
    """The end of a consent, a request or a placement in work."""
    model, form_class, name, title = ENDINGS[kind]
    with reading(request):
        person, _facility = person_and_place(request, code)
    back = reverse("people:work", args=[code])
    form = form_class(request.POST or None, initial={name: _today()})
    if request.method == "POST" and form.is_valid():
        actor: Actor = request.actor  # type: ignore[attr-defined]
        with acting(actor, f"papers.end_{kind}"):
            row = get_object_or_404(
                model.objects.select_related("facility"), pk=pk, participant=person
            )
            _end(actor, row, form.cleaned_data[name])
        messages.success(request, _("Tercatat."))
        return redirect(back)
    return _form_page(request, form, str(title), back, person)


def _end(actor: Actor, row: Any, day: date) -> None:
    if isinstance(row, Consent):
        actions.withdraw_consent(by=actor, consent=row, withdrawn_on=day)
    elif isinstance(row, OwnRequest):
        actions.withdraw_request(by=actor, request=row, withdrawn_on=day)
    else:
        actions.end_work(by=actor, placement=row, ends_on=day + timedelta(days=1))


@ability_required("person.view")
def fitness_list(request: HttpRequest) -> HttpResponse:
    """Every certificate of fitness that is not over, those that end first above."""
    chosen = request.facility  # type: ignore[attr-defined]
    ids = [chosen.pk] if chosen else request.actor.facility_ids  # type: ignore[attr-defined]
    today = clock.today()
    rows = FitnessCertificate.objects.filter(facility_id__in=ids).current_from(today)
    rows = within_caseload(rows, request.actor, today)  # type: ignore[attr-defined]
    rows = rows.select_related("participant", "facility")
    return FitnessTable(request, rows).response("people/fitness.html", {})
