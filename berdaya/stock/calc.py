"""How a lot's cost is shared over what is sold of it."""

from decimal import Decimal
from fractions import Fraction


def cost_share(
    lot_total_rp: int, made_qty: Decimal, already_sold_qty: Decimal, qty: Decimal
) -> int:
    """Whole rupiah that `qty` of the lot bears when `already_sold_qty` went before it.

    Cumulative: the shares of all parts, in whatever sizes, add up to the lot's total exactly, and
    none is negative. ValueError for a negative number or more than was made.
    """
    if lot_total_rp < 0 or min(already_sold_qty, qty) < 0 or made_qty <= 0:
        raise ValueError("cost_share: below zero")
    if already_sold_qty + qty > made_qty:
        raise ValueError("cost_share: more than was made")
    return _up_to(lot_total_rp, made_qty, already_sold_qty + qty) - _up_to(
        lot_total_rp, made_qty, already_sold_qty
    )


def _up_to(total_rp: int, made_qty: Decimal, sold_qty: Decimal) -> int:
    return int(total_rp * Fraction(sold_qty) / Fraction(made_qty))
