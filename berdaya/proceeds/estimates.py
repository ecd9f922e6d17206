"""How one piece's price would be divided today, for pages that show it before anything is sold."""

from datetime import date
from decimal import Decimal

from django.db.models import Exists, F, OuterRef

from berdaya.catalog.estimates import Ask, Estimate
from berdaya.institutions.queries import regime_of
from berdaya.proceeds import calc
from berdaya.proceeds.queries import payment_fee, policies_for, tax_bp
from berdaya.stock.calc import cost_share
from berdaya.stock.models import Lot, StockLevel

# The dearest way to pay a shop offers, so that the makers' part is never promised too high.
ASSUMED_METHOD = "qris"


def estimate_split(ask: Ask) -> Estimate | None:
    """As docs/rules/proceeds-split.md says, for a quantity of one from the lot that goes next.

    Every maker's weight is left out: the pot is told, never a person's part of it.
    """
    regime = regime_of(ask.party_id, ask.day)
    if regime is None:
        return None
    policy = policies_for(ask.party_id, [ask.category_id], ask.day)[ask.category_id]
    lot = next_lot(ask.variant_id, ask.day)
    fee = payment_fee(ASSUMED_METHOD, ask.price_rp, ask.day)
    part = _part(lot)
    line = calc.LineTerms(ask.variant_id, Decimal(1), ask.price_rp, 0, policy.terms(), (part,))
    told = calc.calculate(regime.kind, tax_bp(ask.party_id, ask.day), fee, (line,)).parts[0]
    is_gross = regime.kind == calc.GROSS
    return Estimate(
        price_rp=ask.price_rp,
        tax_rp=told.tax_rp,
        fee_rp=told.fee_rp,
        material_rp=told.material_rp,
        packing_rp=told.packing_rp,
        makers_rp=told.makers_rp,
        capital_rp=told.capital_rp,
        state_rp=told.state_rp,
        cooperative_rp=told.cooperative_rp,
        loss_rp=told.loss_rp,
        base=calc.GROSS if is_gross else policy.base,
        makers_bp=0 if is_gross else policy.makers_bp,
        capital_bp=0 if is_gross else policy.capital_bp,
        state_bp=10_000 if is_gross else policy.state_bp,
        cooperative_bp=0 if is_gross else policy.cooperative_bp,
        since=regime.valid_from if is_gross else policy.valid_from,
        costs_rp=part.material_rp + part.packing_rp if lot else None,
    )


def next_lot(variant_id: int, day: date) -> Lot | None:
    """The lot a buyer would get: first expiring of what is free, else the one made last."""
    free = StockLevel.objects.filter(lot=OuterRef("pk"), on_hand__gt=F("reserved"))
    rows = Lot.objects.filter(variant=variant_id).annotate(is_free=Exists(free))
    order = (F("is_free").desc(), F("expires_on").asc(nulls_last=True), "-made_on", "pk")
    good = rows.exclude(expires_on__lt=day)
    return good.order_by(*order).first() or rows.order_by("-made_on", "pk").first()


def _part(lot: Lot | None) -> calc.LotPart:
    if lot is None:
        return calc.LotPart(0, Decimal(1))
    one = min(Decimal(1), lot.made_qty)
    totals = (lot.material_total_rp, lot.packing_total_rp, lot.donated_total_rp)
    costs = (cost_share(total, lot.made_qty, Decimal(0), one) for total in totals)
    return calc.LotPart(lot.pk, Decimal(1), *costs)
