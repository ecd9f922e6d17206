"""Supervision, follow-ups, plans, help: what is written, and that a refusal changes nothing."""

from datetime import timedelta
from typing import Any

import pytest

from berdaya.aftercare.actions.plans import PlanInput, decide_plan, sign_plan, write_plan
from berdaya.aftercare.actions.supervision import begin_supervision, let_go
from berdaya.aftercare.actions.support import (
    Tool,
    approve_grant,
    propose_grant,
    receive_grant,
    refer,
    step_referral,
)
from berdaya.aftercare.models import FollowUp, Plan, Referral, Supervision
from berdaya.aftercare.queries import client_of
from berdaya.core import clock
from berdaya.core.ids import uuid7
from berdaya.core.verdicts import Refused
from berdaya.people.models import Consent, Placement
from berdaya.people.roll import here
from tests.aftercare.scene import agree, days_ago, follow, regency, supervised
from tests.world import World

ONE = timedelta(days=1)


def plan_input() -> PlanInput:
    return PlanInput(
        trade="Tenun ikat", tools="ATBM", capital_rp=1_500_000, capital_from="savings",
        permits="NIB", region=regency(), release_on=clock.today(),
    )  # fmt: skip


def codes(error: "pytest.ExceptionInfo[Refused]") -> tuple[str, ...]:
    return error.value.verdict.codes


def waiting(world: World) -> list[tuple[int, str]]:
    with world.acting("counsellor"):
        place = here([world.facilities["BP-KPG"].pk], clock.today()).get(
            participant=world.people["pinang"]
        )
        return [(one.milestone, one.state) for one in client_of(place, clock.today()).waiting]


def test_follow_up_sent_twice_counts_once(world: World) -> None:
    row, key = supervised(world), uuid7()

    first, is_new = follow(world, row, key=key, obstacles=("capital",))
    again, is_new_again = follow(world, row, key=key, obstacles=("capital",))

    assert (is_new, is_new_again, first.pk) == (True, False, again.pk)
    assert first.milestone == 3
    with world.everywhere():
        assert FollowUp.objects.count() == 1
    assert waiting(world) == []


def test_same_key_for_another_client_is_no_way_in(world: World) -> None:
    row, key = supervised(world), uuid7()
    follow(world, row, key=key)

    with pytest.raises(Refused) as refused:
        follow(world, row, by="bapas_head", key=key)

    assert codes(refused) == ("ability_missing",)


@pytest.mark.parametrize(
    ("on", "code"), [(1, "day_ahead"), (-101, "day_too_old"), (-63, "day_too_old")]
)
def test_follow_up_on_a_wrong_day_is_refused(world: World, on: int, code: str) -> None:
    row = supervised(world)

    with pytest.raises(Refused) as refused:
        follow(world, row, on=clock.today() + on * ONE)

    assert codes(refused) == (code,)
    with world.everywhere():
        assert not FollowUp.objects.exists()


def test_after_supervision_only_who_agreed_is_asked(world: World) -> None:
    row = supervised(world, since=days_ago(185), last_day=days_ago(20))
    before = waiting(world)

    with pytest.raises(Refused) as refused:
        follow(world, row)
    agree(world, row)

    assert before == []
    assert codes(refused) == ("contact_without_consent",)
    assert [state for _month, state in waiting(world)] == ["optional"]
    follow(world, row)
    assert waiting(world) == []


def test_safe_exit_ends_consent_and_referrals_and_leaves_the_report(world: World) -> None:
    row = supervised(world)
    agree(world, row, on=days_ago(1))
    with world.acting("counsellor") as scope:
        by = scope.actor
        sent = refer(by=by, supervision=row, to="kur", whom="Bank Contoh", made_on=days_ago(3))
        let_go(by=by, supervision=row, asked_on=clock.today())

    assert [(month, state) for month, state in waiting(world)] == [(0, "due")]
    with world.everywhere():
        assert Consent.objects.get(purpose="contact").withdrawn_on == clock.today()
        assert Referral.objects.get(pk=sent.pk).state == "stopped"
    with pytest.raises(Refused) as refused, world.acting("counsellor") as scope:
        refer(by=scope.actor, supervision=row, to="blk", whom="BLK", made_on=clock.today())
    assert codes(refused) == ("contact_stopped",)
    with pytest.raises(Refused) as again, world.acting("counsellor") as scope:
        let_go(by=scope.actor, supervision=row, asked_on=clock.today())
    assert codes(again) == ("exit_done",)


