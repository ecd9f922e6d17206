"""On Hari Ini: unusual openings wait for somebody else's look, a head's own for the region's."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core.scope import Actor
from berdaya.institutions.rules import places_of
from berdaya.institutions.today import Item, Waiting
from berdaya.people.actions.reveals import HEAD
from berdaya.people.models import Reveal
from berdaya.people.queries_reveals import unreviewed
from berdaya.people.rules_reveals import UNUSUAL


def waiting(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Oldest first, until a note stands beside it."""
    places = places_of(actor, "reveal.review", facility_ids)
    if not places:
        return
    heads = [pk for pk in places if HEAD in actor.roles.get(pk, ())]
    mine = Q(facility__in=heads) | Q(facility__in=places, is_by_head=True)
    rows = unreviewed(Reveal.objects.filter(mine).exclude(opened_by=actor.user_id))
    # One line a person and day: somebody on a night shift must not bury what else waits.
    days = rows.order_by().values("opened_by__display_name", "on_day", "facility__name")
    told = days.annotate(times=Count("pk"), people=Max("count"), first=Min("code"), why=Min("why"))
    yield Waiting(told.order_by("on_day")[:20], _item)


def _item(row: dict[str, Any]) -> Item:
    words = {
        "who": row["opened_by__display_name"],
        "n": row["people"],
        "times": row["times"],
        "why": ", ".join(str(UNUSUAL[code]) for code in row["why"]),
    }
    once = _("%(who)s membuka data diri %(n)s orang: %(why)s") % words
    often = _("%(who)s %(times)s kali membuka data diri secara tidak biasa") % words
    return Item(
        text=once if row["times"] == 1 else often,
        url=reverse("people:reveal", args=[row["first"]]),
        age_on=date.fromisoformat(row["on_day"]),
        detail=f"{row['first']}, {row['facility__name']}",
        state="bad",
        state_text=_("Periksa"),
    )
