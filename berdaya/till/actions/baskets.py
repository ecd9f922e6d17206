"""Think a nota through before anything is written: lines, prices, payment, the owners' parts."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.goods.models import said_once
from berdaya.proceeds.calc import line_amount
from berdaya.proceeds.queries import payment_fee
from berdaya.till import rules_sales as rules
from berdaya.till.calc_cash import fee_parts, rounded_cash
from berdaya.till.models import (
    SEEN,
    HandOut,
    HandOutLine,
    QrisCheck,
    QrisProof,
    StallMethod,
    StallSale,
    StallSession,
)
from berdaya.till.queries_sales import rounding_step


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


@dataclass(frozen=True)
class NotaInput:
    """One sale as a device posts it, under the id that it made."""

    sale_id: UUID
    basket: Sequence[BasketLine]
    payment: StallPayment
    sold_at: datetime | None = None

    def digest(self, stall_id: int) -> str:
        """What was asked, in one word: the same id with another one is another sale."""
        lines = sorted(
            [one.line_id, format(one.qty.normalize(), "f"), one.unit_price_rp, one.reason.strip()]
            for one in self.basket
        )
        paid = self.payment
        told = [paid.method, paid.tendered_rp, paid.reference.strip(), paid.seen]
        return sha256(json.dumps([stall_id, lines, told]).encode()).hexdigest()


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

    def facts(self) -> rules.LineFacts:
        """What decides whether it may go at this price."""
        line = self.line
        return rules.LineFacts(
            self.what, self.qty, self.unit_price_rp, line.price_rp, line.lowest_rp, self.reason
        )


# Whose goods, in which book, from which of the owner's places.
Owner = tuple[int, int, int]


@dataclass
class Part:
    """What one owner sells on one nota."""

    lines: list[Asked] = field(default_factory=list)
    fee_rp: int = 0

    @property
    def hand_out(self) -> HandOut:
        """One of the hand-outs it comes from."""
        return self.lines[0].line.hand_out

    @property
    def amount_rp(self) -> int:
        """The owner's part of the nota."""
        return sum(one.amount_rp for one in self.lines)


@dataclass
class Draft:
    """A nota thought through but not yet written; its parts stand in the owners' order."""

    nota: StallSale
    parts: dict[Owner, Part]

    @property
    def lines(self) -> list[Asked]:
        """All of its lines."""
        return [one for part in self.parts.values() for one in part.lines]


def lines_of(session: StallSession, asked: Sequence[NotaInput]) -> dict[int, HandOutLine]:
    """The hand-out lines that baskets name and the stall may sell: one query."""
    rows = HandOutLine.objects.filter(
        hand_out__stall=session.stall_id, hand_out__received_at__isnull=False, is_closed=False
    )
    known = rows.select_related(
        "hand_out__place__facility", "hand_out__book__party", "hand_out__facility",
        "variant__product", "lot",
    )  # fmt: skip
    return known.in_bulk({line.line_id for one in asked for line in one.basket})


def draft_nota(
    by: Actor, session: StallSession, known: Mapping[int, HandOutLine], asked: NotaInput
) -> Draft:
    """The nota, its money and its parts. Refused: the codes of may_sell_lines and may_pay."""
    lines = [_asked(known, one) for one in sorted(asked.basket, key=lambda one: one.line_id)]
    require(rules.may_sell_lines([one.facts() for one in lines]))
    nota = _nota(by, session, asked, sum(one.amount_rp for one in lines))
    parts: dict[Owner, Part] = defaultdict(Part)
    for one in sorted(lines, key=_owner):
        parts[_owner(one)].lines.append(one)
    fee = payment_fee(nota.method, nota.amount_rp, nota.day)
    shares = fee_parts(fee, [part.amount_rp for part in parts.values()])
    for part, share in zip(parts.values(), shares, strict=True):
        part.fee_rp = share
    return Draft(nota, parts)


def _owner(one: Asked) -> Owner:
    """Sorted by it, so that two notas take the owners' rows in one order."""
    hand_out = one.line.hand_out
    return one.line.facility_id, hand_out.book_id, hand_out.place_id


def _asked(known: Mapping[int, HandOutLine], one: BasketLine) -> Asked:
    line = known.get(one.line_id)
    if line is None or one.qty <= 0:
        raise Refused(rules.stall_line_unknown())
    price = line.price_rp if one.unit_price_rp is None else one.unit_price_rp
    return Asked(line, one.qty, price, one.reason.strip(), line_amount(one.qty, price, 0))


def _nota(by: Actor, session: StallSession, asked: NotaInput, amount_rp: int) -> StallSale:
    payment, sold_at = asked.payment, asked.sold_at or clock.now()
    day = clock.local(sold_at, session.stall.event.timezone).date()
    is_cash = payment.method == StallMethod.CASH
    step = rounding_step(session.facility_id, day) if is_cash else 0
    due = rounded_cash(amount_rp, step) if is_cash and step else amount_rp
    tendered = due if payment.tendered_rp is None else payment.tendered_rp
    reference = payment.reference.strip().upper()
    has_qris = session.qris_check != QrisCheck.NONE
    require(rules.may_pay(rules.PayFacts(payment.method, due, tendered, reference, has_qris)))
    return StallSale(
        id=asked.sale_id,
        stall_id=session.stall_id,
        session=session,
        facility_id=session.facility_id,
        book=session.book,
        day=day,
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
