"""Once a month: about how many people worked, for everybody to read."""

from datetime import date

from berdaya.core import clock, scope
from berdaya.core.scope import Actor
from berdaya.institutions.models import Facility
from berdaya.workshop.models import PublishedCount
from berdaya.workshop.published import FAMILIES, Cell, tables
from berdaya.workshop.queries import people_by_family


def publish_counts(*, by: Actor, facility: Facility, month: date) -> int:
    """Keep the rounded counts of a month that is over; returns how many rows were written.

    Only the first time: a month is never told twice. Nothing of a facility where nothing may be
    made (an LPKA; the database refuses it too), and nothing of a month that still goes on.
    """
    scope.required()
    if not Facility.objects.producing().filter(pk=facility.pk).exists():
        return 0
    this_month = clock.today(facility.timezone).replace(day=1)
    told = PublishedCount.objects.filter(facility=facility, month=month)
    if month >= this_month or told.exists():
        return 0
    true = people_by_family(facility.pk, month)
    cells = tables({Cell(facility.pk, family): true[family] for family in FAMILIES}).cells
    rows = [
        PublishedCount(
            facility=facility, month=month, family=cell.family, about_people=people,
            recorded_at=clock.now(),
        )
        for cell, people in cells.items()
    ]  # fmt: skip
    return len(PublishedCount.objects.bulk_create(rows, ignore_conflicts=True))
