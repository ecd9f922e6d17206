"""Equal facts are judged once; kept verdicts say what a judgement made now says."""

from datetime import timedelta
from typing import Any

import pytest

from berdaya.catalog.models import Listing
from berdaya.core import clock
from berdaya.core.proofs import declared_checks
from berdaya.goods.models import Category, Product, Variant
from berdaya.legality.actions import rounds
from berdaya.legality.actions.changes import decide_change, propose_change
from berdaya.legality.actions.judging import judge_places
from berdaya.legality.actions.permits import record_permit
from berdaya.legality.models import (
    FactGroup,
    HalalStanding,
    Judgement,
    JudgingRound,
    Permit,
    PermitKind,
)
from berdaya.legality.queries.verdicts import verdicts_of
from berdaya.legality.queries.windows import lawful_windows
from tests.counting import at_most
from tests.legality.scene import wanted
from tests.orders.scene import Shop, open_shop
from tests.world import SINCE, World


def another(variant: Variant, name: str) -> Variant:
    """The same goods once more: another product of the same category at the same place."""
    old = variant.product
    product = Product.objects.create(
        facility=old.facility, code=f"LP-ATB-{name}", name=name, category=old.category,
        line_of_work=old.line_of_work,
    )  # fmt: skip
    return Variant.objects.create(
        product=product,
        facility=old.facility,
        sku=name,
        name=name,
        measure=variant.measure,
        list_price_rp=1000,
    )


@pytest.fixture
def snack(world: World) -> Variant:
    """Biscuits that need a permit and a halal certificate, and have neither."""
    with world.everywhere():
        shop = open_shop(world)
        variant = shop.scene.variant
        variant.product.category = Category.objects.get(code="snack")
        variant.product.save()
    return variant


def permit(world: World, code: str, *products: Product, **more: Any) -> Permit:
    kind = PermitKind.objects.get(code=code)
    with world.everywhere() as scope:
        return record_permit(
            by=scope.actor, kind=kind, number=more.pop("number", kind.number_example),
            holder=world.parties["coop_atb"], place=world.atb, issued_on=SINCE, valid_from=SINCE,
            valid_until=more.pop("valid_until", None), products=products,
        )  # fmt: skip


def judge(world: World) -> int:
    with world.everywhere() as scope:
        return judge_places(by=scope.actor, facility_ids=[world.atb.pk])


def test_equal_facts_share_a_group_and_a_permit_moves_one_of_them(
    world: World, snack: Variant
) -> None:
    with world.everywhere():
        twin = another(snack, "kembar")
    judge(world)
    with world.everywhere():
        alike = set(Judgement.objects.filter(variant__in=[snack, twin]).values_list("group"))

    permit(world, "spp_irt", snack.product)
    with world.everywhere():
        apart = set(Judgement.objects.filter(variant__in=[snack, twin]).values_list("group"))

    assert (len(alike), len(apart)) == (1, 2)


def test_a_day_changes_the_record_of_those_alone_for_whom_it_changes_something(
    world: World, snack: Variant
) -> None:
    today = clock.today(world.atb.timezone)
    permit(world, "spp_irt", snack.product, valid_until=today + timedelta(days=3),
           number=f"P-IRT 2065304010012-{(today + timedelta(days=2)).year % 100}")  # fmt: skip
    with world.everywhere() as scope:
        here = [world.atb.pk]
        judge_places(by=scope.actor, facility_ids=here, day=today)
        before = Judgement.objects.get(variant=snack).group_id
        judge_places(by=scope.actor, facility_ids=here, day=today + timedelta(days=2))
        same = Judgement.objects.get(variant=snack).group_id
        judge_places(by=scope.actor, facility_ids=here, day=today + timedelta(days=3))
        over = Judgement.objects.get(variant=snack).group_id

    assert before == same != over


@pytest.mark.parametrize("status", ["in_process", "exempt", "not_halal"])
def test_kept_windows_are_those_of_a_judgement_made_now(
    world: World, snack: Variant, status: str
) -> None:
    today = clock.today(world.atb.timezone)
    permit(world, "spp_irt", snack.product)
    with world.everywhere():
        HalalStanding.objects.create(
            product=snack.product, facility=world.atb, status=status, basis="Contoh",
            valid_from=today - timedelta(days=9), valid_until=today + timedelta(days=9),
            recorded_at=clock.now(),
        )  # fmt: skip
    judge(world)
    with world.everywhere():
        group = Judgement.objects.get(variant=snack).group
        live = lawful_windows([snack.pk], "retail", today, to_order=[snack.pk]).get(snack.pk)
        (proof,) = [one for one in declared_checks() if one.code == "judgements_are_made_now"]
        broken = list(proof.rows())

    said = (group.retail_from, group.retail_until)
    assert said == ((live.first, live.until) if live else (None, None))
    assert (live is None) is (status == "in_process")
    assert broken == []


def test_a_product_page_reads_its_verdicts_in_one_statement(world: World, snack: Variant) -> None:
    judge(world)
    today = clock.today(world.atb.timezone)

    with world.everywhere(), at_most(1):
        told = {one.market: one for one in verdicts_of(snack.product_id, today)}

    faults = {fault.code for fault in told["retail"].faults}
    assert not told["retail"].ok
    assert faults == {"permit_missing"}
    assert {"BPOM MD / SPP-IRT (P-IRT)", "Sertifikat halal"} == {
        fault.kinds for fault in told["retail"].faults
    }


def test_a_round_goes_on_where_it_was_killed(
    world: World, snack: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge(world)
    monkeypatch.setattr(rounds, "PLACES", 1)
    with world.everywhere() as scope:
        change = propose_change(
            by=scope.actor, table="requirement", effective_on=clock.today(), reason="Contoh",
            values=wanted(category="tenun"),
        )  # fmt: skip
        found = decide_change(by=scope.actor, change=change, outcome="approved")
    assert found is not None
    places = rounds.Facility.objects.producing().order_by("pk").values_list("pk", flat=True)
    with world.everywhere():
        keys = list(places)
    done = rounds._next_places(found.pk, keys)
    assert (done.done, done.finished_at) == (1, None)

    ended = rounds.run_round(found.pk)
    again = rounds.run_round(found.pk)

    assert ended.done == ended.total == len(keys)
    assert ended.finished_at == again.finished_at
    with world.everywhere():
        assert ended.judged == Judgement.objects.count()
        assert JudgingRound.objects.count() == 1
        assert not FactGroup.objects.filter(verdicts={}).exists()


def test_a_change_takes_listings_off_and_its_end_brings_them_back(world: World, db: None) -> None:
    with world.everywhere():
        shop: Shop = open_shop(world)
    judge(world)
    today = clock.today()
    with world.everywhere() as scope:
        change = propose_change(
            by=scope.actor, table="requirement", effective_on=today, reason="Contoh",
            values=wanted(category="tenun"),
        )  # fmt: skip
        first = decide_change(by=scope.actor, change=change, outcome="approved")
    rounds.run_round(first.pk)  # type: ignore[union-attr]
    with world.everywhere():
        gone = Listing.objects.get(pk=shop.listing.pk)

    permit(world, "merek", shop.scene.variant.product)
    with world.everywhere():
        back = Listing.objects.get(pk=shop.listing.pk)

    assert change.shown["listings_going"] == 1
    assert gone.lawful_from is None
    assert back.is_lawful(clock.now())
