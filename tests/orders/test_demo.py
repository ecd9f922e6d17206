"""The demo's orders: nothing without listings, every state with them, books that agree."""

from datetime import timedelta

import pytest

from berdaya.catalog.models import Listing
from berdaya.core import clock
from berdaya.core.demo import DemoContext
from berdaya.orders.demo import load
from berdaya.orders.models import Order, OrderContact
from tests.orders.counter import today
from tests.orders.scene import open_shop
from tests.proceeds.scene import broken_checks
from tests.world import World


def test_the_demo_skips_a_world_without_listings(world: World) -> None:
    told: list[str] = []

    load(DemoContext(today(), told.append))

    assert told == ["orders: 0, made to order: 0 listings"]


@pytest.mark.usefixtures("world")
def test_the_demo_tells_every_story_and_once(world: World) -> None:
    with world.everywhere():
        open_shop(world, stock=60)
        Listing.objects.update(lawful_from=clock.now() - timedelta(days=90))
    told: list[str] = []

    load(DemoContext(today(), told.append))
    load(DemoContext(today(), told.append))

    with world.everywhere():
        states = set(Order.objects.values_list("state", flat=True))
        assert told == ["orders: 13, made to order: 0 listings"]
        assert states == {
            "placed", "claimed", "paid", "packed", "handed_over", "completed", "expired",
            "cancelled",
        }  # fmt: skip
        assert Order.objects.filter(placed_at__lt=clock.now() - timedelta(days=40)).exists()
        names = OrderContact.objects.filter(masked_at__isnull=True).values_list("name", flat=True)
        assert all(name.startswith("Pembeli Contoh") for name in names)
        assert broken_checks() == {}
