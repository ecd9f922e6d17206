"""How the pages about people find a person."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from berdaya.core import clock
from berdaya.people.models import Participant
from berdaya.people.queries import within_caseload


def person_or_404(request: HttpRequest, code: str) -> Participant:
    """The person, if in scope and, for a counsellor, in their caseload; else 404, as if unknown."""
    people = Participant.objects.select_related("facility")
    seen = within_caseload(people, request.actor, clock.today(), "pk")  # type: ignore[attr-defined]
    return get_object_or_404(seen, code=code)
