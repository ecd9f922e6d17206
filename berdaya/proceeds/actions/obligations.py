"""Settle what a book owes beside premi and PNBP, from its bank or cash."""

from datetime import date

from django.db import connection

from berdaya.core import clock, scope
from berdaya.core.codes import desk_code
from berdaya.core.locks import lock_row
from berdaya.core.money import format_rp
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.ledger import chart
from berdaya.ledger.actions.entries import credit, debit, post_entry
from berdaya.ledger.models import Book
from berdaya.ledger.queries import balance
from berdaya.proceeds import rules
from berdaya.proceeds.models import Obligation, ObligationSettlement
from berdaya.proceeds.models.obligations import Source

OBLIGATION_ACCOUNTS = {
    Obligation.COOPERATIVE: chart.COOPERATIVE,
    Obligation.FEES: chart.FEES,
    Obligation.TAX: chart.TAX,
    Obligation.SHIPPING: chart.SHIPPING_HELD,
    Obligation.QRIS: chart.QRIS,
}
SOURCE_ACCOUNTS = {Source.BANK: chart.BANK, Source.CASH: chart.CASH, Source.QRIS: chart.QRIS}


def settle_obligation(
    *,
    by: Actor,
    book: Book,
    obligation: str,
    source: str,
    amount_rp: int,
    settled_on: date,
    reference: str,
) -> ObligationSettlement:
    """Book one payment, never more than is owed on its day and now; or, for QRIS, its arrival.

    Locks the book, so that nothing is booked meanwhile. The same reference again is the same
    settlement. Refused: settlement_reference_missing, settlement_source_wrong, settlement_known,
    settlement_exceeds, day_in_future, month_closed.
    """
    require(may(by, "obligation.settle", book.facility_id))
    return pay_obligation(
        by=by, book=book, obligation=obligation, source=source, amount_rp=amount_rp,
        settled_on=settled_on, reference=reference,
    )  # fmt: skip


def pay_obligation(
    *,
    by: Actor,
    book: Book,
    obligation: str,
    source: str,
    amount_rp: int,
    settled_on: date,
    reference: str,
) -> ObligationSettlement:
    """The settlement itself, for actions that have asked for another ability already."""
    scope.required()
    words = reference.strip()
    require(rules.may_settle(obligation, source, words))
    require(rules.may_be_dated(settled_on, clock.today(book.facility.timezone)))
    lock_row(book)
    earlier = ObligationSettlement.objects.filter(
        book=book, obligation=obligation, reference=words
    ).first()
    if earlier is not None:
        asked = (source, amount_rp, settled_on)
        if (earlier.source, earlier.amount_rp, earlier.settled_on) != asked:
            raise Refused(rules.settlement_known(code=earlier.code))
        return earlier
    _require_owed(book, OBLIGATION_ACCOUNTS[Obligation(obligation)], amount_rp, settled_on)
    if source == Source.QRIS:
        _require_owed(book, chart.QRIS, amount_rp, settled_on)
    settlement = _keep(by, book, obligation, source, amount_rp, settled_on, words)
    _cover(settlement)
    _post(by, settlement)
    return settlement


def _require_owed(book: Book, account: str, amount_rp: int, day: date) -> None:
    owed = max(min(balance(book, account), balance(book, account, until=day)), 0)
    if not 0 < amount_rp <= owed:
        raise Refused(rules.settlement_exceeds(owed=format_rp(owed)))


def _keep(
    by: Actor,
    book: Book,
    obligation: str,
    source: str,
    amount_rp: int,
    day: date,
    reference: str,
) -> ObligationSettlement:
    code = book.facility.code
    return ObligationSettlement.objects.create(
        code=desk_code(code, day.year, "W", draw(f"obligation:{code}", day.year)),
        facility_id=book.facility_id,
        book=book,
        obligation=obligation,
        source=source,
        amount_rp=amount_rp,
        settled_on=day,
        reference=reference,
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )


def _post(by: Actor, settlement: ObligationSettlement) -> None:
    account = OBLIGATION_ACCOUNTS[Obligation(settlement.obligation)]
    money = SOURCE_ACCOUNTS[Source(settlement.source)]
    # QRIS on its way is the book's own: its arrival fills the bank, it pays nobody.
    paid, taken = (money, account) if account == chart.QRIS else (account, money)
    post_entry(
        by=by,
        book=settlement.book,
        kind="settlement",
        booked_on=settlement.settled_on,
        reference=settlement.code,
        subject=f"obligation:{settlement.pk}",
        legs=[debit(paid, settlement.amount_rp), credit(taken, settlement.amount_rp)],
    )


# Of every sale what makes up the obligation; what refunds took back is below zero.
_PAID = """SELECT p.sale_id, p.{column} AS rp FROM proceeds_payment p
           JOIN proceeds_sale s ON s.id = p.sale_id WHERE s.book_id = %(book)s"""
_FROZEN = """SELECT a.sale_id, a.{column} AS rp FROM proceeds_allocation a
             JOIN proceeds_sale s ON s.id = a.sale_id WHERE s.book_id = %(book)s"""
_REFUNDED = """ UNION ALL SELECT r.sale_id, -p.{column} FROM proceeds_refundpart p
               JOIN proceeds_refund r ON r.id = p.refund_id
               JOIN proceeds_sale s ON s.id = r.sale_id WHERE s.book_id = %(book)s"""
PARTS_OF = {
    Obligation.COOPERATIVE: (_FROZEN + _REFUNDED).format(column="cooperative_rp"),
    Obligation.TAX: (_FROZEN + _REFUNDED).format(column="tax_rp"),
    Obligation.FEES: (_PAID + _REFUNDED).format(column="fee_rp"),
    Obligation.QRIS: _PAID.format(column="amount_rp") + " AND p.method = 'qris'",
}
COVER = """
    INSERT INTO proceeds_obligationline (settlement_id, sale_id, facility_id, amount_rp)
    SELECT %(settlement)s, id, %(facility)s, least(rp, %(amount)s - before) FROM (
      SELECT s.id, o.rp, coalesce(sum(o.rp) OVER (ORDER BY s.sold_on, s.id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
      FROM (
        SELECT sale_id, sum(rp)::bigint AS rp FROM ({parts}
          UNION ALL SELECT l.sale_id, -l.amount_rp FROM proceeds_obligationline l
          JOIN proceeds_obligationsettlement c ON c.id = l.settlement_id
          WHERE c.book_id = %(book)s AND c.obligation = %(obligation)s) p
        GROUP BY 1 HAVING sum(rp) > 0) o
      JOIN proceeds_sale s ON s.id = o.sale_id) f
    WHERE before < %(amount)s"""


def _cover(settlement: ObligationSettlement) -> None:
    """Say which sales it covers, the oldest first, in one statement.

    A courier's bill covers parcels, and QRIS money of orders has no sale before the hand-over.
    """
    if settlement.obligation not in PARTS_OF:
        return
    facts: dict[str, int | str] = {
        "settlement": settlement.pk,
        "facility": settlement.facility_id,
        "book": settlement.book_id,
        "amount": settlement.amount_rp,
        "obligation": settlement.obligation,
    }
    with connection.cursor() as cursor:
        parts = PARTS_OF[Obligation(settlement.obligation)]
        cursor.execute(COVER.replace("{parts}", parts), facts)
