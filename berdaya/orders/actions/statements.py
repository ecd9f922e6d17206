"""A pasted statement: first told what each line finds, then booked all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from berdaya.core import clock, scope
from berdaya.core.locks import in_any_order, lock_rows
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused
from berdaya.ledger.models import Book
from berdaya.orders import rules
from berdaya.orders.actions.matching import match_money, record_money_in
from berdaya.orders.models import MoneyIn, Order
from berdaya.orders.models.orders import AWAITING_MONEY
from berdaya.orders.queries import Payee, orders_for_money
from berdaya.orders.statement import StatementLine, Unread, read_statement


@dataclass(frozen=True)
class Finding:
    """What a line is: known already, for an order, or waiting (`likely`: what it may be for)."""

    line: StatementLine
    is_known: bool = False
    order: Order | None = None
    likely: Order | None = None


def examine_statement(payee: Payee, text: str) -> list[Finding]:
    """The dry run: nothing is written. Refused: statement_wrong, statement_empty."""
    lines = _lines(text)
    known = set(
        MoneyIn.objects.filter(
            payee_key=payee.key, reference__in=[line.reference for line in lines]
        ).values_list("reference", flat=True)
    )
    found = orders_for_money([payee.key], [line.amount_rp for line in lines], clock.now())
    taken: set[object] = set()
    return [
        _finding(line, line.reference in known, found.get((payee.key, line.amount_rp), []), taken)
        for line in lines
    ]


def _lines(text: str) -> list[StatementLine]:
    rows = list(read_statement(text))
    wrong = [row for row in rows if isinstance(row, Unread)]
    if wrong:
        raise Refused(*(rules.statement_wrong(number=r.number, text=r.text) for r in wrong))
    if not rows:
        raise Refused(rules.statement_empty())
    return [row for row in rows if isinstance(row, StatementLine)]


def _finding(
    line: StatementLine, is_known: bool, orders: Sequence[Order], taken: set[object]
) -> Finding:
    """The first open order of that amount, once; anything else is only told."""
    if is_known:
        return Finding(line, is_known=True)
    for order in orders:
        is_open = order.state in AWAITING_MONEY and order.pk not in taken
        if (
            is_open
            and clock.local(order.placed_at, order.facility.timezone).date() <= line.received_on
        ):
            taken.add(order.pk)
            return Finding(line, order=order)
    return Finding(line, likely=orders[0] if orders else None)


def book_statement(*, by: Actor, book: Book, payee: Payee, text: str) -> list[Finding]:
    """Record every line and match what finds an open order, all or nothing.

    Repeating it changes nothing. Refused: as examine_statement and record_money_in.
    """
    scope.required()
    findings = examine_statement(payee, text)
    lock_rows(Order, [found.order.pk for found in findings if found.order])
    with in_any_order():
        _book(by, book, payee, findings)
    return findings


def _book(by: Actor, book: Book, payee: Payee, findings: Sequence[Finding]) -> None:
    for found in findings:
        money = record_money_in(
            by=by,
            book=book,
            payee=payee,
            amount_rp=found.line.amount_rp,
            received_on=found.line.received_on,
            reference=found.line.reference,
        )
        if found.order is not None:
            match_money(by=by, money=money, order=found.order)
