"""Two who reach for the last piece: the read-then-write twin oversells, ours does not."""

import threading
from collections.abc import Callable
from decimal import Decimal

import psycopg
import pytest
from django.db import connection

from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.stock.actions.counts import count_stock
from berdaya.stock.actions.movements import take_from_lot
from berdaya.stock.models import Lot, StockCount, StockMovement
from tests import databases
from tests.stock.shelves import Shelf, make_shelf, on_hand, stocked
from tests.world import TODAY, World, make_world

pytestmark = pytest.mark.race
RACERS = 4


def together(job: Callable[[int], None], racers: int = RACERS) -> list[object]:
    """Run the job in threads that start at once; what each raised, None for none."""
    start, ends = threading.Barrier(racers), [None] * racers

    def run(place: int) -> None:
        try:
            start.wait(10)
            job(place)
        except Exception as error:  # noqa: BLE001
            ends[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[n]) for n in range(racers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return ends


@pytest.fixture
def scene(real_db: str) -> tuple[World, Shelf, Lot]:
    world = make_world()
    with world.acting():
        shelf = make_shelf(world.atb)
        return world, shelf, stocked(world, shelf, qty=1)


def test_read_then_write_twin_oversells(real_db: str) -> None:
    with databases.owner_connection(real_db) as owner:
        owner.execute("CREATE TABLE twin (id int, on_hand int)")
        owner.execute("INSERT INTO twin VALUES (1, 1)")
    seen, sold = threading.Barrier(RACERS), []

    def sell(place: int) -> None:
        with databases.owner_connection(real_db) as mine:
            left = mine.execute("SELECT on_hand FROM twin").fetchone()[0]
            seen.wait(10)
            if left >= 1:
                mine.execute("UPDATE twin SET on_hand = %s", [left - 1])
                sold.append(place)

    assert together(sell) == [None] * RACERS
    # One piece, sold to everybody: what the conditional UPDATE is for.
    assert len(sold) == RACERS


def test_last_piece_is_sold_once(scene: tuple[World, Shelf, Lot]) -> None:
    world, shelf, lot = scene
    seller = world.actor("seller")

    def sell(place: int) -> None:
        with acting(seller, "race"):
            take_from_lot(
                by=seller, lot=lot, place=shelf.store, qty=Decimal(1), day=TODAY, kind="sold",
                reference=f"sale:{place}",
            )  # fmt: skip

    ends = together(sell)

    told = [end for end in ends if isinstance(end, Refused)]
    assert len(told) == RACERS - 1
    assert {end.verdict.codes for end in told} == {("stock_short",)}
    with world.acting():
        assert on_hand(lot, shelf.store) == 0
        assert StockMovement.objects.filter(lot=lot, kind="sold").count() == 1


def test_conditional_update_alone_holds_the_twin(real_db: str) -> None:
    with databases.owner_connection(real_db) as owner:
        owner.execute("CREATE TABLE twin (id int, on_hand int)")
        owner.execute("INSERT INTO twin VALUES (1, 1)")
    sold: list[int] = []

    def sell(place: int) -> None:
        with psycopg.connect(databases._owner_dsn(real_db), autocommit=True) as mine:
            row = mine.execute("UPDATE twin SET on_hand = on_hand - 1 WHERE on_hand >= 1")
            sold.extend([place] * row.rowcount)

    assert together(sell) == [None] * RACERS
    assert len(sold) == 1


def test_two_counts_of_a_place_and_day_one_wins(scene: tuple[World, Shelf, Lot]) -> None:
    world, shelf, lot = scene
    officer = world.actor("officer")

    def count(place: int) -> None:
        with acting(officer, "race"):
            count_stock(
                by=officer, place=shelf.store, day=TODAY, counts={lot.pk: Decimal(0)},
                reason=f"hilang {place}",
            )  # fmt: skip

    ends = together(count, 2)

    told = [end for end in ends if end is not None]
    assert len(told) == 1
    assert isinstance(told[0], Refused)
    assert told[0].verdict.codes == ("count_exists",)
    with world.acting():
        assert StockCount.objects.count() == 1
        assert on_hand(lot, shelf.store) == 0
        assert StockMovement.objects.filter(kind="count").count() == 1
