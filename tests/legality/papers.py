"""A bottle and a jar of one oil in Atambua, and permits for them in few words."""

from datetime import date, timedelta
from typing import Any

from berdaya.goods.models import Category, Measure, Product, Variant
from berdaya.legality.actions.permits import record_permit
from berdaya.legality.models import Judgement, Permit, PermitKind
from berdaya.legality.queries.facts import listing_facts
from berdaya.legality.rules.listing import may_list
from tests.world import World

BEGAN = date(2024, 1, 1)


def oil_of(
    world: World, sizes: tuple[str, ...] = ("250 ml", "500 ml"), n: int = 1
) -> list[Variant]:
    """One product and its variants, the smallest first."""
    with world.everywhere():
        product = Product.objects.create(
            facility=world.atb, code=f"LP-ATB-P{n}", name=f"VCO {n}",
            category=Category.objects.get(code="oil"), line_of_work="sabun",
        )  # fmt: skip
        return [
            Variant.objects.create(
                product=product, facility=world.atb, sku=f"P{n}-{place}", name=size,
                measure=Measure.objects.get(code="botol"), list_price_rp=35_000,
            )
            for place, size in enumerate(sizes)
        ]  # fmt: skip


def pirt(ends: date, serial: int = 12) -> str:
    """A P-IRT whose last two digits are the year of its last day."""
    return f"P-IRT 20753040100{serial}-{(ends - timedelta(days=1)).year % 100:02d}"


def keep(world: World, ends: date, serial: int = 12, who: str = "officer", **facts: Any) -> Permit:
    """A P-IRT of Atambua's cooperative, unless `facts` say otherwise."""
    told = {
        "kind": PermitKind.objects.get(code=facts.pop("kind", "spp_irt")),
        "number": pirt(ends, serial), "holder": world.parties["coop_atb"], "place": world.atb,
        "issued_on": BEGAN, "valid_from": BEGAN, "valid_until": ends,
    }  # fmt: skip
    with world.acting(who) as scope:
        return record_permit(by=scope.actor, **(told | facts))


def halal(world: World, number: int = 1, **facts: Any) -> Permit:
    """A halal certificate without an end."""
    told = {"number": f"ID5311000066205102{number}", "valid_until": None, "kind": "halal"}
    return keep(world, date(2030, 1, 1), **(told | facts))


def codes(world: World, variant: Variant, day: date) -> tuple[str, ...]:
    """What stands against a variant in the shop, finished goods aside."""
    with world.everywhere():
        found = may_list(listing_facts([variant.pk], "retail", day)[variant.pk]).codes
    return tuple(code for code in found if code != "lot_missing")


def judged(world: World, variant: Variant) -> list[str]:
    """The codes that its kept judgement says of the shop today."""
    with world.everywhere():
        group = Judgement.objects.get(variant=variant).group
    return [one["code"] for one in group.verdicts["retail"]["faults"]]
