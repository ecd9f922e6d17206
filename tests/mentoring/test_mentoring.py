"""From a proposal to a price taken over: who may, what is refused, what is frozen."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from berdaya.catalog.actions.listings import Proposal, propose_listing
from berdaya.catalog.models import ListingVersion
from berdaya.core import clock
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.mentoring.actions import adoptions, findings, meetings, prices
from berdaya.mentoring.calc import least_price
from berdaya.mentoring.models import Adoption, Finding, Meeting, NextStep, PriceTaking
from berdaya.mentoring.queries import figures_of, since_of
from berdaya.people.rounded import about
from tests.mentoring.scene import PLAN, adopted, guided, proposed
from tests.proceeds.scene import Scene, build
from tests.web.desk import log_work
from tests.world import World


@pytest.fixture
def scene(world: World) -> Scene:
    """A hundred shawls at 40,000 of material and 2,000 of packing each, and a sale of four."""
    with world.everywhere():
        made = build(
            world, costs=(4_000_000, 200_000, 0), work=lambda batch: log_work(world, batch)
        )
        made.sell(4, 90_000)
        return made


def refused(code: str, do: Callable[[], object]) -> None:
    with pytest.raises(Refused) as error:
        do()
    assert code in error.value.verdict.codes


def test_the_unit_says_what_a_mentor_may_see(world: World, scene: Scene) -> None:
    row = proposed(world)

    with world.acting("head") as scope:
        begun = adoptions.accept_proposal(
            by=scope.actor, adoption=row, product=scene.variant.product
        )

    assert begun.is_running
    assert begun.mentor == world.staff["mentor"]
    assert begun.answered_by == world.staff["head"]
    assert begun.line_of_work == "tenun"


def test_a_mentor_does_not_answer_for_the_unit(world: World, scene: Scene) -> None:
    row = proposed(world)

    with world.acting("mentor") as scope:
        refused("mentoring_same_side", lambda: adoptions.take_request(by=scope.actor, adoption=row))
        refused(
            "facility_out_of_scope",
            lambda: adoptions.accept_proposal(
                by=scope.actor, adoption=row, product=scene.variant.product
            ),
        )

    with world.everywhere():
        assert Adoption.objects.get().state == "proposed"


def test_a_unit_asks_and_a_mentor_takes_it(world: World, scene: Scene) -> None:
    with world.acting() as scope:
        row = adoptions.ask_for_mentor(
            by=scope.actor, facility=world.atb, office=world.offices["UMKM"], wish="Kemasan",
            workshop=scene.workshop,
        )  # fmt: skip

    with world.acting("mentor") as scope:
        taken = adoptions.take_request(by=scope.actor, adoption=row)

    assert taken.is_running
    assert taken.is_group
    assert taken.mentor == world.staff["mentor"]


def test_what_is_mentored_is_mentored_once(world: World, scene: Scene) -> None:
    adopted(world, scene.variant)
    second = proposed(world)

    with world.acting("head") as scope:
        refused(
            "mentoring_taken",
            lambda: adoptions.accept_proposal(
                by=scope.actor, adoption=second, product=scene.variant.product
            ),
        )

    with world.everywhere():
        assert Adoption.objects.get(pk=second.pk).state == "proposed"


def test_children_are_never_mentored(world: World) -> None:
    with world.acting("mentor") as scope:
        refused(
            "mentoring_of_children",
            lambda: adoptions.propose_mentoring(
                by=scope.actor, facility=world.facilities["LPKA-KPG"],
                office=world.offices["UMKM"], wish="x",
            ),
        )  # fmt: skip

    with world.everywhere():
        assert not Adoption.objects.exists()


@pytest.mark.parametrize(("people", "kept"), [(0, 0), (4, 0), (5, 5), (7, 5), (8, 10)])
def test_only_a_rounded_number_of_people_is_kept(
    world: World, scene: Scene, people: int, kept: int
) -> None:
    adoption = adopted(world, scene.variant)

    with world.acting("mentor") as scope:
        day = clock.today(world.atb.timezone)
        row = meetings.plan_meeting(by=scope.actor, adoption=adoption, day=day, **PLAN)
        meetings.note_meeting(by=scope.actor, meeting=row, done="x", people=people)

        assert Meeting.objects.get().about_people == kept == about(people)


def test_a_session_is_noted_once_and_not_before_its_day(world: World, scene: Scene) -> None:
    told = guided(world, scene.variant)

    with world.acting("mentor") as scope:
        by = scope.actor
        later = meetings.plan_meeting(
            by=by, adoption=told.adoption, day=clock.today() + timedelta(days=3), **PLAN
        )
        refused(
            "meeting_noted",
            lambda: meetings.note_meeting(by=by, meeting=told.meeting, done="y", people=9),
        )
        refused(
            "meeting_future",
            lambda: meetings.note_meeting(by=by, meeting=later, done="y", people=9),
        )

        assert Meeting.objects.get(pk=told.meeting.pk).done == "Biaya dihitung bersama"
        assert Meeting.objects.get(pk=later.pk).noted_at is None


def test_each_side_finishes_its_own_steps_once(world: World, scene: Scene) -> None:
    step = guided(world, scene.variant).step

    with world.acting("mentor") as scope:
        refused("step_of_other", lambda: meetings.finish_step(by=scope.actor, step=step))
    with world.acting() as scope:
        meetings.finish_step(by=scope.actor, step=step)
        refused("step_done", lambda: meetings.finish_step(by=scope.actor, step=step))

        assert NextStep.objects.get().done_by == world.staff["officer"]


def test_figures_are_the_units_own(world: World, scene: Scene) -> None:
    adoption = adopted(world, scene.variant)

    with world.acting("mentor"):
        (one,) = figures_of(adoption, date(2026, 1, 1))

    assert one.made_qty == 100
    assert (one.piece_material_rp, one.piece_packing_rp) == (40_000, 2_000)
    assert (one.sold_qty, one.average_rp) == (4, 90_000)
    assert one.price_rp == 100_000
    assert one.minutes > 0


def test_an_exercise_is_divided_as_a_sale_is(world: World, scene: Scene) -> None:
    told = guided(world, scene.variant).exercise.frozen
    with world.everywhere():
        sale = scene.sell(1, 150_000)
        part = sale.allocations.get()

    proposed_ = told["proposed"]

    # A sale at the gate pays no QRIS fee; the exercise assumes the dearest way to pay.
    assert proposed_["material_rp"] == part.material_rp
    assert proposed_["packing_rp"] == part.packing_rp
    left = 150_000 - proposed_["fee_rp"] - proposed_["material_rp"] - proposed_["packing_rp"]
    assert left == proposed_["margin_rp"] == part.base_rp - proposed_["fee_rp"]
    shares = ("makers_rp", "capital_rp", "state_rp", "cooperative_rp")
    assert sum(proposed_[name] for name in shares) == left
    assert told["now"]["price_rp"] == 100_000


def test_a_frozen_exercise_stays_when_the_numbers_change(world: World, scene: Scene) -> None:
    exercise = guided(world, scene.variant).exercise
    before = exercise.frozen["average_rp"]

    with world.everywhere():
        scene.sell(5, 20_000)
        exercise.refresh_from_db()

    assert exercise.frozen["average_rp"] == before == 90_000


def test_a_taken_price_waits_for_the_head(world: World, scene: Scene) -> None:
    with world.acting() as scope:
        propose_listing(
            by=scope.actor, variant=scene.variant, seller=world.parties["coop_atb"],
            proposal=Proposal(name="Selendang", price_rp=100_000, weight_g=400, story="Pahikung"),
        )  # fmt: skip
    exercise = guided(world, scene.variant).exercise

    with world.acting() as scope:
        taken = prices.take_price(by=scope.actor, exercise=exercise)
    with world.acting() as scope:
        refused("price_taken", lambda: prices.take_price(by=scope.actor, exercise=exercise))
        version = ListingVersion.objects.latest("pk")

        assert taken.version == version
        assert (version.number, version.price_rp, version.story) == (2, 150_000, "Pahikung")
        assert not hasattr(version, "decision")


def test_a_price_of_what_is_not_listed_is_only_noted(world: World, scene: Scene) -> None:
    exercise = guided(world, scene.variant).exercise

    with world.acting() as scope:
        taken = prices.take_price(by=scope.actor, exercise=exercise)

        assert taken.version is None
        assert not ListingVersion.objects.exists()


def test_after_the_end_nothing_is_written_and_no_figure_told(world: World, scene: Scene) -> None:
    told = guided(world, scene.variant)
    with world.acting("head") as scope:
        adoptions.end_mentoring(by=scope.actor, adoption=told.adoption, reason="Selesai")

    with world.acting("mentor") as scope:
        by = scope.actor
        refused(
            "mentoring_not_running",
            lambda: findings.record_finding(by=by, adoption=told.adoption, before="x", remedy="y"),
        )
        refused(
            "mentoring_not_running",
            lambda: prices.save_exercise(
                by=by, adoption=told.adoption, variant_id=scene.variant.pk, price_rp=1,
                wanted_hourly_rp=0,
            ),
        )  # fmt: skip

        assert figures_of(told.adoption, since_of(clock.today())) == []
        assert Finding.objects.count() == 1
        assert Meeting.objects.get() == told.meeting
        assert not PriceTaking.objects.exists()


@pytest.mark.parametrize("wanted", [1, 1_000, 5_000, 12_345])
def test_the_least_price_is_the_least(wanted: int) -> None:
    def makers_at(price: int) -> int:
        return max(price - 42_000, 0) // 2

    least = least_price(wanted, 240, makers_at)

    assert least is not None
    assert makers_at(least) * 60 >= wanted * 240
    assert makers_at(least - 500) * 60 < wanted * 240


def test_no_price_reaches_a_premi_where_makers_get_nothing() -> None:
    assert least_price(1_000, 240, lambda price: 0) is None
    assert least_price(1_000, None, lambda price: price) is None


def test_an_outsider_reads_nothing(world: World, scene: Scene) -> None:
    told = guided(world, scene.variant)

    with acting(world.actor("outsider"), "test"):
        assert not Adoption.objects.exists()
        assert not Meeting.objects.exists()
        assert figures_of(told.adoption, since_of(clock.today())) == []


def test_a_quantity_is_a_decimal(world: World, scene: Scene) -> None:
    adoption = adopted(world, scene.variant)

    with world.acting():
        (one,) = figures_of(adoption, date(2026, 1, 1))

    assert one.months == ((date(2026, 3, 1), Decimal(4), 360_000),)
