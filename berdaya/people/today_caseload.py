"""On Hari Ini: a counsellor's own clients, and for the head those whom nobody guides yet."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.institutions.models import Facility, FacilityKind
from berdaya.institutions.rules import places_of
from berdaya.institutions.today import Item, Waiting
from berdaya.people import roll
from berdaya.people.models import Caseload
from berdaya.people.queries import with_counsellor
from berdaya.people.rules_caseload import guided_places


def waiting(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """One line a Bapas."""
    today = clock.today()
    own = guided_places(actor) & facility_ids
    if own:
        cases = Caseload.objects.on(today).filter(staff_id=actor.person_id, facility__in=own)
        grouped = cases.order_by().values("facility__name")
        yield Waiting(grouped.annotate(people=Count("pk"), last=Max("valid_from")), _own)
    # A unit without counsellors has nothing to hand out.
    if places := places_of(actor, "caseload.assign", facility_ids):
        # Without a second list of places within: it would be searched for every placement.
        bapas = Facility.objects.filter(kind=FacilityKind.BAPAS)
        rows = with_counsellor(roll.here(places, today), today)
        free = rows.filter(facility__in=bapas, counsellor_id__isnull=True).order_by()
        counted = free.values("facility__name")
        yield Waiting(counted.annotate(people=Count("pk"), first=Min("valid_from")), _free)


def _own(row: dict[str, Any]) -> Item:
    people = row["people"]
    text = ngettext("%(n)s klien dalam bimbingan Anda", "%(n)s klien dalam bimbingan Anda", people)
    return Item(
        text=text % {"n": people},
        url=reverse("people:participants"),
        age_on=date.fromisoformat(row["last"]),
        detail=row["facility__name"],
        state="done",
        state_text=_("bimbingan"),
    )


def _free(row: dict[str, Any]) -> Item:
    people = row["people"]
    text = ngettext("%(n)s klien belum berpembimbing", "%(n)s klien belum berpembimbing", people)
    return Item(
        text=text % {"n": people},
        url=reverse("people:caseloads") + "?pembimbing=none",
        age_on=date.fromisoformat(row["first"]),
        detail=row["facility__name"],
        state="warn",
        state_text=_("Bagikan"),
    )
