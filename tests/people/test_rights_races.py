"""Two at once: one answer, one night, one word about a proposal."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from berdaya.core.scope import acting, system_scope
from berdaya.core.verdicts import Refused
from berdaya.people.actions.participants import end_placement
from berdaya.people.actions.retention import confirm_erasure, run_retention
from berdaya.people.actions.rights import answer_case
from berdaya.people.models import (
    Erasure,
    RetentionCount,
    RetentionProposal,
    RetentionRun,
    RightsAnswer,
    RightsCase,
)
from berdaya.people.retention import purposes
from tests.people.rights_scene import ask, seal
from tests.world import World, make_world

pytestmark = pytest.mark.race
FAR = date(2028, 3, 5)


@pytest.fixture
def world(real_db: str) -> World:
    return make_world()


def both(run: Callable[[], object]) -> list[str]:
    """Run twice at once; each answer is `done` or the codes of the refusal."""
    gate, answers = threading.Barrier(2), []

    def one() -> None:
        gate.wait(timeout=10)
        try:
            run()
            answers.append("done")
        except Refused as refused:
            answers.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(answers)


def test_two_answers_at_once(world: World) -> None:
    case = ask(world, "objection")
    head = world.actor("head")

    def answer() -> None:
        with acting(head, "race"):
            row = RightsCase.objects.select_related("facility", "participant").get(pk=case.pk)
            answer_case(by=head, case=row, outcome="granted", handed_over="private")

    told = both(answer)

    assert told == ["done", "rights_answered"]
    with world.everywhere():
        assert RightsAnswer.objects.count() == 1


def test_two_workers_on_the_same_night_and_two_hands_on_one_proposal(world: World) -> None:
    seal(world)
    with world.acting() as scope:
        end_placement(
            by=scope.actor, participant=world.people["cendana"], facility=world.atb,
            on=date(2026, 3, 2), status="released",
        )  # fmt: skip
    pk = world.atb.pk

    def night() -> None:
        with system_scope("nightly", [pk]) as scope:
            run_retention(by=scope.actor, facility=world.atb, today=FAR)

    nights = both(night)
    head = world.actor("head")

    def confirm() -> None:
        with acting(head, "race"):
            row = RetentionProposal.objects.select_related("facility", "participant").get()
            confirm_erasure(by=head, proposal=row)

    hands = both(confirm)

    assert nights == ["done", "done"]
    assert hands == ["done", "retention_decided"]
    with world.everywhere():
        assert RetentionRun.objects.count() == 1
        assert RetentionCount.objects.count() == len(purposes())
        assert Erasure.objects.count() == 1
