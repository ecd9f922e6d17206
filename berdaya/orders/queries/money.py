"""Which orders wait for money, which money waits for an order, and what does not fit."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery

from berdaya.core import clock
from berdaya.orders.models import (
    Cart,
    ClaimOutcome,
    GoodsReturn,
    MoneyIn,
    Order,
    OrderContact,
    OrderLine,
    OrderState,
    PaymentClaim,
    PaymentTerm,
)
from berdaya.orders.models.orders import AWAITING_MONEY, UNSOLD
from berdaya.orders.queries.terms import term_of

# How long after its end an order is still offered for money of its amount.
RECENT = timedelta(days=30)
MASK_AFTER = timedelta(days=30)
# Where no term says how long the rest is waited for.
REST = timedelta(days=7)


def open_amounts(payee_key: str, total_rp: int) -> list[int]:
    """Amounts just below a total that stand open at an account."""
    rows = Order.objects.filter(
        payee_key=payee_key,
        state__in=[OrderState.PLACED, OrderState.CLAIMED],
        payable_rp__lt=total_rp,
        payable_rp__gte=total_rp - 999,
    )
    return list(rows.values_list("payable_rp", flat=True))


def overdue(now: datetime, variant_ids: Iterable[int] | None = None) -> "QuerySet[Order]":
    """Orders in scope past their deadline without a claim (of these variants)."""
    rows = Order.objects.filter(state=OrderState.PLACED, pay_until__lte=now)
    if variant_ids is not None:
        wanted = OrderLine.objects.filter(order=OuterRef("pk"), variant__in=set(variant_ids))
        rows = rows.filter(Exists(wanted))
    return rows.order_by("pay_until", "pk")


def open_claims(phone_key: str, device_key: str, *, besides: int) -> int:
    """How many other checkouts of the same phone or the same device wait for a treasurer.

    The orders of one checkout are paid one by one but in one go, and count once.
    """
    same = Q(phone_key=phone_key)
    if device_key:
        same |= Q(device_key=device_key)
    rows = PaymentClaim.objects.filter(same, outcome=ClaimOutcome.OPEN)
    others = rows.exclude(order__checkout=besides)
    return others.aggregate(n=Count("order__checkout", distinct=True))["n"] or 0


def unpaid_checkouts(phone: str, cart: Cart | None, now: datetime) -> int:
    """How many checkouts of the same phone or cart hold goods for which no money has come."""
    waits = Q(state=OrderState.PLACED, pay_until__gt=now) | Q(state=OrderState.CLAIMED)
    same = Q(contact__phone=phone)
    if cart is not None:
        same |= Q(checkout__cart=cart)
    rows = Order.objects.filter(waits, same, paid_rp=0)
    return rows.aggregate(n=Count("checkout", distinct=True))["n"] or 0


def last_day_of_rest(order: Order) -> date:
    """Until when the rest of an order's money may be waited for, by the term it was placed under.

    Counted from the first money that came, or where none came from the day it was placed.
    """
    placed_on = clock.local(order.placed_at, order.facility.timezone).date()
    first = order.money_in.aggregate(on=Min("received_on"))["on"] or placed_on
    term = term_of(order.method, placed_on)
    return first + (timedelta(days=term.rest_days) if term else REST)


def with_last_day(rows: "QuerySet[Order]", today: date) -> "QuerySet[Order]":
    """The same orders with `first_on` and `rest_days`, of which their last day is made."""
    terms = PaymentTerm.objects.on(today).filter(method=OuterRef("method"))
    return rows.annotate(
        first_on=Min("money_in__received_on"), rest_days=Subquery(terms.values("rest_days")[:1])
    )


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


def unmasked_by(today: date) -> "QuerySet[OrderContact]":
    """Contacts to be masked today: delivered, or ended unsold with no money left, so long ago.

    A return that nobody has decided yet keeps its buyer's: the answer has to reach them.
    """
    before = today - MASK_AFTER
    instant = clock.start_of(before + timedelta(days=1))
    ended = Q(order__state__in=UNSOLD, order__paid_rp=0)
    quiet = Q(order__placed_at__lt=instant) & ~Q(order__steps__at__gte=instant)
    delivered = Q(order__shipment__delivered_on__lte=before)
    asked = GoodsReturn.objects.filter(order=OuterRef("order"), outcome="")
    rows = OrderContact.objects.filter(~Exists(asked), masked_at__isnull=True)
    return rows.filter(delivered | (ended & quiet))
