"""Real threads: openings at once are counted one after the other; one review stands."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection

from berdaya.core import clock
from berdaya.core.scope import Scope, acting
from berdaya.core.verdicts import Refused
from berdaya.institutions.models import Facility
from berdaya.people.actions.reveals import open_identities, review_reveal, search_identity
from berdaya.people.assigning import person_subject
from berdaya.people.models import Reveal, RevealedPerson, RevealReview
from berdaya.people.rules_reveals import MANY_SINGLES, SEARCHES_AN_HOUR
from tests.people.names import NIK, plant
from tests.world import World, make_world

pytestmark = pytest.mark.race
MORNING = datetime(2026, 11, 23, 1, tzinfo=UTC)


@pytest.fixture
def committed(real_db: str) -> World:
    world = make_world()
    plant(world, "cendana", "lontar")
    return world


def at_once(world: World, names: list[str], act: Callable[[Scope], object]) -> list[str]:
    """Run `act` as each of them at once; each answer is `done` or the codes of the refusal."""
    gate, answers = threading.Barrier(len(names)), []

    def run(name: str) -> None:
        try:
            with clock.travel(MORNING), acting(world.actor(name), "race") as scope:
                gate.wait(timeout=10)
                act(scope)
            answers.append("done")
        except Refused as refused:
            answers.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[name]) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(answers)


def search(scope: Scope) -> None:
    here = Facility.objects.get(pk__in=scope.facility_ids)
    search_identity(by=scope.actor, facility=here, kind="nik", number=NIK)


def test_searches_at_once_do_not_pass_the_limit(committed: World) -> None:
    for _time in range(SEARCHES_AN_HOUR - 1):
        with clock.travel(MORNING), committed.acting() as scope:
            search(scope)

    answers = at_once(committed, ["officer"] * 3, search)

    assert answers == ["done", "search_too_often", "search_too_often"]
    with committed.everywhere():
        assert Reveal.objects.count() == SEARCHES_AN_HOUR


def test_openings_at_once_are_counted_one_after_the_other(committed: World) -> None:
    def open_one(scope: Scope) -> None:
        open_identities(
            by=scope.actor, facility=committed.atb, purpose="person", reason="serve",
            subject=person_subject(committed.people["cendana"].code),
        )  # fmt: skip

    for _round in range(MANY_SINGLES // 5):
        assert at_once(committed, ["officer"] * 5, open_one) == ["done"] * 5

    with committed.everywhere():
        rows = list(Reveal.objects.order_by("code"))
        assert [row.code[-2:] for row in rows] == [f"{n:02}" for n in range(1, MANY_SINGLES + 1)]
        assert RevealedPerson.objects.count() == MANY_SINGLES
        assert sum("many_singles" in row.why for row in rows) == 1
        assert [row.is_unusual for row in rows] == [False] * 5 + [True] * 5


def test_two_reviews_at_once_leave_one(committed: World) -> None:
    with clock.travel(datetime(2026, 11, 23, 16, tzinfo=UTC)), committed.acting("head") as scope:
        reveal = open_identities(
            by=scope.actor, facility=committed.atb, purpose="person", reason="serve",
            subject=person_subject(committed.people["cendana"].code),
        ).reveal  # fmt: skip

    answers = at_once(
        committed, ["regional", "regional"],
        lambda scope: review_reveal(by=scope.actor, reveal=reveal, note="Sudah ditanya."),
    )  # fmt: skip

    assert answers == ["done", "review_not_needed"]
    with committed.everywhere():
        assert RevealReview.objects.count() == 1
