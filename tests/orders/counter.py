"""The desk side of an order in one line each: money in, packed, handed over; and many at once."""

import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from berdaya.core import clock
from berdaya.core.locks import in_any_order
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused
from berdaya.orders.actions.handover import hand_over_order, record_delivery
from berdaya.orders.actions.matching import record_money_in
from berdaya.orders.actions.packing import pack_order
from berdaya.orders.models import MoneyIn, Order, Shipment
from berdaya.orders.queries import Payee
from berdaya.stock.models import StockLevel
from tests.orders.scene import Shop


@pytest.fixture
def many_at_once() -> Iterator[None]:
    """One scope of a test holds what would be many: each action takes up the lock order anew."""
    with in_any_order():
        yield


def today() -> date:
    return clock.today()


def payee(order: Order) -> Payee:
    return Payee(order.method, order.payee_key, qris=order.qris, bank_account=order.bank_account)


def pay(
    shop: Shop,
    order: Order,
    amount: int | None = None,
    *,
    by: Actor | None = None,
    reference: str = "",
    matched: bool = True,
    day: date | None = None,
) -> MoneyIn:
    """Money of an order reaches its account, the whole of it unless said otherwise."""
    return record_money_in(
        by=by or shop.scene.by, book=order.book, payee=payee(order),
        amount_rp=order.payable_rp if amount is None else amount,
        received_on=day or today(), reference=reference or f"TRX-{MoneyIn.objects.count() + 1}",
        order=order if matched else None,
    )  # fmt: skip


def ready(shop: Shop, qty: int = 1, **more: object) -> Order:
    """An order that is paid and packed."""
    order = shop.order(qty, **more)
    pay(shop, order)
    pack_order(by=shop.scene.by, order=order)
    return order


def hand(shop: Shop, order: Order, **more: object) -> Shipment:
    more.setdefault("courier", "" if order.is_pickup else "JNE")
    more.setdefault("handed_on", today())
    return hand_over_order(by=shop.scene.by, order=order, **more)


def delivered(shop: Shop, qty: int = 1, **more: object) -> Order:
    """An order that has arrived."""
    order = ready(shop, qty, **more)
    hand(shop, order)
    if not order.is_pickup:
        record_delivery(by=shop.scene.by, order=order, delivered_on=today())
    return order


def pickup(shop: Shop) -> dict[str, object]:
    """What makes an order one to fetch."""
    return {"pickup_facility_ids": [shop.scene.facility.pk]}


def reserved(shop: Shop) -> Decimal:
    return sum((level.reserved for level in StockLevel.objects.all()), Decimal(0))


def long_ago(days: int) -> date:
    return today() - timedelta(days=days)


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """All in threads that start together; an answer is what it gave, or the codes of a refusal."""
    gate, answers = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        gate.wait(timeout=30)
        try:
            answers.append(act())
        except Refused as refused:
            answers.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert len(answers) == len(acts), "a thread died"
    return answers
