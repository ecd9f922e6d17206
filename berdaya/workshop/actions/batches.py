"""Starting, checking and closing batches; a closed batch is a lot with frozen weights."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from berdaya.core import clock
from berdaya.core.codes import desk_code, public_code
from berdaya.core.events import publish
from berdaya.core.locks import lock_row
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.goods.models import Variant
from berdaya.institutions.models import NOT_A_PRISON, FacilityKind
from berdaya.institutions.rules import may
from berdaya.people.rules import facility_lpka
from berdaya.stock.actions.movements import receive_lot
from berdaya.stock.models import Lot, Place
from berdaya.workshop import calc, queries, rules
from berdaya.workshop.actions.equipment import book_for_batch
from berdaya.workshop.events import BATCH_CLOSED
from berdaya.workshop.models import (
    Batch,
    BatchClosing,
    BatchWeight,
    QualityCheck,
    QualityResult,
    Workshop,
)


def start_batch(
    *,
    by: Actor,
    workshop: Workshop,
    variant: Variant,
    started_on: date,
    pay_basis: str = "",
    planned_qty: Decimal | None = None,
    note: str = "",
    equipment_from: datetime | None = None,
) -> Batch:
    """Open a batch (for a service: a job) with its one pay basis, by default the variant's own.

    With `equipment_from` everything it needs of the equipment is booked from then on, or the batch
    is not opened. Refused: facility_lpka, workshop_not_in_use, batch_elsewhere, sheet_in_future,
    and the reasons of book_for_batch.
    """
    required()
    facility = workshop.facility
    require(may(by, "batch.start", facility.pk))
    if facility.kind == FacilityKind.LPKA:
        raise Refused(facility_lpka())
    if not workshop.is_active:
        raise Refused(rules.workshop_not_in_use(workshop=workshop.name))
    if variant.facility_id != facility.pk:
        raise Refused(rules.batch_elsewhere())
    if started_on > clock.today(facility.timezone):
        raise Refused(rules.sheet_in_future())
    number = draw(f"batch:{facility.code}", started_on.year)
    batch = Batch.objects.create(
        code=desk_code(facility.code, started_on.year, "B", number),
        facility=facility,
        workshop=workshop,
        variant=variant,
        pay_basis=pay_basis or variant.pay_basis,
        started_on=started_on,
        planned_qty=planned_qty,
        is_service=variant.product.category.is_service,
        note=note.strip(),
        recorded_by_id=by.user_id,
        recorded_at=clock.now(),
    )
    if equipment_from is not None and queries.needs_on(workshop.pk, variant.pk, started_on):
        book_for_batch(by=by, batch=batch, starts_at=equipment_from)
    return batch


def require_open(batch: Batch) -> None:
    """Refused `batch_closed` if the (locked) batch has its closing."""
    if BatchClosing.objects.filter(batch=batch).exists():
        raise Refused(rules.batch_closed(code=batch.code))


def check_quality(
    *,
    by: Actor,
    batch: Batch,
    result: str,
    good_qty: Decimal,
    checked_on: date,
    rejected_qty: Decimal = Decimal(0),
    note: str = "",
) -> QualityCheck:
    """Keep what a look at the goods found, while the batch is open. Locks the batch."""
    required()
    require(may(by, "batch.close", batch.facility_id))
    require_open(lock_row(batch))
    return _keep_check(by, batch, result, good_qty, rejected_qty, checked_on, note)


def _keep_check(
    by: Actor,
    batch: Batch,
    result: str,
    good_qty: Decimal,
    rejected_qty: Decimal,
    checked_on: date,
    note: str,
) -> QualityCheck:
    return QualityCheck.objects.create(
        batch=batch,
        facility_id=batch.facility_id,
        result=result,
        good_qty=good_qty,
        rejected_qty=rejected_qty,
        checked_on=checked_on,
        note=note.strip(),
        recorded_by_id=by.user_id,
        recorded_at=clock.now(),
    )


def _is_checked(batch: Batch, outcome: "Outcome") -> bool:
    """Whether the day's look already said just what the closing says."""
    return QualityCheck.objects.filter(
        batch=batch,
        checked_on=outcome.closed_on,
        good_qty=outcome.good_qty,
        rejected_qty=outcome.rejected_qty,
    ).exists()


