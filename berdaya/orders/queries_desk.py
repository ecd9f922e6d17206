"""What the desk must know of orders: payees, which order money may be for, what to pack."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import cast

from django.db.models import F, Q, QuerySet, Sum

from berdaya.core import clock
from berdaya.institutions.models import BankAccount, QrisAccount
from berdaya.ledger.models import Book
from berdaya.orders.models import (
    HeldOutcome,
    Hold,
    MoneyIn,
    Order,
    OrderContact,
    OrderLine,
    OrderState,
)
from berdaya.orders.models.orders import AWAITING_MONEY
from berdaya.orders.queries import Payee
from berdaya.stock.models import GatePass, GatePassLine, Place

# How long after its end an order is still offered for money of its amount.
RECENT = timedelta(days=30)
MASK_AFTER = timedelta(days=30)
UNSOLD = (OrderState.EXPIRED, OrderState.CANCELLED)


def payees_of(books: Iterable[Book]) -> list[tuple[Book, Payee, str]]:
    """Every registered account of these books' parties, ended ones too, with its name."""
    by_party = {book.party_id: book for book in books}
    found = []
    merchants = QrisAccount.objects.confirmed().filter(owner__in=by_party).order_by("pk")
    for qris in cast("list[QrisAccount]", list(merchants)):
        payee = Payee("qris", f"qris:{qris.pk}", qris=qris)
        found.append((by_party[qris.owner_id], payee, f"QRIS {qris.merchant_name}"))
    banks = BankAccount.objects.confirmed().filter(owner__in=by_party).order_by("pk")
    for bank in cast("list[BankAccount]", list(banks)):
        payee = Payee("transfer", f"bank:{bank.pk}", bank_account=bank)
        found.append((by_party[bank.owner_id], payee, f"{bank.bank} {bank.number}"))
    return found


def orders_for_money(
    payee_keys: Iterable[str], amounts: Iterable[int], now: datetime
) -> dict[tuple[str, int], list[Order]]:
    """Orders that an amount at an account may be for, the likeliest first; one query.

    Those that stand open come first, then those that ended unsold (it came late), then those
    already paid (it came twice). An amount also finds the order whose rest it is.
    """
    wanted = set(amounts)
    rest = Q(state__in=AWAITING_MONEY, paid_rp__gt=0)
    rows = Order.objects.filter(
        Q(payable_rp__in=wanted) | rest,
        payee_key__in=set(payee_keys),
        placed_at__gte=now - RECENT,
    )
    found: dict[tuple[str, int], list[Order]] = defaultdict(list)
    for order in rows.select_related("facility").order_by("-placed_at", "-pk"):
        amount = order.due_rp if order.state in AWAITING_MONEY else order.payable_rp
        if amount in wanted:
            found[order.payee_key, amount].append(order)
    for orders in found.values():
        orders.sort(key=_likelihood)
    return found


def _likelihood(order: Order) -> int:
    if order.state in AWAITING_MONEY:
        return 0
    return 1 if order.state in UNSOLD else 2


def waiting_money(facility_ids: Iterable[int]) -> "QuerySet[MoneyIn]":
    """Money that belongs to no order yet and was not given back, oldest first."""
    rows = MoneyIn.objects.filter(
        facility__in=list(facility_ids), order__isnull=True, returned__isnull=True
    )
    return rows.order_by("received_on", "pk")


def odd_orders(facility_ids: Iterable[int]) -> "QuerySet[Order]":
    """Orders whose money is not what they ask for: late, too much, or too little."""
    ended = Q(state__in=UNSOLD) | Q(state__in=AWAITING_MONEY)
    too_much = Q(paid_rp__gt=F("payable_rp") - F("shipping_back_rp"))
    rows = Order.objects.filter(facility__in=list(facility_ids), paid_rp__gt=0)
    return rows.filter(ended | too_much).order_by("placed_at", "pk")


def oddity(state: str, paid_rp: int, payable_rp: int) -> str:
    """late, cancelled, little or much."""
    if state == OrderState.EXPIRED:
        return "late"
    if state == OrderState.CANCELLED:
        return "cancelled"
    return "little" if paid_rp < payable_rp else "much"


def open_holds(order: Order) -> "QuerySet[Hold]":
    """What is held for an order, in one order for everybody."""
    rows = Hold.objects.filter(line__order=order, outcome=HeldOutcome.OPEN)
    order_of = ("lot__variant_id", "lot_id", "place_id", "pk")
    return rows.select_related("lot", "place", "line__variant").order_by(*order_of)


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
    passes = passes_of(order).filter(declined_at__isnull=True)
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


def unmasked_by(today: date) -> "QuerySet[OrderContact]":
    """Contacts to be masked today: delivered, or ended unsold with no money left, so long ago."""
    before = today - MASK_AFTER
    instant = clock.start_of(before + timedelta(days=1))
    ended = Q(order__state__in=UNSOLD, order__paid_rp=0)
    quiet = Q(order__placed_at__lt=instant) & ~Q(order__steps__at__gte=instant)
    delivered = Q(order__shipment__delivered_on__lte=before)
    return OrderContact.objects.filter(delivered | (ended & quiet), masked_at__isnull=True)
