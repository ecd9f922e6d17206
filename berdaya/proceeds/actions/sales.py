"""Record a sale: goods of lots handed over, their money divided, frozen and booked."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from berdaya.core import clock, scope
from berdaya.core.codes import desk_code
from berdaya.core.ids import uuid7
from berdaya.core.locks import lock_rows
from berdaya.core.money import format_rp
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, combine, require
from berdaya.goods.models import Variant
from berdaya.institutions.models import Facility
from berdaya.institutions.queries import regime_of
from berdaya.institutions.rules import may
from berdaya.ledger import chart
from berdaya.ledger.actions.entries import LegSpec, credit, debit, post_entry
from berdaya.ledger.models import Book
from berdaya.ledger.rules import book_missing
from berdaya.proceeds import calc, rules
from berdaya.proceeds.actions.payments import PaymentInput, book_payment
from berdaya.proceeds.models import Allocation, PremiShare, Sale, SaleKind, SaleLine, SplitPolicy
from berdaya.proceeds.queries import (
    payment_fee,
    policies_for,
    selling_books,
    sold_of,
    tax_bp,
)
from berdaya.stock.actions.movements import take_from_lot
from berdaya.stock.calc import cost_share
from berdaya.stock.models import Lot, MovementKind, Place
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


def record_sale(
    *,
    by: Actor,
    facility: Facility,
    kind: str,
    buyer_kind: str,
    sold_on: date,
    place: Place,
    lines: Sequence[SaleLineInput],
    payments: Sequence[PaymentInput] = (),
    buyer_label: str = "",
    own_receipt_no: str = "",
    source_ref: str = "",
    is_history: bool = False,
    request_key: str | None = None,
    book: Book | None = None,
) -> Sale:
    """Take the goods out of stock, divide their money and book it; the sale, or the one that the
    same `request_key` (or `source_ref`) made before.

    Locks the lots. Refused: the codes of rules.may_sell and may_buy_at, regime_missing,
    book_missing, stock_short, lot_of_other_variant, discount_too_large, payment_exceeds_due.
    """
    scope.required()
    require(may(by, "sale.record", facility.pk))
    facts = rules.SaleFacts(facility.kind, sold_on, clock.today(facility.timezone), len(lines))
    require(rules.may_sell(facts))
    sale_id = uuid7()
    if earlier := _claim(request_key or source_ref, facility.pk, sale_id):
        return earlier
    book = book or _usual_book(facility)
    draft = _draft(book, place, kind, buyer_kind, sold_on, lines, payments, is_history)
    year = sold_on.year
    number = draw(f"sale:{facility.code}", year)
    sale = Sale(
        id=sale_id,
        code=desk_code(facility.code, year, "J", number),
        facility=facility,
        book=book,
        place=place,
        kind=kind,
        buyer_kind=buyer_kind,
        buyer_label=buyer_label,
        sold_on=sold_on,
        final_on=draft.final_on,
        released_on=sold_on if draft.final_on == sold_on else None,
        receipt_no=f"{number:04d}/{facility.code}/{year}",
        own_receipt_no=own_receipt_no,
        regime=draft.calculation.regime,
        amount_rp=draft.calculation.amount_rp,
        paid_rp=sum(payment.amount_rp for payment in payments),
        state_rp=draft.calculation.total("state_rp"),
        calculation=draft.calculation.as_json(),
        is_history=is_history,
        source_ref=source_ref,
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )
    _write(by, sale, draft)
    _book(by, sale, draft.calculation)
    for payment in payments:
        book_payment(by, sale, payment, fee_rp=payment_fee_of(payment, sold_on), is_at_sale=True)
    return sale


def _claim(key: str | None, facility_id: int, sale_id: UUID) -> Sale | None:
    """Claim a posted form for this sale; the earlier sale if somebody already did."""
    if not key:
        return None
    name = f"{facility_id}:{key}"[:80]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO proceeds_salerequest (key, facility_id, sale_id) VALUES (%s, %s, %s)"
            " ON CONFLICT (key) DO NOTHING",
            [name, facility_id, sale_id],
        )
        if cursor.rowcount:
            return None
    earlier = Sale.objects.get(request__key=name)
    earlier.is_repeat = True
    return earlier


def _usual_book(facility: Facility) -> Book:
    books = selling_books(facility.pk)
    if not books:
        raise Refused(book_missing())
    return books[0]


def _draft(
    book: Book,
    place: Place,
    kind: str,
    buyer_kind: str,
    sold_on: date,
    lines: Sequence[SaleLineInput],
    payments: Sequence[PaymentInput],
    is_history: bool,
) -> Draft:
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


def _write(by: Actor, sale: Sale, draft: Draft) -> None:
    sale.save(force_insert=True)
    lines, allocations, shares = [], [], []
    for line in draft.calculation.lines:
        row = _line_row(sale, line)
        lines.append(row)
        for part in line.parts:
            allocation = _allocation_row(sale, row, line.policy.id, part)
            allocations.append(allocation)
            shares += [_share_row(sale, allocation, part, maker) for maker in part.makers]
    SaleLine.objects.bulk_create(lines)
    Allocation.objects.bulk_create(allocations)
    PremiShare.objects.bulk_create(shares)
    for allocation in allocations:
        take_from_lot(
            by=by,
            lot=draft.lots[allocation.lot_id],
            place=sale.place,
            qty=allocation.qty,
            day=sale.sold_on,
            kind=MovementKind.SOLD,
            reference=sale.code,
        )


def _line_row(sale: Sale, line: calc.Line) -> SaleLine:
    return SaleLine(
        sale=sale,
        facility_id=sale.facility_id,
        day=sale.sold_on,
        variant_id=line.variant_id,
        qty=line.qty,
        unit_price_rp=line.unit_price_rp,
        discount_rp=line.discount_rp,
        amount_rp=line.amount_rp,
    )


MONEY = (
    "amount_rp",
    "tax_rp",
    "fee_rp",
    "material_rp",
    "packing_rp",
    "donated_rp",
    "base_rp",
    "loss_rp",
    "makers_rp",
    "capital_rp",
    "state_rp",
    "cooperative_rp",
    "undivided_rp",
)


def _allocation_row(sale: Sale, line: SaleLine, policy_id: int, part: calc.Part) -> Allocation:
    return Allocation(
        line=line,
        sale=sale,
        facility_id=sale.facility_id,
        lot_id=part.lot_id,
        policy_id=policy_id,
        qty=part.qty,
        **{name: getattr(part, name) for name in MONEY},
    )


def _share_row(
    sale: Sale, allocation: Allocation, part: calc.Part, maker: calc.MakerShare
) -> PremiShare:
    return PremiShare(
        allocation=allocation,
        sale=sale,
        participant_id=maker.participant_id,
        facility_id=sale.facility_id,
        book_id=sale.book_id,
        earned_on=sale.sold_on,
        weight=maker.weight,
        total_weight=part.total_weight,
        amount_rp=maker.amount_rp,
        saved_rp=maker.saved_rp,
        spendable_rp=maker.spendable_rp,
        family_rp=maker.family_rp,
        released_on=sale.released_on,
    )


def _book(by: Actor, sale: Sale, calculation: calc.Calculation) -> None:
    shared = sum(maker.amount_rp for part in calculation.parts for maker in part.makers)
    costs = calculation.total("material_rp") + calculation.total("packing_rp")
    capital = calculation.total("capital_rp") - calculation.total("loss_rp")
    post_entry(
        by=by,
        book=sale.book,
        kind="sale",
        booked_on=sale.sold_on,
        reference=sale.code,
        subject=f"sale:{sale.pk}",
        legs=[
            debit(chart.BUYERS, sale.amount_rp),
            credit(chart.TAX, calculation.total("tax_rp")),
            credit(chart.FEES, calculation.total("fee_rp")),
            credit(chart.COSTS_BACK, costs),
            credit(chart.CAPITAL, capital),
            credit(chart.STATE_OWED, calculation.total("state_rp")),
            credit(chart.COOPERATIVE, calculation.total("cooperative_rp")),
            credit(chart.HISTORY, calculation.total("undivided_rp")),
            credit(chart.PREMI_UNASSIGNED, calculation.total("makers_rp") - shared),
            *_premi_legs(calculation, is_final=sale.released_on is not None),
        ],
    )


def _premi_legs(calculation: calc.Calculation, *, is_final: bool) -> list[LegSpec]:
    """One leg a person and account; straight to the pockets where the sale is final at once."""
    sums: dict[tuple[int, str], int] = defaultdict(int)
    for part in calculation.parts:
        for maker in part.makers:
            if not is_final:
                sums[maker.participant_id, chart.PREMI_PENDING] += maker.amount_rp
                continue
            for pocket, account in chart.POCKET_ACCOUNTS.items():
                sums[maker.participant_id, account] += getattr(maker, f"{pocket}_rp")
    return [credit(account, amount, person) for (person, account), amount in sums.items()]
