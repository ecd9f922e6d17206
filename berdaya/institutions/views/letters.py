"""Letters of assignment: the list, one letter, a new one, its early end."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.actions.letters import end_letter, record_letter
from berdaya.institutions.forms import LastDayForm
from berdaya.institutions.forms_letters import LetterForm
from berdaya.institutions.models import AssignmentLetter, Facility, Office
from berdaya.institutions.pages import Address, form_page
from berdaya.institutions.queries import paths_above, reach_of, under
from berdaya.institutions.rules import Reach, may_anywhere
from berdaya.institutions.tables import WINDOWS, window_of
from berdaya.institutions.tables_letters import LetterTable


def _reach(request: HttpRequest, ability: str) -> Reach:
    return reach_of(request.actor, ability, clock.today())  # type: ignore[attr-defined]


def _letters(request: HttpRequest) -> "QuerySet[AssignmentLetter]":
    """Letters about places in reach, and one's own."""
    reach = _reach(request, "staff.view")
    own = Q(auditor_id=request.actor.user_id)  # type: ignore[attr-defined]
    named = Q(places__facility__in=reach.facility_ids) | under(
        reach, "places__facility__office__path"
    )
    above = Q(office__path__in=paths_above(reach.facility_ids)) | under(reach, "office__path")
    found = AssignmentLetter.objects.filter(own | named | above).values("pk")
    rows = AssignmentLetter.objects.filter(pk__in=found)
    return rows.with_places()  # type: ignore[no-any-return]


@ability_required("staff.view")
def letters(request: HttpRequest) -> HttpResponse:
    """Every letter of assignment about the places in reach."""
    edits = may_anywhere(request.actor, "letter.edit")  # type: ignore[attr-defined]
    context = {
        "new_url": reverse("institutions:new_letter") if edits else "",
        "new_label": _("Catat surat tugas"),
        "note": _("Tanpa surat tugas yang berlaku seorang auditor tidak membuka apa pun."),
    }
    return LetterTable(request, _letters(request)).response("look/list_page.html", context)


@ability_required("staff.view")
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """What one letter opens, to whom, until when and why."""
    row = get_object_or_404(_letters(request), pk=pk)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    edits = may_anywhere(actor, "letter.edit") and row.auditor_id != actor.user_id
    context = {
        "letter": row,
        "window": WINDOWS[window_of(row)],
        "can_end": edits and window_of(row) != "over",
    }
    return render(request, "institutions/letter.html", context)


@ability_required("letter.edit", "GET POST")
def new_letter(request: HttpRequest) -> HttpResponse:
    """Record a letter from the paper; from its first day the auditor sees what it names."""
    with reading(request):
        reach, today = _reach(request, "letter.edit"), clock.today()
        at = Q(pk__in=reach.facility_ids) | under(reach, "office__path")
        facilities = Facility.objects.filter(at).order_by("name")
        offices = Office.objects.filter(under(reach, "path")).order_by("path")
        form = LetterForm(
            request.POST or None, facilities=facilities.select_related("office"), offices=offices,
            day=today, initial={"issued_on": today, "valid_from": today},
        )  # fmt: skip

    def do(by: Actor, _facts: dict[str, Any]) -> Address:
        return "institutions:letter", [record_letter(by=by, **form.facts()).pk]

    return form_page(
        request, make=lambda: form, do=do, reason="letter.record", title=_("Catat surat tugas"),
        back=reverse("institutions:letters"), done=_("Surat tugas tercatat."),
    )  # fmt: skip


@ability_required("letter.edit", "GET POST")
def letter_ending(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day on which the letter opens anything, earlier than it says."""
    with reading(request):
        row = get_object_or_404(_letters(request), pk=pk)
    form: forms.Form = LastDayForm(request.POST or None, initial={"last_day": clock.today()})

    def do(by: Actor, _facts: dict[str, Any]) -> Address:
        end_letter(by=by, letter=row, on=form.on)  # type: ignore[attr-defined]
        return "institutions:letter", [pk]

    return form_page(
        request, make=lambda: form, do=do, reason="letter.end",
        title=_("Akhiri surat tugas %(number)s") % {"number": row.number},
        back=reverse("institutions:letter", args=[pk]), done=_("Surat tugas berakhir."),
    )  # fmt: skip
