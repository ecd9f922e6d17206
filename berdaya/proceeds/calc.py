"""How a sale's rupiah are divided, and how a refund takes them back.

docs/rules/proceeds-split.md explains every step with a worked table. All amounts are whole rupiah,
rates basis points. Nothing here asks a database: what goes in and what comes out is frozen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from berdaya.core.money import WHOLE_BP, split_by_weights, split_with_rest

SCHEMA = 1
SHARE_NAMES = ("makers", "capital", "state", "cooperative")
POCKETS = ("saved", "spendable", "family")

AGREEMENT, GROSS, HISTORY = "agreement_share", "gross_pnbp", "history"


@dataclass(frozen=True)
class Policy:
    """The terms of one split policy in force on the day of the sale."""

    id: int
    is_turnover: bool
    makers_bp: int
    capital_bp: int
    state_bp: int
    cooperative_bp: int
    saved_bp: int
    spendable_bp: int
    family_bp: int

    def __post_init__(self) -> None:
        shares = (self.makers_bp, self.capital_bp, self.state_bp, self.cooperative_bp)
        pockets = (self.saved_bp, self.spendable_bp, self.family_bp)
        if min(shares + pockets) < 0 or sum(shares) != WHOLE_BP or sum(pockets) != WHOLE_BP:
            raise ValueError("shares and pockets each add up to 10,000 basis points")


@dataclass(frozen=True)
class LotPart:
    """What a line takes from one lot: quantity, its part of the lot's cost, the frozen weights."""

    lot_id: int
    qty: Decimal
    material_rp: int = 0
    packing_rp: int = 0
    donated_rp: int = 0
    weights: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class LineTerms:
    """One line as agreed with the buyer; `parts` are the lots that fill its quantity."""

    variant_id: int
    qty: Decimal
    unit_price_rp: int
    discount_rp: int
    policy: Policy
    parts: tuple[LotPart, ...]


@dataclass(frozen=True)
class MakerShare:
    """One maker's part of one pot, and into which pockets it goes."""

    participant_id: int
    weight: int
    amount_rp: int
    saved_rp: int
    spendable_rp: int
    family_rp: int


@dataclass(frozen=True)
class Part:
    """The division of what one lot brought: amount + loss = the sum of all COMPONENTS."""

    lot_id: int
    qty: Decimal
    amount_rp: int
    tax_rp: int
    fee_rp: int
    material_rp: int
    packing_rp: int
    donated_rp: int
    base_rp: int
    loss_rp: int
    makers_rp: int
    capital_rp: int
    state_rp: int
    cooperative_rp: int
    undivided_rp: int
    makers: tuple[MakerShare, ...]

    @property
    def total_weight(self) -> int:
        """The sum of all makers' weights of this lot."""
        return sum(maker.weight for maker in self.makers)


@dataclass(frozen=True)
class Line:
    """One line with its division by lot."""

    variant_id: int
    qty: Decimal
    unit_price_rp: int
    discount_rp: int
    amount_rp: int
    policy: Policy
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Calculation:
    """The whole calculation of a sale, frozen on it."""

    regime: str
    tax_bp: int
    fee_rp: int
    lines: tuple[Line, ...]

    @property
    def amount_rp(self) -> int:
        """What the buyer owes."""
        return sum(line.amount_rp for line in self.lines)

    @property
    def parts(self) -> list[Part]:
        """All parts in order of lines."""
        return [part for line in self.lines for part in line.parts]

    def total(self, name: str) -> int:
        """The sum of one column over all parts, e.g. `makers_rp`."""
        return sum(getattr(part, name) for part in self.parts)

    def as_json(self) -> dict[str, Any]:
        """Plain values for a JSON column, with the schema's version."""
        return {"schema": SCHEMA, **_plain(self)}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    if is_dataclass(value):
        return {key: _plain(inner) for key, inner in vars(value).items()}
    return format(value, "f") if isinstance(value, Decimal) else value


def line_amount(qty: Decimal, unit_price_rp: int, discount_rp: int) -> int:
    """Price times quantity, half a rupiah up, less the discount; ValueError below zero."""
    gross = int((qty * unit_price_rp).quantize(Decimal(1), ROUND_HALF_UP))
    if discount_rp < 0 or discount_rp > gross:
        raise ValueError("a discount lies between nothing and the price")
    return gross - discount_rp


def tax_included(amount_rp: int, tax_bp: int) -> int:
    """The tax inside a price that includes it: amount x bp / (10,000 + bp), half up."""
    whole = WHOLE_BP + tax_bp
    return (2 * amount_rp * tax_bp + whole) // (2 * whole)


