"""How the pages about people find a person."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from berdaya.core import clock
from berdaya.institutions.models import Facility
from berdaya.people.models import Participant, Placement
from berdaya.people.queries import within_caseload


def person_or_404(request: HttpRequest, code: str) -> Participant:
    """The person, if in scope and, for a counsellor, in their caseload; else 404, as if unknown."""
    people = Participant.objects.select_related("facility")
    seen = within_caseload(people, request.actor, clock.today(), "pk")  # type: ignore[attr-defined]
    return get_object_or_404(seen, code=code)


def person_and_place(request: HttpRequest, code: str) -> tuple[Participant, Facility]:
    """The person with their clean page, and where they are placed now, will be next, or were last.

    404 for nobody here. Who has left may still take consent back, and ask for a clean page.
    """
    today = clock.today()
    rows = Placement.objects.filter(participant__code=code)
    rows = within_caseload(rows, request.actor, today)  # type: ignore[attr-defined]
    places = list(rows.select_related("facility", "participant__clean_page").order_by("valid_from"))
    if not places:
        raise Http404
    current = [row for row in places if row.valid_until is None or row.valid_until > today]
    chosen = current[0] if current else places[-1]
    return chosen.participant, chosen.facility
