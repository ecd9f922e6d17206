"""Sell at a stall: one nota, a sale in every owner's book, the money in the cash-taker's."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection

from berdaya.core import clock, scope
from berdaya.core.locks import lock_row
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.goods.models import said_once
from berdaya.institutions.rules import may
from berdaya.ledger import chart
from berdaya.ledger.actions.entries import credit, debit, post_entry
from berdaya.proceeds.actions.payments import PaymentInput
from berdaya.proceeds.actions.sales import SaleInput, SaleLineInput, record_sales
from berdaya.proceeds.calc import line_amount
from berdaya.proceeds.models import BuyerKind, Sale, SaleKind
from berdaya.proceeds.queries import payment_fee
from berdaya.till import rules_sales as rules
from berdaya.till.actions.lines import claim
from berdaya.till.calc_cash import fee_parts, rounded_cash
from berdaya.till.models import (
    SEEN,
    HandOutLine,
    QrisCheck,
    QrisProof,
    StallMethod,
    StallSale,
    StallSaleLine,
    StallSalePart,
    StallSession,
)


@dataclass(frozen=True)
class BasketLine:
    """What the buyer takes of one hand-out line; no price means the one on the tag."""

    line_id: int
    qty: Decimal
    unit_price_rp: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class StallPayment:
    """How it is paid. Cash: what was handed over. QRIS: the last digits of the reference, when,
    and where the seller saw the money come (`seen` of SEEN; empty: not seen yet)."""

    method: str
    tendered_rp: int | None = None
    reference: str = ""
    paid_at: datetime | None = None
    seen: str = ""


@dataclass
class Asked:
    """A basket line with what was handed out, as it will be sold."""

    line: HandOutLine
    qty: Decimal
    unit_price_rp: int
    reason: str
    amount_rp: int

    @property
    def what(self) -> str:
        """The goods, as the seller knows them."""
        return said_once(self.line.variant.product.name, self.line.variant.name)


@dataclass
class Part:
    """What one owner sells on this nota, from one place."""

    lines: list[Asked] = field(default_factory=list)
    fee_rp: int = 0

    @property
    def amount_rp(self) -> int:
        """The owner's part of the nota."""
        return sum(one.amount_rp for one in self.lines)


def sell_at_stall(
    *,
    by: Actor,
    session: StallSession,
    sale_id: UUID,
    basket: Sequence[BasketLine],
    payment: StallPayment,
    sold_at: datetime | None = None,
) -> StallSale:
    """One nota under the device's `sale_id`; arriving again it is the same nota.

    `by` must reach the owners (mandates.at_stall). Locks the session, takes the goods by one
    conditional UPDATE a line, records each owner's sale, draws the number last. Refused:
    sale_id_taken, session_closed, basket_empty, stall_line_unknown, stall_sold_out, price_*,
    cash_short, qris_*, and whatever refuses a sale.
    """
    scope.required()
    require(may(by, "stall.sell", session.facility_id))
    if not _claim(sale_id, session, digest_of(session, basket, payment)):
        earlier = StallSale.objects.get(pk=sale_id)
        earlier.is_repeat = True
        return earlier
    locked = lock_row(session)
    if not locked.is_open:
        raise Refused(rules.session_closed())
    asked = _asked(locked, basket)
    amount = sum(one.amount_rp for one in asked)
    nota = _nota(by, locked, sale_id, amount, payment, sold_at or clock.now())
    parts = _parts(asked)
    _share_fee(nota, parts)
    _take(asked)
    sales = [
        (part, _record(by, nota, part, is_own=key[0] == locked.book_id))
        for key, part in parts.items()
    ]
    _write(nota, sales)
    post_nota(by, nota)
    return nota


def digest_of(
    session: StallSession, basket: Sequence[BasketLine], payment: StallPayment
) -> str:
    """What was asked, in one word: the same id with another one is another sale."""
    lines = sorted(
        [one.line_id, format(one.qty.normalize(), "f"), one.unit_price_rp, one.reason.strip()]
        for one in basket
    )
    paid = [payment.method, payment.tendered_rp, payment.reference.strip(), payment.seen]
    told = json.dumps([session.stall_id, lines, paid])
    return sha256(told.encode()).hexdigest()


