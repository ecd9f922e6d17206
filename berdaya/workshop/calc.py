"""Sums of a workshop: hours as written, cost of a part of a lot, loss, weights."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")
THOUSAND = Decimal(1000)


def parse_hours(text: str) -> int:
    """Minutes of `5,5`, `5.5`, `7`, `5:30`, `7 jam`; empty is 0. ValueError for anything else.

    Only a colon reads as a clock: `5.30` is 5.3 hours, as a decimal point is common too.
    """
    words = text.strip().lower().removesuffix("jam").removesuffix("j").strip()
    if not words:
        return 0
    clock = _CLOCK.fullmatch(words) if ":" in words else None
    if clock:
        return _whole_minutes(int(clock[1]) * 60 + int(clock[2]), int(clock[2]) < 60)
    return _whole_minutes(int((_decimal(words) * 60).to_integral_value(ROUND_HALF_UP)), True)


def parse_pieces(text: str) -> Decimal:
    """Pieces of `3`, `3p`, `2,5`; empty is 0. ValueError for anything else or below zero."""
    words = text.strip().lower().removesuffix("pcs").removesuffix("p").strip()
    pieces = _decimal(words) if words else Decimal(0)
    if pieces < 0 or pieces >= 1_000_000 or pieces != round(pieces, 3):
        raise ValueError("no number of pieces")
    return pieces


def _decimal(words: str) -> Decimal:
    try:
        number = Decimal(words.replace(",", "."))
    except InvalidOperation:
        raise ValueError("no number") from None
    if not number.is_finite():
        raise ValueError("no number")
    return number


def _whole_minutes(minutes: int, sound: bool) -> int:
    if not sound or not 0 <= minutes <= 1440:
        raise ValueError("no number of hours in a day")
    return minutes


def cost_between(total_rp: int, qty: Decimal, used_before: Decimal, take: Decimal) -> int:
    """Rupiah of the next `take` out of a lot of `qty` worth `total_rp`.

    Running totals are floored, so the parts of a lot that is used up sum to its value exactly.
    ValueError if more is taken than there is.
    """
    if take < 0 or used_before < 0 or used_before + take > qty:
        raise ValueError("more than the lot holds")

    def worth(used: Decimal) -> int:
        return int(total_rp * used // qty)

    return worth(used_before + take) - worth(used_before)


def yield_loss_bp(input_qty: Decimal, good_qty: Decimal, rejected_qty: Decimal) -> int:
    """Basis points of the input that came out neither good nor rejected; gains count as 0."""
    if input_qty <= 0:
        raise ValueError("nothing went in")
    lost = max(Decimal(0), input_qty - good_qty - rejected_qty)
    return int((lost * 10_000 / input_qty).to_integral_value(ROUND_HALF_UP))


@dataclass(frozen=True)
class Worked:
    """What one person did for a batch on one day."""

    participant_id: int
    minutes: int
    pieces: Decimal


def weights(pay_basis: str, lines: Iterable[Worked]) -> dict[int, int]:
    """Each maker's weight by the batch's one basis: minutes, thousandths of a piece, or 1.

    People without any of it are left out: empty means that nothing can be divided by.
    """
    sums: dict[int, int] = defaultdict(int)
    for line in lines:
        if pay_basis == "hours":
            sums[line.participant_id] += line.minutes
        elif pay_basis == "pieces":
            sums[line.participant_id] += int(line.pieces * THOUSAND)
        else:
            sums[line.participant_id] = 1
    return {person: weight for person, weight in sorted(sums.items()) if weight > 0}


def corrected_weight(pay_basis: str, weight: int, minutes: int, pieces: Decimal) -> int:
    """What a frozen weight would have been with these differences; never below nothing."""
    if pay_basis == "equal":
        return int(weight > 0 or minutes > 0 or pieces > 0)
    return max(weight + (minutes if pay_basis == "hours" else int(pieces * THOUSAND)), 0)
