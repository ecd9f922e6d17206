"""Others are let in: invitations, one-time cards, and the unit's own PCs."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import acting
from berdaya.institutions import pc_cookie
from berdaya.institutions.access import ability_required
from berdaya.institutions.actions.cards import issue_card
from berdaya.institutions.actions.invitations import invite
from berdaya.institutions.actions.pcs import end_pc, register_pc
from berdaya.institutions.forms_signin import PcForm
from berdaya.institutions.models import Facility, UnitPc
from berdaya.institutions.prints import card_pdf
from berdaya.institutions.queries import reach_of
from berdaya.institutions.tables import PcTable
from berdaya.institutions.views.staff import found_person, under
from berdaya.look.paper import pdf_response


@ability_required("staff.edit", "POST")
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """An invitation whose code is shown on this page and never again."""
    with reading(request):
        person = found_person(request, pk)
    with acting(request.actor, "staff.invite") as scope:  # type: ignore[attr-defined]
        row, code = invite(by=scope.actor, staff=person)
    facts = {"person": person, "invitation": row, "code": code}
    with reading(request):
        return render(request, "institutions/invitation.html", facts)


@ability_required("card.issue", "POST")
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """A new one-time card to print, A6; nobody can print it a second time."""
    with reading(request):
        person = found_person(request, pk)
    with acting(request.actor, "card.issue") as scope:  # type: ignore[attr-defined]
        made, codes = issue_card(by=scope.actor, staff=person)
    return pdf_response(card_pdf(made, codes), f"kartu-{made.serial}")


def _facilities(request: HttpRequest) -> "QuerySet[Facility]":
    reach = reach_of(request.actor, "pc.register", clock.today())  # type: ignore[attr-defined]
    at = Q(pk__in=reach.facility_ids) | under(reach, "office__path")
    return Facility.objects.filter(at).order_by("name")


@ability_required("pc.register")
def pcs(request: HttpRequest) -> HttpResponse:
    """The units' registered PCs in reach."""
    rows = UnitPc.objects.filter(facility__in=_facilities(request))
    chosen = request.facility  # type: ignore[attr-defined]
    rows = rows.filter(facility=chosen) if chosen else rows
    context = {"new_url": reverse("institutions:new_pc"), "new_label": _("Daftarkan komputer ini")}
    rows = rows.select_related("facility", "registered_by")
    return PcTable(request, rows).response("look/list_page.html", context)


@ability_required("pc.register", "GET POST")
def new_pc(request: HttpRequest) -> HttpResponse:
    """Register the computer at which this page is open."""
    with reading(request):
        first = {"facility": request.facility}  # type: ignore[attr-defined]
        form = PcForm(request.POST or None, facilities=_facilities(request), initial=first)
        valid = form.is_bound and form.is_valid()
    if valid:
        with acting(request.actor, "pc.register") as scope:  # type: ignore[attr-defined]
            pc, key = register_pc(by=scope.actor, **form.cleaned_data)
        answer = redirect("institutions:pcs")
        pc_cookie.give(answer, pc, key)
        return answer
    facts = {
        "form": form,
        "title": _("Daftarkan komputer ini"),
        "back": reverse("institutions:pcs"),
        "note": _("Lakukan di komputer unit itu sendiri: tandanya disimpan di peramban ini."),
    }
    with reading(request):
        return render(request, "look/form_page.html", facts, status=422 if form.is_bound else 200)


@ability_required("pc.register", "GET POST")
def pc_ending(request: HttpRequest, pk: int) -> HttpResponse:
    """A PC that is sold, lost or broken opens nothing any more."""
    with reading(request):
        pc = get_object_or_404(UnitPc, pk=pk, facility__in=_facilities(request), ended_at=None)
    if request.method == "POST":
        with acting(request.actor, "pc.end") as scope:  # type: ignore[attr-defined]
            end_pc(by=scope.actor, pc=pc)
        return redirect("institutions:pcs")
    facts = {"pc": pc, "back": reverse("institutions:pcs")}
    return render(request, "institutions/pc_ending.html", facts)
