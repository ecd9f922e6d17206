"""What of the rules waits on Hari Ini for a second person: changes and exceptions."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.institutions.rules import may_anywhere, places_of
from berdaya.institutions.today import Item, Waiting, waits
from berdaya.legality.models import Override, RuleChange

MOST = 5


def register() -> None:
    """Put both on Hari Ini."""
    waits("legality.changes", changes_to_decide)
    waits("legality.overrides", overrides_to_decide)


def changes_to_decide(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Changes of the rules that somebody else proposed."""
    if not may_anywhere(actor, "rule.approve"):
        return
    rows = RuleChange.objects.filter(decision__isnull=True).exclude(proposed_by=actor.user_id)
    yield Waiting(rows.order_by("pk")[:MOST].values("pk", "reason", "effective_on"), _change)


def overrides_to_decide(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Exceptions that a unit asked for."""
    ids = places_of(actor, "override.approve", facility_ids)
    if not ids:
        return
    open_ones = Q(decision__isnull=True, facility__in=list(ids))
    rows = Override.objects.filter(open_ones).exclude(requested_by=actor.user_id)
    told = rows.order_by("pk")[:MOST].values("pk", "product__name", "legal_basis", "valid_from")
    yield Waiting(told, _override)


def _change(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Usulan perubahan aturan menunggu keputusan"),
        url=reverse("legality:rule_change", args=[row["pk"]]),
        age_on=clock.today(),
        detail=row["reason"],
        state="warn",
        state_text=_("Putuskan"),
    )


def _override(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Izin khusus diminta: %(product)s") % {"product": row["product__name"]},
        url=reverse("legality:override", args=[row["pk"]]),
        age_on=clock.today(),
        detail=row["legal_basis"],
        state="warn",
        state_text=_("Putuskan"),
    )
