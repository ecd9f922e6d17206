"""What waits about papers for work: certificates of fitness that end soon."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from berdaya.core import clock
from berdaya.core.clock import format_date
from berdaya.core.scope import Actor
from berdaya.institutions.rules import places_of
from berdaya.institutions.today import Item, Waiting
from berdaya.people.models import FitnessCertificate, WorkPlacement

SOON = timedelta(days=14)


def waiting(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """One line a facility with certificates of working people that end within two weeks."""
    ids = places_of(actor, "fitness.record", facility_ids)
    if not ids:
        return
    today = clock.today()
    at_work = WorkPlacement.objects.on(today).filter(facility_id__in=ids)
    rows = FitnessCertificate.objects.on(today).filter(
        facility_id__in=ids,
        valid_until__lte=today + SOON,
        participant__in=at_work.values("participant"),
    )
    grouped = rows.order_by().values("facility__name")
    yield Waiting(grouped.annotate(people=Count("pk"), first=Min("valid_until")), _ending)


def _ending(row: dict[str, Any]) -> Item:
    people, first = row["people"], date.fromisoformat(row["first"])
    text = ngettext("%(n)s surat sehat hampir habis", "%(n)s surat sehat hampir habis", people)
    last_day = format_date(first - timedelta(days=1))
    return Item(
        text=text % {"n": people},
        url=reverse("people:fitness_list"),
        age_on=first - SOON,
        detail=_("%(name)s, yang pertama habis %(day)s")
        % {"name": row["facility__name"], "day": last_day},
        state="warn",
        state_text=_("Periksa"),
    )
