"""Real threads over real connections: goods are promised once, and everybody is told."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection

from berdaya.core import clock
from berdaya.core.scope import system_scope
from berdaya.institutions.access import shop_scope
from berdaya.orders.actions.claims import claim_payment
from berdaya.orders.actions.placing import Wanted
from berdaya.orders.actions.steps import expire_overdue
from berdaya.orders.models import Cart, Checkout, Hold, Order, OrderState, PaymentClaim, PaymentTerm
from berdaya.stock.models import StockLevel
from tests import databases
from tests.orders.buyer import Buyer, open_second
from tests.orders.counter import at_once
from tests.orders.scene import BUYER, Shop, open_shop
from tests.proceeds.scene import broken_checks
from tests.world import make_world

pytestmark = pytest.mark.race
STOCK, BUYERS = 20, 60
# Requests that the server works on at the same time (launch/serve.py); the others wait in line.
SERVED = 8


@pytest.fixture
def shop(real_db: str) -> Iterator[Shop]:
    world = make_world()
    with world.everywhere():
        shop = open_shop(world, stock=STOCK)
    yield shop
    with world.everywhere():
        assert broken_checks() == {}


def in_shop(act: Callable[[], object]) -> Callable[[], object]:
    """The act inside a buyer's scope of its own."""

    def run() -> object:
        with shop_scope():
            return act()

    return run


def reserved(shop: Shop) -> int:
    with shop.scene.world.everywhere():
        return int(StockLevel.objects.get(place=shop.gallery).reserved)


def test_sixty_buyers_of_twenty_pieces(shop: Shop) -> None:
    answers = at_once([in_shop(lambda: shop.place(1).code) for _buyer in range(BUYERS)])

    refused = [answer for answer in answers if answer == "goods_sold_out"]
    assert len(refused) == BUYERS - STOCK
    assert len({answer for answer in answers if answer not in refused}) == STOCK
    assert reserved(shop) == STOCK
    with shop.scene.world.everywhere():
        amounts = Counter(Order.objects.values_list("payee_key", "payable_rp"))
        assert max(amounts.values()) == 1
        assert Hold.objects.filter(outcome="open").count() == STOCK
        assert Checkout.objects.count() == STOCK


def test_sixty_browsers_meet_no_error(shop: Shop) -> None:
    buyers = [Buyer() for _buyer in range(BUYERS)]
    keys = []
    for buyer in buyers:
        buyer.put(shop.listing)
        keys.append(buyer.key())

    with ThreadPoolExecutor(SERVED) as server:
        answers = list(server.map(served, buyers, keys, range(BUYERS)))

    told = Counter(answer.status_code for answer in answers)
    assert told == {303: STOCK, 409: BUYERS - STOCK}
    for answer in answers:
        if answer.status_code == 409:
            page = answer.content.decode()
            assert "baru saja habis" in page
            assert "Periksa keranjang" in page
    assert reserved(shop) == STOCK


def served(buyer: Buyer, key: str, number: int) -> object:
    """One request of a phone of its own; its connection is given back as the server does."""
    try:
        return buyer.order(key, phone=f"0812 0000 01{number:02}")
    finally:
        connection.close()


def test_reading_before_writing_oversells(shop: Shop) -> None:
    """The twin without the conditional UPDATE, on a scratch table: why ours is one statement."""
    with databases.owner_connection(connection.settings_dict["NAME"]) as owner:
        owner.execute("CREATE TABLE scratch (free integer)")
        owner.execute(f"INSERT INTO scratch VALUES ({STOCK})")
        owner.execute(f'GRANT SELECT, UPDATE ON scratch TO "{connection.settings_dict["USER"]}"')
    seen = threading.Barrier(4)

    def buy() -> int:
        sold = 0
        for _try in range(STOCK):
            with connection.cursor() as cursor:
                cursor.execute("SELECT free FROM scratch")
                free = cursor.fetchone()[0]
                seen.wait(timeout=30)
                if free > 0:
                    cursor.execute("UPDATE scratch SET free = %s", [free - 1])
                    sold += 1
                seen.wait(timeout=30)
        return sold

    sold = sum(at_once([buy] * 4))

    assert sold > STOCK


