"""What is true of orders: what may be sold from where, rates and terms in force, payees."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from berdaya.catalog.calc import spoken
from berdaya.catalog.models import ListingVersion
from berdaya.institutions.models import BankAccount, QrisAccount
from berdaya.institutions.qris import BadPayload, parse
from berdaya.orders.models import (
    ClaimOutcome,
    Order,
    OrderLine,
    OrderState,
    PaymentClaim,
    PaymentTerm,
    ShippingRate,
)
from berdaya.stock.models import StockLevel
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


def term_of(method: str, day: date) -> PaymentTerm | None:
    """How long a buyer has to pay by this method, and up to which amount."""
    return PaymentTerm.objects.on(day).filter(method=method).first()


def shipping_rate(origin: str, destination: str, day: date) -> ShippingRate | None:
    """The rate by the longest matching destination, then the longest matching origin.

    Kemendagri codes; `53.71.01` is matched by `53.71.01`, `53.71`, `53` and by everywhere.
    """
    return nearest_rate(list(rates_between([origin], destination)), origin, day)


def rates_between(origins: Iterable[str], destination: str) -> "QuerySet[ShippingRate]":
    """Every rate, of any time, that may matter on the way from these places to that one."""
    starts = {prefix for origin in origins for prefix in _prefixes(origin)}
    return ShippingRate.objects.filter(origin__in=starts, destination__in=_prefixes(destination))


def nearest_rate(rates: Iterable[ShippingRate], origin: str, day: date) -> ShippingRate | None:
    """Of `rates_between`, the one that holds on a day and says most about the way."""
    starts = _prefixes(origin)
    mine = (row for row in rates if row.holds_on(day) and row.origin in starts)
    return max(mine, key=lambda row: (len(row.destination), len(row.origin)), default=None)


def _prefixes(code: str) -> list[str]:
    parts = code.split(".") if code else []
    return ["", *(".".join(parts[: n + 1]) for n in range(len(parts)))]


def shown_name(version: ListingVersion | None) -> str:
    """What is promised, in the page's language where it has been told in it."""
    return spoken(version.name, version.name_en) if version else ""


METHODS = ("qris", "transfer")


@dataclass(frozen=True)
class Payee:
    """Where a buyer's money goes: one registered account, by a key that a statement carries."""

    method: str
    key: str
    qris: QrisAccount | None = None
    bank_account: BankAccount | None = None


class Payees:
    """The accounts of some parties that a second person confirmed, asked once: two queries."""

    def __init__(self, party_ids: Iterable[int]) -> None:
        parties = set(party_ids)
        qris = QrisAccount.objects.confirmed().filter(owner__in=parties).order_by("pk")
        banks = BankAccount.objects.confirmed().filter(owner__in=parties).order_by("pk")
        self._qris = cast("list[QrisAccount]", list(qris))
        self._banks = cast("list[BankAccount]", list(banks))

    def of(self, party_id: int, method: str, day: date) -> Payee | None:
        """The party's account for a method on a day; a QRIS only if it is genuine."""
        if method == "qris":
            mine = (row for row in self._qris if row.owner_id == party_id and row.holds_on(day))
            qris = next(filter(is_genuine, mine), None)
            return Payee(method, f"qris:{qris.pk}", qris=qris) if qris else None
        banks = (row for row in self._banks if row.owner_id == party_id and row.holds_on(day))
        account = next(banks, None)
        return Payee(method, f"bank:{account.pk}", bank_account=account) if account else None


def payee_of(party_id: int, method: str, day: date) -> Payee | None:
    """The party's registered account for this method on a day."""
    return Payees([party_id]).of(party_id, method, day)


def is_genuine(account: QrisAccount) -> bool:
    """Whether the payload is whole, static and of the merchant that was registered.

    A sticker pasted over the true one carries another NMID.
    """
    try:
        payload = parse(account.payload_text)
    except BadPayload:
        return False
    return payload.is_static and payload.nmid == account.nmid


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
