"""Stock counts (stok opname): the book follows what was found."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Sum

from berdaya.core import clock
from berdaya.core.locks import lock_rows
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.stock import rules
from berdaya.stock.actions.movements import FIRST_ZONE, adjust_level
from berdaya.stock.models import (
    Lot,
    MovementKind,
    Place,
    StockCount,
    StockCountLine,
    StockLevel,
    StockMovement,
)


def count_stock(
    *, by: Actor, place: Place, day: date, counts: Mapping[int, Decimal], reason: str = ""
) -> StockCount:
    """Keep what was counted of each lot (lot id -> quantity) on a day; differences need a reason.

    Lots that are not named stay as they are. Locks the place's levels of these lots; of two counts
    of one place and day one wins, the other is Refused `count_exists`. Refused also: count_empty,
    movement_in_future, qty_not_positive, stock_reason_missing,
    count_below_reserved, lot_overfilled.
    """
    required()
    require(may(by, "stock.edit", place.facility_id))
    _require_sound(counts, day)
    count = _claim_day(by, place, day, reason.strip())
    lots = {lot.pk: lot for lot in Lot.objects.filter(pk__in=counts, facility=place.facility_id)}
    if len(lots) != len(counts):
        raise Refused(rules.place_elsewhere())
    book = _book_on(place, list(lots), day)
    lines = [
        StockCountLine(
            count=count,
            facility_id=place.facility_id,
            lot=lots[pk],
            book_qty=book.get(pk, Decimal(0)),
            counted_qty=counts[pk],
        )
        for pk in sorted(counts)
    ]
    if not count.reason and any(line.difference for line in lines):
        raise Refused(rules.reason_missing())
    _require_no_more_than_made(lines)
    StockCountLine.objects.bulk_create(lines)
    _follow(by, count, lines)
    return count


def _require_sound(counts: Mapping[int, Decimal], day: date) -> None:
    if not counts:
        raise Refused(rules.count_empty())
    if any(qty < 0 for qty in counts.values()):
        raise Refused(rules.qty_not_positive())
    if day > clock.today(FIRST_ZONE):
        raise Refused(rules.movement_in_future())


def _claim_day(by: Actor, place: Place, day: date, reason: str) -> StockCount:
    try:
        with transaction.atomic():
            return StockCount.objects.create(
                facility_id=place.facility_id,
                place=place,
                day=day,
                reason=reason,
                recorded_at=clock.now(),
                recorded_by_id=by.user_id,
            )
    except IntegrityError as error:
        raise Refused(rules.count_exists()) from error


def _book_on(place: Place, lots: list[int], day: date) -> dict[int, Decimal]:
    """What the book says of each lot at the end of the day: the level less what moved since."""
    held = StockLevel.objects.filter(place=place, lot_id__in=lots)
    levels = lock_rows(StockLevel, held.values_list("pk", flat=True))
    later = StockMovement.objects.filter(place=place, lot_id__in=lots, day__gt=day)
    moved = dict(later.values_list("lot").annotate(sum=Sum("qty")).order_by())
    return {row.lot_id: max(row.on_hand - moved.get(row.lot_id, 0), Decimal(0)) for row in levels}


def _require_no_more_than_made(lines: list[StockCountLine]) -> None:
    """What is sold of a lot bears its cost and premi: no more may turn up than was made."""
    more = {line.lot_id: line for line in lines if line.difference > 0}
    kept = StockMovement.objects.filter(lot_id__in=more).exclude(
        kind__in=[MovementKind.SOLD, MovementKind.RETURNED]
    )
    for lot_id, qty in kept.values_list("lot").annotate(sum=Sum("qty")).order_by():
        if qty + more[lot_id].difference > more[lot_id].lot.made_qty:
            raise Refused(rules.lot_overfilled(code=more[lot_id].lot.code))


def _follow(by: Actor, count: StockCount, lines: list[StockCountLine]) -> None:
    for line in lines:
        if line.difference:
            adjust_level(
                by=by,
                lot=line.lot,
                place=count.place,
                difference=line.difference,
                day=count.day,
                reference=f"count:{count.pk}",
                note=count.reason,
            )
