"""Both sides agree to a change, or nothing changes: rules and database, one side and the other."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.verdicts import Refused
from berdaya.programme.actions.proposals import (
    agree_proposal,
    begin_agreement,
    propose_version,
    refuse_proposal,
    withdraw_proposal,
)
from berdaya.programme.models import (
    AgreementVersion,
    Clause,
    Commitment,
    Measure,
    Milestone,
    Proposal,
)
from tests.programme.scene import (
    CLAUSES,
    FACTS,
    PROMISE,
    Pact,
    agree,
    begun,
    change,
    due,
    measured,
    promised,
    second_at,
    signed,
)
from tests.world import TODAY, World


@pytest.fixture
def pact(world: World) -> Pact:
    return signed(world)


def constraint_of(error: BaseException) -> str:
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""


def refused_by_database(world: World, do: Callable[[], Any]) -> str:
    """The constraint that stopped it."""
    with (
        world.everywhere(),
        pytest.raises(IntegrityError) as error,
        transaction.atomic(),
    ):
        do()
    return constraint_of(error.value)


def test_nothing_holds_before_the_other_side_agrees(world: World) -> None:
    proposal = begun(world)

    assert not AgreementVersion.objects.exists()
    agree(world, proposal)
    version = AgreementVersion.objects.get()
    assert [one.words for one in Clause.objects.filter(version=version)] == CLAUSES
    assert version.last_day == date(2028, 10, 28)


@pytest.mark.parametrize("who", ["regional", "national"])
def test_the_side_that_proposed_does_not_agree(world: World, who: str) -> None:
    proposal = begun(world)

    with pytest.raises(Refused, match="programme_same_side"):
        agree(world, proposal, who)
    proposal.refresh_from_db()
    assert proposal.is_open


@pytest.mark.parametrize("who", ["head", "auditor", "mentor", "administrator", "officer"])
def test_whoever_signs_for_no_side_is_refused(world: World, pact: Pact, who: str) -> None:
    proposal = change(world, pact.agreement, "milestone", "1a", title="Modul", due_on=TODAY)

    with pytest.raises(Refused, match="ability_missing"):
        agree(world, proposal, who)


def test_another_regions_office_signs_nothing_here(world: World, pact: Pact) -> None:
    other = world.offices["NTT-KWL"]
    with world.everywhere():
        far = type(other).objects.create(
            code="BALI-KWL", kind="regional_office", name="BALI", parent=other.parent,
            path=f"{other.parent.path}/BALI-KWL",
        )  # fmt: skip
    second_at(world, "far", "regional", far)

    with pytest.raises(Refused, match="programme_side_missing"):
        change(world, pact.agreement, "milestone", "1a", who="far", title="x", due_on=TODAY)


def test_a_refusal_says_why_and_changes_nothing(world: World, pact: Pact) -> None:
    proposal = change(world, pact.agreement, "commitment", "1a", **{**PROMISE, "deliverable": "x"})

    with world.acting("umkm_officer") as scope:
        with pytest.raises(Refused, match="programme_comment_missing"):
            refuse_proposal(by=scope.actor, proposal=proposal, comment=" ")
        refuse_proposal(by=scope.actor, proposal=proposal, comment="Terlalu sempit")
    with pytest.raises(Refused, match="programme_answered"):
        agree(world, proposal)
    assert Commitment.objects.get().deliverable == PROMISE["deliverable"]


def test_only_the_own_side_takes_back(world: World, pact: Pact) -> None:
    proposal = change(world, pact.agreement, "milestone", "1a", title="Modul", due_on=TODAY)

    with world.acting("umkm_officer") as scope, pytest.raises(Refused, match="not_yours"):
        withdraw_proposal(by=scope.actor, proposal=proposal)
    with world.acting("regional") as scope:
        withdraw_proposal(by=scope.actor, proposal=proposal)
    assert not Milestone.objects.exists()


def test_new_terms_and_a_new_target_take_the_place_of_the_old(world: World, pact: Pact) -> None:
    later = date(2028, 6, 30)
    agree(world, change(world, pact.agreement, "commitment", "1a", **{**PROMISE, "due_on": later}))
    measured(world, pact.commitment, target="100")
    again = measured(world, pact.commitment, target="150")

    assert Commitment.objects.get().due_on == later
    assert Measure.objects.get() == again
    assert again.target == 150


@pytest.mark.parametrize(
    ("kind", "subject", "facts", "code"),
    [
        ("commitment", "", {**PROMISE, "code": "9", "clause_number": 9}, "clause_unknown"),
        ("commitment", "", PROMISE, "programme_code_taken"),
        ("commitment", "", {**PROMISE, "code": "2", "due_on": date(2025, 1, 1)},
         "programme_period_backwards"),
        ("commitment", "", {**PROMISE, "code": "2", "umkm_office": "NTT-KWL"}, "office_not_party"),
        ("measure", "1a", {"indicator": "consenting", "year": 2026}, "measure_not_told"),
        ("measure", "1a", {"indicator": "made", "year": 2030}, "measure_out_of_period"),
        ("milestone", "1a", {"title": "x", "due_on": date(2030, 1, 1)}, "milestone_out_of_period"),
        ("measure", "tidak-ada", {"indicator": "made", "year": 2026}, "programme_proposal_stale"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_not_proposed(
    world: World, pact: Pact, kind: str, subject: str, facts: dict[str, Any], code: str
) -> None:
    before = Proposal.objects.count()

    with pytest.raises(Refused, match=code):
        change(world, pact.agreement, kind, subject, **facts)
    assert Proposal.objects.count() == before


def test_what_no_longer_fits_is_not_agreed(world: World, pact: Pact) -> None:
    twins = [
        change(world, pact.agreement, "commitment", "", **{**PROMISE, "code": "1b"})
        for _time in (1, 2)
    ]
    agree(world, twins[0])

    with pytest.raises(Refused, match="programme_code_taken"):
        agree(world, twins[1])
    assert Commitment.objects.filter(code="1b").count() == 1


def test_a_renewal_follows_and_keeps_its_commitments(world: World, pact: Pact) -> None:
    begins = date(2028, 1, 1)
    facts = {**FACTS, "valid_from": begins, "last_day": date(2031, 1, 1), "clauses": ["Satu"]}
    with world.acting("umkm_officer") as scope:
        proposal = propose_version(by=scope.actor, agreement=pact.agreement, facts=facts)
    agree(world, proposal, "regional")

    first, second = AgreementVersion.objects.order_by("number")
    assert first.valid_until == begins == second.valid_from
    assert first.clauses.count() == 2
    assert second.clauses.get().words == "Satu"
    assert Commitment.objects.get() == pact.commitment
    with world.acting("umkm_officer") as scope, pytest.raises(Refused, match="begins_early"):
        propose_version(by=scope.actor, agreement=pact.agreement, facts=FACTS)


def test_the_same_code_is_taken_once(world: World, pact: Pact) -> None:
    with world.acting("regional") as scope, pytest.raises(Refused, match="code_taken"):
        begin_agreement(
            by=scope.actor, code=pact.agreement.code, kind="mou", title="Lagi", facts=FACTS,
            corrections_office=world.offices["NTT-KWL"], umkm_office=world.offices["UMKM"],
        )  # fmt: skip


def test_the_database_lets_nothing_in_that_one_side_wants(world: World, pact: Pact) -> None:
    open_one = change(world, pact.agreement, "milestone", "1a", title="Modul", due_on=TODAY)
    mine = due(world, pact.commitment, "Kurikulum", TODAY)

    def answer(who: str, side: str, office: str) -> int:
        return Proposal.objects.filter(pk=open_one.pk).update(
            outcome="agreed", answer_side=side, answer_office=world.offices[office],
            answered_by=world.staff[who], answered_on=clock.today(),
        )  # fmt: skip

    tries: dict[str, Callable[[], Any]] = {
        "unagreed": lambda: Milestone.objects.create(
            commitment=pact.commitment, title="x", due_on=TODAY, proposal=open_one
        ),
        "other kind": lambda: Measure.objects.create(
            commitment=pact.commitment, indicator="made", direction="at_least", year=2026,
            target=1, basis="x", proposal=mine.proposal,
        ),
        "edited": lambda: Milestone.objects.filter(pk=mine.pk).update(
            due_on=TODAY + timedelta(days=1)
        ),
        "commitment": lambda: Commitment.objects.update(due_on=TODAY),
        "version": lambda: AgreementVersion.objects.update(valid_until=date(2040, 1, 1)),
        "own side": lambda: answer("national", "corrections", "IMIPAS-PAS"),
        "for the other": lambda: answer("national", "umkm", "UMKM"),
        "not appointed": lambda: answer("mentor", "umkm", "UMKM"),
        "again": lambda: Proposal.objects.filter(outcome="agreed").update(comment="lagi"),
        "rewritten": lambda: Proposal.objects.filter(pk=open_one.pk).update(facts={}),
    }  # fmt: skip

    assert {name: refused_by_database(world, do) for name, do in tries.items()} == {
        **dict.fromkeys(
            ["unagreed", "other kind", "edited", "commitment", "version"], "programme_both_agreed"
        ),
        "own side": "programme_proposal_two_sides",
        "for the other": "programme_signed_for_side",
        "not appointed": "programme_signed_for_side",
        "again": "programme_proposal_once",
        "rewritten": "programme_proposal_once",
    }


def test_one_person_of_both_sides_does_not_agree_with_themselves(world: World, pact: Pact) -> None:
    second_at(world, "both", "regional", world.offices["NTT-KWL"])
    proposal = change(
        world, pact.agreement, "milestone", "1a", who="both", title="Modul", due_on=TODAY
    )
    with world.everywhere() as scope:
        from berdaya.institutions.actions.staff import appoint
        from tests.world import SINCE

        appoint(
            by=scope.actor, staff=world.staff["both"], role="umkm_officer",
            place=world.offices["UMKM"], decree_no="SK-2", decree_on=SINCE, valid_from=SINCE,
        )  # fmt: skip

    with pytest.raises(Refused, match="programme_same_side"):
        agree(world, proposal, "both")
    assert (
        refused_by_database(
            world,
            lambda: Proposal.objects.filter(pk=proposal.pk).update(
                outcome="agreed",
                answer_side="umkm",
                answer_office=world.offices["UMKM"],
                answered_by=world.staff["both"],
                answered_on=clock.today(),
            ),
        )
        == "programme_proposal_two_people"
    )


def test_agreeing_by_the_wrong_program_is_refused(world: World, pact: Pact) -> None:
    proposal = change(world, pact.agreement, "milestone", "1a", title="Modul", due_on=TODAY)

    with world.everywhere() as scope, pytest.raises(Refused, match="programme_side_missing"):
        agree_proposal(by=scope.actor, proposal=proposal)


def test_two_commitments_of_one_clause(world: World, pact: Pact) -> None:
    promised(world, pact.agreement, code="1b")

    assert pact.agreement.commitments.count() == 2
