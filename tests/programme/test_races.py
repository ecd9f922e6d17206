"""Two who sign at once: the read-then-write twin loses a yes; ours counts each side once."""

import threading
from datetime import date

import pytest

from berdaya.core.scope import Actor, acting
from berdaya.core.verdicts import Refused
from berdaya.programme.actions.proposals import agree_proposal, withdraw_proposal
from berdaya.programme.actions.reports import answer_report
from berdaya.programme.actions.tellings import tell_lateness
from berdaya.programme.models import (
    Milestone,
    Proposal,
    QuarterAnswer,
    QuarterReport,
    QuarterState,
    Telling,
)
from tests import databases
from tests.programme.scene import Pact, change, drawn, due, second_at, signed
from tests.stock.test_races import RACERS, together
from tests.world import TODAY, make_world

pytestmark = pytest.mark.race


@pytest.fixture
def pact(real_db: str) -> Pact:
    made = signed(make_world())
    made.report = drawn(made.world, made.agreement)
    return made


def test_read_then_write_twin_forgets_that_both_agreed(real_db: str) -> None:
    with databases.owner_connection(real_db) as owner:
        owner.execute("CREATE TABLE twin (state text)")
        owner.execute("CREATE TABLE yes (side int)")
        owner.execute("INSERT INTO twin VALUES ('draft')")
    seen = threading.Barrier(2)

    def agree(place: int) -> None:
        with databases.owner_connection(real_db) as mine:
            state = mine.execute("SELECT state FROM twin").fetchone()[0]
            seen.wait(10)
            then = "half" if state == "draft" else "agreed"
            mine.execute("INSERT INTO yes VALUES (%s)", [place])
            mine.execute("UPDATE twin SET state = %s", [then])

    assert together(agree, 2) == [None, None]
    with databases.owner_connection(real_db) as owner:
        # Both said yes, and for ever it waits for one of them.
        assert owner.execute("SELECT count(*) FROM yes").fetchone()[0] == 2
        assert owner.execute("SELECT state FROM twin").fetchone()[0] == "half"


def sign(actor: Actor, pact: Pact) -> None:
    with acting(actor, "race"):
        report = QuarterReport.objects.select_related("agreement").get()
        answer_report(by=actor, report=report, outcome="agreed")


def test_both_sides_at_once_make_it_agreed(pact: Pact) -> None:
    sides = [pact.world.actor("regional"), pact.world.actor("umkm_officer")]

    ends = together(lambda place: sign(sides[place], pact), 2)

    assert ends == [None, None]
    with pact.world.everywhere():
        assert QuarterReport.objects.get().state == QuarterState.AGREED


def test_four_of_one_side_count_once(pact: Pact) -> None:
    office = pact.world.offices["NTT-KWL"]
    names = [f"second{place}" for place in range(RACERS)]
    actors = [second_at(pact.world, name, "regional", office) for name in names]

    ends = together(lambda place: sign(actors[place], pact))

    assert ends.count(None) == 1
    assert all(isinstance(end, Refused) for end in ends if end is not None)
    with pact.world.everywhere():
        assert QuarterAnswer.objects.count() == 1
        assert QuarterReport.objects.get().state == QuarterState.HALF


def test_a_proposal_is_agreed_or_withdrawn_never_both(pact: Pact) -> None:
    world = pact.world
    wanted = change(world, pact.agreement, "milestone", "1a", title="Modul", due_on=TODAY)
    mine, theirs = world.actor("regional"), world.actor("umkm_officer")

    def answer(place: int) -> None:
        by = theirs if place % 2 else mine
        with acting(by, "race"):
            row = Proposal.objects.select_related("agreement").get(pk=wanted.pk)
            (agree_proposal if place % 2 else withdraw_proposal)(by=by, proposal=row)

    ends = together(answer)

    assert ends.count(None) == 1
    with world.everywhere():
        outcome = Proposal.objects.get(pk=wanted.pk).outcome
        assert Milestone.objects.count() == (outcome == "agreed")


def test_two_nights_at_once_tell_every_office_once(pact: Pact) -> None:
    world = pact.world
    due(world, pact.commitment, "Kurikulum", TODAY)

    def tell(_place: int) -> None:
        with world.everywhere() as scope:
            tell_lateness(by=scope.actor, today=date(2027, 6, 1))

    assert together(tell) == [None] * RACERS
    with world.everywhere():
        offices = list(Telling.objects.values_list("office__code", flat=True))
    assert sorted(offices) == ["IMIPAS-PAS", "NTT-KWL", "UMKM"]
