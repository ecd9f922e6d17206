"""Real threads: one nota for a sale that comes five times, one closing, the last piece once."""

import threading
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import connection

from berdaya.core.scope import acting
from berdaya.till.actions.closing import close_session
from berdaya.till.actions.selling import StallPayment, sell_at_stall
from berdaya.till.models import HandOutLine, StallClosing, StallSale
from tests import databases
from tests.orders.counter import at_once
from tests.proceeds.scene import broken_checks
from tests.till.stall_scene import Fair, open_fair
from tests.world import make_world

pytestmark = pytest.mark.race
RACERS = 5


@pytest.fixture
def fair(real_db: str) -> Iterator[Fair]:
    world = make_world()
    with world.everywhere():
        fair = open_fair(world, qty=4)
    yield fair
    with world.everywhere():
        assert broken_checks() == {}


def test_one_sale_from_five_threads_is_one_nota(fair: Fair) -> None:
    session, key = fair.open(), uuid4()

    codes = at_once(
        [lambda: fair.sell(session, 1, 1, sale_id=key).code for _press in range(RACERS)]
    )

    assert len(set(codes)) == 1
    with fair.world.everywhere():
        assert StallSale.objects.count() == 1
        assert [line.sold_qty for line in HandOutLine.objects.all()] == [1, 1]


def test_two_closings_of_one_stall_are_one(fair: Fair) -> None:
    session = fair.open()
    fair.sell(session, 1)

    def close() -> object:
        with acting(fair.actor_of("seller"), "test") as scope:
            close_session(by=scope.actor, session=session, counts={100_000: 3})
        return "closed"

    answers = at_once([close] * 4)

    assert sorted(answers) == ["closed", *["session_closed"] * 3]
    with fair.world.everywhere():
        assert StallClosing.objects.get().difference_rp == 0


def test_a_sale_beside_a_closing_is_counted_or_refused(fair: Fair) -> None:
    session = fair.open()

    def close() -> object:
        with acting(fair.actor_of("seller"), "test") as scope:
            return close_session(
                by=scope.actor, session=session, counts={100_000: 2}, reason="balapan"
            ).expected_rp

    answers = at_once([close, *[lambda: fair.sell(session, 1).number] * 3])

    with fair.world.everywhere():
        closing = StallClosing.objects.get()
        sold = StallSale.objects.count()
    assert closing.expected_rp == 200_000 + 100_000 * sold
    assert answers.count("session_closed") == 3 - sold


def test_the_last_pieces_are_sold_once_and_numbers_have_no_gap(fair: Fair) -> None:
    session = fair.open()

    answers = at_once([lambda: fair.sell(session, 1, 1).number for _buyer in range(8)])

    assert answers.count("stall_sold_out") == 4
    assert sorted(one for one in answers if isinstance(one, int)) == [1, 2, 3, 4]


def test_baskets_in_either_order_do_not_lock_each_other(fair: Fair) -> None:
    session = fair.open()
    mixed = [fair.basket(1, 1), list(reversed(fair.basket(1, 1)))]

    def sell(turn: int) -> object:
        with acting(fair.seller_scope("seller"), "test") as scope:
            return sell_at_stall(
                by=scope.actor, session=session, sale_id=uuid4(), basket=mixed[turn % 2],
                payment=StallPayment("cash"),
            ).number  # fmt: skip

    answers = at_once([lambda turn=turn: sell(turn) for turn in range(4)])

    assert sorted(answers) == [1, 2, 3, 4]


def test_reading_before_writing_oversells(fair: Fair) -> None:
    """The twin without the conditional UPDATE, on a scratch table: why ours is one statement."""
    with databases.owner_connection(connection.settings_dict["NAME"]) as owner:
        owner.execute("CREATE TABLE scratch (left_qty integer)")
        owner.execute("INSERT INTO scratch VALUES (1)")
        owner.execute(f'GRANT SELECT, UPDATE ON scratch TO "{connection.settings_dict["USER"]}"')
    seen = threading.Barrier(4)

    def sell() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT left_qty FROM scratch")
            left = cursor.fetchone()[0]
            seen.wait(timeout=30)
            if left > 0:
                cursor.execute("UPDATE scratch SET left_qty = %s", [left - 1])
            return int(left > 0)

    assert sum(at_once([sell] * 4)) == 4
