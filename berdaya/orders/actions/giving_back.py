"""Give a buyer's money back before any sale: too much, late, twice, or of an order that ended."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from berdaya.core import clock, scope
from berdaya.core.locks import lock_row
from berdaya.core.money import format_rp
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.ledger import chart
from berdaya.ledger.actions.entries import credit, debit, post_entry
from berdaya.orders import rules
from berdaya.orders.actions.steps import note_step
from berdaya.orders.models import MoneyBack, MoneyIn, Order
from berdaya.proceeds.actions.payments import MONEY_ACCOUNTS


def give_money_back(
    *,
    by: Actor,
    of: Order | MoneyIn,
    amount_rp: int,
    method: str,
    returned_on: date,
    reference: str,
    reason: str,
) -> MoneyBack:
    """Return money of an order, or money that found none, to where it came from.

    The same reference again is the same return. Locks the order or the money. Refused:
    money_back_exceeds, reference_used, reason_needed, entry_in_future, month_closed.
    """
    scope.required()
    require(may(by, "order.match", of.facility_id))
    if not reason.strip() or not reference.strip():
        raise Refused(rules.reason_needed())
    fresh = lock_row(of)
    earlier = MoneyBack.objects.filter(book=fresh.book_id, reference=reference.strip()).first()
    if earlier is not None:
        return _same(earlier, fresh, amount_rp)
    left = left_of(fresh)
    # Money that found no order goes back whole: it came in one piece.
    fits = isinstance(fresh, Order) or amount_rp == left
    require(rules.may_give_back(amount_rp if fits else 0, left))
    row = MoneyBack(
        facility_id=fresh.facility_id,
        book_id=fresh.book_id,
        order=fresh if isinstance(fresh, Order) else None,
        money_in=fresh if isinstance(fresh, MoneyIn) else None,
        method=method,
        amount_rp=amount_rp,
        returned_on=returned_on,
        reference=reference.strip(),
        reason=reason.strip(),
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )
    _insert(row)
    if isinstance(fresh, Order):
        Order.objects.filter(pk=fresh.pk).update(paid_rp=F("paid_rp") - amount_rp)
        note_step(by, fresh, "money_back", format_rp(amount_rp))
    _post(by, row)
    of.refresh_from_db()
    return row


def left_of(of: Order | MoneyIn) -> int:
    """What may be given back: what an order does not keep, or all of what found no order."""
    if isinstance(of, Order):
        return of.returnable_rp
    is_free = of.order_id is None and not of.returned.exists()
    return of.amount_rp if is_free else 0


def _same(earlier: MoneyBack, of: Order | MoneyIn, amount_rp: int) -> MoneyBack:
    target = earlier.order_id if isinstance(of, Order) else earlier.money_in_id
    if target != of.pk or earlier.amount_rp != amount_rp:
        raise Refused(rules.reference_used(reference=earlier.reference))
    return earlier


def _insert(row: MoneyBack) -> None:
    """Two orders may race for one reference: the database decides."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "orders_moneyback_reference" not in str(error):
            raise
        raise Refused(rules.reference_used(reference=row.reference)) from error


def _post(by: Actor, row: MoneyBack) -> None:
    about = f"order:{row.order_id}" if row.order_id else f"moneyin:{row.money_in_id}"
    post_entry(
        by=by,
        book=row.book,
        kind="money_back",
        booked_on=row.returned_on,
        reference=row.reference,
        subject=about,
        legs=[
            debit(chart.BUYERS, row.amount_rp),
            credit(MONEY_ACCOUNTS[row.method], row.amount_rp),
        ],
    )
