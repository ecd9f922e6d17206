"""What may be sold, from where, and what is held of it for an order."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum

from berdaya.catalog.calc import spoken
from berdaya.catalog.models import ListingVersion
from berdaya.orders.models import HeldOutcome, Hold, MakingHold, Order, OrderLine
from berdaya.stock.models import GatePass, GatePassLine, Place, StockLevel
from berdaya.stock.queries import sellable_on


def sellable_levels(variant_ids: Iterable[int], day: date) -> "QuerySet[StockLevel]":
    """Levels the shop may take from, by variant, first expiring first."""
    rows = sellable_on(day).filter(lot__variant__in=set(variant_ids))
    return rows.order_by(*in_shelf_order("lot__"), "place_id")


def in_shelf_order(lot: str) -> tuple[Any, ...]:
    """By variant, first expiring first; who touches several levels takes them in this order.

    `lot` is the way from a row to its lot. The same order everywhere leaves no deadlock.
    """
    expiring = F(f"{lot}expires_on").asc(nulls_last=True)
    return (f"{lot}variant_id", expiring, f"{lot}made_on", f"{lot}id")


def free_pieces(variant_ids: Iterable[int], day: date) -> dict[int, int]:
    """Whole pieces that can be ordered now, by variant; one query."""
    found: dict[int, int] = defaultdict(int)
    rows = sellable_levels(variant_ids, day).order_by().values_list("lot__variant_id")
    for variant_id, free in rows.annotate(free=Sum(F("on_hand") - F("reserved"))):
        found[variant_id] = int(free or Decimal(0))
    return found


def shown_name(version: ListingVersion | None) -> str:
    """What is promised, in the page's language where it has been told in it."""
    return spoken(version.name, version.name_en) if version else ""


def open_holds(order: Order) -> "QuerySet[Hold]":
    """What is held for an order, in one order for everybody."""
    rows = Hold.objects.filter(line__order=order, outcome=HeldOutcome.OPEN)
    order_of = ("lot__variant_id", "lot_id", "place_id", "pk")
    return rows.select_related("lot", "place", "line__variant").order_by(*order_of)


def with_told(rows: "QuerySet[OrderLine]") -> "QuerySet[OrderLine]":
    """Lines with `told_on`, the day their buyer was told last; no statement of its own."""
    making = MakingHold.objects.filter(line=OuterRef("pk")).order_by("-pk")
    return rows.annotate(
        told_on=Subquery(making.values("told_on")[:1]),
        slipped_at=Subquery(making.filter(outcome="open").values("slipped_at")[:1]),
    )


def held_qty(line: OrderLine) -> Decimal:
    """How much of a line has a lot."""
    rows = Hold.objects.filter(line=line, outcome=HeldOutcome.OPEN)
    return rows.aggregate(sum=Sum("qty"))["sum"] or Decimal(0)


Kept = dict[int, dict[int, Decimal]]


def inside(holds: Iterable[Hold]) -> Kept:
    """What of the held goods lies behind the gate: place -> lot -> quantity."""
    found: Kept = defaultdict(lambda: defaultdict(Decimal))
    for hold in holds:
        if hold.place.is_inside:
            found[hold.place_id][hold.lot_id] += hold.qty
    return found


@dataclass(frozen=True)
class Uncovered:
    """Goods at a place that no gate pass of the order covers."""

    place: Place
    lines: dict[int, Decimal]


def not_covered(order: Order, holds: Iterable[Hold], *, approved_only: bool) -> list[Uncovered]:
    """What of the goods inside has no gate pass of this order (that was approved)."""
    rows = list(holds)
    needed = inside(rows)
    if not needed:
        return []
    passed = _passed(order, approved_only=approved_only)
    places = {hold.place_id: hold.place for hold in rows}
    missing = []
    for place_id, lots in sorted(needed.items()):
        short = {
            lot_id: qty - passed[place_id, lot_id]
            for lot_id, qty in sorted(lots.items())
            if passed[place_id, lot_id] < qty
        }
        if short:
            missing.append(Uncovered(places[place_id], short))
    return missing


def _passed(order: Order, *, approved_only: bool) -> dict[tuple[int, int], Decimal]:
    passes = passes_of(order).filter(declined_at__isnull=True, withdrawn_at__isnull=True)
    if approved_only:
        passes = passes.filter(approved_at__isnull=False)
    lines = GatePassLine.objects.filter(gate_pass__in=passes)
    sums = lines.values_list("gate_pass__place_id", "lot_id").annotate(qty=Sum("qty"))
    found: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    found.update({(place_id, lot_id): qty for place_id, lot_id, qty in sums.order_by()})
    return found


def passes_of(order: Order) -> "QuerySet[GatePass]":
    """Gate passes that were asked for an order."""
    return GatePass.objects.filter(facility=order.facility_id, reference=order.code).order_by("pk")
