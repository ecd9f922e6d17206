"""Think sales through before anything is written: prices, lots, policies, the division."""

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
from berdaya.legality.rules.shipping import HOME
from berdaya.proceeds import calc, rules
from berdaya.proceeds.actions.payments import PaymentInput
from berdaya.proceeds.models import SaleKind, SplitPolicy
from berdaya.proceeds.queries import payment_fee, policies_for, sold_of, tax_bp
from berdaya.stock.calc import cost_share
from berdaya.stock.models import Lot, Place
from berdaya.stock.queries import first_expiring
from berdaya.workshop.queries import weights_of

Pick = list[tuple[int, Decimal]]
Lots = dict[int, Lot]
Weights = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class SaleLineInput:
    """One line as sold: whole rupiah, quantity in the variant's measure, a lot if it is known."""

    variant_id: int
    qty: Decimal
    unit_price_rp: int
    discount_rp: int = 0
    lot_id: int | None = None


@dataclass(frozen=True)
class SaleInput:
    """One sale as it happened; `request_key` or else `source_ref` tells it from another.

    `destination` is where the goods go (ISO 3166).
    What a courier carries for `days_on_way` becomes final so much later. `fee_rp` is the part of a
    payment's fee that falls on this sale where another party took the money.
    """

    kind: str
    buyer_kind: str
    sold_on: date
    lines: Sequence[SaleLineInput]
    payments: Sequence[PaymentInput] = ()
    buyer_label: str = ""
    own_receipt_no: str = ""
    source_ref: str = ""
    is_history: bool = False
    request_key: str | None = None
    days_on_way: int = 0
    fee_rp: int = 0
    destination: str = HOME

    @property
    def key(self) -> str:
        """What makes a second arrival the same sale; empty where nothing does."""
        return self.request_key or self.source_ref


@dataclass(frozen=True)
class Draft:
    """A sale thought through but not yet written."""

    sale: SaleInput
    calculation: calc.Calculation
    final_on: date


@dataclass
class Counter:
    """What sales are thought through with: read and locked once, counted on from sale to sale."""

    book: Book
    variants: dict[int, Variant]
    lots: Lots
    sold: dict[int, Decimal]
    weights: dict[int, Weights]


def draft_sales(book: Book, place: Place, sales: Sequence[SaleInput]) -> tuple[list[Draft], Lots]:
    """Check prices, pick and lock the lots, find the policies and divide the money of each sale.

    The drafts in order, and all lots by id. Queries do not grow with the number of sales, unless
    lots must be picked.
    """
    variants = Variant.objects.select_related("product").in_bulk(
        {line.variant_id for sale in sales for line in sale.lines}
    )
    for sale in sales:
        _require_prices(sale.buyer_kind, sale.lines, variants)
    promised: dict[int, Decimal] = defaultdict(Decimal)
    picks = [_pick(sale.lines, place, sale.sold_on, promised) for sale in sales]
    counter = _counter(book, variants, {pk for pick in picks for part in pick for pk, _qty in part})
    drafts = [_draft(counter, sale, pick) for sale, pick in zip(sales, picks, strict=True)]
    return drafts, counter.lots


def _counter(book: Book, variants: dict[int, Variant], lot_ids: set[int]) -> Counter:
    """Locks the lots."""
    lots = {lot.pk: lot for lot in lock_rows(Lot, lot_ids)}
    sold = {pk: Decimal(str(qty)) for pk, qty in sold_of(lots).items()}
    weights = weights_of([pk for pk, lot in lots.items() if lot.makes_premi])
    return Counter(book, variants, lots, sold, {pk: tuple(one) for pk, one in weights.items()})


def _draft(counter: Counter, sale: SaleInput, picks: list[Pick]) -> Draft:
    book, day = counter.book, sale.sold_on
    categories = {
        line.variant_id: counter.variants[line.variant_id].product.category_id
        for line in sale.lines
    }
    policies = policies_for(book.party_id, categories.values(), day)
    terms = tuple(
        calc.LineTerms(
            line.variant_id,
            line.qty,
            line.unit_price_rp,
            line.discount_rp,
            policies[categories[line.variant_id]].terms(),
            _parts(counter, line, pick),
        )
        for line, pick in zip(sale.lines, picks, strict=True)
    )
    regime = calc.HISTORY if sale.is_history else _regime(book, day)
    fee = sale.fee_rp + sum(payment_fee_of(payment, day) for payment in sale.payments)
    calculation = calc.calculate(regime, tax_bp(book.party_id, day), fee, terms)
    if sum(payment.amount_rp for payment in sale.payments) > calculation.amount_rp:
        raise Refused(rules.payment_exceeds_due(due=format_rp(calculation.amount_rp)))
    return Draft(sale, calculation, _final_on(sale, policies.values()))


def payment_fee_of(payment: PaymentInput, sold_on: date) -> int:
    """What this payment costs: as it was told, or at the rate in force on its day."""
    if payment.fee_rp is not None:
        return payment.fee_rp
    return payment_fee(payment.method, payment.amount_rp, payment.paid_on or sold_on)


def _regime(book: Book, sold_on: date) -> str:
    regime = regime_of(book.party_id, sold_on)
    if regime is None:
        raise Refused(rules.regime_missing())
    return regime.kind


def _final_on(sale: SaleInput, policies: Iterable[SplitPolicy]) -> date:
    """Handed over is final, but for what a courier carries and a buyer may send back."""
    if sale.kind != SaleKind.COURIER:
        return sale.sold_on
    patience = max(policy.final_after_days for policy in policies)
    return sale.sold_on + timedelta(days=sale.days_on_way + patience)


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


def _pick(
    lines: Sequence[SaleLineInput], place: Place, day: date, promised: dict[int, Decimal]
) -> list[Pick]:
    """Lots for every line, first expiring first; two lines of one variant share one picking.

    What is picked is added to what is `promised`, by lot.
    """
    asked: dict[int, Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.lot_id is None:
            asked[line.variant_id] += line.qty
    ready = {
        variant: [
            [lot.pk, part] for lot, part in first_expiring(variant, place.pk, qty, day, promised)
        ]
        for variant, qty in asked.items()
    }
    picks = [
        _take_picked(ready[line.variant_id], line.qty)
        if line.lot_id is None
        else [(line.lot_id, line.qty)]
        for line in lines
    ]
    for pk, qty in (part for pick in picks for part in pick):
        promised[pk] += qty
    return picks


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


def _parts(counter: Counter, line: SaleLineInput, pick: Pick) -> tuple[calc.LotPart, ...]:
    """A line's parts with their share of the lots' cost, counted on from what is sold."""
    parts = []
    for pk, qty in pick:
        lot, sold = counter.lots[pk], counter.sold.get(pk, Decimal(0))
        if lot.variant_id != line.variant_id:
            raise Refused(rules.lot_of_other_variant(lot=lot.code))
        parts.append(_part(lot, sold, qty, counter.weights.get(pk, ())))
        counter.sold[pk] = sold + qty
    return tuple(parts)


def _part(lot: Lot, sold: Decimal, qty: Decimal, weights: Weights) -> calc.LotPart:
    # A count may have found more than the batch made: what was not made costs nothing.
    costed = max(min(qty, lot.made_qty - sold), Decimal(0))
    totals = (lot.material_total_rp, lot.packing_total_rp, lot.donated_total_rp)
    material, packing, donated = (
        cost_share(total, lot.made_qty, sold, costed) if costed else 0 for total in totals
    )
    return calc.LotPart(lot.pk, qty, material, packing, donated, weights)
