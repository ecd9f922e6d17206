"""Atambua asks for help with its chips; the ministry's mentor walks the steps."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from berdaya.core import clock
from berdaya.facilitation.actions.asking import ask_for_help
from berdaya.facilitation.actions.helping import assign_case, take_case
from berdaya.facilitation.actions.working import record_step
from berdaya.facilitation.models import Case, CaseStep
from berdaya.goods.models import Category, Measure, Product, Variant
from berdaya.legality.actions.permits import record_permit
from berdaya.legality.models import Permit, PermitKind
from tests.world import SINCE, World

ANSWERS = {
    "scale": "micro", "no_risk_materials": True, "simple_process": True, "sites": 1, "outlets": 1,
}  # fmt: skip
NUMBERS = {
    "nib": "1234567890123", "spp_irt": "P-IRT 2065304010012-31", "halal": "ID53110000662051022",
    "merek": "IDM001234567",
}  # fmt: skip


def today() -> date:
    """Today in Atambua."""
    return clock.today("Asia/Makassar")


def snack(world: World, code: str = "KRPK", name: str = "Keripik contoh") -> Product:
    """A food of Atambua, in packs."""
    with world.everywhere():
        product = Product.objects.create(
            facility=world.atb, code=f"LP-ATB-{code}", name=name, line_of_work="olahan",
            category=Category.objects.get(code="snack"),
        )  # fmt: skip
        Variant.objects.create(
            facility=world.atb, product=product, sku=code, name=f"{name} 200 g",
            measure=Measure.objects.get(code="bungkus"), list_price_rp=15_000,
        )  # fmt: skip
        return product


def permit(world: World, kind: str, *products: Product, until: date | None = None) -> Permit:
    """Recorded by the officer, today."""
    with world.acting() as scope:
        ends = date(2032, 1, 1) if kind == "spp_irt" and until is None else until
        return record_permit(
            by=scope.actor, kind=PermitKind.objects.get(code=kind), number=NUMBERS[kind],
            holder=world.parties["coop_atb"], place=world.atb, issued_on=SINCE, valid_from=SINCE,
            valid_until=ends, products=products,
        )  # fmt: skip


def asked(world: World, *products: Product, kind: str = "pirt", **more: Any) -> Case:
    """Asked by Atambua's officer of the ministry."""
    facts = {"wish": "Izin edar keripik", "office": world.offices["UMKM"], **more}
    with world.acting() as scope:
        return ask_for_help(
            by=scope.actor, facility=world.atb, kind=kind, products=products, **facts
        )


def assigned(world: World, case: Case) -> Case:
    """Given to the ministry's mentor by its officer."""
    with world.acting("umkm_officer") as scope:
        return assign_case(by=scope.actor, case=case, mentor=world.staff["mentor"])


def running(world: World, *products: Product, kind: str = "pirt", days: int = 60) -> Case:
    """Taken by the mentor, who promises so many days."""
    row = assigned(world, asked(world, *products, kind=kind))
    with world.acting("mentor") as scope:
        promised = clock.today(world.atb.timezone) + timedelta(days=days)
        return take_case(by=scope.actor, case=row, promised_on=promised)


def steps_of(world: World, case: Case) -> list[CaseStep]:
    """In order."""
    with world.everywhere():
        return list(CaseStep.objects.filter(case=case).order_by("position"))


def walk(world: World, case: Case, who: str = "mentor") -> None:
    """Every step that is left is done today."""
    with world.acting(who) as scope:
        for step in CaseStep.objects.filter(case=case).order_by("position"):
            if not step.is_over:
                record_step(
                    by=scope.actor, step=step, done_on=clock.today(world.atb.timezone),
                    paper_no=f"No. {step.position}",
                )  # fmt: skip


@dataclass
class Helped:
    """A case that runs, with a message and a paper."""

    case: Case
    step: CaseStep
    product: Product