def _claim(sale_id: UUID, session: StallSession, digest: str) -> bool:
    """False where it has arrived before; a second arrival waits for the first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO till_saleclaim (id, facility_id, digest) VALUES (%s, %s, %s)"
            " ON CONFLICT (id) DO NOTHING RETURNING id",
            [sale_id, session.facility_id, digest],
        )
        if cursor.fetchone():
            return True
        cursor.execute("SELECT digest FROM till_saleclaim WHERE id = %s", [sale_id])
        row = cursor.fetchone()
    if row is None or row[0] != digest:
        raise Refused(rules.sale_id_taken())
    return False


def _asked(session: StallSession, basket: Sequence[BasketLine]) -> list[Asked]:
    known = HandOutLine.objects.filter(
        hand_out__stall=session.stall_id, hand_out__received_at__isnull=False, is_closed=False
    )
    rows = known.select_related("hand_out__place", "hand_out__book", "variant__product", "lot")
    lines = rows.in_bulk([one.line_id for one in basket])
    asked = []
    for one in sorted(basket, key=lambda one: one.line_id):
        line = lines.get(one.line_id)
        if line is None or one.qty <= 0:
            raise Refused(rules.stall_line_unknown())
        price = line.price_rp if one.unit_price_rp is None else one.unit_price_rp
        amount = line_amount(one.qty, price, 0)
        asked.append(Asked(line, one.qty, price, one.reason.strip(), amount))
    require(rules.may_sell_lines([_facts(one) for one in asked]))
    return asked


def _facts(one: Asked) -> rules.LineFacts:
    line = one.line
    return rules.LineFacts(
        one.what, one.qty, one.unit_price_rp, line.price_rp, line.lowest_rp, one.reason
    )


def _nota(
    by: Actor,
    session: StallSession,
    sale_id: UUID,
    amount_rp: int,
    payment: StallPayment,
    sold_at: datetime,
) -> StallSale:
    is_cash = payment.method == StallMethod.CASH
    step = session.stall.rounding_rp
    due = rounded_cash(amount_rp, step) if is_cash and step else amount_rp
    tendered = due if payment.tendered_rp is None else payment.tendered_rp
    reference = payment.reference.strip().upper()
    has_qris = session.qris_check != QrisCheck.NONE
    require(rules.may_pay(rules.PayFacts(payment.method, due, tendered, reference, has_qris)))
    return StallSale(
        id=sale_id,
        stall_id=session.stall_id,
        session=session,
        facility_id=session.facility_id,
        book=session.book,
        day=clock.local(sold_at, session.stall.event.timezone).date(),
        sold_at=sold_at,
        method=payment.method,
        amount_rp=amount_rp,
        rounding_rp=due - amount_rp,
        tendered_rp=tendered if is_cash else 0,
        qris_reference="" if is_cash else reference,
        qris_at=None if is_cash else payment.paid_at or sold_at,
        proof=_proof(payment),
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )


def _proof(payment: StallPayment) -> str:
    if payment.method == StallMethod.CASH:
        return QrisProof.NONE
    return payment.seen if payment.seen in SEEN else QrisProof.OPEN


# By book and place of the owner: where a unit's own goods lie at the stall.
Parts = dict[tuple[int, int], Part]


def _parts(asked: Sequence[Asked]) -> Parts:
    """Sorted by owner, so that two notas take the owners' rows in one order."""
    found: Parts = defaultdict(Part)
    for one in sorted(asked, key=lambda one: (one.line.facility_id, one.line.hand_out.book_id)):
        found[one.line.hand_out.book_id, one.line.hand_out.place_id].lines.append(one)
    return found


def _share_fee(nota: StallSale, parts: Parts) -> None:
    """The fee of the one payment falls on the owners by their amounts."""
    fee = payment_fee(nota.method, nota.amount_rp, nota.day)
    amounts = [part.amount_rp for part in parts.values()]
    for part, share in zip(parts.values(), fee_parts(fee, amounts), strict=True):
        part.fee_rp = share


def _take(asked: Sequence[Asked]) -> None:
    """Of two who reach for the last piece one is told; the condition is the check."""
    by_line = {one.line.pk: one for one in asked}
    short = claim("sold_qty", {pk: one.qty for pk, one in by_line.items()})
    if short is not None:
        one = by_line[short]
        one.line.refresh_from_db(fields=["qty", "returned_qty", "lost_qty", "sold_qty"])
        raise Refused(rules.sold_out(one.what, one.line.left_qty))


