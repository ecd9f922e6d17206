"""Sums of parts, a value from its numerator and denominator, and the hash of a snapshot."""

import hashlib
import json
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from berdaya.insight.indicators.base import BY_FAMILY, LAST, MEAN, PEOPLE, RUPIAH, Indicator
from berdaya.insight.periods import Period, after
from berdaya.people.rounded import LEAST, about

Number = Decimal | int
ONE_PLACE = Decimal("0.1")
# By what a number is divided, so that small units stand fairly beside large ones.
PER_MAKER, PER_CAPACITY = "maker", "capacity"


@dataclass(frozen=True)
class Sums:
    """What was gathered of a place and a period; `months` are those that count."""

    numerator: Decimal = Decimal(0)
    denominator: Decimal | None = None

    def __add__(self, other: "Sums") -> "Sums":
        parts = [one for one in (self.denominator, other.denominator) if one is not None]
        return Sums(self.numerator + other.numerator, sum(parts, Decimal(0)) if parts else None)


def divided(numerator: Number, denominator: Number | None, scale: int = 1) -> Decimal | None:
    """Half up to one place; None where nothing divides. Without a denominator the number itself."""
    if denominator is None:
        return Decimal(numerator)
    if not denominator:
        return None
    return (Decimal(numerator) * scale / Decimal(denominator)).quantize(ONE_PLACE, ROUND_HALF_UP)


def percent_of(part: int, whole: int) -> int:
    """A share in whole percent, half up."""
    return int((Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(1), ROUND_HALF_UP))


def counted_months(indicator: Indicator, period: Period) -> Period:
    """Which months of a period make its number: the last one of what stands at a month's end."""
    if indicator.gather == LAST:
        return Period(period.last_month, after(period.last_month))
    return period


def value_of(indicator: Indicator, sums: Sums, period: Period) -> tuple[Number | None, Any]:
    """(denominator, value) as shown: a mean divides by the months of the period."""
    if indicator.gather == MEAN and not indicator.is_ratio and len(period) > 1:
        return len(period), divided(sums.numerator, len(period))
    found = divided(sums.numerator, sums.denominator, indicator.scale)
    if found is not None and indicator.unit == RUPIAH:
        found = found.quantize(Decimal(1), ROUND_HALF_UP)
    return sums.denominator, found


def told_people(people: int) -> int:
    """A count of people as everybody may read it."""
    return about(people)


def as_told(indicator: Indicator, value: Decimal | None) -> Decimal | None:
    """A value for everybody: a mean of told numbers of people is rounded like them, so that no
    number between none and five is shown that nobody counted."""
    if value is None or indicator.told not in (PEOPLE, BY_FAMILY):
        return value
    return Decimal(told_people(int(value.quantize(Decimal(1), ROUND_HALF_UP))))


def may_tell(people: int | None) -> bool:
    """Whether a sum may be told behind which so many people stand."""
    return people is not None and people >= LEAST


def canonical(snapshot: Any) -> str:
    """The one way in which a snapshot is written before it is hashed."""
    return json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(snapshot: Any) -> str:
    """SHA-256 of a snapshot, hexadecimal."""
    return hashlib.sha256(canonical(snapshot).encode()).hexdigest()


def plain(number: Number | None) -> str | None:
    """A number in a snapshot: no exponent, no trailing zeros."""
    if number is None:
        return None
    text = f"{Decimal(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
