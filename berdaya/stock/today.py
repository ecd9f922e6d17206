"""What of the stock waits on Hari Ini: passes to decide, what runs out, what expires."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.institutions.rules import may
from berdaya.institutions.today import Item, waits
from berdaya.stock.models import GatePass
from berdaya.stock.queries import expiring, nearly_out
from berdaya.stock.tables import SOON_DAYS


def register() -> None:
    """Put the three on Hari Ini."""
    waits("stock.passes", passes_to_decide)
    waits("stock.low", running_out)
    waits("stock.expiring", expiring_soon)


def _where(actor: Actor, ability: str, facility_ids: frozenset[int]) -> list[int]:
    return [pk for pk in facility_ids if may(actor, ability, pk)]


def passes_to_decide(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Item]:
    """Each gate pass that waits for this head."""
    ids = _where(actor, "gate.approve", facility_ids)
    if not ids:
        return
    waiting = GatePass.objects.filter(
        facility__in=ids, approved_at__isnull=True, declined_at__isnull=True
    ).exclude(requested_by=actor.user_id)
    for row in waiting.order_by("requested_at")[:20]:
        yield Item(
            text=_("Izin keluar barang %(code)s") % {"code": row.code},
            url=reverse("stock:gate_pass", args=[row.code]),
            age_on=clock.local(row.requested_at).date(),
            detail=row.destination,
            state="warn",
            state_text=_("Putuskan"),
        )


def running_out(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Item]:
    """One line for all variants under their reminder quantity."""
    ids = _where(actor, "stock.edit", facility_ids)
    low = list(nearly_out(ids)[:50]) if ids else []
    if low:
        names = ", ".join(row.label for row in low[:3])
        yield Item(
            text=ngettext("%(n)s barang hampir habis", "%(n)s barang hampir habis", len(low))
            % {"n": len(low)},
            url=reverse("stock:levels"),
            age_on=clock.today(),
            detail=names,
            state="warn",
            state_text=_("Stok"),
        )


def expiring_soon(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Item]:
    """One line for all that has expired or will within SOON_DAYS."""
    ids = _where(actor, "stock.edit", facility_ids)
    if not ids:
        return
    today = clock.today()
    found = expiring(ids, today + timedelta(days=SOON_DAYS)).order_by()
    told = found.aggregate(n=Count("pk"), first=Min("lot__expires_on"))
    if told["n"]:
        yield Item(
            text=ngettext("%(n)s lot segera habis masa", "%(n)s lot segera habis masa", told["n"])
            % {"n": told["n"]},
            url=reverse("stock:levels")
            + ("?habis=lewat" if told["first"] < today else "?habis=segera"),
            age_on=min(told["first"], today),
            detail=_("Jual dulu, atau catat sebagai rusak."),
            state="bad" if told["first"] < today else "warn",
            state_text=_("Masa simpan"),
        )
