"""What waits for the UMKM side: applications that nobody has looked at."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core.scope import Actor
from berdaya.institutions.rules import may_anywhere
from berdaya.institutions.today import Item, Waiting, waits
from berdaya.market.models import Application, ApplicationState
from berdaya.market.queries import rows_in_reach

MOST = 20


def register() -> None:
    """Tell Hari Ini."""
    waits("market.applications", applications)


def applications(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Waiting applications of the officer's regions, the oldest first."""
    if may_anywhere(actor, "market.admit"):
        rows = Application.objects.filter(state=ApplicationState.WAITING).order_by("sent_at")
        told = rows_in_reach(actor, rows)[:MOST]
        yield Waiting(told.values("pk", "shop_name", "sent_at", "region__name"), _item)


def _item(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Pendaftaran usaha menunggu diperiksa"),
        url=reverse("market:application", args=[row["pk"]]),
        age_on=date.fromisoformat(row["sent_at"][:10]),
        detail=f"{row['shop_name']}, {row['region__name']}",
        state="warn",
        state_text=_("Periksa"),
    )
