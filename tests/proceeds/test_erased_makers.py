"""Makers who were forgotten: journal, slips, payouts and settlements stay and balance."""

from datetime import date, timedelta

import pytest

from berdaya.core import clock
from berdaya.core.locks import in_any_order
from berdaya.core.verdicts import Refused
from berdaya.ledger.models import Leg
from berdaya.people import sealed
from berdaya.people.actions.participants import end_placement
from berdaya.people.actions.retention import run_retention
from berdaya.people.actions.rights import answer_case
from berdaya.people.holdings import sections_of
from berdaya.people.models import Erasure, RightsAnswer, SealedIdentity
from berdaya.people.ties import last_dealings, standing_against
from berdaya.proceeds.actions.exits import settle_exit
from berdaya.proceeds.models import ExitSettlement, PayoutLine, Slip
from tests.people.rights_scene import PLANTED, ask, seal
from tests.proceeds.scene import SOLD, broken_checks, build
from tests.world import World

LEFT = date(2026, 6, 1)


def leave(world: World, who: str, on: date = LEFT) -> None:
    with world.acting() as scope:
        end_placement(
            by=scope.actor, participant=world.people[who], facility=world.atb, on=on,
            status="released",
        )  # fmt: skip


def settle(world: World, who: str) -> None:
    with world.acting("payments") as scope:
        settle_exit(
            by=scope.actor, facility=world.atb, participant=world.people[who],
            left_on=LEFT - timedelta(days=1), exit_kind="release", method="bank", reference="TRF-1",
            pending_treatment="pay_now", receiver="self",
        )  # fmt: skip


def sell(world: World) -> None:
    with world.everywhere():
        build(world).sell(3)


def test_nobody_who_is_owed_money_is_erased(world: World) -> None:
    sell(world)
    seal(world)
    leave(world, "cendana")
    case = ask(world, "erasure")

    with pytest.raises(Refused) as refused, world.acting("head") as scope:
        answer_case(by=scope.actor, case=case, outcome="granted", handed_over="private")
    with world.everywhere() as scope:
        night = run_retention(by=scope.actor, facility=world.atb, today=date(2029, 1, 1))
        count = night.counts.get(purpose="identity")

    assert refused.value.verdict.codes == ("erasure_money_owed",)
    assert (count.due, count.held, count.reasons) == (1, 1, {"erasure_money_owed": 1})
    with world.everywhere():
        assert not Erasure.objects.exists()
        assert not RightsAnswer.objects.exists()


def test_books_stay_and_balance_when_makers_were_erased(
    world: World, django_capture_on_commit_callbacks
) -> None:  # type: ignore[no-untyped-def]
    from tests.proceeds.test_pages import fill

    with world.everywhere():
        scene = build(world)
    fill(scene, 1)
    people = ("cendana", "lontar")
    for who in people:
        seal(world, who)
    with world.everywhere():
        before = list(Leg.objects.order_by("pk").values_list("account_id", "debit_rp", "credit_rp"))
        paid = PayoutLine.objects.count(), Slip.objects.count(), ExitSettlement.objects.count()

    with django_capture_on_commit_callbacks(execute=True), world.everywhere() as scope:
        for who in people:
            from berdaya.people.actions.identity import erase_identity

            erase_identity(
                by=scope.actor, participant=world.people[who], facility=world.atb, why="test"
            )

    with world.everywhere():
        rows = SealedIdentity.objects.filter(participant__in=[world.people[w] for w in people])
        assert [one.is_readable for one in sealed.open_all(rows, ["name"]).values()] == [False] * 2
        after = list(Leg.objects.order_by("pk").values_list("account_id", "debit_rp", "credit_rp"))
        assert after == before
        assert (
            PayoutLine.objects.count(), Slip.objects.count(), ExitSettlement.objects.count()
        ) == paid  # fmt: skip
        assert all(paid)
        assert broken_checks() == {}


def test_settled_maker_is_free_to_be_forgotten(world: World) -> None:
    sell(world)
    seal(world)
    with in_any_order():
        settle(world, "cendana")
    leave(world, "cendana")
    person = world.people["cendana"].pk

    with world.acting("head"):
        verdict = standing_against([person], clock.today())[person]
        last = last_dealings([person])

    assert verdict.ok
    assert last[person] > SOLD


def test_debt_of_another_facility_is_told_as_a_bare_yes(world: World) -> None:
    """Row security hides the other unit's legs; the door answers, and only about own people."""
    from berdaya.people.actions.participants import place_participant

    sell(world)
    seal(world)
    with world.acting("regional") as scope:
        place_participant(
            by=scope.actor, participant=world.people["cendana"], facility=world.kpg,
            work_number="B-009", valid_from=LEFT,
        )  # fmt: skip
    ids = [world.people["cendana"].pk, world.people["lontar"].pk]

    with world.acting("outside_head"):
        legs = Leg.objects.count()
        found = standing_against(ids, clock.today())

    assert legs == 0
    assert "erasure_money_owed" in found[ids[0]].codes
    assert "erasure_money_owed" not in found[ids[1]].codes


@pytest.mark.parametrize(("lang", "words"), [("id", "Saldo premi"), ("en", "Premi balances")])
def test_copy_tells_what_every_room_holds(world: World, lang: str, words: str) -> None:
    from django.utils.translation import override

    sell(world)

    with world.acting(), override(lang):
        sections = sections_of(world.people["cendana"], lang)

    titles = [section.title for section in sections]
    assert len(titles) == len(set(titles)) >= 14
    assert words in titles
    told = str(sections)
    assert "Rp" in told
    assert not any(value in told for value in PLANTED.values())
