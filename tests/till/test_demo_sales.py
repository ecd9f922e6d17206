"""The demo's stall: sixty notas over three days, in statements that do not grow with them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from berdaya.core import clock
from berdaya.core.locks import in_any_order
from berdaya.till.demo_sales import sell_festival
from berdaya.till.models import CashHandover, StallSale
from tests.counting import is_own
from tests.proceeds.scene import broken_checks
from tests.till.stall_scene import Fair, open_fair
from tests.world import World


@pytest.fixture
def fair(world: World) -> Fair:
    with world.everywhere():
        return open_fair(world)


def test_a_festival_is_sold_in_bulk(fair: Fair) -> None:
    today = clock.today()
    days = [today - timedelta(days=ago) for ago in (2, 1, 0)]

    with fair.world.everywhere() as scope, in_any_order():
        with CaptureQueriesContext(connection) as captured:
            sell_festival(by=scope.actor, stall=fair.stall, days=days, notas=60)
        sold = StallSale.objects.count()
        assert 30 <= sold <= 60
        assert {one.day for one in StallSale.objects.all()} == set(days)
        assert CashHandover.objects.filter(received_at__isnull=False).count() == 3
        assert broken_checks() == {}

    own = [query for query in captured.captured_queries if is_own(query["sql"])]
    assert len(own) < 12 * sold
