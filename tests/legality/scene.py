"""Rules that wait for a decision: a change of a requirement, and an exception of one product."""

from dataclasses import dataclass
from datetime import timedelta

from berdaya.core import clock
from berdaya.goods.models import Product
from berdaya.legality.actions.changes import propose_change
from berdaya.legality.models import Override, RuleChange
from tests.world import World

BASIS = {"legal_basis": "Peraturan contoh 1/2026", "source": "contoh", "to_be_confirmed": True}


def wanted(category: str = "snack", kind: str = "merek", market: str = "retail") -> dict:
    """The values of a requirement that nobody has asked before."""
    return {"category": category, "market": market, "permit_kind": kind, "choice": "", **BASIS}


@dataclass(frozen=True)
class Waiting:
    """What waits: a change that nobody's account proposed, an exception of the unit's officer."""

    change: RuleChange
    override: Override


def waiting(world: World, product: Product) -> Waiting:
    """Both, for somebody of the national office to decide."""
    with world.everywhere() as scope:
        today = clock.today()
        change = propose_change(
            by=scope.actor, table="requirement", effective_on=today + timedelta(days=30),
            reason="Contoh", values=wanted(),
        )  # fmt: skip
        override = Override.objects.create(
            facility_id=product.facility_id, product=product, market="retail",
            code="permit_missing", kind="halal", legal_basis="PP contoh pasal 1", reason="Contoh",
            valid_from=today, valid_until=today + timedelta(days=30),
            requested_by=world.staff["officer"], requested_at=clock.now(),
        )  # fmt: skip
    return Waiting(change, override)
