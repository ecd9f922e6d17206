"""How much an order comes to: shipping by weight, and the amount that makes it findable."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from berdaya.core import clock

GRAMS = 1000
MOST_LOWERED = 999


def shipping_cost(weight_g: int, first_kg_rp: int, next_kg_rp: int) -> int:
    """The first kilogram, and each further one begun; ValueError for nothing to send."""
    if weight_g <= 0:
        raise ValueError("nothing to send")
    kilograms = -(-weight_g // GRAMS)
    return first_kg_rp + (kilograms - 1) * next_kg_rp


def free_lowerings(total_rp: int, taken_rp: Iterable[int]) -> list[int]:
    """By how much (1 to 999 rupiah, never all of it) a total may be lowered to be unique.

    `taken_rp` are the amounts open at the same account. Empty where every amount is taken.
    """
    taken = set(taken_rp)
    most = min(MOST_LOWERED, total_rp - 1)
    return [low for low in range(1, most + 1) if total_rp - low not in taken]


OFFICE_OPENS, OFFICE_CLOSES = time(8), time(15)


def answer_time(asked: datetime, hours: int, zone: str) -> datetime:
    """When a claim is answered at the latest: so many office hours later, Monday to Friday.

    Office hours are 08.00 to 15.00 where the seller is.
    """
    moment, left = clock.local(asked, zone), timedelta(hours=hours)
    while True:
        opens, closes = (
            datetime.combine(moment.date(), edge, moment.tzinfo)
            for edge in (OFFICE_OPENS, OFFICE_CLOSES)
        )
        moment = max(moment, opens)
        if moment.weekday() < 5 and moment < closes:
            if moment + left <= closes:
                return moment + left
            left -= closes - moment
        moment = opens + timedelta(days=1)