def test_supervision_is_of_ones_own_client_and_of_clients_only(world: World) -> None:
    facts: dict[str, Any] = {
        "facility": world.facilities["BP-KPG"], "release": "pb", "since": days_ago(9),
        "last_day": clock.today() + ONE, "region": regency(),
    }  # fmt: skip

    with pytest.raises(Refused) as refused, world.acting("counsellor") as scope:
        begin_supervision(by=scope.actor, participant=world.people["asam"], **facts)

    assert {"client_of_other"} <= set(codes(refused))
    with pytest.raises(Refused) as service, world.everywhere() as scope:
        begin_supervision(by=scope.actor, participant=world.people["asam"], **facts)
    assert codes(service) == ("not_a_client",)
    with world.everywhere():
        assert not Supervision.objects.exists()


def test_plan_is_written_signed_and_decided_by_two(world: World) -> None:
    with world.acting("officer") as scope:
        by = scope.actor
        made = write_plan(
            by=by, participant=world.people["cendana"], facility=world.atb, plan=plan_input()
        )
        with pytest.raises(Refused) as twice:
            write_plan(
                by=by, participant=world.people["cendana"], facility=world.atb, plan=plan_input()
            )
        sign_plan(by=by, plan=made, signed_on=clock.today())
    with world.acting("head") as scope:
        done = decide_plan(by=scope.actor, plan=made, approve=True)
        with pytest.raises(Refused) as again:
            decide_plan(by=scope.actor, plan=made, approve=False, reason="x")

    assert done.state == "approved"
    assert (codes(twice), codes(again)) == (("plan_waits",), ("plan_decided",))


def test_plan_opens_to_the_bapas_when_the_placement_there_has_begun(world: World) -> None:
    """Not while it is only recorded ahead; and to the counsellor of that client alone."""
    with world.everywhere():
        plan = Plan.objects.create(
            participant=world.people["cendana"], facility=world.atb, code="LP-ATB-26-RU9",
            written_on=days_ago(40), written_at=clock.now(), **vars(plan_input()),
        )  # fmt: skip
        Placement.objects.filter(participant=plan.participant).update(valid_until=days_ago(-2))
        there = Placement.objects.create(
            participant=plan.participant, facility=world.facilities["BP-KPG"],
            work_number="P-77", valid_from=days_ago(-2),
        )  # fmt: skip

    def seen(who: str) -> bool:
        with world.acting(who):
            return Plan.objects.filter(pk=plan.pk).exists()

    ahead = seen("bapas_head")
    with world.everywhere():
        Placement.objects.filter(facility=world.atb, participant=plan.participant).update(
            valid_until=days_ago(1)
        )
        Placement.objects.filter(pk=there.pk).update(valid_from=days_ago(1))

    assert ahead is False
    assert seen("bapas_head") is True
    assert seen("counsellor") is False
    assert seen("outsider") is False
    page = world.client("officer").get(f"/desk/plans/{plan.code}/")
    assert page.status_code == 404


def test_no_plan_for_children(world: World) -> None:
    with pytest.raises(Refused) as refused, world.everywhere() as scope:
        write_plan(
            by=scope.actor, participant=world.people["tunas"],
            facility=world.facilities["LPKA-KPG"], plan=plan_input(),
        )  # fmt: skip

    assert codes(refused) == ("plan_of_children",)


def test_referral_walks_its_states(world: World) -> None:
    row = supervised(world)
    with world.acting("counsellor") as scope:
        by = scope.actor
        sent = refer(by=by, supervision=row, to="blk", whom="BLK Contoh", made_on=days_ago(9))
        with pytest.raises(Refused) as early:
            step_referral(by=by, referral=sent, state="done", on=clock.today())
        step_referral(by=by, referral=sent, state="accepted", on=days_ago(5))
        with pytest.raises(Refused) as silent:
            step_referral(by=by, referral=sent, state="refused", on=clock.today())
        done = step_referral(by=by, referral=sent, state="done", on=clock.today())

    assert (codes(early), codes(silent)) == (("referral_step",), ("referral_reason",))
    assert (done.state, done.answered_on, done.ended_on) == ("done", days_ago(5), clock.today())


def test_tools_are_approved_by_another_and_received_once(world: World) -> None:
    row = supervised(world)
    with world.acting("counsellor") as scope:
        tools = [Tool("Mesin jahit", 1, 2_500_000)]
        grant = propose_grant(by=scope.actor, supervision=row, source="Hibah", tools=tools)
        with pytest.raises(Refused) as early:
            receive_grant(by=scope.actor, grant=grant, received_on=clock.today())
    with world.acting("bapas_head") as scope:
        approve_grant(by=scope.actor, grant=grant)
    with world.acting("counsellor") as scope:
        got = receive_grant(by=scope.actor, grant=grant, received_on=clock.today())
        with pytest.raises(Refused) as twice:
            receive_grant(by=scope.actor, grant=grant, received_on=clock.today())

    assert got.state == "received"
    assert codes(early) == codes(twice) == ("grant_step",)
