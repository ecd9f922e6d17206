"""Periods of keeping: proposed, confirmed or run out, held back where something stands against."""

from datetime import date, timedelta

import pytest

from berdaya.core import clock
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.institutions.today import waiting
from berdaya.people.actions.participants import end_placement, place_participant
from berdaya.people.actions.retention import (
    confirm_erasure,
    keep_identity,
    run_retention,
    set_retention_rule,
)
from berdaya.people.models import (
    Erasure,
    Placement,
    RetentionCount,
    RetentionDecision,
    RetentionProposal,
    RetentionRule,
    RetentionRun,
    SealedIdentity,
)
from berdaya.people.retention import purposes
from berdaya.people.tasks import keep_no_longer
from tests.counting import at_most
from tests.people.rights_scene import ask, seal
from tests.world import World

LEFT = date(2026, 3, 2)
FAR = date(2028, 3, 5)


def leave(world: World, who: str = "cendana", on: date = LEFT) -> None:
    with world.acting() as scope:
        end_placement(
            by=scope.actor, participant=world.people[who], facility=world.atb, on=on,
            status="released",
        )  # fmt: skip


def night(world: World, day: date) -> RetentionCount:
    with world.everywhere() as scope:
        run = run_retention(by=scope.actor, facility=world.atb, today=day)
        return run.counts.get(purpose="identity")


def told(count: RetentionCount) -> tuple[int, int, int, int]:
    return count.due, count.done, count.held, count.left


def test_identity_is_proposed_and_goes_after_the_notice(world: World) -> None:
    seal(world)
    seal(world, "lontar")
    leave(world)

    early = night(world, FAR - timedelta(days=4))
    first = night(world, FAR)
    waits = night(world, FAR + timedelta(days=29))
    last = night(world, FAR + timedelta(days=30))
    after = night(world, FAR + timedelta(days=31))

    assert [told(one) for one in (early, first, waits, last, after)] == [
        (0, 0, 0, 2), (1, 0, 1, 2), (1, 0, 1, 2), (1, 1, 0, 1), (0, 0, 0, 1)
    ]  # fmt: skip
    assert first.reasons == {"kept_waits_notice": 1}
    with world.everywhere():
        assert Erasure.objects.get().why == "retention"
        assert RetentionDecision.objects.get().decided_by_id is None
        assert SealedIdentity.objects.get(pk=world.people["cendana"].pk).name is None
        assert SealedIdentity.objects.get(pk=world.people["lontar"].pk).name is not None


def test_round_of_a_day_already_done_changes_nothing(world: World) -> None:
    seal(world)
    leave(world)
    night(world, FAR)

    for _again in range(2):
        night(world, FAR)
    keep_no_longer(facility_id=world.atb.pk)
    keep_no_longer(facility_id=world.atb.pk)

    with world.everywhere():
        assert RetentionRun.objects.count() == 2
        assert RetentionCount.objects.count() == 2 * len(purposes())
        assert RetentionProposal.objects.count() == 1


def test_round_that_was_killed_leaves_nothing_and_starts_anew(world: World) -> None:
    seal(world)
    leave(world)

    class Killed(Exception):
        pass

    with pytest.raises(Killed), world.everywhere() as scope:
        from django.db import transaction

        with transaction.atomic():
            run_retention(by=scope.actor, facility=world.atb, today=FAR)
            raise Killed
    again = night(world, FAR)

    assert told(again) == (1, 0, 1, 1)


def test_something_standing_against_it_holds_it_back(world: World) -> None:
    seal(world)
    ask(world, "objection")
    leave(world)

    count = night(world, FAR)

    assert (told(count), count.reasons) == ((1, 0, 1, 1), {"erasure_case_open": 1})
    with world.everywhere():
        assert not RetentionProposal.objects.exists()


def test_second_person_erases_at_once_or_keeps(world: World) -> None:
    for who in ("cendana", "lontar"):
        seal(world, who)
        leave(world, who)
    night(world, FAR)
    until = clock.today() + timedelta(days=60)

    with world.acting("head") as scope:
        first, second = RetentionProposal.objects.select_related("participant", "facility")
        confirm_erasure(by=scope.actor, proposal=first)
        keep_identity(by=scope.actor, proposal=second, ground="legal_claim", keep_until=until)
        for proposal in (first, second):
            with pytest.raises(Refused) as refused:
                keep_identity(by=scope.actor, proposal=proposal, ground="audit", keep_until=until)
            assert refused.value.verdict.codes == ("retention_decided",)

    with world.everywhere():
        assert Erasure.objects.get().participant_id == first.participant_id
        RetentionDecision.objects.get(kind="kept", proposal=second)
    assert night(world, until - timedelta(days=1)).due == 0  # 24 months are not over by then


