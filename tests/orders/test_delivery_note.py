"""The delivery note of a parcel: one number, goods and where to, nothing about who buys."""

import pytest

from berdaya.core.verdicts import Refused
from berdaya.orders.actions.packing import issue_delivery_note
from berdaya.orders.prints import delivery_note_words, order_page
from berdaya.papers.models import Document
from berdaya.papers.prints import can_print, page_of, render
from tests.orders.counter import hand, many_at_once, pay, pickup, ready
from tests.orders.scene import BUYER, Shop, open_shop
from tests.world import World

__all__ = ["many_at_once"]
pytestmark = pytest.mark.usefixtures("many_at_once")


@pytest.fixture
def shop(world: World) -> Shop:
    with world.everywhere():
        return open_shop(world)


def test_a_packed_parcel_has_one_note_that_names_no_buyer(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = ready(shop, 2)
        note = issue_delivery_note(by=shop.scene.by, order=order)
        hand(shop, order)
        order.refresh_from_db()
        again = issue_delivery_note(by=shop.scene.by, order=order)
        words = str(delivery_note_words(again))

    assert again == note
    assert shop.scene.lot.code in words
    assert "Belu" in words
    for private in (BUYER.name, BUYER.phone, BUYER.address, BUYER.gift_note):
        assert private not in words


def test_the_register_prints_it_and_leads_back_to_the_order(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = ready(shop)
        note = issue_delivery_note(by=shop.scene.by, order=order)

        assert can_print(note)
        assert page_of(note) == order_page(note) == f"/desk/orders/{order.code}/"
        assert render(note, "f4").startswith(b"%PDF")


@pytest.mark.parametrize("is_fetched", [True, False])
def test_what_is_fetched_or_not_packed_has_no_note(shop: Shop, is_fetched: bool) -> None:
    with shop.scene.world.everywhere():
        order = ready(shop, **pickup(shop)) if is_fetched else shop.order()
        if not is_fetched:
            pay(shop, order)
        with pytest.raises(Refused, match="order_moved_on"):
            issue_delivery_note(by=shop.scene.by, order=order)

        assert not Document.objects.filter(subject_ref=f"order:{order.code}").exists()
