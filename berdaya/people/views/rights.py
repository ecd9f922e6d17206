"""Requests about one's own data: recorded at the desk, answered in time, printed in private."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.institutions.access import ability_required
from berdaya.institutions.models import Facility
from berdaya.institutions.pages import Address, form_page, seen
from berdaya.institutions.rules import may, places_of
from berdaya.look.paper import pdf_response
from berdaya.people import prints_rights
from berdaya.people.actions import copies
from berdaya.people.actions import rights as actions
from berdaya.people.forms_rights import AnswerForm, CaseForm, LastDayForm
from berdaya.people.models import Participant, Placement, Restriction, RightsCase, RightsKind
from berdaya.people.queries import within_caseload
from berdaya.people.rights import open_consents
from berdaya.people.tables_rights import RightsTable
from berdaya.people.ties import standing_against
from berdaya.people.views.shared import person_or_404

LANGUAGES = ("id", "en")


@ability_required("rights.view")
def cases(request: HttpRequest) -> HttpResponse:
    """Every request of the facilities on view; a counsellor's those of their own clients."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = RightsCase.objects.filter(facility__in=places_of(actor, "rights.view", seen(request)))
    rows = within_caseload(rows, actor, clock.today())
    rows = rows.select_related("participant", "facility", "answer")
    return RightsTable(request, rows).response("people/rights_cases.html", {})


def _person(request: HttpRequest, code: str) -> tuple[Participant, Facility]:
    """Somebody who is, or once was, placed in scope, and where that was last; else 404."""
    person = person_or_404(request, code)
    rows = Placement.objects.filter(participant=person).select_related("facility")
    place = rows.order_by("-valid_from").first()
    if place is None:
        raise Http404
    return person, place.facility


def find_case(request: HttpRequest, code: str) -> RightsCase:
    """A case with its person; 404 outside the scope or a counsellor's caseload."""
    rows = RightsCase.objects.select_related(
        "participant", "facility", "recorded_by", "answer__answered_by"
    )
    rows = within_caseload(rows, request.actor, clock.today())  # type: ignore[attr-defined]
    return get_object_or_404(rows, code=code)


@ability_required("rights.record", "GET POST")
def new_case(request: HttpRequest, code: str) -> HttpResponse:
    """What a person asks about their data, from their own page."""
    with reading(request):
        person, facility = _person(request, code)
    form = CaseForm(request.POST or None, zone=facility.timezone)

    def do(by: Actor, _facts: dict[str, Any]) -> Address:
        facts = form.facts("received_at")
        done = actions.record_case(by=by, participant=person, facility=facility, **facts)
        return "people:rights_case", [done.code]

    return form_page(
        request, make=lambda: form, do=do, reason="rights.record",
        title=_("Permohonan atas data: %(name)s") % {"name": person.pseudonym},
        back=reverse("people:participant", args=[code]),
        done=_("Tercatat. Cetak tanda terimanya untuk pemohon."),
        context={"note": _("Jawaban paling lambat 3 × 24 jam sesudah diterima.")},
    )  # fmt: skip


@ability_required("rights.view")
def case(request: HttpRequest, code: str) -> HttpResponse:
    """One request: its clock, what was done, what stands in the way, how it ended."""
    row = find_case(request, code)
    today = clock.today(row.facility.timezone)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    is_open = not hasattr(row, "answer")
    person = row.participant_id
    restrictions = Restriction.objects.current_from(today).filter(participant=person)
    erasing = is_open and row.kind == RightsKind.ERASURE
    context = {
        "facility": row.facility,
        "case": row,
        "left": row.left(clock.now()),
        "is_open": is_open,
        "steps": list(row.steps.select_related("done_by").order_by("pk")),
        "restriction": restrictions.first() if row.kind == RightsKind.RESTRICTION else None,
        "verdict": standing_against([person], today)[person] if erasing else None,
        "consents": open_consents(person, today) if row.kind == RightsKind.WITHDRAWAL else 0,
        "can_answer": may(actor, "rights.answer", row.facility_id).ok,
        "can_record": may(actor, "rights.record", row.facility_id).ok,
        "is_recorder": actor.user_id == row.recorded_by_id,
    }
    return render(request, "people/rights_case.html", context)


@ability_required("rights.answer", "GET POST")
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Granted, in part or refused."""
    with reading(request):
        row = find_case(request, code)

    def make() -> forms.Form:
        return AnswerForm(request.POST or None, kind=row.kind)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.answer_case(by=by, case=row, **facts)
        return "people:rights_case", [code]

    erasing = _("Bila dikabulkan, nama orang ini tidak dapat dibaca lagi selamanya.")
    return form_page(
        request, make=make, do=do, reason="rights.answer",
        title=_("Jawab permohonan %(code)s") % {"code": code},
        back=reverse("people:rights_case", args=[code]), done=_("Jawaban tercatat."),
        context={"note": erasing if row.kind == RightsKind.ERASURE else row.get_kind_display()},
    )  # fmt: skip


@ability_required("rights.record", "POST")
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The paper that the person keeps: number and time by which they hear."""
    with acting(request.actor, "rights.receipt") as scope:  # type: ignore[attr-defined]
        row = find_case(request, code)
        copies.note_receipt(by=scope.actor, case=row)
        words = prints_rights.receipt_words(row)
    return pdf_response(prints_rights.receipt_pdf(words, request.POST.get("paper", "")), code)


@ability_required("rights.answer", "POST")
def copy(request: HttpRequest, code: str) -> HttpResponse:
    """Everything held about the person, printed to be handed over; no copy of it is kept."""
    lang = request.POST.get("lang", "id")
    lang = lang if lang in LANGUAGES else "id"
    with acting(request.actor, "rights.copy") as scope:  # type: ignore[attr-defined]
        row = find_case(request, code)
        told = copies.open_copy(by=scope.actor, case=row, lang=lang)
        words = prints_rights.copy_words(row, told, lang)
    return pdf_response(prints_rights.copy_pdf(words, request.POST.get("paper", "")), code)


@ability_required("rights.view")
def request_form(request: HttpRequest) -> HttpResponse:
    """An empty form for the pen, with the head of the chosen unit."""
    chosen: Facility | None = request.facility  # type: ignore[attr-defined]
    lang = "en" if request.LANGUAGE_CODE == "en" else "id"
    words = prints_rights.form_words(chosen, lang)
    return pdf_response(prints_rights.form_pdf(words), "formulir-hak-data")


@ability_required("rights.answer", "GET POST")
def end_restriction(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day of a restriction."""
    with reading(request):
        rows = Restriction.objects.select_related("case", "participant")
        rows = within_caseload(rows, request.actor, clock.today())  # type: ignore[attr-defined]
        row = get_object_or_404(rows, pk=pk)
    back = reverse("people:rights_case", args=[row.case.code])

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.end_restriction(by=by, restriction=row, **facts)
        return "people:rights_case", [row.case.code]

    return form_page(
        request,
        make=lambda: LastDayForm(request.POST or None, initial={"last_day": clock.today()}),
        do=do, reason="rights.end_restriction", title=_("Akhiri pembatasan"), back=back,
        done=_("Tercatat."),
    )  # fmt: skip
