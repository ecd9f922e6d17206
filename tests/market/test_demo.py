"""The demo's twelve shops: from one list, whole, marked, and quickly made."""

import time

import pytest
from django.test import Client

from berdaya.aftercare import demo as aftercare
from berdaya.core import clock
from berdaya.core.demo import DemoContext
from berdaya.core.proofs import declared_checks
from berdaya.institutions.models import Region, Staff
from berdaya.market import demo
from berdaya.market.access import market_scope, market_view
from berdaya.market.models import BookRow, Order, Shop
from berdaya.market.queries import shown_shops
from tests.world import World

pytestmark = pytest.mark.usefixtures("db")
# The two that stand for released makers: no row says so, only their place in the list.
RELEASED = (0, 8)
# What the clients of the demo's Bapas learned, and the trade that goes with it.
TRADES = {"Tenun ikat": "cloth", "Anyaman lontar": "plaiting"}


@pytest.fixture
def seconds(world: World) -> float:
    """How long it took."""
    edition = Region.objects.get(pk="53").reference
    for code in {row[0] for row in (*demo.SHOPS, *demo.WAITING)}:
        facts = {"name": f"Kabupaten {code}", "level": "regency", "parent_id": "53"}
        Region.objects.get_or_create(pk=code, defaults={**facts, "reference": edition})
    with world.everywhere():
        Staff.objects.filter(pk=world.staff["officer"].pk).update(is_demo=True)
    started = time.process_time()
    demo.load(DemoContext(clock.today()))
    return time.process_time() - started


def test_twelve_shops_are_open_and_marked(seconds: float) -> None:
    with market_view():
        shops = list(shown_shops(clock.today()))
    html = Client().get("/toko").content.decode()

    assert len(shops) == len(demo.SHOPS) == 12
    assert all(shop.is_demo for shop in shops)
    assert html.count("Contoh: toko rekaan") == 12
    assert seconds < 3


def test_orders_stand_in_many_states_and_books_agree(seconds: float) -> None:
    with market_scope():
        states = set(Order.objects.values_list("state", flat=True))
        wrong = [
            one.code for one in declared_checks() if one.code.startswith("market_") and one.rows()
        ]
        assert BookRow.objects.filter(kind="expense").count() == 12

    assert {"placed", "claimed", "paid", "handed_over"} <= states
    assert wrong == []


def test_second_load_adds_nothing(seconds: float) -> None:
    demo.load(DemoContext(clock.today()))

    with market_scope():
        assert Shop.objects.count() == 12


def test_two_of_them_sell_what_clients_learned_and_ten_are_ordinary() -> None:
    trades = [demo.SHOPS[place][2] for place in RELEASED]

    assert set(TRADES) <= set(aftercare.TRADES)
    assert sorted(trades) == sorted(TRADES.values())
    # Others sell the same, so that the trade tells nothing.
    ordinary = [row[2] for place, row in enumerate(demo.SHOPS) if place not in RELEASED]
    assert len(ordinary) == 10
    assert set(trades) <= set(ordinary)
