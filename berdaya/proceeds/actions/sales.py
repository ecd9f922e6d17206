"""Record a sale: goods of lots handed over, their money divided, frozen and booked."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import connection

from berdaya.core import clock, scope
from berdaya.core.codes import desk_code
from berdaya.core.ids import uuid7
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.ledger import chart
from berdaya.ledger.actions.entries import LegSpec, credit, debit, post_entry
from berdaya.ledger.models import Book
from berdaya.ledger.rules import book_missing
from berdaya.proceeds import calc, rules
from berdaya.proceeds.actions.drafts import Draft, SaleLineInput, draft_sale, payment_fee_of
from berdaya.proceeds.actions.payments import PaymentInput, book_payment
from berdaya.proceeds.models import Allocation, PremiShare, Sale, SaleLine
from berdaya.proceeds.queries import (
    selling_books,
)
from berdaya.stock.actions.movements import take_from_lot
from berdaya.stock.models import MovementKind, Place

__all__ = ["SaleLineInput", "record_sale"]


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
    days_on_way: int = 0,
) -> Sale:
    """Take the goods out of stock, divide their money and book it; the sale, or the one that the
    same `request_key` (or `source_ref`) made before.

    What a courier carries for `days_on_way` becomes final so much later. Locks the lots. Refused:
    the codes of rules.may_sell and may_buy_at, regime_missing, book_missing, stock_short,
    lot_of_other_variant, discount_too_large, payment_exceeds_due.
    """
    scope.required()
    require(may(by, "sale.record", facility.pk))
    facts = rules.SaleFacts(facility.kind, sold_on, clock.today(facility.timezone), len(lines))
    require(rules.may_sell(facts))
    sale_id = uuid7()
    key = request_key or source_ref
    if key and not claim_request(key, facility.pk, sale_id):
        earlier = Sale.objects.get(request__key=_key_name(key, facility.pk))
        earlier.is_repeat = True
        return earlier
    book = book or _usual_book(facility)
    draft = draft_sale(book, place, kind, buyer_kind, sold_on, lines, payments, is_history)
    final_on = draft.final_on + timedelta(days=days_on_way)
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
        final_on=final_on,
        released_on=sold_on if final_on == sold_on else None,
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
        book_payment(by, sale, payment, fee_rp=_fee_of(sale, payment), is_at_sale=True)
    return sale


def _fee_of(sale: Sale, payment: PaymentInput) -> int:
    """What the payment costs; a gross seller's split bears no fee, so none hangs on a deposit."""
    if payment.is_deposit and sale.regime != calc.AGREEMENT:
        return 0
    return payment_fee_of(payment, sale.sold_on)


def claim_request(key: str, facility_id: int, sale_id: UUID | None) -> bool:
    """Claim a posted form (for this sale); False if it has arrived before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO proceeds_salerequest (key, facility_id, sale_id) VALUES (%s, %s, %s)"
            " ON CONFLICT (key) DO NOTHING",
            [_key_name(key, facility_id), facility_id, sale_id],
        )
        return bool(cursor.rowcount)


def _key_name(key: str, facility_id: int) -> str:
    """What does not fit stands by its hash: two long keys that begin alike stay two."""
    name = f"{facility_id}:{key}"
    return name if len(name) <= 80 else f"{facility_id}:{sha256(key.encode()).hexdigest()}"


def _usual_book(facility: Facility) -> Book:
    books = selling_books(facility.pk)
    if not books:
        raise Refused(book_missing())
    return books[0]


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
