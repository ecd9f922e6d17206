"""Cash at a counter: rounding, what a buyer is likely to hand over, change, counted money.

The stall's script (static/till/js/cash.js) does the same sums; tests/till/cash_vectors.json holds
both to it. All amounts are whole rupiah.
"""

from collections.abc import Mapping, Sequence

from berdaya.core.money import split_by_weights

NOTES = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000)
COINS = (500, 200, 100, 50)
DENOMINATIONS = (*NOTES, *COINS)
# What cash may be rounded to.
STEPS = (100, 200, 500, 1_000)
# Buyers round up to a note worth taking out.
HANDED = NOTES[:5]
MOST_TENDERS = 4
# Bank Indonesia's limit of one QRIS payment (domain.md 13).
MOST_QRIS_RP = 10_000_000


def rounded_cash(amount_rp: int, step_rp: int) -> int:
    """The nearest multiple of the step, half of it in the buyer's favour, but never nothing."""
    down = amount_rp // step_rp * step_rp
    near = down + step_rp if 2 * (amount_rp - down) > step_rp else down
    return near or step_rp


def likely_tenders(due_rp: int) -> list[int]:
    """What buyers hand over, the exact amount first: each note's next multiple, smallest first."""
    nexts = {-(-due_rp // note) * note for note in HANDED}
    return [due_rp, *sorted(nexts - {due_rp})][:MOST_TENDERS]


def change_in(amount_rp: int) -> list[tuple[int, int]]:
    """Change as (note or coin, how many), the largest first; a rest below the coins is left out."""
    left, parts = amount_rp, []
    for one in DENOMINATIONS:
        count, left = divmod(left, one)
        if count:
            parts.append((one, count))
    return parts


def counted_rp(counts: Mapping[int, int]) -> int:
    """What counted notes and coins are worth; ValueError for an unknown one or less than none."""
    if set(counts) - set(DENOMINATIONS) or any(count < 0 for count in counts.values()):
        raise ValueError("notes and coins of Indonesia, counted from none")
    return sum(one * count for one, count in counts.items())


def fee_parts(fee_rp: int, amounts: Sequence[int]) -> list[int]:
    """The fee of one QRIS payment over the owners' parts of the nota, by amount."""
    return list(split_by_weights(fee_rp, list(enumerate(amounts))).values())
