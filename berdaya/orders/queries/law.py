"""Orders whose goods the law stopped after they were promised, and why."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from berdaya.core import clock
from berdaya.core.verdicts import ALLOWED, Verdict, combine
from berdaya.legality.selling import laws_on
from berdaya.orders.models import Order, OrderLine, OrderState

# Promised, and still in the unit's hands: what lapses now stops it.
STOPPABLE = (OrderState.PLACED, OrderState.CLAIMED, OrderState.PAID, OrderState.PACKED)
WINDOW = "version__listing__lawful"


def stopped_lines(now: datetime) -> "QuerySet[OrderLine]":
    """Lines whose goods may not be handed over now, by the window of their listing."""
    over = Q(**{f"{WINDOW}_from__isnull": True}) | Q(**{f"{WINDOW}_from__gt": now})
    rows = OrderLine.objects.filter(order__state__in=STOPPABLE)
    return rows.filter(over | Q(**{f"{WINDOW}_until__lte": now}))


def stopped_orders(facility_ids: Iterable[int], now: datetime) -> "QuerySet[Order]":
    """Orders of which some goods may not be handed over now, by the windows of their listings."""
    lines = stopped_lines(now).filter(order=OuterRef("pk"))
    rows = Order.objects.filter(facility__in=list(facility_ids), state__in=STOPPABLE)
    return rows.filter(Exists(lines)).order_by("placed_at", "pk")


def stopped_of(order: Order, lines: Iterable[OrderLine], now: datetime) -> list[OrderLine]:
    """The same of one order, whose lines come with their version's listing: nothing is asked."""
    if order.state not in STOPPABLE:
        return []
    return [line for line in lines if not line.version.listing.is_lawful(now)]


def law_shown(order: Order, lines: Iterable[OrderLine]) -> Verdict:
    """What a page of the desk says of it; asks nothing where nothing stands against the order."""
    return law_of(order) if stopped_of(order, lines, clock.now()) else ALLOWED


def law_against(*orders: Order) -> dict[int, Verdict]:
    """By line, why the law stops it today at its place; lines that may go are left out.

    The lines must be loaded; nothing is asked for orders that are no longer in the unit's hands.
    """
    here = [order for order in orders if order.state in STOPPABLE]
    found: dict[int, Verdict] = {}
    for day in sorted({clock.today(order.facility.timezone) for order in here}):
        lines = [
            line
            for order in here
            if clock.today(order.facility.timezone) == day
            for line in order.lines.all()
        ]
        laws = laws_on({line.variant_id for line in lines}, day)
        found |= {line.pk: laws[line.variant_id] for line in lines}
    return {pk: verdict for pk, verdict in found.items() if not verdict.ok}


def law_of(order: Order) -> Verdict:
    """All that the law has against an order today, line after line."""
    return combine(law_against(order).values())
