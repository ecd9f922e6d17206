"""What is true of orders: what may be sold from where, rates and terms in force, payees."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F, Q, QuerySet, Sum

from berdaya.institutions.models import BankAccount, QrisAccount
from berdaya.orders.models import (
    ClaimOutcome,
    Order,
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
    order = (F("lot__expires_on").asc(nulls_last=True), "lot__made_on", "lot_id", "pk")
    return rows.order_by("lot__variant_id", *order)


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
    rows = ShippingRate.objects.on(day).filter(
        origin__in=_prefixes(origin), destination__in=_prefixes(destination)
    )
    return max(rows, key=lambda row: (len(row.destination), len(row.origin)), default=None)


def _prefixes(code: str) -> list[str]:
    parts = code.split(".") if code else []
    return ["", *(".".join(parts[: n + 1]) for n in range(len(parts)))]


@dataclass(frozen=True)
class Payee:
    """Where a buyer's money goes: one registered account, by a key that a statement carries."""

    method: str
    key: str
    qris: QrisAccount | None = None
    bank_account: BankAccount | None = None


def payee_of(party_id: int, method: str, day: date) -> Payee | None:
    """The party's registered account for this method on a day."""
    if method == "qris":
        qris = QrisAccount.objects.on(day).filter(owner=party_id).exclude(payload_text="").first()
        return Payee(method, f"qris:{qris.pk}", qris=qris) if qris else None
    account = BankAccount.objects.on(day).filter(owner=party_id).first()
    return Payee(method, f"bank:{account.pk}", bank_account=account) if account else None


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
        rows = rows.filter(lines__variant__in=set(variant_ids)).distinct()
    return rows.order_by("pay_until", "pk")


def open_claims(phone_key: str, device_key: str) -> int:
    """How many claims of the same phone or the same device wait for a treasurer."""
    same = Q(phone_key=phone_key)
    if device_key:
        same |= Q(device_key=device_key)
    return PaymentClaim.objects.filter(same, outcome=ClaimOutcome.OPEN).count()
