"""A closed batch in stock, a book to sell from, and the people who made it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from berdaya.core import clock
from berdaya.core.codes import public_code
from berdaya.core.proofs import declared_checks
from berdaya.core.scope import Actor
from berdaya.goods.models import Category, Measure, Product, Variant
from berdaya.institutions.models import Facility
from berdaya.ledger.actions.books import open_book
from berdaya.ledger.models import Book
from berdaya.people.models import Participant
from berdaya.proceeds.actions.payments import PaymentInput
from berdaya.proceeds.actions.sales import SaleLineInput, record_sale
from berdaya.proceeds.models import Sale
from berdaya.stock.actions.movements import receive_lot
from berdaya.stock.models import Lot, Place
from berdaya.workshop.models import Batch, BatchClosing, BatchWeight, Workshop
from tests.world import SINCE, World

MADE = date(2026, 2, 2)
SOLD = date(2026, 3, 2)


@dataclass
class Scene:
    """What a sale needs; `by` may do everything at `facility`."""

    world: World
    facility: Facility
    by: Actor
    book: Book
    variant: Variant
    place: Place
    workshop: Workshop
    lot: Lot

    def staff(self, name: str) -> Actor:
        return self.world.actor(name)

    def sell(
        self,
        qty: int | str = 1,
        price: int = 100_000,
        *,
        kind: str = "gate",
        paid: int | None = None,
        **more: object,
    ) -> Sale:
        """A sale of the scene's variant, paid in cash unless said otherwise."""
        amount = int(Decimal(qty) * price) if paid is None else paid
        more.setdefault("buyer_kind", "public")
        more.setdefault("sold_on", SOLD)
        more.setdefault("book", self.book)
        return record_sale(
            by=self.by,
            facility=self.facility,
            kind=kind,
            place=self.place,
            lines=[SaleLineInput(self.variant.pk, Decimal(qty), price)],
            payments=[PaymentInput("cash", amount)] if amount else [],
            **more,
        )


def build(
    world: World,
    weights: Sequence[int] = (3, 1),
    costs: Sequence[int] = (0, 0, 0),
    work: Callable[[Batch], object] = bool,
) -> Scene:
    """Inside an open scope over the facility: `cendana` and `lontar` made a hundred pieces."""
    facility = world.atb
    by = Actor("system:tests", None, frozenset(one.pk for one in world.facilities.values()))
    book = open_book(by=by, party=world.parties["coop_atb"], facility=facility, opened_on=SINCE)
    product = Product.objects.create(
        facility=facility,
        code="ATB-SELENDANG",
        name="Selendang",
        category=Category.objects.get(code="tenun"),
        line_of_work="tenun",
    )
    variant = Variant.objects.create(
        product=product,
        facility=facility,
        sku="SEL-60",
        name="60 cm",
        measure=Measure.objects.get(code="pcs"),
        list_price_rp=100_000,
    )
    place = Place.objects.create(facility=facility, kind="gallery", name="Galeri")
    workshop = Workshop.objects.create(
        facility=facility, code="TEN", name="Tenun", line_of_work="tenun"
    )
    scene = Scene(world, facility, by, book, variant, place, workshop, Lot())
    people = [world.people["cendana"], world.people["lontar"]]
    scene.lot = make_lot(scene, dict(zip(people, weights, strict=False)), costs=costs, work=work)
    return scene


def make_lot(
    scene: Scene,
    weights: dict[Participant, int],
    *,
    qty: int = 100,
    costs: Sequence[int] = (0, 0, 0),
    makes_premi: bool = True,
    work: Callable[[Batch], object] = bool,
) -> Lot:
    """A closed batch of `qty` pieces with these frozen weights, in stock at the scene's place.

    `work` may write sheets for it while it is open.
    """
    number = Lot.objects.count() + 1
    facility = scene.facility
    batch = Batch.objects.create(
        code=f"LP-ATB-26-B{number:04d}",
        facility=facility,
        workshop=scene.workshop,
        variant=scene.variant,
        pay_basis="hours",
        started_on=MADE,
    )
    work(batch)
    lot = Lot.objects.create(
        code=f"LP-ATB-26-L{number:04d}",
        public_code=public_code(),
        facility=facility,
        variant=scene.variant,
        made_on=MADE,
        made_qty=Decimal(qty),
        material_total_rp=costs[0],
        packing_total_rp=costs[1],
        donated_total_rp=costs[2],
        makes_premi=makes_premi,
        recorded_at=clock.now(),
    )
    BatchClosing.objects.create(
        batch=batch,
        facility=facility,
        closed_on=MADE,
        good_qty=qty,
        rejected_qty=0,
        lot=lot,
        material_total_rp=costs[0],
        packing_total_rp=costs[1],
        donated_total_rp=costs[2],
        recorded_at=clock.now(),
    )
    BatchWeight.objects.bulk_create(
        BatchWeight(batch=batch, participant=who, facility=facility, weight=weight)
        for who, weight in weights.items()
    )
    receive_lot(
        by=scene.by, lot=lot, place=scene.place, qty=Decimal(qty), day=MADE, reference=lot.code
    )
    return lot


def broken_checks() -> dict[str, list[str]]:
    """Checks that fail in the open scope, by code; empty when the books agree.

    The scene's batches come from nowhere, so the workshop's own checks are not asked.
    """
    asked = [check for check in declared_checks() if not check.code.startswith("workshop")]
    found = {check.code: check.rows() for check in asked}
    return {code: rows for code, rows in found.items() if rows}