def test_kept_identity_is_proposed_again_after_its_day(world: World) -> None:
    seal(world)
    leave(world, on=date(2025, 2, 1))
    with world.everywhere():
        RetentionRule.objects.filter(purpose="identity").update(months=1)
    today = clock.today()
    night(world, today)
    with world.acting("head") as scope:
        proposal = RetentionProposal.objects.select_related("facility").get()
        keep_identity(
            by=scope.actor, proposal=proposal, ground="audit",
            keep_until=today + timedelta(days=9),
        )  # fmt: skip

    held, again = night(world, today + timedelta(days=8)), night(world, today + timedelta(days=9))

    assert held.reasons == {"kept_on_word": 1}
    assert again.reasons == {"kept_waits_notice": 1}


@pytest.mark.parametrize(
    ("who", "code"),
    [("officer", "ability_missing"), ("outside_head", "facility_out_of_scope"),
     ("auditor", "ability_missing")],
)  # fmt: skip
def test_others_decide_nothing(world: World, who: str, code: str) -> None:
    seal(world)
    leave(world)
    night(world, FAR)
    with world.everywhere():
        proposal = RetentionProposal.objects.select_related("facility", "participant").get()

    with pytest.raises(Refused) as refused, world.acting(who) as scope:
        confirm_erasure(by=scope.actor, proposal=proposal)
    with pytest.raises(Refused), world.acting(who) as scope:
        keep_identity(
            by=scope.actor, proposal=proposal, ground="audit",
            keep_until=clock.today() + timedelta(days=3),
        )  # fmt: skip

    assert refused.value.verdict.codes == (code,)
    with world.everywhere():
        assert not Erasure.objects.exists()
        assert not RetentionDecision.objects.exists()


def test_person_who_came_back_is_proposed_no_longer(world: World) -> None:
    seal(world)
    leave(world)
    night(world, FAR)
    with world.acting() as scope:
        place_participant(
            by=scope.actor, participant=world.people["cendana"], facility=world.atb,
            work_number="A-077", valid_from=FAR,
        )  # fmt: skip

    count = night(world, FAR + timedelta(days=40))

    assert told(count) == (0, 0, 0, 1)
    with world.everywhere():
        assert RetentionDecision.objects.get().kind == "lapsed"
        assert Placement.objects.filter(work_number="A-077").exists()


@pytest.mark.parametrize(
    ("who", "purpose", "days", "code"),
    [
        ("national", "identity", 0, "retention_in_past"),
        ("national", "unknown", 9, "retention_unknown"),
        ("head", "identity", 9, "ability_missing"),
        ("regional", "identity", 9, "ability_missing"),
    ],
)
def test_rule_is_refused(world: World, who: str, purpose: str, days: int, code: str) -> None:
    before = RetentionRule.objects.count()

    with pytest.raises(Refused) as refused, world.acting(who) as scope:
        set_retention_rule(
            by=scope.actor, purpose=purpose, valid_from=clock.today() + timedelta(days=days),
            months=12, legal_basis="Peraturan contoh", is_confirmed=True,
        )  # fmt: skip

    assert refused.value.verdict.codes == (code,)
    assert RetentionRule.objects.count() == before


@pytest.mark.parametrize("who", [["cendana"], ["cendana", "lontar", "kelor"]])
def test_page_shows_schedule_report_and_proposals(world: World, who: list[str]) -> None:
    for name in who:
        seal(world, name)
        leave(world, name)
    night(world, FAR)
    head, national = world.client("head"), world.client("national")
    with world.everywhere():
        pk = RetentionProposal.objects.order_by("pk").first().pk
    day = (clock.today() + timedelta(days=5)).isoformat()

    with at_most(12):
        page = head.get("/desk/retention/").text
    at = f"/desk/retention/proposals/{pk}/"
    keep = {"ground": "audit", "keep_until": day}
    actor = world.actor("head")
    with acting(actor, "look", read_only=True):
        lines = [str(one.text) for one in waiting(actor, actor.facility_ids)]
    rule = {"purpose": "identity", "valid_from": day, "months": "12", "legal_basis": "Contoh"}

    assert "perlu dipastikan" in page
    assert at + "erasure/" in page
    assert f"{len(who)} data diri habis masa simpannya" in lines
    assert at + "erasure/" not in national.get("/desk/retention/").text
    assert head.get(at + "erasure/").status_code == 200
    assert head.post(at + "keeping/", {**keep, "keep_until": "2020-01-01"}).status_code == 409
    assert head.post(at + "keeping/", keep).status_code == 302
    assert head.post(at + "erasure/", {"yes": "1"}).status_code == 409
    assert national.post("/desk/retention/rules/new/", rule).status_code == 302
    assert "12 bulan" in head.get("/desk/retention/").text
