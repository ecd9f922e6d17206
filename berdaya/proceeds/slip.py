"""What a slip says: frozen numbers from which every line can be worked out again by hand."""

from dataclasses import asdict, dataclass
from typing import Any

SCHEMA = 1


@dataclass(frozen=True)
class SlipShare:
    """One share: what was sold, what was deducted, and my part of the makers' pot."""

    sale_code: str
    receipt_no: str
    sold_on: str
    goods: str
    lot_code: str
    qty: str
    unit_price_rp: int
    amount_rp: int
    tax_rp: int
    fee_rp: int
    material_rp: int
    packing_rp: int
    is_turnover: bool
    base_rp: int
    makers_bp: int
    pot_rp: int
    my_weight: int
    total_weight: int
    weight_unit: str
    share_rp: int
    saved_rp: int
    spendable_rp: int
    family_rp: int
    final_on: str
    is_pending: bool


@dataclass(frozen=True)
class SlipNote:
    """Something else of that month: a return, a correction, a payment."""

    kind: str
    day: str
    code: str
    amount_rp: int
    words: str = ""


@dataclass(frozen=True)
class SlipContent:
    """All of one slip; no name, only the work number inside."""

    facility: str
    work_number: str
    month: str
    shares: tuple[SlipShare, ...]
    notes: tuple[SlipNote, ...]
    earned_rp: int
    floor_rp: int
    saved_rp: int
    spendable_rp: int
    family_rp: int
    pending_rp: int
    waiting_rp: int

    def as_json(self) -> dict[str, Any]:
        """Plain values with the schema's version."""
        return {"schema": SCHEMA, **asdict(self)}


def work_out(share: dict[str, Any]) -> tuple[int, int]:
    """(base, share before the last rupiah) as the reader works them out; for the slip's own test.

    The share printed may be one rupiah more: broken rupiah go to the largest remainders.
    """
    costs = share["tax_rp"] + share["fee_rp"] + share["material_rp"] + share["packing_rp"]
    base = max(share["amount_rp"] - costs, 0)
    return base, share["pot_rp"] * share["my_weight"] // share["total_weight"]
