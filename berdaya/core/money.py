"""Whole rupiah: how they are written, said, and divided without losing one."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from math import lcm
from typing import Any, Protocol, TypeVar

WHOLE_BP = 10_000


class Sortable(Protocol):
    """A key that can stand in a settled order: an id, a UUID, a code."""

    def __lt__(self, other: Any, /) -> bool: ...

    def __hash__(self) -> int: ...


K = TypeVar("K", bound=Sortable)
Weight = int | Decimal


def format_rp(amount: int) -> str:
    """`Rp1.234`; a debt is `-Rp1.234` with a plain hyphen, which every receipt printer owns."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{_grouped(abs(amount), '.')}"


def format_qty(qty: Decimal | int, lang: str = "id") -> str:
    """`1.234,5` (English: `1,234.5`), without zeros that say nothing."""
    exact = format(Decimal(qty), "f")
    sign = "-" if exact.startswith("-") and Decimal(qty) else ""
    whole, _, part = exact.lstrip("-").partition(".")
    thousands, comma = (",", ".") if lang.startswith("en") else (".", ",")
    part = part.rstrip("0")
    return sign + _grouped(int(whole), thousands) + (comma + part if part else "")


def _grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


def share_bp(amount: int, bp: int) -> int:
    """`bp` basis points of `amount`, half a rupiah away from zero, as a reversal mirrors it."""
    _refuse_negative(bp, "basis points")
    size = (2 * abs(amount) * bp + WHOLE_BP) // (2 * WHOLE_BP)
    return -size if amount < 0 else size


def floor_bp(amount: int, bp: int) -> int:
    """`bp` basis points of `amount`, any broken rupiah dropped; ValueError below zero."""
    _refuse_negative(amount, "amount")
    _refuse_negative(bp, "basis points")
    return amount * bp // WHOLE_BP


def split_by_weights(amount: int, weights: Iterable[tuple[K, Weight]]) -> dict[K, int]:
    """Divide `amount` rupiah by weight (largest remainder; of equal ones the lower key first).

    Returns key -> rupiah in the order given; the shares sum to `amount`, a heavier weight never
    gets less. ValueError: negative amount or weight, weights that sum to zero, a key given twice.
    """
    _refuse_negative(amount, "amount")
    whole = _whole_weights(weights)
    total = sum(whole.values())
    if total <= 0:
        raise ValueError("weights sum to zero")
    shares = {key: amount * weight // total for key, weight in whole.items()}
    by_remainder = sorted(sorted(shares), key=lambda key: -(amount * whole[key] % total))
    for key in by_remainder[: amount - sum(shares.values())]:
        shares[key] += 1
    assert sum(shares.values()) == amount
    return shares


def _whole_weights(weights: Iterable[tuple[K, Weight]]) -> dict[K, int]:
    """The weights in exactly the same proportion, as whole numbers."""
    ratios: dict[K, tuple[int, int]] = {}
    for key, weight in weights:
        if key in ratios:
            raise ValueError(f"key given twice: {key!r}")
        if isinstance(weight, Decimal) and not weight.is_finite():
            raise ValueError("a weight must be a finite number")
        _refuse_negative(weight, "weight")
        ratios[key] = weight.as_integer_ratio()
    scale = lcm(*(below for _above, below in ratios.values()))
    return {key: above * (scale // below) for key, (above, below) in ratios.items()}


def split_with_rest(
    amount: int, shares_bp: Mapping[str, int], rest: str = "makers"
) -> dict[str, int]:
    """Divide by policy: every share floored but `rest`, which takes what is left (design, money).

    333 at 5000/3500/1500 -> 168/116/49. `shares_bp` adds up to 10,000 with `rest` named in it, or
    to less without it; anything else, or a negative number, is a ValueError.
    """
    _refuse_negative(amount, "amount")
    named = sum(shares_bp.values())
    if (named != WHOLE_BP) if rest in shares_bp else (named >= WHOLE_BP):
        raise ValueError(f"shares of {named} basis points leave no sound rest for {rest!r}")
    shares = {name: 0 if name == rest else floor_bp(amount, bp) for name, bp in shares_bp.items()}
    _refuse_negative(shares_bp.get(rest, 0), "basis points")
    shares[rest] = 0
    shares[rest] = amount - sum(shares.values())
    return shares


def _refuse_negative(number: int | Decimal, what: str) -> None:
    if number < 0:
        raise ValueError(f"{what} below zero")


def in_words(amount: int, lang: str = "id") -> str:
    """The amount as receipts spell it (*terbilang*): `seribu dua ratus rupiah`, `nol rupiah`.

    Knows whatever a bigint holds; ValueError beyond that.
    """
    if abs(amount) >= 1000 ** len(SCALES["id"]):
        raise ValueError("amount too large to say")
    language = "en" if lang.startswith("en") else "id"
    words = _say_whole(abs(amount), language) or {"id": "nol", "en": "zero"}[language]
    return f"{'minus ' if amount < 0 else ''}{words} rupiah"


SCALES = {
    "id": ("", "ribu", "juta", "miliar", "triliun", "kuadriliun", "kuintiliun"),
    "en": ("", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion"),
}
# fmt: off
UNITS_ID = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan",
)
UNITS_EN = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)
TENS_EN = (
    "", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)
# fmt: on


def _say_whole(number: int, language: str) -> str:
    """Groups of three digits from the left, each with the name of its scale; empty for zero."""
    say = _say_three_en if language == "en" else _say_three_id
    groups: list[str] = []
    for scale in SCALES[language]:
        number, three = divmod(number, 1000)
        if three == 1 and scale == "ribu":
            groups.append("seribu")
        elif three:
            groups.append(f"{say(three)} {scale}".rstrip())
    return " ".join(reversed(groups))


def _say_three_id(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = []
    if hundreds:
        words.append("seratus" if hundreds == 1 else f"{UNITS_ID[hundreds]} ratus")
    if rest in (10, 11):
        words.append("sepuluh" if rest == 10 else "sebelas")
    elif 11 < rest < 20:
        words.append(f"{UNITS_ID[rest - 10]} belas")
    else:
        tens, ones = divmod(rest, 10)
        words += [f"{UNITS_ID[tens]} puluh"] * bool(tens) + [UNITS_ID[ones]] * bool(ones)
    return " ".join(words)


def _say_three_en(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{UNITS_EN[hundreds]} hundred"] if hundreds else []
    if rest >= 20:
        tens, ones = divmod(rest, 10)
        words.append(TENS_EN[tens] + (f"-{UNITS_EN[ones]}" if ones else ""))
    elif rest:
        words.append(UNITS_EN[rest])
    return " ".join(words)
