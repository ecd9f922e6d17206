"""What of the stock waits on Hari Ini: passes to decide, what runs out, what expires."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from berdaya.core import clock
from berdaya.core.names import named
from berdaya.core.scope import Actor
from berdaya.institutions.rules import places_of
from berdaya.institutions.standing_in import to_decide
from berdaya.institutions.today import Item, Waiting, waits
from berdaya.stock.models import GatePass
from berdaya.stock.queries import expiring, nearly_out
from berdaya.stock.tables import SOON_DAYS

MOST_LOW = 5


def register() -> None:
    """Put the three on Hari Ini."""
    waits("stock.passes", passes_to_decide)
    waits("stock.low", running_out)
    waits("stock.expiring", expiring_soon)


def passes_to_decide(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Each gate pass that waits for this head, or for the region where there is none."""
    rows = GatePass.objects.filter(approved_at__isnull=True, declined_at__isnull=True)
    ask = (actor, "gate.approve", facility_ids, rows.order_by("requested_at"), "requested_by")
    for found, tell in to_decide(*ask, _pass_to_decide):
        yield Waiting(found.values("code", "requested_at", "destination")[:20], tell)


def _pass_to_decide(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Izin keluar barang %(code)s") % {"code": row["code"]},
        url=reverse("stock:gate_pass", args=[row["code"]]),
        age_on=clock.local(datetime.fromisoformat(row["requested_at"])).date(),
        detail=row["destination"],
        state="warn",
        state_text=_("Putuskan"),
    )


def running_out(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """The first variants under their reminder quantity."""
    ids = places_of(actor, "stock.edit", facility_ids)
    if ids:
        rows = nearly_out(ids).values("name", "name_en", "facility__name")
        yield Waiting(rows[:MOST_LOW], _nearly_out)


def _nearly_out(row: dict[str, Any]) -> Item:
    return Item(
        text=_("%(name)s hampir habis") % {"name": named(row["name"], row["name_en"])},
        url=reverse("stock:levels"),
        age_on=clock.today(),
        detail=row["facility__name"],
        state="warn",
        state_text=_("Stok"),
    )


def expiring_soon(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """One line a unit for all that has expired or will within SOON_DAYS."""
    ids = places_of(actor, "stock.edit", facility_ids)
    if ids:
        found = expiring(ids, clock.today() + timedelta(days=SOON_DAYS)).order_by()
        told = found.values("facility__name").annotate(n=Count("pk"), first=Min("lot__expires_on"))
        yield Waiting(told, _expiring)


def _expiring(row: dict[str, Any]) -> Item:
    first, today = date.fromisoformat(row["first"]), clock.today()
    is_late = first < today
    text = ngettext("%(n)s lot segera habis masa", "%(n)s lot segera habis masa", row["n"])
    return Item(
        text=text % {"n": row["n"]},
        url=reverse("stock:levels") + ("?habis=lewat" if is_late else "?habis=segera"),
        age_on=min(first, today),
        detail=f"{row['facility__name']}. " + _("Jual dulu, atau catat sebagai rusak."),
        state="bad" if is_late else "warn",
        state_text=_("Masa simpan"),
    )