def calculate(regime: str, tax_bp: int, fee_rp: int, lines: tuple[LineTerms, ...]) -> Calculation:
    """Divide a sale: price, discount, tax, fee, costs, base, shares, pot, pockets, in that order.

    `fee_rp` is the payment fee of the whole sale at the rate in force. Under `gross_pnbp` nothing
    is deducted and all of it is owed to the state; `history` is not divided at all.
    """
    if fee_rp < 0 or tax_bp < 0:
        raise ValueError("fee and tax are not negative")
    if regime != AGREEMENT:
        tax_bp = fee_rp = 0
    amounts = [line_amount(line.qty, line.unit_price_rp, line.discount_rp) for line in lines]
    by_line = [_by_qty(amount, line.parts) for amount, line in zip(amounts, lines, strict=True)]
    fees = _spread(fee_rp, [amount for parts in by_line for amount in parts])
    done, taken = [], 0
    for line, amount, parts in zip(lines, amounts, by_line, strict=True):
        taxes = _spread(tax_included(amount, tax_bp), parts)
        line_fees = fees[taken : taken + len(parts)]
        taken += len(parts)
        divided = tuple(
            _divide(regime, line.policy, lot, *money)
            for lot, *money in zip(line.parts, parts, taxes, line_fees, strict=True)
        )
        done.append(
            Line(
                line.variant_id, line.qty, line.unit_price_rp, line.discount_rp, amount,
                line.policy, divided,
            )
        )  # fmt: skip
    return Calculation(regime, tax_bp, fee_rp if any(amounts) else 0, tuple(done))


def _by_qty(amount: int, parts: tuple[LotPart, ...]) -> list[int]:
    return list(split_by_weights(amount, list(enumerate(part.qty for part in parts))).values())


def _spread(amount: int, over: list[int]) -> list[int]:
    """Divide by amounts; where nothing was paid, nothing is there to divide."""
    if not any(over):
        return [0] * len(over)
    return list(split_by_weights(amount, list(enumerate(over))).values())


def _divide(regime: str, policy: Policy, lot: LotPart, amount: int, tax: int, fee: int) -> Part:
    takes_costs = regime == AGREEMENT and not policy.is_turnover
    material, packing = (lot.material_rp, lot.packing_rp) if takes_costs else (0, 0)
    left = amount - tax - fee - material - packing
    base = max(left, 0)
    shares = _shares(regime, policy, base)
    return Part(
        lot.lot_id, lot.qty, amount, tax, fee, material, packing, lot.donated_rp,
        base_rp=base, loss_rp=max(-left, 0),
        makers_rp=shares["makers"], capital_rp=shares["capital"],
        state_rp=shares["state"], cooperative_rp=shares["cooperative"],
        undivided_rp=shares["undivided"],
        makers=_pot(shares["makers"], policy, lot.weights),
    )  # fmt: skip


def divide_base(policy: Policy, base_rp: int) -> dict[str, int]:
    """The shares of a base by name: all floored but the makers', which takes the rest."""
    return split_with_rest(base_rp, {name: getattr(policy, f"{name}_bp") for name in SHARE_NAMES})


def _shares(regime: str, policy: Policy, base: int) -> dict[str, int]:
    if regime != AGREEMENT:
        state = base if regime == GROSS else 0
        return {**dict.fromkeys(SHARE_NAMES, 0), "state": state, "undivided": base - state}
    return {**divide_base(policy, base), "undivided": 0}


def _pot(pot: int, policy: Policy, weights: tuple[tuple[int, int], ...]) -> tuple[MakerShare, ...]:
    if not weights or not pot:
        return ()
    amounts = split_by_weights(pot, weights)
    return tuple(
        MakerShare(person, weight, amounts[person], *pockets_of(amounts[person], policy))
        for person, weight in weights
    )


def pockets_of(amount: int, policy: Policy) -> tuple[int, int, int]:
    """Saved, spendable and family part of a share (largest remainder, saved first)."""
    order = [(place, getattr(policy, f"{name}_bp")) for place, name in enumerate(POCKETS)]
    saved, spendable, family = split_by_weights(amount, order).values()
    return saved, spendable, family


def missing_share(
    pots: Iterable[Mapping[int, int]], weights: Sequence[tuple[int, int]], person: int
) -> int:
    """Rupiah that `person` lacks, were the pots divided by the corrected weights; may be below 0.

    `pots`: of every allocation what each maker kept, by participant. Nobody else's part changes.
    """
    lacking = 0
    for pot in pots:
        right = split_by_weights(sum(pot.values()), weights).get(person, 0)
        lacking += right - pot.get(person, 0)
    return lacking


COMPONENTS = ("tax", "fee", "material", "packing", *SHARE_NAMES, "undivided")


@dataclass(frozen=True)
class Back:
    """What a refund of `amount_rp` takes back from one part: amount + loss = sum of components."""

    amount_rp: int
    loss_rp: int
    components: Mapping[str, int]


def take_back(refund_rp: int, left_rp: int, left_loss_rp: int, left: Mapping[str, int]) -> Back:
    """Take `refund_rp` out of the `left_rp` not yet refunded, from every component in proportion.

    Each component gives by what is left of it, so nothing goes below zero and the last refund
    takes the exact rest. ValueError for more than is left.
    """
    if not 0 < refund_rp <= left_rp:
        raise ValueError("a refund lies between nothing and what is left")
    loss = left_loss_rp * refund_rp // left_rp
    return Back(refund_rp, loss, take_parts(refund_rp + loss, left))


def take_parts(amount_rp: int, left: Mapping[Any, int]) -> dict[Any, int]:
    """Divide what is taken back over what is left of each part (largest remainder)."""
    if not amount_rp:
        return dict.fromkeys(left, 0)
    order = list(enumerate(left.values()))
    return dict(zip(left, split_by_weights(amount_rp, order).values(), strict=True))
