"""Sell at a stall: one nota, a sale in every owner's book, the money in the cash-taker's."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from berdaya.core import clock, scope
from berdaya.core.locks import lock_row
from berdaya.core.numbers import draw_many
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.ledger import chart
from berdaya.ledger.actions.entries import EntrySpec, credit, debit, post_entries
from berdaya.legality.selling import ended_on
from berdaya.proceeds.actions.payments import PaymentInput
from berdaya.proceeds.actions.sales import SaleInput, SaleLineInput, record_sales
from berdaya.proceeds.models import BuyerKind, Sale, SaleKind
from berdaya.till import rules_sales as rules
from berdaya.till.actions.baskets import (
    Asked,
    BasketLine,
    Draft,
    NotaInput,
    Owner,
    Part,
    StallPayment,
    draft_nota,
    lines_of,
)
from berdaya.till.actions.lines import claim
from berdaya.till.models import (
    HandOutLine,
    StallMethod,
    StallSale,
    StallSaleLine,
    StallSalePart,
    StallSession,
)

__all__ = ["BasketLine", "NotaInput", "StallPayment", "sell_at_stall", "sell_many_at_stall"]


def sell_at_stall(
    *,
    by: Actor,
    session: StallSession,
    sale_id: UUID,
    basket: Sequence[BasketLine],
    payment: StallPayment,
    sold_at: datetime | None = None,
) -> StallSale:
    """One nota under the device's `sale_id`; see sell_many_at_stall."""
    asked = NotaInput(sale_id, basket, payment, sold_at)
    return sell_many_at_stall(by=by, session=session, asked=[asked])[0]


def sell_many_at_stall(
    *, by: Actor, session: StallSession, asked: Sequence[NotaInput]
) -> list[StallSale]:
    """Notas in order, all or none; one whose `sale_id` arrived before is the one it made then.

    `by` must reach the owners (mandates.at_stall). Locks the session, takes the goods by one
    conditional UPDATE a line, records each owner's sales, draws the numbers last. Refused:
    sale_id_taken, session_closed, basket_empty, stall_line_unknown, stall_sold_out, price_*,
    cash_short, qris_*, permit_lapsed, permit_revoked, and whatever refuses a sale.
    """
    scope.required()
    require(may(by, "stall.sell", session.facility_id))
    fresh = [one for one in asked if _claim(session, one)]
    made = {nota.pk: nota for nota in _sell(by, session, fresh)} if fresh else {}
    return [made.get(one.sale_id) or _earlier(one.sale_id) for one in asked]


def _claim(session: StallSession, asked: NotaInput) -> bool:
    """False where it has arrived before; a second arrival waits for the first."""
    digest = asked.digest(session.stall_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO till_saleclaim (id, facility_id, digest) VALUES (%s, %s, %s)"
            " ON CONFLICT (id) DO NOTHING RETURNING id",
            [asked.sale_id, session.facility_id, digest],
        )
        if cursor.fetchone():
            return True
        cursor.execute("SELECT digest FROM till_saleclaim WHERE id = %s", [asked.sale_id])
        row = cursor.fetchone()
    if row is None or row[0] != digest:
        raise Refused(rules.sale_id_taken())
    return False


def _earlier(sale_id: UUID) -> StallSale:
    earlier = StallSale.objects.get(pk=sale_id)
    earlier.is_repeat = True
    return earlier


def _sell(by: Actor, session: StallSession, asked: Sequence[NotaInput]) -> list[StallSale]:
    locked = lock_row(session)
    if not locked.is_open:
        raise Refused(rules.session_closed())
    known = lines_of(locked, asked)
    _require_lawful(locked, known, asked)
    drafts = [draft_nota(by, locked, known, one) for one in asked]
    _take([one for draft in drafts for one in draft.lines])
    sales = _record(by, drafts)
    _number(locked, drafts)
    _write(drafts, sales)
    post_entries(by=by, specs=[nota_entry(draft.nota) for draft in drafts])
    return [draft.nota for draft in drafts]


def _require_lawful(
    session: StallSession, known: Mapping[int, HandOutLine], asked: Sequence[NotaInput]
) -> None:
    """A permit may have ended since the gate chose the goods. A paper nota is written down as it
    was: it has a time of its own."""
    lines = [line.line_id for one in asked if one.sold_at is None for line in one.basket]
    variants = {known[pk].variant_id for pk in lines if pk in known}
    if variants:
        require(ended_on({clock.today(session.stall.event.timezone): variants}))


