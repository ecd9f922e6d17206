"""Money that reached an account: recorded once, matched to its order; claims decided."""

from datetime import date, datetime, timedelta

from django.db.models import F

from berdaya.core import clock, scope
from berdaya.core.locks import lock_row
from berdaya.core.money import format_rp
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, Verdict, require
from berdaya.institutions.rules import may
from berdaya.ledger import chart
from berdaya.ledger.actions.entries import credit, debit, post_entry
from berdaya.ledger.models import Book
from berdaya.orders import rules
from berdaya.orders.actions.making import make_again
from berdaya.orders.actions.placing import hold_variant, write_holds
from berdaya.orders.actions.steps import move_order, note_step
from berdaya.orders.models import (
    ClaimOutcome,
    MoneyIn,
    Order,
    OrderState,
    PaymentClaim,
)
from berdaya.orders.models.orders import AWAITING_MONEY, UNSOLD
from berdaya.orders.queries import Payee, free_pieces, last_day_of_rest, term_of
from berdaya.proceeds.actions.payments import MONEY_ACCOUNTS
from berdaya.proceeds.queries import payment_fee

# After a claim was not found the buyer has at least so long to pay or to ask.
SECOND_CHANCE = timedelta(hours=4)


def record_money_in(
    *,
    by: Actor,
    book: Book,
    payee: Payee,
    amount_rp: int,
    received_on: date,
    reference: str,
    order: Order | None = None,
) -> MoneyIn:
    """Write down one line of a statement and post it; the same line again is the same money.

    Without an order it waits. Refused: payee_of_other, reference_used, entry_in_future,
    month_closed, and what match_money refuses.
    """
    scope.required()
    require(may(by, "order.match", book.facility_id))
    account = payee.qris or payee.bank_account
    if account is None or account.owner_id != book.party_id:
        raise Refused(rules.payee_of_other())
    money, is_new = MoneyIn.objects.get_or_create(
        payee_key=payee.key,
        reference=reference.strip(),
        defaults={
            "facility_id": book.facility_id,
            "book": book,
            "method": payee.method,
            "amount_rp": amount_rp,
            "fee_rp": payment_fee(payee.method, amount_rp, received_on),
            "received_on": received_on,
            "recorded_at": clock.now(),
            "recorded_by_id": by.user_id,
        },
    )
    if is_new:
        _post(by, money)
    elif (money.amount_rp, money.received_on) != (amount_rp, received_on):
        raise Refused(rules.reference_used(reference=money.reference))
    if order is not None:
        match_money(by=by, money=money, order=order)
    return money


def _post(by: Actor, money: MoneyIn) -> None:
    """The buyers' money, and the fee that its coming costs, whatever becomes of it."""
    post_entry(
        by=by,
        book=money.book,
        kind="money_in",
        booked_on=money.received_on,
        reference=money.reference,
        subject=f"moneyin:{money.pk}",
        legs=[
            debit(MONEY_ACCOUNTS[money.method], money.amount_rp),
            credit(chart.BUYERS, money.amount_rp),
            debit(chart.FEE_VARIANCE, money.fee_rp),
            credit(chart.FEES, money.fee_rp),
        ],
    )


def match_money(*, by: Actor, money: MoneyIn, order: Order) -> Order:
    """This money is for this order; where it covers what is asked the order is paid.

    Matched again to the same order it changes nothing. Of two who match one line at once, one is
    told. Money for an order that ended, or more than is asked, waits on Hari Ini for what to do.
    Locks the order and the money. Refused: money_matched, money_returned, money_of_other_seller,
    money_before_order.
    """
    scope.required()
    require(may(by, "order.match", order.facility_id))
    fresh, line = lock_row(order), lock_row(money)
    if line.order_id == fresh.pk:
        return fresh
    require(_may_match(line, fresh))
    MoneyIn.objects.filter(pk=line.pk).update(order=fresh)
    Order.objects.filter(pk=fresh.pk).update(paid_rp=F("paid_rp") + line.amount_rp)
    fresh.refresh_from_db(fields=["paid_rp"])
    note_step(by, fresh, "money_in", format_rp(line.amount_rp))
    if fresh.state in AWAITING_MONEY and fresh.paid_rp >= fresh.payable_rp:
        move_order(by, fresh, OrderState.PAID, since=AWAITING_MONEY)
        _decide_claims(by, fresh, ClaimOutcome.FOUND)
    money.refresh_from_db()
    order.refresh_from_db()
    return fresh


