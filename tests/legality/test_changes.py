"""Who may change a rule of the country, how, and what an exception may lift."""

from datetime import date, timedelta
from typing import Any

import pytest

from berdaya.core import clock
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.institutions.queries import actor_of
from berdaya.legality.actions.changes import decide_change, draft, propose_change
from berdaya.legality.actions.overrides import decide_override, request_override
from berdaya.legality.models import MarketEntry, Requirement, RuleChange, RuleDecision
from berdaya.legality.queries.changes import preview_of
from berdaya.legality.queries.windows import lawful_windows
from tests.legality.scene import BASIS, wanted
from tests.orders.scene import open_shop
from tests.world import TODAY, World

ENTRY = {
    "destination": "JP", "category": "", "reach": "all", "answer": "barred", "needs": "",
    "conditions": "", "exceptions": "", **BASIS,
}  # fmt: skip


def refusal(world: World, who: str = "national", **facts: Any) -> tuple[str, ...]:
    """Why such a change is not even proposed."""
    facts = {"table": "requirement", "effective_on": clock.today(), "reason": "Contoh", **facts}
    with (
        acting(actor_of(world.staff[who], TODAY), "test") as scope,
        pytest.raises(Refused) as found,
    ):
        propose_change(by=scope.actor, **facts)
    return found.value.verdict.codes


def test_what_cannot_be_proposed_says_why(world: World) -> None:
    with world.everywhere():
        held = Requirement.objects.get(
            category__code="snack", market="retail", permit_kind__code="halal"
        )
    yesterday = clock.today() - timedelta(days=1)
    doubled = wanted(kind="halal")

    assert refusal(world, values=wanted(), effective_on=yesterday) == ("rule_in_the_past",)
    assert refusal(world, values=doubled) == ("rule_overlaps",)
    assert refusal(world, values=wanted(), reason=" ") == ("rule_reason_missing",)
    assert "rule_not_held" in refusal(world, ends=held.pk, effective_on=date(2026, 10, 18))
    assert refusal(world, "regional", values=wanted()) == ("ability_missing",)
    with world.everywhere():
        assert not RuleChange.objects.exists()


def test_a_row_is_ended_and_followed_and_never_edited(world: World) -> None:
    with world.everywhere() as scope:
        old = MarketEntry.objects.get(destination="JP")
        day = clock.today() + timedelta(days=10)
        change = propose_change(
            by=scope.actor, table="market_entry", ends=old.pk, effective_on=day, reason="Contoh",
            values=ENTRY,
        )  # fmt: skip
        decide_change(by=scope.actor, change=change, outcome="approved")
        rows = list(MarketEntry.objects.filter(destination="JP").order_by("valid_from"))

    assert [(row.answer, row.valid_until) for row in rows] == [("allowed", day), ("barred", None)]
    assert rows[0].ended_by == rows[1].change == change


def test_a_declined_change_leaves_everything_and_is_decided_once(world: World) -> None:
    with world.everywhere() as scope:
        change = propose_change(
            by=scope.actor, table="requirement", effective_on=clock.today(), reason="Contoh",
            values=wanted(),
        )  # fmt: skip
        with pytest.raises(Refused) as bare:
            decide_change(by=scope.actor, change=change, outcome="declined")
        decide_change(by=scope.actor, change=change, outcome="declined", reason="Belum")
        with pytest.raises(Refused) as twice:
            decide_change(by=scope.actor, change=change, outcome="approved")

        assert bare.value.verdict.codes == ("rule_reason_missing",)
        assert twice.value.verdict.codes == ("rule_decided",)
        assert RuleDecision.objects.get().outcome == "declined"
        assert not Requirement.objects.filter(change=change).exists()


def test_a_preview_tells_lots_that_a_country_would_answer_otherwise(world: World) -> None:
    with world.everywhere():
        open_shop(world)
        old = MarketEntry.objects.get(destination="JP")
        day = clock.today()
        barred = preview_of(draft("market_entry", day, ends=old.pk, values=ENTRY))
        same = preview_of(
            draft("market_entry", day, ends=old.pk, values={**ENTRY, "answer": "allowed"})
        )

    assert barred.lots == 1
    assert barred.answers == (("", "market_barred", 1),)
    assert same.lots == 0


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"code": "market_barred", "market": "export:US"}, "override_not_possible"),
        ({"code": "lot_missing"}, "override_not_possible"),
        ({"code": "facility_lpka"}, "override_not_possible"),
        ({"legal_basis": " "}, "override_unnamed"),
        ({"reason": ""}, "override_unnamed"),
        ({"days": 400}, "override_period"),
        ({"days": 0}, "override_period"),
    ],
)
def test_an_exception_needs_a_door_a_basis_and_an_end(
    world: World, changed: dict[str, Any], code: str
) -> None:
    facts = {
        "market": "retail",
        "code": "permit_missing",
        "legal_basis": "PP contoh",
        "reason": "x",
    }
    days = changed.get("days", 30)
    facts |= {name: value for name, value in changed.items() if name != "days"}
    with world.everywhere() as scope:
        product = open_shop(world).scene.variant.product
        today = clock.today(world.atb.timezone)
        with pytest.raises(Refused) as found:
            request_override(
                by=scope.actor, product=product, valid_from=today,
                valid_until=today + timedelta(days=days), **facts,
            )  # fmt: skip

    assert found.value.verdict.codes == (code,)


def test_an_exception_shows_goods_only_once_another_granted_it(world: World) -> None:
    with world.everywhere() as scope:
        shop = open_shop(world)
        change = propose_change(
            by=scope.actor, table="requirement", effective_on=clock.today(), reason="Contoh",
            values=wanted(category="tenun"),
        )  # fmt: skip
        decide_change(by=scope.actor, change=change, outcome="approved")
        today = clock.today(world.atb.timezone)
        asked = request_override(
            by=scope.actor, product=shop.scene.variant.product, market="retail", kind="merek",
            code="permit_missing", legal_basis="PP contoh pasal 1", reason="Contoh",
            valid_from=today, valid_until=today + timedelta(days=5),
        )  # fmt: skip
        before = lawful(shop)
        decide_override(by=scope.actor, override=asked, outcome="approved")
        after = lawful(shop)

    assert before is None
    assert after is not None
    assert after.until == today + timedelta(days=5)


def lawful(shop: Any) -> Any:
    pk = shop.scene.variant.pk
    return lawful_windows([pk], "retail", clock.today("Asia/Makassar")).get(pk)
