"""Many notas at once: one statement a nota (its id is claimed), all others once for all.

With rules by date remembered, as whoever writes many does.
"""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from berdaya.core.locks import in_any_order
from berdaya.core.memo import remembering
from berdaya.core.scope import acting
from berdaya.till.actions.selling import NotaInput, StallPayment, sell_many_at_stall
from berdaya.till.models import StallSale, StallSession
from tests.counting import is_own
from tests.proceeds.scene import broken_checks
from tests.till.stall_scene import Fair, open_fair
from tests.world import World


@pytest.fixture
def fair(world: World) -> Fair:
    with world.everywhere():
        return open_fair(world)


def cost(fair: Fair, session: StallSession, count: int) -> int:
    """Statements that so many mixed notas take."""
    asked = [NotaInput(uuid4(), fair.basket(1, 1), StallPayment("cash")) for _one in range(count)]
    seller = fair.seller_scope("seller")
    captured = CaptureQueriesContext(connection)
    with acting(seller, "test") as scope, in_any_order(), remembering(), captured:
        sell_many_at_stall(by=scope.actor, session=session, asked=asked)
    return len([one for one in captured.captured_queries if is_own(one["sql"])])


def test_statements_grow_by_one_a_nota(fair: Fair) -> None:
    session = fair.open()
    cost(fair, session, 1)  # what is remembered for the process

    few, many = cost(fair, session, 2), cost(fair, session, 22)

    assert many - few == 20
    with fair.world.everywhere():
        numbers = StallSale.objects.order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, 26))
        assert broken_checks() == {}
