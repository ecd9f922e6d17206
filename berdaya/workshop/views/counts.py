"""How many people worked in the months past: the true counts for the desk, and what was told."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from berdaya.core import clock
from berdaya.institutions.access import ability_required
from berdaya.workshop.published import FAMILIES
from berdaya.workshop.queries import months_of_people
from berdaya.workshop.views.common import on_view

MONTHS = 12


@ability_required("people.view")
def people_counts(request: HttpRequest) -> HttpResponse:
    """The last twelve months that are over, all units on view together, by family of work."""
    first = clock.today().replace(day=1)
    months = months_of_people(on_view(request), _back(first), first)
    context = {"months": months, "families": [str(label) for label in FAMILIES.values()]}
    return render(request, "workshop/people_counts.html", context)


def _back(first: date) -> date:
    for _month in range(MONTHS):
        first = (first - timedelta(days=1)).replace(day=1)
    return first