def _record(by: Actor, nota: StallSale, part: Part, *, is_own: bool) -> Sale:
    """The owner's sale: paid where the owner takes the cash, else owed until settlement."""
    hand_out = part.lines[0].line.hand_out
    paid = []
    if is_own:
        paid = [PaymentInput(nota.method, part.amount_rp, nota.qris_reference, fee_rp=part.fee_rp)]
    asked = SaleInput(
        kind=SaleKind.STALL,
        buyer_kind=BuyerKind.PUBLIC,
        sold_on=nota.day,
        lines=[
            SaleLineInput(one.line.variant_id, one.qty, one.unit_price_rp, lot_id=one.line.lot_id)
            for one in part.lines
        ],
        payments=paid,
        request_key=f"stall:{nota.pk}:{hand_out.book_id}:{hand_out.place_id}",
        fee_rp=0 if is_own else part.fee_rp,
    )
    return record_sales(
        by=by, facility=hand_out.facility, place=hand_out.place, sales=[asked], book=hand_out.book
    )[0]


def _write(nota: StallSale, sales: Sequence[tuple[Part, Sale]]) -> None:
    """Number and rows; the series stays locked until the end, so its number comes last."""
    stall = nota.session.stall
    nota.own_rp = sum(part.amount_rp for part, sale in sales if sale.book_id == nota.book_id)
    nota.year = nota.day.year
    nota.number = draw(f"stall:{stall.pk}", nota.year)
    nota.code = nota_code(stall.event.code, stall.number, nota.day, nota.number)
    nota.save(force_insert=True)
    rows = [(_part_row(nota, part, sale), part) for part, sale in sales]
    StallSalePart.objects.bulk_create(row for row, _part in rows)
    StallSaleLine.objects.bulk_create(
        _line_row(nota, row, one) for row, part in rows for one in part.lines
    )


def nota_code(event: str, stall: int, day: date, number: int) -> str:
    """`FEST-K3-26-0012`: event, stall, year, running number."""
    return f"{event}-K{stall}-{day:%y}-{number:04d}"


def _part_row(nota: StallSale, part: Part, sale: Sale) -> StallSalePart:
    return StallSalePart(
        stall_sale=nota,
        facility_id=sale.facility_id,
        host_id=nota.facility_id,
        book_id=sale.book_id,
        sale=sale,
        sale_code=sale.code,
        is_own=sale.book_id == nota.book_id,
        amount_rp=part.amount_rp,
        fee_rp=part.fee_rp,
    )


def _line_row(nota: StallSale, row: StallSalePart, one: Asked) -> StallSaleLine:
    return StallSaleLine(
        part=row,
        stall_sale=nota,
        facility_id=row.facility_id,
        host_id=nota.facility_id,
        hand_out_line=one.line,
        variant_id=one.line.variant_id,
        lot_code=one.line.lot.code,
        lot_public_code=one.line.lot.public_code,
        qty=one.qty,
        price_rp=one.line.price_rp,
        unit_price_rp=one.unit_price_rp,
        amount_rp=one.amount_rp,
        reason=one.reason if one.unit_price_rp < one.line.price_rp else "",
    )


def post_nota(by: Actor, nota: StallSale) -> None:
    """The cash-taker's book: the drawer holds what was received, the other owners' part is owed.

    The own part came in as a payment; of cash it moves from the book's cash to the stall's.
    """
    others = nota.amount_rp - nota.own_rp
    legs: list[Any]
    if nota.method == StallMethod.CASH:
        legs = [
            debit(chart.STALL_CASH, nota.received_rp),
            credit(chart.CASH, nota.own_rp),
            credit(chart.CASH_ROUNDING, nota.rounding_rp),
        ]
    else:
        legs = [debit(chart.QRIS, others)]
    post_entry(
        by=by,
        book=nota.book,
        kind="stall_sale",
        booked_on=nota.day,
        reference=nota.code,
        subject=nota_subject(nota),
        legs=[*legs, credit(chart.CONSIGNORS, others)],
    )


def nota_subject(nota: StallSale) -> str:
    """What the entry of a nota is about."""
    return f"nota:{nota.pk}"