def close_batch(
    *,
    by: Actor,
    batch: Batch,
    closed_on: date,
    good_qty: Decimal,
    rejected_qty: Decimal = Decimal(0),
    place: Place,
    input_qty: Decimal | None = None,
    loss_reason: str = "",
    note: str = "",
) -> BatchClosing:
    """End a batch: freeze quantity, costs and each maker's weight, and put the lot in its place.

    Locks the batch, then reads again: of two closings one wins, the other is Refused
    `batch_closed`. Publishes workshop.batch_closed. Refused also: batch_without_work,
    closing_too_early, batch_without_output, loss_reason_missing, sheet_in_future.
    """
    required()
    require(may(by, "batch.close", batch.facility_id))
    if closed_on > clock.today(batch.facility.timezone):
        raise Refused(rules.sheet_in_future())
    lock_row(batch)
    weights = calc.weights(batch.pay_basis, queries.work_on(batch.pk))
    outcome = Outcome(closed_on, good_qty, rejected_qty, input_qty, loss_reason.strip())
    require(rules.may_close(_facts(batch, outcome, has_weights=bool(weights))))
    result = QualityResult.GOOD if good_qty else QualityResult.REJECTED
    if note or not _is_checked(batch, outcome):
        _keep_check(by, batch, result, good_qty, rejected_qty, closed_on, note)
    _freeze_weights(batch, weights)
    closing = _close(by, batch, outcome)
    if closing.lot is not None:
        receive_lot(
            by=by, lot=closing.lot, place=place, qty=good_qty, day=closed_on, reference=batch.code
        )
    publish(BATCH_CLOSED, facility_id=batch.facility_id, subject_id=batch.pk)
    return closing


@dataclass(frozen=True)
class Outcome:
    """What a closing says came of the batch; quantities in the variant's measure."""

    closed_on: date
    good_qty: Decimal
    rejected_qty: Decimal
    input_qty: Decimal | None
    loss_reason: str

    @property
    def yield_loss_bp(self) -> int | None:
        """The loss in basis points, None where no input was told."""
        if not self.input_qty:
            return None
        return calc.yield_loss_bp(self.input_qty, self.good_qty, self.rejected_qty)


def _facts(batch: Batch, outcome: Outcome, has_weights: bool) -> rules.ClosingFacts:
    return rules.ClosingFacts(
        code=batch.code,
        is_closed=BatchClosing.objects.filter(batch=batch).exists(),
        closed_on=outcome.closed_on,
        last_work_on=queries.last_work_on(batch.pk),
        has_weights=has_weights,
        good_qty=outcome.good_qty,
        rejected_qty=outcome.rejected_qty,
        yield_loss_bp=outcome.yield_loss_bp,
        custom_loss_bp=batch.workshop.custom_loss_bp,
        loss_reason=outcome.loss_reason,
    )


def _close(by: Actor, batch: Batch, outcome: Outcome) -> BatchClosing:
    costs = queries.costs_of(batch.pk)
    day, good = outcome.closed_on, outcome.good_qty
    return BatchClosing.objects.create(
        batch=batch,
        facility_id=batch.facility_id,
        closed_on=day,
        good_qty=good,
        rejected_qty=outcome.rejected_qty,
        input_qty=outcome.input_qty,
        yield_loss_bp=outcome.yield_loss_bp,
        loss_reason=outcome.loss_reason,
        lot=_make_lot(by, batch, day, good, costs) if good else None,
        material_total_rp=costs["material"],
        donated_total_rp=costs["donated"],
        packing_total_rp=costs["packing"],
        is_history=_is_history(batch, day),
        recorded_by_id=by.user_id,
        recorded_at=clock.now(),
    )


def _freeze_weights(batch: Batch, weights: dict[int, int]) -> None:
    BatchWeight.objects.bulk_create(
        BatchWeight(
            batch=batch, participant_id=person, facility_id=batch.facility_id, weight=weight
        )
        for person, weight in weights.items()
    )


def _is_history(batch: Batch, closed_on: date) -> bool:
    live = batch.facility.go_live_on
    return live is not None and closed_on < live


def _make_lot(by: Actor, batch: Batch, made_on: date, qty: Decimal, costs: dict[str, int]) -> Lot:
    shelf_life = batch.variant.shelf_life_days
    number = draw(f"lot:{batch.facility.code}", made_on.year)
    return Lot.objects.create(
        code=desk_code(batch.facility.code, made_on.year, "L", number),
        public_code=public_code(),
        facility_id=batch.facility_id,
        variant=batch.variant,
        made_on=made_on,
        expires_on=made_on + timedelta(days=shelf_life) if shelf_life else None,
        made_qty=qty,
        material_total_rp=costs["material"],
        donated_total_rp=costs["donated"],
        packing_total_rp=costs["packing"],
        is_prison_made=calc.is_prison_made(queries.labour_of(batch.pk)),
        is_made_in_prison=batch.facility.kind not in NOT_A_PRISON,
        makes_premi=not _is_history(batch, made_on),
        recorded_by_id=by.user_id,
        recorded_at=clock.now(),
    )
