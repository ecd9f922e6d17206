"""The demo's twelve shops: from one list, whole, marked, and quickly made."""

import time

import pytest

from berdaya.core import clock
from berdaya.core.demo import DemoContext
from berdaya.institutions.models import Region, Staff
from berdaya.market import demo
from berdaya.market.access import market_view
from berdaya.market.queries import shown_shops
from tests.world import World

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def loaded(world: World) -> None:
    edition = Region.objects.get(pk="53").reference
    for code in {row[0] for row in (*demo.SHOPS, *demo.WAITING)}:
        Region.objects.get_or_create(
            pk=code,
            defaults={
                "name": f"Kabupaten {code}",
                "level": "regency",
                "parent_id": "53",
                "reference": edition,
            },
        )
    with world.everywhere():
        Staff.objects.filter(pk=world.staff["officer"].pk).update(is_demo=True)
    started = time.monotonic()
    demo.load(DemoContext(clock.today()))
    print("TOOK", time.monotonic() - started)


def test_x(loaded: None) -> None:
    with market_view():
        assert len(shown_shops(clock.today())) == 12
