"""One-time cards that run out, on Hari Ini of their holders and of who prints new ones."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.institutions.models import Appointment, FactorCard
from berdaya.institutions.roles import ROLES
from berdaya.institutions.today import Item, Waiting

# A code a morning: a working week is time enough to have the next card printed.
FEW, MOST = 5, 10


def running_out() -> "QuerySet[FactorCard]":
    """Cards in force with at most FEW codes that were not used."""
    left = Count("codes", filter=Q(codes__used_at=None))
    rows = FactorCard.objects.filter(voided_at=None, staff__is_active=True)
    return rows.annotate(left=left).filter(left__lte=FEW).order_by("left", "pk")


def waiting(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """My own card, and those of my unit's staff where I print cards for a unit."""
    columns = ("left", "issued_at", "staff", "staff__display_name")
    yield Waiting(running_out().filter(staff=actor.user_id).values(*columns), _own)
    if units := [pk for pk in facility_ids if _prints_at(actor, pk)]:
        here = Appointment.objects.on(clock.today()).filter(facility__in=units)
        rows = running_out().filter(staff__in=here.values("staff"))
        yield Waiting(rows.exclude(staff=actor.user_id).values(*columns)[:MOST], _of_staff)


def _prints_at(actor: Actor, facility_id: int) -> bool:
    """As somebody of the unit itself; offices above would read of every unit's cards."""
    held = [ROLES[role] for role in actor.roles.get(facility_id, ())]
    return any("card.issue" in role.abilities and "facility" in role.at for role in held)


def _left(row: dict[str, Any]) -> str:
    words = ngettext("tinggal %(n)s kode", "tinggal %(n)s kode", row["left"])
    return words % {"n": row["left"]} if row["left"] else _("kodenya habis")


def _item(row: dict[str, Any], text: str, url: str, detail: str) -> Item:
    return Item(
        text=f"{text}: {_left(row)}",
        url=url,
        age_on=clock.local(datetime.fromisoformat(row["issued_at"])).date(),
        detail=detail,
        state="warn" if row["left"] else "bad",
        state_text=_("Kartu"),
    )


def _own(row: dict[str, Any]) -> Item:
    detail = _("Minta kartu baru kepada administrator UPT, kepala, atau Kantor Wilayah.")
    return _item(row, _("Kartu sekali pakai Anda"), reverse("institutions:account"), detail)


def _of_staff(row: dict[str, Any]) -> Item:
    text = _("Kartu sekali pakai %(who)s") % {"who": row["staff__display_name"]}
    url = reverse("institutions:person", args=[row["staff"]])
    return _item(row, text, url, _("Cetak kartu pengganti; yang lama langsung batal."))
