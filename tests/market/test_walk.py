"""The whole walk: a form, an officer, an invitation, goods, an order, money, the own book."""

import pytest
from django.test import Client

from tests.market.scene import SAME, Market, officer, open_shop, place
from tests.world import World

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def market(world: World) -> Market:
    return Market(world, officer(world))


def test_smoke(market: Market) -> None:
    shop = open_shop(market, "Lontar Senja")
    visitor = Client(headers=SAME)
    for path in (
        "/toko",
        f"/toko/{shop.code}",
        f"/toko/{shop.code}/pesan",
        "/usaha/mulai",
        "/usaha/daftar",
        "/usaha/masuk",
    ):
        answer = visitor.get(path)
        assert answer.status_code == 200, path
    assert "Lontar Senja" in visitor.get("/toko").content.decode()
    order = place(shop)
    assert visitor.get(f"/toko/pesanan/{order.code}").status_code == 200
