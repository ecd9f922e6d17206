"""Two buyers and one piece, one form sent twice at once, one order confirmed twice at once."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest

from berdaya.market.access import market_scope
from berdaya.market.actions.ordering import Buyer, cancel_order, confirm_paid
from berdaya.market.models import BookRow, Order, Product, Shop
from tests.market.scene import Market, again, goods_of, officer, open_shop, place
from tests.orders.counter import at_once
from tests.world import make_world

pytestmark = [pytest.mark.race]


@pytest.fixture
def shop(real_db: str) -> Iterator[Shop]:
    world = make_world()
    return open_shop(Market(world, officer(world)), "Kain Senja")


def test_two_buyers_and_one_piece(shop: Shop) -> None:
    with market_scope():
        Product.objects.filter(shop=shop).update(on_hand=1)

    found = at_once(
        [
            lambda number=number: place(shop, buyer=Buyer("Pembeli", f"+62812000{number:05d}")).code
            for number in range(4)
        ]
    )

    assert (
        sorted(str(one) for one in found if str(one).startswith("market_"))
        == ["market_goods_gone"] * 3
    )
    assert goods_of(shop)[0].held == 1


def test_form_sent_twice_at_once_is_one_order(shop: Shop) -> None:
    key = uuid4()

    found = at_once([lambda: place(shop, request_key=key).code for _turn in range(4)])

    assert len(set(found)) == 1
    assert goods_of(shop)[0].held == 1
    with market_scope():
        assert Order.objects.count() == 1


def test_confirmed_and_cancelled_at_once_is_one_of_both(shop: Shop) -> None:
    order = place(shop)

    def step(action: Callable[..., None]) -> str:
        with market_scope() as by:
            action(by=by, order=order)
        return "done"

    found = at_once(
        [lambda action=action: step(action) for action in (confirm_paid, cancel_order) * 2]
    )

    assert sorted(map(str, found)) == ["done", *["market_order_moved_on"] * 3]
    with market_scope():
        rows = BookRow.objects.count()
    assert (again(order).state, rows) in (("paid", 1), ("cancelled", 0))
