"""What lies where, what expires first, and the stock card."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, OuterRef, Q, QuerySet, Sum

from berdaya.core.money import format_qty
from berdaya.core.verdicts import Reason, Refused
from berdaya.goods.models import Variant
from berdaya.stock import rules
from berdaya.stock.models import Lot, MovementKind, Place, PlaceKind, StockLevel, StockMovement

# Goods at a stall or with a consignee are promised to somebody there.
SELLABLE = (PlaceKind.STORE, PlaceKind.GALLERY, PlaceKind.WORKSHOP)


def sellable_on(day: date | OuterRef) -> "QuerySet[StockLevel]":
    """Levels with something free that the shop may take from on a day, also one of an outer row."""
    good = Q(lot__expires_on__isnull=True) | Q(lot__expires_on__gt=day)
    return StockLevel.objects.filter(
        good, place__kind__in=SELLABLE, place__is_active=True, on_hand__gt=F("reserved")
    )


def first_expiring(
    variant_id: int,
    place_id: int,
    qty: Decimal,
    day: date | None = None,
    promised: Mapping[int, Decimal] | None = None,
) -> list[tuple[Lot, Decimal]]:
    """Lots to take `qty` from, first expiring first, then oldest; sums to `qty` exactly.

    With a `day`, lots that have expired by then are left alone; `promised` (by lot) is not free any
    more. Refused `stock_short` where the free stock does not reach. Nothing is locked: taking says
    the last word.
    """
    levels, kept = free_levels(variant_id, place_id, day), promised or {}
    picked, missing = [], qty
    for level in levels:
        part = min(level.free_qty - kept.get(level.lot_id, Decimal(0)), missing)
        if part > 0:
            picked.append((level.lot, part))
            missing -= part
        if not missing:
            return picked
    raise Refused(_short(variant_id, place_id, qty, qty - missing))


def free_levels(variant_id: int, place_id: int, day: date | None = None) -> "QuerySet[StockLevel]":
    """Levels with something free of a variant at a place, in the order in which to take them."""
    rows = StockLevel.objects.filter(
        lot__variant=variant_id, place=place_id, on_hand__gt=F("reserved")
    )
    if day is not None:
        rows = rows.filter(Q(lot__expires_on__isnull=True) | Q(lot__expires_on__gte=day))
    order = (F("lot__expires_on").asc(nulls_last=True), "lot__made_on", "lot_id")
    return rows.select_related("lot").order_by(*order)


def _short(variant_id: int, place_id: int, asked: Decimal, free: Decimal) -> Reason:
    variant, place = Variant.objects.get(pk=variant_id), Place.objects.get(pk=place_id)
    return rules.stock_short(
        what=variant.label, place=place.name, asked=format_qty(asked), free=format_qty(free)
    )


def sold_qty(lot_id: int) -> Decimal:
    """How much of a lot has been sold, less what came back."""
    kinds = [MovementKind.SOLD, MovementKind.RETURNED]
    rows = StockMovement.objects.filter(lot=lot_id, kind__in=kinds)
    return -(rows.aggregate(sum=Sum("qty"))["sum"] or Decimal(0))


@dataclass(frozen=True)
class CardLine:
    """A movement on a stock card, with what the book says after it."""

    movement: StockMovement
    balance: Decimal

    @property
    def came(self) -> Decimal | None:
        """What came in, None for what went."""
        return self.movement.qty if self.movement.qty > 0 else None

    @property
    def went(self) -> Decimal | None:
        """What went out, as a positive quantity; None for what came."""
        return -self.movement.qty if self.movement.qty < 0 else None


@dataclass(frozen=True)
class StockCard:
    """Movements of a variant over days [start, end], both included."""

    start: date
    end: date
    opening: Decimal
    lines: list[CardLine]

    @property
    def closing(self) -> Decimal:
        """What the book says at the end."""
        return self.lines[-1].balance if self.lines else self.opening

    @property
    def came(self) -> Decimal:
        """All that came in."""
        return sum((line.came or Decimal(0) for line in self.lines), Decimal(0))

    @property
    def went(self) -> Decimal:
        """All that went out."""
        return sum((line.went or Decimal(0) for line in self.lines), Decimal(0))


def stock_card(variant_id: int, place_id: int | None, start: date, end: date) -> StockCard:
    """The stock card (kartu stok) of a variant at a place, or at all (None): two queries."""
    rows = StockMovement.objects.filter(lot__variant=variant_id)
    if place_id is not None:
        rows = rows.filter(place=place_id)
    opening = rows.filter(day__lt=start).aggregate(sum=Sum("qty"))["sum"] or Decimal(0)
    moved = rows.filter(day__gte=start, day__lte=end).select_related("lot", "place")
    lines, balance = [], opening
    for movement in moved.order_by("day", "recorded_at", "pk"):
        balance += movement.qty
        lines.append(CardLine(movement, balance))
    return StockCard(start, end, opening, lines)


def expiring(facility_ids: Iterable[int], until: date) -> "QuerySet[StockLevel]":
    """Levels with stock that expires on or before a day, or has expired, soonest first."""
    return (
        StockLevel.objects.filter(
            facility__in=list(facility_ids), on_hand__gt=0, lot__expires_on__lte=until
        )
        .select_related("lot__variant__product", "place")
        .order_by("lot__expires_on", "pk")
    )


def nearly_out(facility_ids: Iterable[int]) -> "QuerySet[Variant]":
    """Variants on sale whose free stock lies under the quantity at which to be reminded."""
    return (
        Variant.objects.filter(
            facility__in=list(facility_ids), is_active=True, low_stock_qty__isnull=False
        )
        .annotate(free=Sum(F("lots__levels__on_hand") - F("lots__levels__reserved")))
        .filter(Q(free__lt=F("low_stock_qty")) | Q(free__isnull=True))
        .order_by("sku")
    )
