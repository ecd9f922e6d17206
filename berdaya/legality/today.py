"""What of the permits waits on Hari Ini: those that lapse soon, those that just did."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from berdaya.core import clock
from berdaya.core.names import named
from berdaya.core.scope import Actor
from berdaya.institutions.rules import places_of
from berdaya.institutions.today import Item, Waiting, waits
from berdaya.legality.queries.permits import ending_soon, just_lapsed


def register() -> None:
    """Put both on Hari Ini."""
    waits("legality.ending", permits_ending)


def permits_ending(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Each permit that needs somebody now, for those who may edit permits there."""
    ids = places_of(actor, "permit.edit", facility_ids)
    if not ids:
        return
    today = clock.today()
    shown = ("pk", "kind__name", "kind__name_en", "number", "valid_until")
    yield Waiting(just_lapsed(ids, today)[:10].values(*shown), _lapsed)
    yield Waiting(ending_soon(ids, today)[:10].values(*shown), _ending)


def _named(permit: dict[str, Any]) -> dict[str, str]:
    name = named(permit["kind__name"], permit["kind__name_en"])
    return {"kind": name, "number": permit["number"]}


def _lapsed(permit: dict[str, Any]) -> Item:
    return Item(
        text=_("%(kind)s %(number)s sudah habis") % _named(permit),
        url=reverse("legality:permit", args=[permit["pk"]]),
        age_on=date.fromisoformat(permit["valid_until"]),
        detail=_("Barangnya tidak ditayangkan lagi."),
        state="bad",
        state_text=pgettext("legality", "Habis"),
    )


def _ending(permit: dict[str, Any]) -> Item:
    last_day = date.fromisoformat(permit["valid_until"]) - timedelta(days=1)
    return Item(
        text=_("%(kind)s %(number)s akan habis") % _named(permit),
        url=reverse("legality:permit", args=[permit["pk"]]),
        age_on=clock.today(),
        detail=clock.format_date(last_day),
        state="warn",
        state_text=_("Perpanjang"),
    )
