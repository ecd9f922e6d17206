"""Who looked: the list of openings, one of them, and the note of who looked into it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, can, form_page, seen
from berdaya.institutions.rules import places_of
from berdaya.people.actions.reveals import HEAD, review_reveal
from berdaya.people.forms_reveals import ReviewForm
from berdaya.people.models import Participant, Reveal
from berdaya.people.purposes import FIELD_LABELS, OpenReason
from berdaya.people.queries_reveals import with_numbers
from berdaya.people.rules_reveals import UNUSUAL, may_review
from berdaya.people.tables_reveals import STATES, RevealTable, state_of


@ability_required("reveal.view")
def reveals(request: HttpRequest) -> HttpResponse:
    """Every opening at the units on view; `?orang=<code>` those of one person."""
    places = places_of(request.actor, "reveal.view", seen(request))  # type: ignore[attr-defined]
    rows = Reveal.objects.filter(facility__in=places)
    person = None
    if code := request.GET.get("orang"):
        person = get_object_or_404(Participant, code=code)
        rows = rows.filter(people__participant=person)
    rows = rows.select_related("facility", "opened_by", "review")
    return RevealTable(request, rows).response("people/reveals.html", {"person": person})


def reveal_or_404(request: HttpRequest, code: str) -> Reveal:
    """One opening at a place where the actor may see who looked."""
    rows = Reveal.objects.select_related("facility", "opened_by", "review__reviewed_by")
    ids = request.actor.facility_ids  # type: ignore[attr-defined]
    places = places_of(request.actor, "reveal.view", ids)  # type: ignore[attr-defined]
    return get_object_or_404(rows, code=code, facility__in=places)


@ability_required("reveal.view")
def reveal(request: HttpRequest, code: str) -> HttpResponse:
    """One opening and everybody it opened, under work number and pseudonym."""
    row = reveal_or_404(request, code)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    allowed = may_review(
        is_open=row.is_unusual and not hasattr(row, "review"),
        is_opener=row.opened_by_id == actor.user_id,
        is_head_here=HEAD in actor.roles.get(row.facility_id, ()),
        is_by_head=row.is_by_head,
    )
    people = [
        {"row": one, "fields": ", ".join(str(FIELD_LABELS[name]) for name in one.fields)}
        for one in with_numbers(row.people.all())
    ]
    context = {
        "facility": row.facility,
        "reveal": row,
        "state": STATES[state_of(row)],
        "why": [UNUSUAL[one] for one in row.why],
        "reason": OpenReason(row.reason).label if row.reason else "",
        "people": people,
        "can_review": can(request, "reveal.review", row.facility_id) and allowed.ok,
    }
    return render(request, "people/reveal.html", context)


@ability_required("reveal.review", "GET POST")
def review(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody else says what came of it."""
    with reading(request):
        row = reveal_or_404(request, code)

    def make() -> forms.Form:
        return ReviewForm(request.POST or None)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        review_reveal(by=by, reveal=row, **facts)
        return "people:reveal", [code]

    return form_page(
        request, make=make, do=do, reason="reveal.review", title=_("Catat hasil pemeriksaan"),
        back=reverse("people:reveal", args=[code]), done=_("Tercatat. Tidak lagi menunggu."),
    )  # fmt: skip
