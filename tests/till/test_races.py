"""Two who settle at once: the read-then-write twin pays twice, ours reckons once."""

import threading
from decimal import Decimal

import pytest

from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.till.actions.hand_backs import take_back
from berdaya.till.actions.settlements import pay_settlement, prepare_settlement
from berdaya.till.models import HandBack, Settlement
from tests import databases
from tests.stock.test_races import RACERS, together
from tests.till.scene import DAY, Festival, open_festival
from tests.till.test_settlements import approve, balances, prepare, sold_out
from tests.world import make_world

pytestmark = pytest.mark.race


@pytest.fixture
def festival(real_db: str) -> Festival:
    return open_festival(make_world())


def test_read_then_write_twin_settles_twice(real_db: str) -> None:
    with databases.owner_connection(real_db) as owner:
        owner.execute("CREATE TABLE twin (stall int, owner int)")
    seen, settled = threading.Barrier(RACERS), []

    def settle(place: int) -> None:
        with databases.owner_connection(real_db) as mine:
            known = mine.execute("SELECT count(*) FROM twin").fetchone()[0]
            seen.wait(10)
            if not known:
                mine.execute("INSERT INTO twin VALUES (1, 1)")
                settled.append(place)

    assert together(settle) == [None] * RACERS
    # One owner, reckoned by everybody: what the unique constraint is for.
    assert len(settled) == RACERS


def test_two_who_reckon_make_one_settlement(festival: Festival) -> None:
    sold_out(festival)
    actor = festival.at("kpg_cooperative")

    def reckon(_place: int) -> None:
        with acting(actor, "race"):
            prepare_settlement(by=actor, stall=festival.stall, book=festival.scene.book)

    ends = together(reckon)

    assert ends.count(None) == 1
    assert all("settlement_exists" in str(end) for end in ends if end is not None)
    with festival.world.everywhere():
        assert Settlement.objects.count() == 1


def test_two_who_pay_pay_once(festival: Festival) -> None:
    sold_out(festival)
    settlement = approve(festival, prepare(festival))
    actor = festival.at("kpg_cooperative")

    def pay(_place: int) -> None:
        with acting(actor, "race"):
            pay_settlement(by=actor, settlement=settlement, method="cash", paid_on=DAY)

    ends = together(pay)

    assert ends.count(None) == 1
    assert all(isinstance(end, Refused) for end in ends if end is not None)
    assert balances(festival)["owner cash"] == 300_000


def test_the_last_pieces_come_back_once(festival: Festival) -> None:
    made = festival.receive(festival.hand_out(4))
    line, actor = festival.line(made), festival.world.actor("officer")

    def bring(_place: int) -> None:
        with acting(actor, "race"):
            take_back(by=actor, hand_out=made, lines={line.pk: Decimal(3)}, day=DAY)

    ends = together(bring)

    assert ends.count(None) == 1
    assert festival.line(made).returned_qty == 3
    with festival.world.everywhere():
        assert HandBack.objects.count() == 1
