"""Few unpaid checkouts of one phone or one cart hold goods at a time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from berdaya.core import clock
from berdaya.core.verdicts import Refused
from berdaya.orders.models import Checkout, Order, OrderState, PaymentTerm
from tests.orders.buyer import Buyer
from tests.orders.counter import many_at_once as many_at_once
from tests.orders.counter import pay, reserved
from tests.orders.scene import BUYER, Shop, open_shop
from tests.world import World

pytestmark = pytest.mark.usefixtures("many_at_once")


@pytest.fixture
def shop(world: World) -> Shop:
    with world.everywhere():
        return open_shop(world)


def test_a_fourth_unpaid_order_of_one_phone_waits(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        orders = [shop.order(buyer=BUYER) for _order in range(3)]

    with pytest.raises(Refused, match="unpaid_too_many"), shop.scene.world.everywhere():
        shop.order(buyer=BUYER)

    with shop.scene.world.everywhere():
        assert (Order.objects.count(), reserved(shop)) == (3, 3)
        assert shop.order(buyer=replace(BUYER, phone="+6281200000099")).state == OrderState.PLACED
        pay(shop, orders[0])
        assert shop.order(buyer=BUYER).state == OrderState.PLACED


def test_what_is_late_or_of_the_same_form_does_not_count(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        for _order in range(3):
            last = shop.order(buyer=BUYER)
        again = shop.place(buyer=BUYER, key=last.checkout.request_key)
        late = clock.now() - timedelta(minutes=1)
        Order.objects.exclude(pk=last.pk).update(pay_until=late)

        assert again == last.checkout
        assert shop.order(buyer=BUYER).state == OrderState.PLACED


def test_the_term_says_how_many(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        PaymentTerm.objects.update(most_unpaid=1)
        shop.order(buyer=BUYER)

        with pytest.raises(Refused, match="unpaid_too_many"):
            shop.order(buyer=BUYER)


def test_one_browser_with_many_phones_is_told_what_to_do(shop: Shop) -> None:
    buyer = Buyer()
    for number in range(4):
        buyer.put(shop.listing)
        answer = buyer.order(phone=f"0812 0000 010{number}")

    assert answer.status_code == 409
    assert "Bayar atau batalkan salah satunya dulu" in answer.content.decode()
    assert "3 pesanan yang belum dibayar" in answer.content.decode()
    assert Checkout.objects.count() == 3
    assert "Selendang tenun ikat" in buyer.cart().content.decode()
