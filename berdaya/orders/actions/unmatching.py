"""Money that was matched to the wrong order: it waits for its own again, and so does the order."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from berdaya.core import clock, scope
from berdaya.core.locks import lock_row
from berdaya.core.money import format_rp
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.orders import calc, rules
from berdaya.orders.actions.matching import second_deadline
from berdaya.orders.actions.placing import AMOUNT_TRIES
from berdaya.orders.actions.steps import move_order, note_step
from berdaya.orders.models import MoneyIn, Order, OrderState
from berdaya.orders.models.orders import HANDED
from berdaya.orders.queries import open_amounts
from berdaya.stock.actions.gates import drop_passes

COVERED = (OrderState.PAID, OrderState.PACKED)


def unmatch_money(*, by: Actor, money: MoneyIn, reason: str) -> MoneyIn:
    """Take money off the order it was matched to; it waits in the inbox again.

    Nothing is posted, whatever month it came in: money lies in the buyers' deposits whether or not
    it found its order (decision 0012). An order that it no longer covers waits for payment again,
    with what is held for it and a new deadline; its gate passes let nothing out. Where another
    open order has got its amount meanwhile it is asked for another one. Locks the order and the
    money. Refused: reason_needed, money_unmatched, money_sold, money_returned, amounts_exhausted.
    """
    scope.required()
    require(may(by, "order.match", money.facility_id))
    if not reason.strip():
        raise Refused(rules.reason_needed())
    if money.order is None:
        raise Refused(rules.money_unmatched())
    order, line = lock_row(money.order), lock_row(money)
    left = order.paid_rp - line.amount_rp
    is_matched = line.order_id == order.pk
    require(rules.may_unmatch(order.code, is_matched, order.state in HANDED, left))
    MoneyIn.objects.filter(pk=line.pk).update(order=None)
    Order.objects.filter(pk=order.pk).update(paid_rp=F("paid_rp") - line.amount_rp)
    note_step(by, order, "money_unmatched", f"{format_rp(line.amount_rp)}: {reason.strip()}"[:200])
    order.refresh_from_db(fields=["paid_rp"])
    if order.state in COVERED and order.paid_rp < order.payable_rp:
        _wait_again(by, order, reason.strip())
    money.refresh_from_db()
    return line


def _wait_again(by: Actor, order: Order, reason: str) -> None:
    drop_passes(by=by, facility=order.facility, reference=order.code, reason=reason)
    until = second_deadline(order)
    _ask_again(by, order, until)
    note_step(by, order, "deadline", clock.format_instant(until, order.facility.timezone))


def _ask_again(by: Actor, order: Order, until: datetime) -> None:
    """Open its amount at the account again, or another one; the unique index decides."""
    first = order.payable_rp
    for _try in range(AMOUNT_TRIES):
        try:
            with transaction.atomic():
                amounts = {"payable_rp": order.payable_rp, "lowered_rp": order.lowered_rp}
                Order.objects.filter(pk=order.pk).update(pay_until=until, **amounts)
                move_order(by, order, OrderState.PLACED, since=COVERED)
        except IntegrityError as error:
            if "orders_order_amount_one" not in str(error):
                raise
            _other_amount(order)
            continue
        if order.payable_rp != first:
            note_step(by, order, "amount", format_rp(order.payable_rp))
        return
    raise Refused(rules.amounts_exhausted())


def _other_amount(order: Order) -> None:
    total = order.goods_rp + order.shipping_rp
    free = calc.free_lowerings(total, open_amounts(order.payee_key, total))
    if not free:
        raise Refused(rules.amounts_exhausted())
    order.lowered_rp = secrets.choice(free)
    order.payable_rp = total - order.lowered_rp
