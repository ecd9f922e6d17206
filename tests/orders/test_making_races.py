"""Many buyers of little room: never above the maximum, whoever comes first."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connection

from berdaya.institutions.access import shop_scope
from berdaya.orders.models import MakingHold, Order
from tests import databases
from tests.orders.counter import at_once
from tests.orders.making import open_to_order, room
from tests.orders.scene import Shop
from tests.proceeds.scene import broken_checks
from tests.world import make_world

pytestmark = pytest.mark.race
ROOM, BUYERS = 5, 24


@pytest.fixture
def shop(real_db: str) -> Iterator[Shop]:
    world = make_world()
    with world.everywhere():
        from berdaya.core.locks import in_any_order

        with in_any_order():
            made = open_to_order(world, ROOM)
    yield made
    with world.everywhere():
        assert broken_checks() == {}


def test_never_more_than_the_maximum(shop: Shop) -> None:
    def buy() -> str:
        with shop_scope():
            return shop.place(1).code

    answers = at_once([buy] * BUYERS)

    assert answers.count("goods_sold_out") == BUYERS - ROOM
    with shop.scene.world.everywhere():
        assert room(shop).open_qty == ROOM
        assert Order.objects.count() == ROOM
        days = MakingHold.objects.order_by("promised_on").values_list("promised_on", flat=True)
        assert len(days) == ROOM


def test_reading_before_writing_goes_above_the_maximum(shop: Shop) -> None:
    """The twin on a scratch table: read how many are open, then write one more."""
    with databases.owner_connection(connection.settings_dict["NAME"]) as owner:
        owner.execute("CREATE TABLE scratch (open integer)")
        owner.execute("INSERT INTO scratch VALUES (0)")
        owner.execute(f'GRANT SELECT, UPDATE ON scratch TO "{connection.settings_dict["USER"]}"')
    seen = threading.Barrier(4)

    def buy() -> int:
        taken = 0
        for _try in range(ROOM):
            with connection.cursor() as cursor:
                cursor.execute("SELECT open FROM scratch")
                count = cursor.fetchone()[0]
                seen.wait(timeout=30)
                if count < ROOM:
                    cursor.execute("UPDATE scratch SET open = %s", [count + 1])
                    taken += 1
                seen.wait(timeout=30)
        return taken

    assert sum(at_once([buy] * 4)) > ROOM
