"""Finding a person through the actor's scope, also when they have left."""

from django.http import Http404

from berdaya.core import clock
from berdaya.institutions.models import Facility
from berdaya.people.models import Participant, Placement


def person_and_place(code: str) -> tuple[Participant, Facility]:
    """The person with their clean page, and where they are placed now, will be next, or were last.

    404 for nobody here. Who has left may still take consent back, and ask for a clean page.
    """
    rows = Placement.objects.filter(participant__code=code)
    rows = rows.select_related("facility", "participant__clean_page")
    places = list(rows.order_by("valid_from"))
    if not places:
        raise Http404
    today = clock.today()
    current = [row for row in places if row.valid_until is None or row.valid_until > today]
    chosen = current[0] if current else places[-1]
    return chosen.participant, chosen.facility
