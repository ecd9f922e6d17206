"""A seller's orders: what came in, and the few buttons that carry it on."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.market import rules
from berdaya.market.access import market_view
from berdaya.market.actions.ordering import (
    cancel_order,
    confirm_paid,
    hand_over,
    mark_packed,
    refund_order,
    reject_claim,
)
from berdaya.market.models import Order, OrderState
from berdaya.market.queries import orders_of
from berdaya.market.views.shared import Address, View, press, seller_page, shop_of

MOST = 60


@seller_page()
def orders(request: HttpRequest) -> HttpResponse:
    """The latest orders, whatever their state."""
    facts = {"shop": shop_of(request), "orders": list(orders_of(shop_of(request))[:MOST])}
    return render(request, "market/own/orders.html", facts)


@seller_page()
def order(request: HttpRequest, code: str) -> HttpResponse:
    """One order with its buyer, and what can be done next."""
    row = _own(request, code)
    steps = rules.steps_from(row.state)
    facts = {
        "order": row,
        "lines": list(row.lines.all()),
        "is_overdue": row.is_overdue(clock.now()),
        "can_confirm": OrderState.PAID in steps,
        "is_claimed": row.state == OrderState.CLAIMED,
        "can_pack": OrderState.PACKED in steps,
        "can_hand": OrderState.HANDED_OVER in steps,
        "can_refund": OrderState.REFUNDED in steps,
        "can_cancel": OrderState.CANCELLED in steps,
    }
    return render(request, "market/own/order.html", facts)


def _own(request: HttpRequest, code: str) -> Order:
    """An order of the seller's own shop; every other is unknown."""
    with market_view():
        return get_object_or_404(orders_of(shop_of(request)), code=code)


def _button(do: Callable[..., object], done: object) -> View:
    @seller_page("POST")
    def inner(request: HttpRequest, code: str) -> HttpResponse:
        row = _own(request, code)

        def act(by: Actor) -> Address:
            do(by=by, order=row)
            return "usaha:order", [code]

        return press(request, act, str(done))

    return inner


paid = _button(confirm_paid, _lazy("Tercatat lunas, juga di buku Anda."))
not_paid = _button(reject_claim, _lazy("Pembeli diberi waktu sehari lagi."))
packed = _button(mark_packed, _lazy("Tercatat: sudah dikemas."))
handed = _button(hand_over, _lazy("Tercatat: sudah diserahkan."))
refunded = _button(refund_order, _lazy("Tercatat: uang dikembalikan, bukunya dibetulkan."))
cancelled = _button(cancel_order, _lazy("Pesanan dibatalkan, barangnya bebas lagi."))
