"""Placing: all or none, once for a form, stock held, amounts unique."""

from decimal import Decimal
from uuid import uuid4

import pytest

from berdaya.core.verdicts import Refused
from berdaya.orders.actions.placing import Wanted
from berdaya.orders.models import Hold, Order, OrderState
from berdaya.stock.models import StockLevel
from tests.orders.scene import Shop, open_shop
from tests.world import World


@pytest.fixture
def shop(world: World) -> Shop:
    with world.everywhere():
        return open_shop(world)


def test_an_order_holds_its_lots_and_is_payable_once(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order(3)

        level = StockLevel.objects.get(place=shop.gallery)
        assert order.state == OrderState.PLACED
        assert order.goods_rp == 3 * 385_000
        assert order.payable_rp == order.goods_rp + order.shipping_rp - order.lowered_rp
        assert 1 <= order.lowered_rp <= 999
        assert level.reserved == Decimal(3)
        assert Hold.objects.get(line__order=order).lot == shop.scene.lot


def test_the_same_form_again_is_the_same_checkout(shop: Shop) -> None:
    key = uuid4()
    with shop.scene.world.everywhere():
        first = shop.place(2, key=key)
        second = shop.place(2, key=key)

        assert first.code == second.code
        assert Order.objects.count() == 1
        assert StockLevel.objects.get(place=shop.gallery).reserved == Decimal(2)


def test_more_than_there_is_places_nothing(shop: Shop) -> None:
    with pytest.raises(Refused, match="goods_short"), shop.scene.world.everywhere():
        shop.place(21)

    with shop.scene.world.everywhere():
        assert not Order.objects.exists()
        assert StockLevel.objects.get(place=shop.gallery).reserved == 0


def test_a_changed_price_is_told_first(shop: Shop) -> None:
    seen = [Wanted(shop.listing.pk, 1, 380_000)]
    with pytest.raises(Refused, match="goods_price_changed"), shop.scene.world.everywhere():
        shop.place(wanted=seen)

    with shop.scene.world.everywhere():
        assert not Order.objects.exists()
