"""Stock that comes in, goes out, moves or is lost: a movement and its level, always together.

Nobody reads a level and then writes it: each change is one UPDATE whose condition is the check.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import F, Sum

from berdaya.core import clock
from berdaya.core.ids import uuid7
from berdaya.core.locks import lock_row
from berdaya.core.money import format_qty
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.stock import rules
from berdaya.stock.models import Lot, MovementKind, Place, StockLevel, StockMovement

# Where a day begins first in the country: nothing can have moved on a later one.
FIRST_ZONE = "Asia/Jayapura"
FROM_PRODUCTION = (MovementKind.RECEIVED, MovementKind.OPENING)


@dataclass(frozen=True)
class Taking:
    """Part of a lot to take: a positive quantity, the day, what it is for."""

    lot: Lot
    qty: Decimal
    day: date
    reference: str
    note: str = ""


def receive_lot(
    *,
    by: Actor,
    lot: Lot,
    place: Place,
    qty: Decimal,
    day: date,
    reference: str,
    kind: str = MovementKind.RECEIVED,
) -> StockMovement:
    """Put part of a lot at a place: from production (locks the lot), or back from a buyer.

    Refused: qty_not_positive, movement_in_future, place_elsewhere, lot_overfilled.
    """
    _require_movable(lot, place, qty, day)
    if kind in FROM_PRODUCTION:
        _require_room(lock_row(lot), qty)
    _add(lot, place, qty)
    return _write(by, lot, place, qty, day, kind, reference)


def take_from_lot(
    *,
    by: Actor,
    lot: Lot,
    place: Place,
    qty: Decimal,
    day: date,
    kind: str,
    reference: str,
    note: str = "",
) -> StockMovement:
    """Take what is free of one lot at a place; see take_from_lots."""
    taking = Taking(lot, qty, day, reference, note)
    return take_from_lots(by=by, place=place, kind=kind, takings=[taking])[0]


def take_from_lots(
    *, by: Actor, place: Place, kind: str, takings: Sequence[Taking]
) -> list[StockMovement]:
    """Take what is free of lots at a place, all or nothing; of two who race for the last piece one
    is told. One UPDATE a lot, sorted, and one INSERT for all movements.

    Refused: stock_short, qty_not_positive, movement_in_future, place_elsewhere.
    """
    asked: dict[int, Decimal] = defaultdict(Decimal)
    for taking in takings:
        _require_movable(taking.lot, place, taking.qty, taking.day)
        asked[taking.lot.pk] += taking.qty
    lots = {taking.lot.pk: taking.lot for taking in takings}
    for pk in sorted(asked):
        _subtract(lots[pk], place, asked[pk])
    return StockMovement.objects.bulk_create(
        _movement(by, one.lot, place, -one.qty, one.day, kind, one.reference, note=one.note)
        for one in takings
    )


def transfer_stock(
    *,
    by: Actor,
    lot: Lot,
    from_place: Place,
    to_place: Place,
    qty: Decimal,
    day: date,
    reference: str = "",
    note: str = "",
) -> tuple[StockMovement, StockMovement]:
    """Move part of a lot to another place of the same facility, as two movements with one pair.

    Refused: same_place, stock_short, and what every movement may be refused for.
    """
    require(may(by, "stock.edit", lot.facility_id))
    return move_between(
        by=by, lot=lot, from_place=from_place, to_place=to_place, qty=qty, day=day,
        reference=reference, note=note,
    )  # fmt: skip


def move_between(
    *,
    by: Actor,
    lot: Lot,
    from_place: Place,
    to_place: Place,
    qty: Decimal,
    day: date,
    reference: str,
    note: str = "",
) -> tuple[StockMovement, StockMovement]:
    """The transfer itself, for actions that have asked for another ability already."""
    if from_place.pk == to_place.pk:
        raise Refused(rules.same_place())
    _require_movable(lot, from_place, qty, day)
    _require_movable(lot, to_place, qty, day)
    # Levels in the order of their places, so that two opposite transfers cannot lock each other.
    if from_place.pk < to_place.pk:
        _subtract(lot, from_place, qty)
        _add(lot, to_place, qty)
    else:
        _add(lot, to_place, qty)
        _subtract(lot, from_place, qty)
    words: dict[str, Any] = {"note": note, "pair": uuid7()}
    kind = MovementKind.TRANSFER
    return (
        _write(by, lot, from_place, -qty, day, kind, reference, **words),
        _write(by, lot, to_place, qty, day, kind, reference, **words),
    )


def record_loss(
    *,
    by: Actor,
    lot: Lot,
    place: Place,
    qty: Decimal,
    day: date,
    reason: str,
    kind: str = MovementKind.LOSS,
) -> StockMovement:
    """Write off what broke, spoiled or is gone, or what was handed out as a sample.

    Refused: stock_reason_missing, stock_short, and what every movement may be refused for.
    """
    require(may(by, "stock.edit", lot.facility_id))
    if not reason.strip():
        raise Refused(rules.reason_missing())
    return take_from_lot(
        by=by, lot=lot, place=place, qty=qty, day=day, kind=kind, reference="", note=reason.strip()
    )


def adjust_level(
    *, by: Actor, lot: Lot, place: Place, difference: Decimal, day: date, reference: str, note: str
) -> None:
    """Make the book follow a count; Refused count_below_reserved. Only counts call this."""
    rows = StockLevel.objects.filter(lot=lot, place=place)
    fits = rows.filter(on_hand__gte=F("reserved") - difference)
    if not fits.update(on_hand=F("on_hand") + difference):
        if difference < 0:
            raise Refused(rules.count_below_reserved(code=lot.code))
        _add(lot, place, difference)
    _write(by, lot, place, difference, day, MovementKind.COUNT, reference, note=note)


def _require_movable(lot: Lot, place: Place, qty: Decimal, day: date) -> None:
    required()
    today = clock.today(FIRST_ZONE)
    facts = rules.MovementFacts(qty, day, today, lot.facility_id, place.facility_id)
    require(rules.may_move(facts))


def _require_room(lot: Lot, qty: Decimal) -> None:
    came = StockMovement.objects.filter(lot=lot, kind__in=FROM_PRODUCTION)
    before = came.aggregate(sum=Sum("qty"))["sum"] or Decimal(0)
    if before + qty > lot.made_qty:
        raise Refused(rules.lot_overfilled(code=lot.code))


def _add(lot: Lot, place: Place, qty: Decimal) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO stock_stocklevel (lot_id, place_id, facility_id, on_hand, reserved)"
            " VALUES (%s, %s, %s, %s, 0) ON CONFLICT (lot_id, place_id)"
            " DO UPDATE SET on_hand = stock_stocklevel.on_hand + excluded.on_hand",
            [lot.pk, place.pk, lot.facility_id, qty],
        )


def _subtract(lot: Lot, place: Place, qty: Decimal) -> None:
    rows = StockLevel.objects.filter(lot=lot, place=place)
    taken = rows.filter(on_hand__gte=F("reserved") + qty).update(on_hand=F("on_hand") - qty)
    if not taken:
        level = rows.first()
        free = level.free_qty if level else Decimal(0)
        raise Refused(
            rules.stock_short(
                what=lot.code, place=place.name, asked=format_qty(qty), free=format_qty(free)
            )
        )


def _write(by: Actor, *what: Any, **more: Any) -> StockMovement:
    movement = _movement(by, *what, **more)
    movement.save(force_insert=True)
    return movement


def _movement(
    by: Actor,
    lot: Lot,
    place: Place,
    qty: Decimal,
    day: date,
    kind: str,
    reference: str,
    **more: Any,
) -> StockMovement:
    return StockMovement(
        facility_id=lot.facility_id,
        day=day,
        lot=lot,
        place=place,
        qty=qty,
        kind=kind,
        reference=reference,
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
        **more,
    )
