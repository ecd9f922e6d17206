"""After the hand-over: the buyer has it, or asks to send something back."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Sum

from berdaya.core import clock, scope
from berdaya.core.codes import desk_code
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor
from berdaya.core.verdicts import require
from berdaya.orders import rules
from berdaya.orders.actions.steps import move_order
from berdaya.orders.models import (
    GoodsReturn,
    GoodsReturnLine,
    Order,
    OrderState,
    Shipment,
)


def confirm_received(*, by: Actor, order: Order) -> None:
    """ "Sudah saya terima": the shipment is delivered today and the order completed.

    Twice is once. Refused: order_moved_on.
    """
    scope.required()
    if order.state == OrderState.COMPLETED:
        return
    move_order(by, order, OrderState.COMPLETED, since=[OrderState.HANDED_OVER])
    today = clock.today(order.facility.timezone)
    Shipment.objects.filter(order=order, delivered_on__isnull=True).update(delivered_on=today)


def ask_return(*, by: Actor, order: Order, pieces: Mapping[int, int], reason: str) -> GoodsReturn:
    """Ask to send back so many `pieces` (order line: whole pieces); the desk decides.

    A return that still waits is returned as it is. Refused: return_not_yet, return_nothing,
    return_too_much.
    """
    scope.required()
    waiting = order.returns.filter(outcome="").first()
    if waiting is not None:
        return waiting
    asked = {line: qty for line, qty in pieces.items() if qty > 0}
    require(rules.may_ask_return(_facts(order, asked)))
    try:
        with transaction.atomic():
            return _write(order, asked, reason)
    except IntegrityError as error:
        if "orders_return_one_open" not in str(error):
            raise
    return order.returns.get(outcome="")


def _facts(order: Order, asked: Mapping[int, int]) -> rules.ReturnFacts:
    """What was bought and not already taken back, beside what is asked now."""
    back = GoodsReturnLine.objects.filter(goods_return__order=order).exclude(
        goods_return__outcome="refused"
    )
    gone = dict(back.values_list("line").annotate(qty=Sum("qty")))
    left = {line.pk: line.qty - gone.get(line.pk, Decimal(0)) for line in order.lines.all()}
    return rules.ReturnFacts(
        code=order.code,
        is_handed_over=order.state in (OrderState.HANDED_OVER, OrderState.COMPLETED),
        asked=tuple(sorted(asked.items())),
        left={line: int(qty) for line, qty in left.items()},
    )


def _write(order: Order, asked: Mapping[int, int], reason: str) -> GoodsReturn:
    year = clock.today(order.facility.timezone).year
    number = draw(f"return:{order.facility.code}", year)
    goods_return = GoodsReturn.objects.create(
        code=desk_code(order.facility.code, year, "RT", number),
        order=order,
        facility_id=order.facility_id,
        reason=reason,
        asked_at=clock.now(),
    )
    GoodsReturnLine.objects.bulk_create(
        GoodsReturnLine(
            goods_return=goods_return, line_id=line, facility_id=order.facility_id, qty=qty
        )
        for line, qty in sorted(asked.items())
    )
    return goods_return
