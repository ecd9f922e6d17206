"""The buyer changes their mind before any money came."""

from berdaya.core import scope
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused
from berdaya.orders import rules
from berdaya.orders.actions.steps import free_holds, move_order
from berdaya.orders.models import Order, OrderState


def cancel_unpaid(*, by: Actor, order: Order) -> None:
    """End an order that nobody has paid or claimed to have paid, and give its stock back.

    Twice is once. Refused: order_has_money, order_moved_on.
    """
    scope.required()
    if order.state == OrderState.CANCELLED:
        return
    if order.paid_rp or order.state == OrderState.CLAIMED:
        raise Refused(rules.order_has_money(code=order.code))
    move_order(by, order, OrderState.CANCELLED, since=[OrderState.PLACED], paid_rp=0)
    free_holds(by, order)
