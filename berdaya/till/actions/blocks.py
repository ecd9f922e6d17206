"""Paper blocks: handed to a stall, keyed in later with a photo, gaps explained."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID

from django.db import IntegrityError, transaction

from berdaya.core import clock, scope
from berdaya.core.scope import Actor
from berdaya.core.uploads import SCAN, accept, store
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.till import rules_sales as rules
from berdaya.till.actions.selling import BasketLine, StallPayment, sell_at_stall
from berdaya.till.models import (
    GAPS,
    PHOTOS,
    PaperBlock,
    PaperNota,
    PaperState,
    Stall,
    StallSession,
)
from berdaya.till.queries_sales import free_block

MOST_PAPERS = 200


def hand_block(*, by: Actor, stall: Stall, series: str, first_no: int, last_no: int) -> PaperBlock:
    """Give a block of numbered papers to a stall. Refused: block_range_wrong, block_overlaps."""
    scope.required()
    require(may(by, "stall.open", stall.facility_id))
    if not 0 < first_no <= last_no < first_no + MOST_PAPERS:
        raise Refused(rules.block_range_wrong())
    block = PaperBlock(
        stall=stall,
        facility_id=stall.facility_id,
        series=series.strip().upper(),
        first_no=first_no,
        last_no=last_no,
        handed_at=clock.now(),
        handed_by_id=by.user_id,
    )
    _unless("till_block_once", rules.block_overlaps(), lambda: block.save(force_insert=True))
    return block


def key_in_paper(
    *,
    by: Actor,
    session: StallSession,
    sale_id: UUID,
    series: str,
    number: int,
    photo: BinaryIO,
    basket: Sequence[BasketLine],
    payment: StallPayment,
    sold_at: datetime | None = None,
) -> PaperNota:
    """A nota written by hand becomes a sale; its number counts once. `by` must reach the owners.

    Arriving twice with the same `sale_id` it is the same. Refused: block_number_unknown,
    block_number_used, what refuses the photo (core.uploads) and what refuses a sale.
    """
    scope.required()
    block = free_block(session.stall_id, series, number)
    if block is None:
        raise Refused(rules.block_number_unknown(number=f"{series} {number}"))
    kept = accept(photo, SCAN)
    nota = sell_at_stall(
        by=by, session=session, sale_id=sale_id, basket=basket, payment=payment, sold_at=sold_at
    )
    if nota.is_repeat:
        return PaperNota.objects.get(stall_sale=nota)
    name = store(kept, f"{PHOTOS}/{block.facility_id}")
    return _paper(
        by, block, number, state=PaperState.SOLD, stall_sale=nota,
        photo=name, photo_sha256=kept.digest,
    )  # fmt: skip


def explain_gaps(
    *, by: Actor, block: PaperBlock, numbers: Iterable[int], state: str, reason: str
) -> list[PaperNota]:
    """Say what became of papers that nothing was sold on: spoiled, lost or unused.

    Refused: nota_reason_missing, block_number_unknown, block_number_used.
    """
    scope.required()
    require(may(by, "stall.sell", block.facility_id))
    if not reason.strip():
        raise Refused(rules.nota_reason_missing())
    asked = sorted(set(numbers))
    for number in asked:
        if not block.first_no <= number <= block.last_no:
            raise Refused(rules.block_number_unknown(number=f"{block.series} {number}"))
    kind = next(one for one in GAPS if one == state)
    return [_paper(by, block, number, state=kind, reason=reason.strip()) for number in asked]


def _paper(by: Actor, block: PaperBlock, number: int, **what: Any) -> PaperNota:
    paper = PaperNota(
        block=block,
        facility_id=block.facility_id,
        number=number,
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
        **what,
    )
    used = rules.block_number_used(number=f"{block.series} {number}")
    _unless("till_paper_once", used, lambda: paper.save(force_insert=True))
    return paper


def _unless(constraint: str, reason: Any, write: Any) -> None:
    """Write, or refuse with this reason where that constraint stands against it."""
    try:
        with transaction.atomic():
            write()
    except IntegrityError as error:
        if constraint not in str(error):
            raise
        raise Refused(reason) from error
