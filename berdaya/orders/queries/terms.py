"""Shipping rates and payment terms in force on a day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from berdaya.orders.models import PaymentTerm, ShippingRate


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
