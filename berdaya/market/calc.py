"""Pure figures of an own business: what an order costs, what a month brought."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

# A transfer from an island takes its time; a claim waits for the seller over a weekend.
PAY_WITHIN = timedelta(hours=24)
DECIDE_WITHIN = timedelta(hours=72)
# As long as a return or a complaint can be told, and no longer.
KEEP_CONTACT = timedelta(days=30)
# Who was not admitted may ask why, or apply again, for half a year.
KEEP_DECLINED = timedelta(days=182)


@dataclass(frozen=True)
class Wanted:
    """So many of a product at the price the buyer saw."""

    code: str
    qty: int
    price_rp: int


@dataclass(frozen=True)
class Total:
    """What a buyer pays, whole rupiah."""

    goods_rp: int
    delivery_rp: int

    @property
    def total_rp(self) -> int:
        """Goods and delivery."""
        return self.goods_rp + self.delivery_rp


def total_of(wanted: Iterable[Wanted], delivery_rp: int, *, is_pickup: bool) -> Total:
    """Goods at their prices, and the shop's one delivery fee unless the buyer fetches them."""
    goods = sum(line.qty * line.price_rp for line in wanted)
    return Total(goods, 0 if is_pickup else delivery_rp)


def later(claimed_at: datetime, pay_until: datetime) -> datetime:
    """Until when a claimed order's goods are held."""
    return max(pay_until, claimed_at + DECIDE_WITHIN)


@dataclass(frozen=True)
class Money:
    """One row of the book for sums: its kind, its day, its rupiah with sign."""

    kind: str
    day: date
    amount_rp: int
    undone: str = ""


@dataclass(frozen=True)
class Month:
    """Sums of one month; income and expense without sign, what was reversed taken off."""

    month: date
    income_rp: int
    expense_rp: int

    @property
    def left_rp(self) -> int:
        """What stays; below zero for a loss."""
        return self.income_rp - self.expense_rp


def months_of(rows: Iterable[Money]) -> list[Month]:
    """One line a month in which something was written, the latest first.

    A reversal counts against the side of the row that it undoes, in its own month.
    """
    sums: dict[date, list[int]] = {}
    for row in rows:
        side = sums.setdefault(row.day.replace(day=1), [0, 0])
        if row.kind in ("sale", "other") or (row.kind == "reversal" and row.undone != "expense"):
            side[0] += row.amount_rp
        else:
            side[1] -= row.amount_rp
    return [Month(month, *sums[month]) for month in sorted(sums, reverse=True)]


def balances(amounts: Sequence[int]) -> list[int]:
    """The sum after each row, in their order."""
    total, found = 0, []
    for amount in amounts:
        total += amount
        found.append(total)
    return found
