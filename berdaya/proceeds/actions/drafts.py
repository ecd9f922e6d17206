"""Think a sale through before anything is written: prices, lots, policies, the division."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from berdaya.core.locks import lock_rows
from berdaya.core.money import format_rp
from berdaya.core.verdicts import Refused, combine, require
from berdaya.goods.models import Variant
from berdaya.institutions.queries import regime_of
from berdaya.ledger.models import Book
from berdaya.proceeds import calc, rules
from berdaya.proceeds.actions.payments import PaymentInput
from berdaya.proceeds.models import SaleKind, SplitPolicy
from berdaya.proceeds.queries import payment_fee, policies_for, sold_of, tax_bp
from berdaya.stock.calc import cost_share
from berdaya.stock.models import Lot, Place
from berdaya.stock.queries import first_expiring
from berdaya.workshop.queries import weights_of


@dataclass(frozen=True)
class SaleLineInput:
    """One line as sold: whole rupiah, quantity in the variant's measure, a lot if it is known."""

    variant_id: int
    qty: Decimal
    unit_price_rp: int
    discount_rp: int = 0
    lot_id: int | None = None


@dataclass(frozen=True)
class Draft:
    """A sale thought through but not yet written."""

    book: Book
    lines: Sequence[SaleLineInput]
    lots: dict[int, Lot]
    calculation: calc.Calculation
    final_on: date


def draft_sale(
    book: Book,
    place: Place,
    kind: str,
    buyer_kind: str,
    sold_on: date,
    lines: Sequence[SaleLineInput],
    payments: Sequence[PaymentInput],
    is_history: bool,
) -> Draft:
    """Check prices, pick and lock the lots, find the policies and divide the money."""
    variants = Variant.objects.select_related("product").in_bulk({ln.variant_id for ln in lines})
    _require_prices(buyer_kind, lines, variants)
    picks = _pick(lines, place, sold_on)
    lots = {lot.pk: lot for lot in lock_rows(Lot, {pk for pick in picks for pk, _qty in pick})}
    for line, pick in zip(lines, picks, strict=True):
        _require_variant(line, [lots[pk] for pk, _qty in pick])
    categories = {pk: variant.product.category_id for pk, variant in variants.items()}
    policies = policies_for(book.party_id, categories.values(), sold_on)
    parts = _parts(picks, lots)
    terms = tuple(
        calc.LineTerms(
            line.variant_id,
            line.qty,
            line.unit_price_rp,
            line.discount_rp,
            policies[categories[line.variant_id]].terms(),
            part,
        )
        for line, part in zip(lines, parts, strict=True)
    )
    regime = calc.HISTORY if is_history else _regime(book, sold_on)
    fee = sum(payment_fee_of(payment, sold_on) for payment in payments)
    calculation = calc.calculate(regime, tax_bp(book.party_id, sold_on), fee, terms)
    if sum(payment.amount_rp for payment in payments) > calculation.amount_rp:
        raise Refused(rules.payment_exceeds_due(due=format_rp(calculation.amount_rp)))
    return Draft(book, lines, lots, calculation, _final_on(kind, sold_on, policies.values()))


def payment_fee_of(payment: PaymentInput, sold_on: date) -> int:
    """What this payment costs at the rate in force on its day."""
    return payment_fee(payment.method, payment.amount_rp, payment.paid_on or sold_on)


def _regime(book: Book, sold_on: date) -> str:
    regime = regime_of(book.party_id, sold_on)
    if regime is None:
        raise Refused(rules.regime_missing())
    return regime.kind


def _final_on(kind: str, sold_on: date, policies: Iterable[SplitPolicy]) -> date:
    """Handed over is final, but for what a courier carries and a buyer may send back."""
    if kind != SaleKind.COURIER:
        return sold_on
    return sold_on + timedelta(days=max(policy.final_after_days for policy in policies))


def _require_prices(
    buyer_kind: str, lines: Sequence[SaleLineInput], variants: dict[int, Variant]
) -> None:
    verdicts = []
    for line in lines:
        try:
            amount = calc.line_amount(line.qty, line.unit_price_rp, line.discount_rp)
        except ValueError:
            raise Refused(rules.discount_too_large()) from None
        price = variants[line.variant_id].list_price_rp
        verdicts.append(rules.may_buy_at(buyer_kind, line.qty, amount, price))
    require(combine(verdicts))


def _require_variant(line: SaleLineInput, lots: list[Lot]) -> None:
    for lot in lots:
        if lot.variant_id != line.variant_id:
            raise Refused(rules.lot_of_other_variant(lot=lot.code))


Pick = list[tuple[int, Decimal]]


def _pick(lines: Sequence[SaleLineInput], place: Place, day: date) -> list[Pick]:
    """Lots for every line, first expiring first; two lines of one variant share one picking."""
    asked: dict[int, Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.lot_id is None:
            asked[line.variant_id] += line.qty
    ready = {
        variant: [[lot.pk, qty] for lot, qty in first_expiring(variant, place.pk, qty, day)]
        for variant, qty in asked.items()
    }
    return [
        _take_picked(ready[line.variant_id], line.qty)
        if line.lot_id is None
        else [(line.lot_id, line.qty)]
        for line in lines
    ]


def _take_picked(ready: list[list[Any]], qty: Decimal) -> Pick:
    taken: Pick = []
    while qty > 0:
        part = min(ready[0][1], qty)
        taken.append((ready[0][0], part))
        ready[0][1] -= part
        qty -= part
        if not ready[0][1]:
            ready.pop(0)
    return taken


def _parts(picks: list[Pick], lots: dict[int, Lot]) -> list[tuple[calc.LotPart, ...]]:
    """Each line's parts with their share of the lot's cost, counted on from what is sold."""
    sold = {pk: Decimal(str(qty)) for pk, qty in sold_of(lots).items()}
    weights = weights_of([pk for pk, lot in lots.items() if lot.makes_premi])
    done = []
    for pick in picks:
        parts = []
        for pk, qty in pick:
            parts.append(_part(lots[pk], sold.get(pk, Decimal(0)), qty, weights.get(pk, [])))
            sold[pk] = sold.get(pk, Decimal(0)) + qty
        done.append(tuple(parts))
    return done


def _part(lot: Lot, sold: Decimal, qty: Decimal, weights: list[tuple[int, int]]) -> calc.LotPart:
    # A count may have found more than the batch made: what was not made costs nothing.
    costed = max(min(qty, lot.made_qty - sold), Decimal(0))
    totals = (lot.material_total_rp, lot.packing_total_rp, lot.donated_total_rp)
    material, packing, donated = (
        cost_share(total, lot.made_qty, sold, costed) if costed else 0 for total in totals
    )
    return calc.LotPart(lot.pk, qty, material, packing, donated, tuple(weights))
