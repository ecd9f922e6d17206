"""Record a deposit of PNBP; it covers the oldest sales that still owe."""

import re
from datetime import date

from django.db import IntegrityError, transaction

from berdaya.core import clock, scope
from berdaya.core.codes import desk_code
from berdaya.core.locks import lock_rows
from berdaya.core.money import format_rp
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.ledger import chart
from berdaya.ledger.actions.entries import credit, debit, post_entry
from berdaya.ledger.models import Book
from berdaya.proceeds import rules
from berdaya.proceeds.models import PnbpDeposit, PnbpDepositLine, Sale
from berdaya.proceeds.queries import deposit_due, owed_sales

FORMATS = (r"\d{15}", r"\d{6}", r"[0-9A-Z]{16}")


def record_deposit(
    *,
    by: Actor,
    book: Book,
    amount_rp: int,
    deposited_on: date,
    billing_code: str,
    account_code: str,
    ntpn: str,
) -> PnbpDeposit:
    """Post what the state received, against the oldest sales first.

    Locks those sales. Refused: deposit_number_wrong, deposit_exceeds_owed, deposit_known,
    day_in_future, day_too_early.
    """
    scope.required()
    require(may(by, "deposit.record", book.facility_id))
    numbers = (billing_code.strip(), account_code.strip(), ntpn.strip().upper())
    for pattern, number in zip(FORMATS, numbers, strict=True):
        if not re.fullmatch(pattern, number):
            raise Refused(rules.deposit_number_wrong())
    _require_day(book, deposited_on)
    owing = owed_sales().filter(book=book, sold_on__lte=deposited_on)
    locked = lock_rows(Sale, owing.values_list("pk", flat=True))
    sales = sorted(locked, key=lambda sale: (sale.sold_on, sale.pk))
    owed = sum(sale.state_owed_rp for sale in sales)
    if not 0 < amount_rp <= owed:
        raise Refused(rules.deposit_exceeds_owed(owed=format_rp(owed)))
    deposit = _keep(by, book, amount_rp, deposited_on, numbers, sales[0].sold_on)
    _cover(deposit, sales)
    post_entry(
        by=by,
        book=book,
        kind="deposit",
        booked_on=deposited_on,
        reference=deposit.code,
        subject=f"deposit:{deposit.pk}",
        legs=[debit(chart.STATE_OWED, amount_rp), credit(chart.BANK, amount_rp)],
    )
    return deposit


def _require_day(book: Book, day: date) -> None:
    oldest = owed_sales().filter(book=book).values_list("sold_on", flat=True).first()
    after = [(rules.OLDEST_SALE, oldest)] if oldest else []
    require(rules.may_be_dated(day, clock.today(book.facility.timezone), *after))


def _keep(
    by: Actor,
    book: Book,
    amount_rp: int,
    day: date,
    numbers: tuple[str, str, str],
    oldest: date,
) -> PnbpDeposit:
    code = book.facility.code
    deposit = PnbpDeposit(
        code=desk_code(code, day.year, "P", draw(f"deposit:{code}", day.year)),
        facility_id=book.facility_id,
        book=book,
        billing_code=numbers[0],
        account_code=numbers[1],
        ntpn=numbers[2],
        amount_rp=amount_rp,
        deposited_on=day,
        due_on=deposit_due(book.party_id, oldest).day,
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )
    try:
        with transaction.atomic():
            deposit.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(rules.deposit_known()) from error
    return deposit


def _cover(deposit: PnbpDeposit, sales: list[Sale]) -> None:
    left, covered, lines = deposit.amount_rp, [], []
    for sale in sales:
        part = min(left, sale.state_owed_rp)
        if not part:
            continue
        sale.state_deposited_rp += part
        covered.append(sale)
        lines.append(
            PnbpDepositLine(
                deposit=deposit, sale=sale, facility_id=deposit.facility_id, amount_rp=part
            )
        )
        left -= part
    Sale.objects.bulk_update(covered, ["state_deposited_rp"], batch_size=500)
    PnbpDepositLine.objects.bulk_create(lines)
