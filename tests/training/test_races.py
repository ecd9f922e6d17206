"""Sixty who reach for twenty places: the read-then-write twin overbooks, ours does not."""

import threading

import pytest
from django.db import connection

from berdaya.core.scope import acting, system_scope
from berdaya.training.actions.enrolments import enrol, withdraw
from berdaya.training.models import Enrolment, Seats, Session
from tests import databases
from tests.stock.test_races import together
from tests.training.scene import enrol_all, session_of
from tests.workshop.scene import Scene, build

pytestmark = pytest.mark.race
RACERS, PLACES = 60, 20
TWINS = 6
AT_ONCE = 6


@pytest.fixture
def scene(real_db: str) -> Scene:
    return build(people=RACERS)


@pytest.fixture
def session(scene: Scene) -> Session:
    with acting(scene.officer, "test"):
        return session_of(scene, places=PLACES)


def test_read_then_write_twin_overbooks(real_db: str) -> None:
    with databases.owner_connection(real_db) as owner:
        owner.execute("CREATE TABLE twin (id int, taken int)")
        owner.execute("INSERT INTO twin VALUES (1, 0)")
    seen, inside = threading.Barrier(TWINS), []

    def take(place: int) -> None:
        with databases.owner_connection(real_db) as mine:
            taken = mine.execute("SELECT taken FROM twin").fetchone()[0]
            seen.wait(30)
            if taken < 1:
                mine.execute("UPDATE twin SET taken = %s", [taken + 1])
                inside.append(place)

    assert together(take, TWINS) == [None] * TWINS
    # One place, six people on it: what the lock, the condition and the constraint are for.
    assert len(inside) == TWINS


def test_sixty_race_for_twenty_places_and_exactly_twenty_get_one(
    scene: Scene, session: Session
) -> None:
    # As many at once as the pool has connections to spare; the others press on behind them.
    door = threading.Semaphore(AT_ONCE)

    def sign_up(place: int) -> None:
        with door:
            try:
                with acting(scene.officer, "race"):
                    enrol(by=scene.officer, session=session, participant=scene.people[place])
            finally:
                connection.close()

    ends = together(sign_up, RACERS)

    assert ends == [None] * RACERS
    with acting(scene.officer, "look"):
        assert Seats.objects.get(session=session).taken == PLACES
        rows = Enrolment.objects.filter(session=session)
        assert rows.filter(has_place=True).count() == PLACES
        assert rows.filter(has_place=False).count() == RACERS - PLACES


def test_one_person_enrolled_twice_at_once_is_enrolled_once(scene: Scene, session: Session) -> None:
    def sign_up(place: int) -> None:
        with acting(scene.officer, "race"):
            enrol(by=scene.officer, session=session, participant=scene.people[0])

    ends = together(sign_up, 4)

    told = [end for end in ends if end is not None]
    assert {end.verdict.codes for end in told} == {("enrolled_already",)}
    assert len(told) == 3
    with acting(scene.officer, "look"):
        assert Seats.objects.get(session=session).taken == 1


def test_a_place_freed_while_others_come_goes_to_somebody_and_is_never_lost(
    scene: Scene, session: Session
) -> None:
    with acting(scene.officer, "test"):
        rows = enrol_all(scene, session, scene.people[: PLACES + 2])

    def move(place: int) -> None:
        with acting(scene.officer, "race"):
            if place < 4:
                withdraw(by=scene.officer, enrolment=rows[place])
            else:
                person = scene.people[PLACES + place]
                enrol(by=scene.officer, session=session, participant=person)

    ends = together(move, 8)

    assert ends == [None] * 8
    with system_scope("tests", [scene.facility.pk]):
        standing = Enrolment.objects.filter(session=session, has_place=True).count()
        assert standing == Seats.objects.get(session=session).taken == PLACES