def test_half_available_carts_place_nothing(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        second = open_second(shop, stock=3)
    both = [*shop.wanted(), Wanted(second.pk, 1, second.price_rp)]
    mixed = [both, list(reversed(both))]

    answers = at_once(
        [in_shop(lambda n=n: shop.place(wanted=mixed[n % 2]).code) for n in range(12)]
    )

    assert answers.count("goods_sold_out") == 9
    assert reserved(shop) == 3
    with shop.scene.world.everywhere():
        assert Order.objects.count() == 6
        assert {one.orders.count() for one in Checkout.objects.all()} == {2}


@pytest.mark.parametrize("turn", range(4))
def test_of_a_claim_and_the_deadline_one_wins(shop: Shop, turn: int) -> None:
    with shop.scene.world.everywhere():
        order = shop.order(2)
    late = order.pay_until + timedelta(milliseconds=200)
    # Claims read their clock a moment before the deadline, the job a moment after it.
    before = order.pay_until - timedelta(milliseconds=1)

    def claim() -> object:
        with shop_scope() as by:
            claim_payment(by=by, order=Order.objects.get(pk=order.pk))
            return "claimed"

    def expire() -> object:
        with system_scope("task", [order.facility_id]) as scope:
            return expire_overdue(by=scope.actor)

    with time_machine.travel(before if turn % 2 else late, tick=True):
        answers = at_once([claim, expire, expire, claim])

    with shop.scene.world.everywhere():
        order.refresh_from_db()
        claims = PaymentClaim.objects.filter(order=order).count()
        held = order.lines.get().holds.filter(outcome="open").count()
    assert (order.state, claims, held) in ((OrderState.CLAIMED, 1, 1), (OrderState.EXPIRED, 0, 0))
    assert reserved(shop) == (2 if claims else 0)
    assert ("claimed" in answers) == bool(claims)


def test_one_form_from_eight_threads_is_one_checkout(shop: Shop) -> None:
    key = uuid4()

    codes = at_once([in_shop(lambda: shop.place(2, key=key).code) for _press in range(8)])

    assert len(set(codes)) == 1
    assert reserved(shop) == 2
    with shop.scene.world.everywhere():
        assert Order.objects.count() == 1


def test_eight_presses_in_a_browser_are_one_checkout(shop: Shop) -> None:
    buyer = Buyer()
    buyer.put(shop.listing)
    key = buyer.key()

    answers = at_once([lambda: buyer.order(key) for _press in range(8)])

    assert {answer.status_code for answer in answers} == {303}
    assert len({answer["Location"] for answer in answers}) == 1
    assert reserved(shop) == 1


def test_two_tabs_put_in_the_same_goods(shop: Shop) -> None:
    buyer = Buyer()
    buyer.put(shop.listing)

    answers = at_once([lambda: buyer.put(shop.listing) for _press in range(6)])

    assert {answer.status_code for answer in answers} == {303}
    assert Cart.objects.get().lines.get().qty == 7


def test_at_most_two_open_claims_of_one_phone(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        PaymentTerm.objects.update(most_unpaid=6)
        orders = [shop.order(1, buyer=BUYER) for _order in range(6)]

    def claim(order: Order) -> object:
        with shop_scope() as by:
            claim_payment(by=by, order=Order.objects.get(pk=order.pk), device="one")
            return "claimed"

    answers = at_once([lambda order=order: claim(order) for order in orders])

    assert Counter(answers) == {"claimed": 2, "claims_too_many": 4}
    with shop.scene.world.everywhere():
        assert PaymentClaim.objects.count() == 2


def test_late_orders_of_other_goods_do_not_lock_each_other_out(shop: Shop) -> None:
    """Placings that end each other's late orders take levels in one order: no deadlock."""
    with shop.scene.world.everywhere():
        second = open_second(shop, stock=20)
        both = [*shop.wanted(), Wanted(second.pk, 1, second.price_rp)]
        for _order in range(8):
            shop.place(wanted=both)
    wanted = [shop.wanted(), [Wanted(second.pk, 1, second.price_rp)], both]
    after = clock.now() + timedelta(hours=1)

    with time_machine.travel(after, tick=True):
        answers = at_once(
            [in_shop(lambda n=n: shop.place(wanted=wanted[n % 3]).code) for n in range(12)]
        )

    assert len(set(answers)) == 12
    with shop.scene.world.everywhere():
        assert Order.objects.filter(state=OrderState.EXPIRED).count() == 16
        assert reserved(shop) == 8


def test_at_most_three_unpaid_checkouts_of_one_phone(shop: Shop) -> None:
    answers = at_once([in_shop(lambda: shop.place(1, buyer=BUYER).code) for _tab in range(8)])

    assert Counter(answers)["unpaid_too_many"] == 5
    assert reserved(shop) == 3
    with shop.scene.world.everywhere():
        assert Order.objects.count() == 3
