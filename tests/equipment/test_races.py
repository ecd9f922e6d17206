"""Forty who reach for one loom at once: the read-then-write twin gives it to all, ours to one."""

import threading

import pytest

from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.equipment.actions.bookings import Ask, book, book_all
from berdaya.equipment.models import Booking
from tests import databases
from tests.equipment.scene import hours, machine
from tests.stock.test_races import together
from tests.world import World, make_world

pytestmark = pytest.mark.race
RACERS = 40


@pytest.fixture
def scene(real_db: str) -> World:
    return make_world()


def test_read_then_write_twin_books_twice(real_db: str) -> None:
    with databases.owner_connection(real_db) as owner:
        owner.execute("CREATE TABLE twin (loom int, taken tstzrange)")
    seen, got = threading.Barrier(4), []
    wanted = "tstzrange('2026-03-02 08:00+08', '2026-03-02 12:00+08')"

    def take(place: int) -> None:
        with databases.owner_connection(real_db) as mine:
            found = mine.execute(f"SELECT count(*) FROM twin WHERE taken && {wanted}").fetchone()
            seen.wait(10)
            if found == (0,):
                mine.execute(f"INSERT INTO twin VALUES (1, {wanted})")
                got.append(place)

    assert together(take, 4) == [None] * 4
    # One loom, promised to everybody: what the exclusion constraint is for.
    assert len(got) == 4


def test_forty_bookings_of_one_loom_give_exactly_one(scene: World) -> None:
    loom, officer = machine(scene), scene.actor("officer")

    def take(place: int) -> None:
        with acting(officer, "race"):
            book(
                by=officer, facility=scene.atb, equipment=loom, slot=hours(8, 12),
                purpose=f"pesanan {place}",
            )  # fmt: skip

    ends = together(take, RACERS)

    told = [end for end in ends if isinstance(end, Refused)]
    assert ends.count(None) == 1
    assert len(told) == RACERS - 1
    assert {end.verdict.codes for end in told} == {("equipment_taken",)}
    with scene.acting():
        assert Booking.objects.count() == 1


def test_two_that_want_the_same_two_in_other_order_both_end(scene: World) -> None:
    looms, officer = [machine(scene), machine(scene, name="ATBM 2")], scene.actor("officer")

    def take(place: int) -> None:
        order = looms if place % 2 else looms[::-1]
        asks = [Ask(one, hours(8, 12), "dua alat") for one in order]
        with acting(officer, "race"):
            book_all(by=officer, facility=scene.atb, asks=asks)

    ends = together(take, 8)

    assert ends.count(None) == 1
    assert sum(isinstance(end, Refused) for end in ends) == 7
    with scene.acting():
        assert Booking.objects.count() == 2
