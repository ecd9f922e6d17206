"""The breach register: written down at once, told within 72 hours, never deleted."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.core.verdicts import require
from berdaya.institutions.access import ability_required
from berdaya.institutions.models import Facility
from berdaya.institutions.pages import Address, form_page, seen
from berdaya.institutions.rules import may, may_anywhere, places_of
from berdaya.look.paper import pdf_response
from berdaya.people import prints_rights
from berdaya.people.actions import breaches as actions
from berdaya.people.forms_rights import AffectedForm, BreachForm, LearnedForm, NoticeForm
from berdaya.people.models import Breach, NoticeTo, Participant, Placement
from berdaya.people.rights import not_told, with_told
from berdaya.people.tables_rights import BreachTable


@ability_required("breach.view")
def breaches(request: HttpRequest) -> HttpResponse:
    """Every failure at the facilities on view."""
    rows = with_told(Breach.objects.filter(facility_id__in=seen(request)))
    rows = rows.select_related("facility", "closing")
    records = may_anywhere(request.actor, "breach.record")  # type: ignore[attr-defined]
    context = {
        "new_url": reverse("people:new_breach") if records else "",
        "new_label": _("Catat kejadian"),
        "note": _("Orangnya dan lembaga pengawas diberi tahu paling lambat 3 × 24 jam."),
    }
    return BreachTable(request, rows).response("look/list_page.html", context)


@ability_required("breach.record", "GET POST")
def new_breach(request: HttpRequest) -> HttpResponse:
    """What happened, at one unit or at several."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    with reading(request):
        ids = places_of(actor, "breach.record", seen(request))
        places = list(Facility.objects.filter(pk__in=ids).order_by("name"))
    zone = places[0].timezone if places else clock.DEFAULT_ZONE
    form = BreachForm(request.POST or None, zone=zone, facilities=places)

    def do(by: Actor, _facts: dict[str, Any]) -> Address:
        done = actions.record_breach(by=by, **form.breach_facts())
        return "people:breach", [done[0].code]

    return form_page(
        request, make=lambda: form, do=do, reason="breach.record",
        title=_("Catat kegagalan pelindungan data"), back=reverse("people:breaches"),
        done=_("Tercatat. Sekarang beri tahu orangnya dan lembaga pengawas."),
        context={"note": _("Waktu 3 × 24 jam berjalan sejak kejadian diketahui.")},
    )  # fmt: skip


def find_breach(code: str) -> Breach:
    """A breach; 404 outside the scope."""
    rows = Breach.objects.select_related("facility", "recorded_by", "closing__closed_by")
    return get_object_or_404(rows, code=code)


@ability_required("breach.view")
def breach(request: HttpRequest, code: str) -> HttpResponse:
    """One failure: facts, whose data, who was told, the letters to print."""
    row = find_breach(code)
    missing = not_told(row)
    others = Breach.objects.filter(event=row.event).exclude(pk=row.pk) if row.is_national else []
    context = {
        "facility": row.facility,
        "breach": row,
        "left": row.left(clock.now()),
        "missing": missing,
        "is_open": not hasattr(row, "closing"),
        "notices": list(row.notices.select_related("recorded_by").order_by("told_at", "pk")),
        "people": list(row.people.select_related("participant").order_by("pk")),
        "others": others,
        "can_record": may(request.actor, "breach.record", row.facility_id).ok,  # type: ignore
    }
    return render(request, "people/breach.html", context)


def _step(
    request: HttpRequest, code: str, form: forms.Form, title: str, done: str, act: Any
) -> HttpResponse:
    """A form about one breach that goes back to its page."""

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        act(by, find_breach(code), facts)
        return "people:breach", [code]

    back = reverse("people:breach", args=[code])
    return form_page(
        request, make=lambda: form, do=do, reason="breach.step", title=title, back=back, done=done
    )


@ability_required("breach.record", "GET POST")
def notices(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody was told."""
    with reading(request):
        row = find_breach(code)
        first = {"told": next((one.value for one in not_told(row)), NoticeTo.PUBLIC.value)}
    form = NoticeForm(request.POST or None, zone=row.facility.timezone, initial=first)

    def act(by: Actor, found: Breach, _facts: dict[str, Any]) -> None:
        actions.record_notice(by=by, breach=found, **form.facts("told_at"))

    return _step(request, code, form, _("Catat pemberitahuan"), _("Tercatat."), act)


@ability_required("breach.record", "GET POST")
def affected(request: HttpRequest, code: str) -> HttpResponse:
    """Whose data it was."""
    with reading(request):
        row = find_breach(code)
        placed = Placement.objects.filter(facility_id=row.facility_id)
        people = {one.participant.code: one for one in placed.select_related("participant")}
    choices = [(key, f"{one.work_number} · {one.participant}") for key, one in people.items()]
    form = AffectedForm(request.POST or None, people=choices)

    def act(by: Actor, found: Breach, facts: dict[str, Any]) -> None:
        person = get_object_or_404(Participant, code=facts["participant"])
        actions.list_person(by=by, breach=found, participant=person)

    return _step(request, code, form, _("Catat orang yang datanya terkena"), _("Tercatat."), act)


@ability_required("breach.record", "GET POST")
def closing(request: HttpRequest, code: str) -> HttpResponse:
    """Handled."""
    with reading(request):
        find_breach(code)

    def act(by: Actor, found: Breach, facts: dict[str, Any]) -> None:
        actions.close_breach(by=by, breach=found, **facts)

    form = LearnedForm(request.POST or None)
    return _step(request, code, form, _("Tutup kejadian"), _("Ditutup."), act)


@ability_required("breach.record", "POST")
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """The draft of a letter to persons or authority, from the facts written down."""
    told = request.POST.get("told", "")
    told = told if told in NoticeTo.values else NoticeTo.PERSONS.value
    with acting(request.actor, "breach.letter", read_only=True) as scope:  # type: ignore
        row = find_breach(code)
        require(may(scope.actor, "breach.record", row.facility_id))
        words = prints_rights.letter_words(row, told)
    return pdf_response(prints_rights.letter_pdf(words, request.POST.get("paper", "")), code)
