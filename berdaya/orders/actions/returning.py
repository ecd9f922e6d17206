"""After the hand-over the buyer asks to send something back, on their page or through the desk."""

from collections.abc import Mapping
from decimal import Decimal

from django.db.models import Sum

from berdaya.core import clock, scope
from berdaya.core.codes import desk_code
from berdaya.core.locks import lock_row
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.orders import rules
from berdaya.orders.actions.steps import note_step
from berdaya.orders.models import GoodsReturn, GoodsReturnLine, Order
from berdaya.orders.models.orders import HANDED


def ask_return(
    *, by: Actor, order: Order, pieces: Mapping[int, Decimal | int], reason: str
) -> GoodsReturn:
    """Ask to send back so much of each line (`pieces`, by order line); the desk decides.

    Nothing moves yet. A return that still waits is returned as it is. Locks the order. Refused:
    reason_needed, return_not_yet, return_nothing, return_exceeds.
    """
    scope.required()
    require(may(by, "order.view", order.facility_id))
    fresh = lock_row(order)
    waiting = fresh.returns.filter(outcome="").first()
    if waiting is not None:
        return waiting
    if not reason.strip():
        raise Refused(rules.reason_needed())
    asked = {line: Decimal(qty) for line, qty in pieces.items() if qty}
    require(rules.may_ask_return(fresh.code, fresh.state in HANDED, _facts(fresh, asked)))
    row = _write(by, fresh, asked, reason.strip())
    note_step(by, fresh, "return_asked", row.code)
    return row


def _facts(order: Order, asked: Mapping[int, Decimal]) -> list[rules.ReturnFacts]:
    """What was bought and not already taken back, beside what is asked now."""
    back = GoodsReturnLine.objects.filter(goods_return__order=order).exclude(
        goods_return__outcome="refused"
    )
    gone = dict(back.values_list("line").annotate(qty=Sum("qty")))
    lines = order.lines.filter(pk__in=asked).select_related("version").order_by("pk")
    return [
        rules.ReturnFacts(line.version.name, asked[line.pk], line.qty - gone.get(line.pk, 0))
        for line in lines
    ]


def _write(by: Actor, order: Order, asked: Mapping[int, Decimal], reason: str) -> GoodsReturn:
    year = clock.today(order.facility.timezone).year
    number = draw(f"return:{order.facility.code}", year)
    row = GoodsReturn.objects.create(
        code=desk_code(order.facility.code, year, "RT", number),
        order=order,
        facility_id=order.facility_id,
        reason=reason,
        asked_at=clock.now(),
        asked_by_id=by.user_id,
    )
    GoodsReturnLine.objects.bulk_create(
        GoodsReturnLine(goods_return=row, line_id=line, facility_id=order.facility_id, qty=qty)
        for line, qty in sorted(asked.items())
    )
    return row