def _may_match(money: MoneyIn, order: Order) -> Verdict:
    facts = rules.MatchFacts(
        code=order.code,
        taken_by=money.order.code if money.order else "",
        is_returned=money.returned.exists(),
        is_same_seller=money.book_id == order.book_id,
        received_on=money.received_on,
        placed_on=clock.local(order.placed_at, order.facility.timezone).date(),
    )
    return rules.may_match(facts)


def _decide_claims(by: Actor, order: Order, outcome: str) -> None:
    claims = PaymentClaim.objects.filter(order=order, outcome=ClaimOutcome.OPEN)
    claims.update(outcome=outcome, decided_at=clock.now(), decided_by=by.user_id)


def refuse_claim(*, by: Actor, order: Order) -> Order:
    """The money is not there: the order waits for payment again, with a new short deadline.

    If nothing comes until then it expires as any other. Locks the order. Refused: order_moved_on.
    """
    scope.required()
    require(may(by, "order.match", order.facility_id))
    fresh = lock_row(order)
    if fresh.state != OrderState.CLAIMED:
        raise Refused(rules.order_moved_on(code=fresh.code, state=fresh.get_state_display()))
    return _wait(by, fresh, second_deadline(fresh), ClaimOutcome.NOT_FOUND)


def second_deadline(order: Order) -> datetime:
    """Until when an order is paid that waits for its money a second time."""
    term = term_of(order.method, clock.today(order.facility.timezone))
    minutes = timedelta(minutes=term.minutes_to_pay if term else 0)
    return clock.now() + max(minutes, SECOND_CHANCE)


def wait_for_rest(*, by: Actor, order: Order, until: datetime) -> Order:
    """Too little came: keep the goods for the buyer until the rest is there, or until then.

    However often it is put off, there is a last day (PaymentTerm.rest_days). Locks the order.
    Refused: order_moved_on, deadline_passed, rest_too_late.
    """
    scope.required()
    require(may(by, "order.match", order.facility_id))
    fresh = lock_row(order)
    if fresh.state not in AWAITING_MONEY:
        raise Refused(rules.order_moved_on(code=fresh.code, state=fresh.get_state_display()))
    if until <= clock.now():
        raise Refused(rules.deadline_passed())
    on = clock.local(until, fresh.facility.timezone).date()
    require(rules.may_wait(on, last_day_of_rest(fresh)))
    return _wait(by, fresh, until, ClaimOutcome.FOUND if fresh.paid_rp else ClaimOutcome.NOT_FOUND)


def _wait(by: Actor, order: Order, until: datetime, outcome: str) -> Order:
    if order.state == OrderState.CLAIMED:
        move_order(by, order, OrderState.PLACED, since=[OrderState.CLAIMED])
    _decide_claims(by, order, outcome)
    Order.objects.filter(pk=order.pk).update(pay_until=until)
    order.pay_until = until
    note_step(by, order, "deadline", clock.format_instant(until, order.facility.timezone))
    return order


def revive_order(*, by: Actor, order: Order) -> Order:
    """The money came after the order had ended: hold its goods again, and it is paid.

    Locks the order. Refused: order_moved_on, money_not_enough, goods_sold_out, goods_short.
    """
    scope.required()
    require(may(by, "order.match", order.facility_id))
    fresh = lock_row(order)
    if fresh.paid_rp < fresh.payable_rp:
        due = format_rp(fresh.due_rp)
        raise Refused(rules.money_not_enough(code=fresh.code, due=due))
    move_order(by, fresh, OrderState.PAID, since=UNSOLD)
    _hold_again(by, fresh)
    order.refresh_from_db()
    return fresh


def _hold_again(by: Actor, order: Order) -> None:
    """Every line, or none: a line that was made to order gets its lot when it is packed, and holds
    room to make it until then."""
    day = clock.today(order.facility.timezone)
    lines = order.lines.filter(ready_by__isnull=True).select_related("version")
    reasons = []
    for line in lines.order_by("variant_id"):
        taken = hold_variant(by, line.variant_id, line.qty, day)
        if taken is None:
            free = free_pieces([line.variant_id], day)[line.variant_id]
            reasons.append(rules.short(line.version.name, free))
            continue
        write_holds((line, level, qty) for level, qty in taken)
    require(Verdict(tuple(reasons)))
    made = order.lines.filter(ready_by__isnull=False).select_related("version", "order")
    make_again(by, order, list(made))
