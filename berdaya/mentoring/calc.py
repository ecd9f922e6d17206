"""What a price means for makers: per piece, per hour, and the least price for a wanted premi."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from berdaya.catalog.estimates import Estimate

SCHEMA = 1
# Prices are written in steps of so many rupiah; above the highest nobody is asked.
STEP_RP, HIGHEST_RP = 500, 1_000_000_000


@dataclass(frozen=True)
class Figures:
    """One variant over some months: sums of what was made and sold.

    `minutes` is of all that was made; `price_rp` is what it is offered for now.
    """

    variant_id: int
    seller_id: int | None
    price_rp: int
    made_qty: Decimal
    material_rp: int
    packing_rp: int
    donated_rp: int
    minutes: int
    sold_qty: Decimal = Decimal(0)
    sold_rp: int = 0
    months: tuple[tuple[date, Decimal, int], ...] = ()

    @property
    def piece_minutes(self) -> int | None:
        """Minutes of work in one piece; None where nobody wrote any."""
        return _per(self.minutes, self.made_qty) or None

    @property
    def piece_material_rp(self) -> int:
        """Bought material in one piece."""
        return _per(self.material_rp, self.made_qty)

    @property
    def piece_packing_rp(self) -> int:
        """Packing of one piece."""
        return _per(self.packing_rp, self.made_qty)

    @property
    def piece_donated_rp(self) -> int:
        """Donated material in one piece: valued, never deducted."""
        return _per(self.donated_rp, self.made_qty)

    @property
    def average_rp(self) -> int | None:
        """What one piece brought on average; None where none was sold."""
        return _per(self.sold_rp, self.sold_qty) if self.sold_qty else None


def _per(total: int, qty: Decimal) -> int:
    return int((Decimal(total) / qty).quantize(Decimal(1), ROUND_HALF_UP)) if qty else 0


def hourly_rp(makers_rp: int, minutes: int | None) -> int | None:
    """Premi for one hour of work, rounded down; None where the time is not known."""
    return makers_rp * 60 // minutes if minutes else None


@dataclass(frozen=True)
class Outcome:
    """What one price becomes: the division of a real sale, and what an hour brings."""

    price_rp: int
    tax_rp: int
    fee_rp: int
    material_rp: int
    packing_rp: int
    makers_rp: int
    capital_rp: int
    state_rp: int
    cooperative_rp: int
    loss_rp: int
    makers_bp: int
    hourly_rp: int | None

    @property
    def margin_rp(self) -> int:
        """What is left of the price after tax, fee, material and packing; below 0 at a loss."""
        return self.price_rp - self.tax_rp - self.fee_rp - self.material_rp - self.packing_rp


def outcome_of(told: Estimate, minutes: int | None) -> Outcome:
    """The estimate of one piece, with what an hour of it brings."""
    names = set(Outcome.__dataclass_fields__) - {"hourly_rp"}
    shares = {name: getattr(told, name) for name in names}
    return Outcome(**shares, hourly_rp=hourly_rp(told.makers_rp, minutes))


def least_price(wanted_rp: int, minutes: int | None, makers_at: Callable[[int], int]) -> int | None:
    """The lowest price, in steps of STEP_RP, whose premi for an hour reaches `wanted_rp`.

    `makers_at` tells the makers' part of a price and never falls as the price rises. None where
    the time is not known or no price does.
    """
    if not minutes:
        return None

    def reaches(steps: int) -> bool:
        return makers_at(steps * STEP_RP) * 60 >= wanted_rp * minutes

    low, high = 0, 1
    while not reaches(high):
        low, high = high, high * 2
        if high * STEP_RP > HIGHEST_RP:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if reaches(middle) else (middle, high)
    return high * STEP_RP


@dataclass(frozen=True)
class Exercise:
    """A whole exercise: today's numbers, today's price, the proposed one, the least one."""

    figures: Figures
    since: date
    now: Outcome
    proposed: Outcome
    least_rp: int | None

    def as_frozen(self) -> dict[str, Any]:
        """Plain values for a JSON column, with the schema's version."""
        figures = self.figures
        return {
            "schema": SCHEMA,
            "since": self.since.isoformat(),
            "made_qty": f"{figures.made_qty:f}",
            "sold_qty": f"{figures.sold_qty:f}",
            "sold_rp": figures.sold_rp,
            "average_rp": figures.average_rp,
            "minutes": figures.piece_minutes,
            "donated_rp": figures.piece_donated_rp,
            "least_rp": self.least_rp,
            **{
                name: {**asdict(one), "margin_rp": one.margin_rp}
                for name, one in (("now", self.now), ("proposed", self.proposed))
            },
        }
