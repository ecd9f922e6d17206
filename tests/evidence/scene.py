"""Coffee of Atambua: a roasted lot, its beans and packing, who roasted it, plots to link."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from berdaya.core import clock
from berdaya.core.locks import in_any_order
from berdaya.core.scope import Actor
from berdaya.evidence.actions.plots import PlotInput, record_plot
from berdaya.evidence.geojson import Shape, read_pasted
from berdaya.evidence.models import Plot
from berdaya.goods.models import Category, Measure, Product, Variant
from berdaya.institutions.models import Facility, Region
from berdaya.people.models import Participant, WorkPlacement
from berdaya.stock.models import Lot, Place
from berdaya.workshop.actions.batches import close_batch, start_batch
from berdaya.workshop.actions.materials import receive_material, use_material
from berdaya.workshop.actions.sheets import DaySheet, SheetRow, record_sheets
from berdaya.workshop.models import Batch, Material, MaterialLot, Workshop
from tests.workshop.scene import person
from tests.world import World

MONDAY = date(2026, 3, 2)
LINE = "kopi"
# Near Atambua: a point, and a hundred metres by a hundred and ten times as far.
POINT = "-9.110000, 124.890000"
SQUARE = "-9.110000, 124.890000\n-9.110000, 124.892500\n-9.112500, 124.892500\n" \
    "-9.112500, 124.890000\n-9.110000, 124.890000"  # fmt: skip
SQUARE_HA = Decimal("7.599")


@dataclass
class Coffee:
    """A lot of roasted coffee made by so many people in a week, of one lot of beans."""

    world: World
    facility: Facility
    workshop: Workshop
    variant: Variant
    place: Place
    beans: MaterialLot
    packing: MaterialLot
    batch: Batch
    lot: Lot
    people: list[Participant]


def roasted(
    world: World, people: int = 6, facility: Facility | None = None, status: str = "convict"
) -> Coffee:
    """Everything by the actions of an officer with all rights; call it outside a scope."""
    where = facility or world.atb
    with world.everywhere() as scope, in_any_order():
        who = [person(where, 100 + n, status=status) for n in range(people)]
        WorkPlacement.objects.filter(participant__in=who).update(line_of_work=LINE)
        by, variant, workshop = scope.actor, coffee_of(where), roastery(where)
        place = Place.objects.create(facility=where, kind="store", name="Gudang kopi")
        batch, lot, beans, packing = _made(by, where, workshop, variant, place, who)
    return Coffee(world, where, workshop, variant, place, beans, packing, batch, lot, who)


def coffee_of(where: Facility) -> Variant:
    """Roasted coffee of 200 g."""
    product = Product.objects.create(
        facility=where, code=f"{where.code}-KOPI", name="Kopi sangrai", name_en="Roasted coffee",
        category=Category.objects.get(code="coffee"), line_of_work=LINE,
    )  # fmt: skip
    return Variant.objects.create(
        product=product, facility=where, sku="KOPI-200", name="200 g", name_en="200 g",
        measure=Measure.objects.get(code="pcs"), list_price_rp=60_000,
    )  # fmt: skip


def roastery(where: Facility) -> Workshop:
    """Where it is roasted."""
    return Workshop.objects.create(
        facility=where, code="KOPI", name="Sangrai", name_en="Roastery", line_of_work=LINE
    )


def _made(
    by: Actor, where: Facility, workshop: Workshop, variant: Variant, place: Place,
    who: list[Participant],
) -> tuple[Batch, Lot, MaterialLot, MaterialLot]:  # fmt: skip
    batch = start_batch(by=by, workshop=workshop, variant=variant, started_on=MONDAY)
    beans = received(by, where, "Biji kopi")
    packing = received(by, where, "Kemasan", is_packing=True)
    for one in (beans, packing):
        use_material(by=by, batch=batch, material_lot=one, qty=Decimal(10), used_on=MONDAY)
    days = [
        DaySheet(
            MONDAY + timedelta(days=n),
            [SheetRow(one.pk, minutes=300, pieces=Decimal(1), batch_id=batch.pk) for one in who],
        )
        for n in range(5)
    ]
    record_sheets(by=by, workshop=workshop, sheets=days, keyed_late=True)
    closing = close_batch(
        by=by, batch=batch, closed_on=MONDAY + timedelta(days=4), good_qty=Decimal(50), place=place
    )
    assert closing.lot is not None
    return batch, closing.lot, beans, packing


def received(
    by: Actor, where: Facility, name: str, is_packing: bool = False, **more: Any
) -> MaterialLot:
    """Ten kilograms of something, bought."""
    material, _new = Material.objects.get_or_create(
        facility=where, name=name,
        defaults={"measure": Measure.objects.get(code="kg"), "is_packing": is_packing},
    )  # fmt: skip
    values = {
        "qty": Decimal(10), "total_rp": 500_000, "source": "purchase", "reference": "N-7",
        "supplier": "Toko Contoh", "received_on": MONDAY,
    }  # fmt: skip
    return receive_material(by=by, facility=where, material=material, **{**values, **more})


def told(shape: str | Shape = POINT, **more: Any) -> PlotInput:
    """A plot as somebody tells it."""
    values: dict[str, Any] = {
        "kind": "farmer_group", "group_name": "Kelompok Tani Contoh",
        "region": Region.objects.get(code="53.04"), "hectares": Decimal("1.500"),
        "legal_basis": "Surat keterangan desa 12/2019", "since_year": 1998,
        "stated_on": date(2026, 1, 5),
    }  # fmt: skip
    drawn = read_pasted(shape) if isinstance(shape, str) else shape
    return PlotInput(shape=drawn, **{**values, **more})


def plotted(
    world: World, shape: str = POINT, facility: Facility | None = None, **more: Any
) -> Plot:
    """A plot of the unit, recorded."""
    with world.everywhere() as scope:
        return record_plot(by=scope.actor, facility=facility or world.atb, told=told(shape, **more))


def today() -> date:
    """The facility's day."""
    return clock.today("Asia/Makassar")
