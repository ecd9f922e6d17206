"""Receiving material and taking it for a batch."""

from datetime import date
from decimal import Decimal

from django.db.models import F

from berdaya.core import clock
from berdaya.core.codes import desk_code
from berdaya.core.locks import lock_row
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.goods.models import Measure
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.stock.rules import qty_not_positive
from berdaya.workshop import rules
from berdaya.workshop.actions.batches import require_open
from berdaya.workshop.calc import cost_between
from berdaya.workshop.models import Batch, Material, MaterialLot, MaterialSource, MaterialUse

THOUSANDTH = Decimal("0.001")


def receive_material(
    *,
    by: Actor,
    facility: Facility,
    material: Material,
    source: str,
    qty: Decimal,
    total_rp: int,
    received_on: date,
    measure: Measure | None = None,
    reference: str = "",
    supplier: str = "",
) -> MaterialLot:
    """Keep one receipt as a lot with a code of its own; `total_rp` is the value of all of it.

    `qty` may be in another measure of the same dimension and is turned into the material's own
    (500 g of a material counted in kg are 0.5). A donation is valued too. Refused: not in scope,
    measure_differs, qty_not_positive, material_reference_missing, sheet_in_future.
    """
    required()
    require(may(by, "material.edit", facility.pk))
    own_qty = _in_own_measure(material, qty, measure)
    _check_receipt(facility, material, source, own_qty, received_on, reference)
    number = draw(f"material:{facility.code}", received_on.year)
    return MaterialLot.objects.create(
        code=desk_code(facility.code, received_on.year, "M", number),
        facility=facility,
        material=material,
        source=source,
        received_on=received_on,
        qty=own_qty,
        remaining_qty=own_qty,
        total_rp=total_rp,
        reference=reference.strip(),
        supplier=supplier.strip(),
        recorded_by_id=by.user_id,
        recorded_at=clock.now(),
    )


def _in_own_measure(material: Material, qty: Decimal, measure: Measure | None) -> Decimal:
    own = material.measure
    if measure is None or measure.pk == own.pk:
        return qty
    if measure.dimension != own.dimension:
        raise Refused(rules.measure_differs())
    return (qty * measure.factor_to_base / own.factor_to_base).quantize(THOUSANDTH)


def _check_receipt(
    facility: Facility,
    material: Material,
    source: str,
    qty: Decimal,
    received_on: date,
    reference: str,
) -> None:
    if material.facility_id != facility.pk:
        raise Refused(rules.material_elsewhere())
    if qty <= 0:
        raise Refused(qty_not_positive())
    if received_on > clock.today(facility.timezone):
        raise Refused(rules.sheet_in_future())
    if source in (MaterialSource.PURCHASE, MaterialSource.DONATION) and not reference.strip():
        raise Refused(rules.material_reference_missing())


def use_material(
    *, by: Actor, batch: Batch, material_lot: MaterialLot, qty: Decimal, used_on: date
) -> MaterialUse:
    """Take `qty` of a lot for an open batch: locks the batch, then one conditional UPDATE.

    The cost is the lot's next part (calc.cost_between), so a lot that is used up has spent its
    value exactly. Refused: batch_closed, material_short, material_elsewhere,
    material_not_there_yet, qty_not_positive.
    """
    required()
    require(may(by, "material.edit", batch.facility_id))
    if material_lot.facility_id != batch.facility_id:
        raise Refused(rules.material_elsewhere())
    if qty <= 0:
        raise Refused(qty_not_positive())
    if used_on < material_lot.received_on:
        day = material_lot.received_on.strftime("%d-%m-%Y")
        raise Refused(rules.material_not_there_yet(code=material_lot.code, day=day))
    require_open(lock_row(batch))
    _take(material_lot, qty)
    return _note_use(by, batch, material_lot, qty, used_on)


def _take(material_lot: MaterialLot, qty: Decimal) -> None:
    enough = MaterialLot.objects.filter(pk=material_lot.pk, remaining_qty__gte=qty)
    if not enough.update(remaining_qty=F("remaining_qty") - qty):
        raise Refused(rules.material_short(code=material_lot.code))


def _note_use(
    by: Actor, batch: Batch, material_lot: MaterialLot, qty: Decimal, used_on: date
) -> MaterialUse:
    # The row is ours since the update: what is left now tells what was used before.
    lot = MaterialLot.objects.select_related("material").get(pk=material_lot.pk)
    before = lot.qty - lot.remaining_qty - qty
    return MaterialUse.objects.create(
        batch=batch,
        material_lot=lot,
        facility_id=batch.facility_id,
        qty=qty,
        cost_rp=cost_between(lot.total_rp, lot.qty, before, qty),
        is_deductible=lot.is_deductible,
        is_packing=lot.material.is_packing,
        used_on=used_on,
        recorded_by_id=by.user_id,
        recorded_at=clock.now(),
    )
