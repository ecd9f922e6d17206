"""How one piece's price would be divided today, for pages that show it before anything is sold."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, DateField, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import JSONObject

from berdaya.catalog.estimates import Ask, Estimate
from berdaya.core.memo import remembered
from berdaya.core.money import share_bp
from berdaya.goods.models import Category
from berdaya.institutions.models import RevenueRegime
from berdaya.proceeds import calc
from berdaya.proceeds.models import FeeRate, SellerTax, SplitPolicy
from berdaya.proceeds.queries import nearest_policy
from berdaya.stock.calc import cost_share
from berdaya.stock.models import Lot, StockLevel

# The dearest way to pay a shop offers, so that the makers' part is never promised too high.
ASSUMED_METHOD = "qris"


def estimate_split(ask: Ask) -> Estimate | None:
    """As docs/rules/proceeds-split.md says, for a quantity of one from the lot that goes next.

    Every maker's weight is left out: the pot is told, never a person's part of it. Two statements,
    because public pages ask.
    """
    regime = _regime(ask.party_id, ask.day)
    if regime is None:
        return None
    lot = next_lot(ask.variant_id, ask.day)
    return _told(ask, regime, _part(lot), lot is not None)


def divide_piece(ask: Ask, part: calc.LotPart, *, is_made: bool = True) -> Estimate | None:
    """The same for one piece that costs what `part` says; None where the party has no regime."""
    regime = _regime(ask.party_id, ask.day)
    return _told(ask, regime, part, is_made) if regime else None


def _told(ask: Ask, regime: Any, part: calc.LotPart, is_made: bool) -> Estimate:
    policy = _policy(ask, regime)
    fee = share_bp(ask.price_rp, _fee_bp(regime.fee_rates, ask.price_rp))
    line = calc.LineTerms(ask.variant_id, Decimal(1), ask.price_rp, 0, policy.terms(), (part,))
    told = calc.calculate(regime.kind, regime.tax_rate_bp or 0, fee, (line,)).parts[0]
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
        costs_rp=part.material_rp + part.packing_rp if is_made else None,
    )


@remembered
def _regime(party_id: int, day: date) -> Any:
    """The party's regime that day, with its tax, the payment's rates, policies and categories."""
    taxes = SellerTax.objects.on(day).filter(party=party_id).values("rate_bp")
    rates = FeeRate.objects.on(day).filter(method=ASSUMED_METHOD).order_by("-above_rp")
    mine = Q(party=party_id) | Q(party__isnull=True)
    policies = SplitPolicy.objects.on(day).filter(mine).order_by()
    columns = {field.attname: field.attname for field in SplitPolicy._meta.concrete_fields}
    tree = Category.objects.order_by().values(told=JSONObject(pk="pk", parent="parent_id"))
    rows = RevenueRegime.objects.on(day).filter(party=party_id)
    return rows.annotate(
        tax_rate_bp=Subquery(taxes[:1]),
        fee_rates=ArraySubquery(rates.values(told=JSONObject(above="above_rp", bp="rate_bp"))),
        policies=ArraySubquery(policies.values(told=JSONObject(**columns))),
        category_tree=ArraySubquery(tree),
    ).first()


def _fee_bp(rates: list[dict[str, int]], amount_rp: int) -> int:
    """As queries.fee_rate says: of the rates that begin below the amount the highest step."""
    fitting = (row["bp"] for row in rates if row["above"] == 0 or row["above"] < amount_rp)
    return next(fitting, 0)


def _policy(ask: Ask, regime: Any) -> SplitPolicy:
    parents = {row["pk"]: row["parent"] for row in regime.category_tree}
    rows = [SplitPolicy(**told) for told in regime.policies]
    for row in rows:
        row.clean_fields(exclude=["party", "category"])
    by_owner = {(row.party_id, row.category_id): row for row in rows}
    return nearest_policy(by_owner, parents, ask.party_id, ask.category_id)


@remembered
def next_lot(variant_id: int, day: date) -> Lot | None:
    """The lot a buyer would get: first expiring of what is free, else the one made last."""
    free = StockLevel.objects.filter(lot=OuterRef("pk"), on_hand__gt=F("reserved"))
    is_good = Q(expires_on__isnull=True) | Q(expires_on__gte=day)
    rows = Lot.objects.filter(variant=variant_id).annotate(
        goes=Case(When(Exists(free) & is_good, then=0), When(is_good, then=1), default=2),
        ends=Case(When(is_good, then="expires_on"), output_field=DateField()),
    )
    return rows.order_by("goes", F("ends").asc(nulls_last=True), "-made_on", "pk").first()


def _part(lot: Lot | None) -> calc.LotPart:
    if lot is None:
        return calc.LotPart(0, Decimal(1))
    one = min(Decimal(1), lot.made_qty)
    totals = (lot.material_total_rp, lot.packing_total_rp, lot.donated_total_rp)
    costs = (cost_share(total, lot.made_qty, Decimal(0), one) for total in totals)
    return calc.LotPart(lot.pk, Decimal(1), *costs)
