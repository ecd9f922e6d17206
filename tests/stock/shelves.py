"""A small shelf for the stock tests: two places, a variant and lots of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from berdaya.core import clock
from berdaya.core.codes import public_code
from berdaya.goods.models import Category, Measure, Product, Variant
from berdaya.institutions.models import Facility
from berdaya.stock.actions.movements import receive_lot
from berdaya.stock.models import Lot, Place, StockLevel
from tests.world import TODAY, World

YESTERDAY = TODAY - timedelta(days=1)


@dataclass
class Shelf:
    """What stands in one unit's store."""

    facility: Facility
    store: Place
    gallery: Place
    variant: Variant


def make_variant(facility: Facility, sku: str = "SB-KLR") -> Variant:
    """A bar of soap, in the scope of its facility."""
    product = Product.objects.create(
        facility=facility,
        code=f"{facility.code}-{sku}",
        name="Sabun kelor",
        name_en="Moringa soap",
        category=Category.objects.get(code="soap"),
        line_of_work="sabun",
    )
    return Variant.objects.create(
        product=product,
        facility=facility,
        sku=sku,
        name="Sabun kelor 80 g",
        name_en="Moringa soap 80 g",
        measure=Measure.objects.get(code="pcs"),
        list_price_rp=18_000,
    )


def make_shelf(facility: Facility) -> Shelf:
    """Store, gallery and one variant; call it in a scope of the facility."""
    return Shelf(
        facility=facility,
        store=Place.objects.create(facility=facility, kind="store", name="Gudang"),
        gallery=Place.objects.create(facility=facility, kind="gallery", name="Galeri"),
        variant=make_variant(facility),
    )


def make_lot(
    shelf: Shelf,
    number: int = 1,
    made_qty: int = 10,
    expires_on: date | None = None,
    made_on: date = YESTERDAY,
) -> Lot:
    """A lot that lies nowhere yet."""
    return Lot.objects.create(
        code=f"{shelf.facility.code}-26-L{number:04d}",
        public_code=public_code(),
        facility=shelf.facility,
        variant=shelf.variant,
        made_on=made_on,
        expires_on=expires_on,
        made_qty=Decimal(made_qty),
        material_total_rp=33_333,
        recorded_at=clock.now(),
    )


def stocked(world: World, shelf: Shelf, number: int = 1, qty: int = 10, **more: object) -> Lot:
    """A lot whose whole quantity lies in the store; in a scope of the officer."""
    lot = make_lot(shelf, number, qty, **more)
    receive_lot(
        by=world.actor("officer"),
        lot=lot,
        place=shelf.store,
        qty=Decimal(qty),
        day=YESTERDAY,
        reference="LP-ATB-26-B0001",
    )
    return lot


def on_hand(lot: Lot, place: Place) -> Decimal:
    """What the level says; zero without one."""
    level = StockLevel.objects.filter(lot=lot, place=place).first()
    return level.on_hand if level else Decimal(0)
