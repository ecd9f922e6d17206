"""Where a price would go: asked here, answered by the room that divides money (it stands above)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

# The base where the state takes all.
GROSS = "gross_pnbp"


@dataclass(frozen=True)
class Ask:
    """One piece of a variant, sold by a party at a price on a day."""

    party_id: int
    category_id: int
    variant_id: int
    price_rp: int
    day: date


@dataclass(frozen=True)
class Estimate:
    """How one piece's price would be divided; whole rupiah, parts add up to price plus loss.

    `base`: `profit`, `turnover`, or `gross_pnbp` where the state takes all. `costs_rp` is what one
    piece cost in material and packing (None: nothing made yet), deducted or not; basis points as
    in the policy; `since` is the policy's first day.
    """

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
    base: str
    makers_bp: int
    capital_bp: int
    state_bp: int
    cooperative_bp: int
    since: date
    costs_rp: int | None


Estimator = Callable[[Ask], Estimate | None]
_estimator: list[Estimator] = []


def declare_estimator(estimator: Estimator) -> None:
    """The one who answers, registered in AppConfig.ready; a second one takes its place."""
    _estimator[:] = [estimator]


def estimate(ask: Ask) -> Estimate | None:
    """The division of one piece's price; None where nobody has said how the party's money goes."""
    return _estimator[0](ask) if _estimator else None
