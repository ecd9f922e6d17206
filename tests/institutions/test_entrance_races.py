"""Two at once with the same code, the same guess: one statement decides."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from berdaya.core.scope import acting
from berdaya.institutions.actions import attempts, cards, factors
from berdaya.institutions.actions.attempts import LIMITS, TooMany
from berdaya.institutions.models import CardCode
from tests.world import World, make_world

pytestmark = pytest.mark.race


@pytest.fixture
def world(real_db: str) -> World:
    return make_world()


def at_once(many: int, act: Callable[[], object]) -> list[object]:
    """Run `act` in as many threads at the same moment; what each answered."""
    gate, answers = threading.Barrier(many), []

    def run() -> None:
        try:
            gate.wait(timeout=10)
            answers.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return answers


def test_one_code_opens_one_session(world: World) -> None:
    code = world.give_card()[0]
    staff, actor = world.staff["officer"], world.actor("officer")

    def use() -> bool:
        with acting(actor, "race"):
            return cards.use_code(staff=staff, code=code)

    answers = at_once(4, use)

    assert sorted(answers) == [False, False, False, True]
    assert CardCode.objects.exclude(used_at=None).count() == 1


def test_one_recovery_code_opens_one_session(world: World) -> None:
    staff, actor = world.staff["officer"], world.actor("officer")
    with acting(actor, "recovery"):
        code = factors.renew_recovery_codes(by=actor, staff=staff)[0]

    def use() -> bool:
        with acting(actor, "race"):
            return factors.use_recovery_code(staff=staff, code=code)

    answers = at_once(4, use)

    assert sorted(answers) == [False, False, False, True]


def test_guesses_side_by_side_gain_no_try(world: World) -> None:
    def guess() -> bool:
        try:
            attempts.spend_try(kind="factor", subject=1)
        except TooMany:
            return False
        return True

    answers = [one for _ in range(3) for one in at_once(4, guess)]

    assert answers.count(True) == LIMITS["factor"].tries
