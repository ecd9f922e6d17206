"""Who stands in for counsellors on coming days."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Min

from berdaya.people.models import CaseCover


class Cover(NamedTuple):
    """Who stands in on a day, and for how many clients; `pk` is one of the rows."""

    pk: int
    day: date
    staff_id: int
    name: str
    people: int


def covers_from(facility_ids: Iterable[int], on: date) -> list[Cover]:
    """Who stands in at these facilities from a day on: one query."""
    rows = CaseCover.objects.filter(facility__in=list(facility_ids), day__gte=on)
    grouped = rows.values("day", "staff_id", "staff__display_name").annotate(
        n=Count("pk"), first=Min("pk")
    )
    return [
        Cover(row["first"], row["day"], row["staff_id"], row["staff__display_name"], row["n"])
        for row in grouped.order_by("day", "staff__display_name")
    ]