def _take(asked: Sequence[Asked]) -> None:
    """Of two who reach for the last piece one is told; the condition is the check."""
    wanted: dict[int, Decimal] = defaultdict(Decimal)
    for one in asked:
        wanted[one.line.pk] += one.qty
    short = claim("sold_qty", wanted)
    if short is not None:
        one = next(one for one in asked if one.line.pk == short)
        one.line.refresh_from_db(fields=["qty", "returned_qty", "lost_qty", "sold_qty"])
        raise Refused(rules.sold_out(one.what, one.line.left_qty))


def _record(by: Actor, drafts: Sequence[Draft]) -> dict[tuple[UUID, Owner], Sale]:
    """Each owner's sales of all notas at once, owner after owner."""
    found: dict[tuple[UUID, Owner], Sale] = {}
    for owner in sorted({owner for draft in drafts for owner in draft.parts}):
        mine = [(draft.nota, draft.parts[owner]) for draft in drafts if owner in draft.parts]
        hand_out = mine[0][1].hand_out
        made = record_sales(
            by=by, facility=hand_out.facility, place=hand_out.place, book=hand_out.book,
            sales=[_sale(nota, part, owner) for nota, part in mine],
        )  # fmt: skip
        found |= {(nota.pk, owner): sale for (nota, _part), sale in zip(mine, made, strict=True)}
    return found


def _sale(nota: StallSale, part: Part, owner: Owner) -> SaleInput:
    """The owner's sale: paid where the owner takes the cash, else owed until settlement."""
    _facility, book, place = owner
    is_own = book == nota.book_id
    paid = PaymentInput(nota.method, part.amount_rp, nota.qris_reference, fee_rp=part.fee_rp)
    return SaleInput(
        kind=SaleKind.STALL,
        buyer_kind=BuyerKind.PUBLIC,
        sold_on=nota.day,
        lines=[
            SaleLineInput(one.line.variant_id, one.qty, one.unit_price_rp, lot_id=one.line.lot_id)
            for one in part.lines
        ],
        payments=[paid] if is_own else [],
        request_key=f"stall:{nota.pk}:{book}:{place}",
        fee_rp=0 if is_own else part.fee_rp,
    )


def _number(session: StallSession, drafts: Sequence[Draft]) -> None:
    """The series stays locked until the end, so numbers come last."""
    stall = session.stall
    counts = Counter(draft.nota.day.year for draft in drafts)
    drawn = {
        year: iter(draw_many(f"stall:{stall.pk}", year, count))
        for year, count in sorted(counts.items())
    }
    for draft in drafts:
        nota = draft.nota
        nota.year = nota.day.year
        nota.number = next(drawn[nota.year])
        nota.code = nota_code(stall.event.code, stall.number, nota.day, nota.number)
        parts = draft.parts.items()
        nota.own_rp = sum(part.amount_rp for (_who, book, _where), part in parts
                          if book == nota.book_id)  # fmt: skip


def nota_code(event: str, stall: int, day: date, number: int) -> str:
    """`FEST-K3-26-0012`: event, stall, year, running number."""
    return f"{event}-K{stall}-{day:%y}-{number:04d}"


def _write(drafts: Sequence[Draft], sales: dict[tuple[UUID, Owner], Sale]) -> None:
    StallSale.objects.bulk_create(draft.nota for draft in drafts)
    rows = [
        (_part_row(draft.nota, part, sales[draft.nota.pk, owner]), part)
        for draft in drafts
        for owner, part in draft.parts.items()
    ]
    StallSalePart.objects.bulk_create(row for row, _part in rows)
    StallSaleLine.objects.bulk_create(
        _line_row(row, one) for row, part in rows for one in part.lines
    )


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


def _line_row(row: StallSalePart, one: Asked) -> StallSaleLine:
    return StallSaleLine(
        part=row,
        stall_sale_id=row.stall_sale_id,
        facility_id=row.facility_id,
        host_id=row.host_id,
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


def nota_entry(nota: StallSale) -> EntrySpec:
    """The cash-taker's book: the drawer holds what was received, the other owners' part is owed.

    The own part came in as a payment; of cash it moves from the book's cash to the stall's.
    """
    others = nota.amount_rp - nota.own_rp
    legs: list[Any] = [debit(chart.QRIS, others)]
    if nota.method == StallMethod.CASH:
        legs = [
            debit(chart.STALL_CASH, nota.received_rp),
            credit(chart.CASH, nota.own_rp),
            credit(chart.CASH_ROUNDING, nota.rounding_rp),
        ]
    return EntrySpec(
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
