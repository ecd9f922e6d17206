"""Pages that show names: one person, a counsellor's clients; and the search by number.

Names come only as the answer to a POST; the page is kept by no cache and no session.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import acting
from berdaya.institutions.access import ability_required
from berdaya.institutions.models import Facility
from berdaya.institutions.pages import one_unit
from berdaya.people import names_page, roll
from berdaya.people.actions.reveals import open_identities, search_identity
from berdaya.people.assigning import person_subject
from berdaya.people.forms_reveals import OpeningForm, SearchForm
from berdaya.people.models import Participant, RevealPurpose
from berdaya.people.purposes import SEARCH_ABILITY
from berdaya.people.views.shared import person_or_404


@ability_required("identity.open", "GET POST")
@never_cache
def opening(request: HttpRequest, code: str) -> HttpResponse:
    """One person: the reason is chosen, then the fields for it are opened."""
    posted = request.POST if request.method == "POST" else None
    form = OpeningForm(posted, purpose=RevealPurpose.PERSON)
    back = reverse("people:participant", args=[code])
    if request.method == "POST" and form.is_valid():
        with acting(request.actor, "identity.person") as scope:  # type: ignore[attr-defined]
            facility = _place_of(person_or_404(request, code))
            opened = open_identities(
                by=scope.actor, facility=facility, purpose=RevealPurpose.PERSON,
                subject=person_subject(code), reason=form.cleaned_data["reason"],
            )  # fmt: skip
            numbers = names_page.work_numbers(facility.pk, opened.people)
        context = names_page.names_context(opened, numbers, _("Data diri"), back)
        return render(request, "people/names.html", context)
    with reading(request):
        person = person_or_404(request, code)
        title = _("Buka data diri %(who)s") % {"who": person.pseudonym}
        context = {
            "form": form, "person": person, "facility": person.facility, "back": back,
            "title": title,
        }  # fmt: skip
        return render(request, "people/opening.html", context, status=422 if form.is_bound else 200)


def _place_of(person: Participant) -> Facility:
    """Where the person is now, else where they were registered."""
    course = roll.current_of(person, clock.today(person.facility.timezone))
    return course.placement.facility if course.placement else person.facility


@ability_required("identity.caseload", "POST")
@never_cache
def caseload_names(request: HttpRequest) -> HttpResponse:
    """A counsellor's own clients by name."""
    facility = one_unit(request)
    with acting(request.actor, "identity.caseload") as scope:  # type: ignore[attr-defined]
        opened = open_identities(
            by=scope.actor, facility=facility, purpose=RevealPurpose.CASELOAD, subject="caseload"
        )
        numbers = names_page.work_numbers(facility.pk, opened.people)
    title, back = _("Klien bimbingan saya"), reverse("people:participants")
    context = names_page.names_context(opened, numbers, title, back)
    return render(request, "people/names.html", context)


@sensitive_post_parameters("number")
@ability_required(SEARCH_ABILITY, "GET POST")
@never_cache
def searches(request: HttpRequest) -> HttpResponse:
    """Whether somebody with exactly this number is here; the number is not shown again."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    found: list[Participant] | None = None
    numbers: dict[int, str] = {}
    if request.method == "POST" and form.is_valid():
        facility = one_unit(request)
        with acting(request.actor, "identity.search") as scope:  # type: ignore[attr-defined]
            found = search_identity(by=scope.actor, facility=facility, **form.cleaned_data)
            numbers = names_page.work_numbers(facility.pk, [one.pk for one in found])
        form = SearchForm(initial={"kind": form.cleaned_data["kind"]})
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "form": form,
        "is_searched": found is not None,
        "found": [(numbers.get(one.pk, "—"), one) for one in found or ()],
    }
    with reading(request):
        status = 422 if form.is_bound else 200
        return render(request, "people/searches.html", context, status=status)
