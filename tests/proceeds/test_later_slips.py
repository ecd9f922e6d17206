"""What came after a person's slip stands on the next one, once: returns, payouts, completions."""

from datetime import date

import pytest

from berdaya.proceeds.actions import payouts, slips
from berdaya.proceeds.actions.refunds import refund_sale
from berdaya.proceeds.models import PayoutLine, PayoutRun, Slip
from berdaya.proceeds.prints import slips_pdf
from tests.proceeds.scene import SOLD, Scene, build
from tests.world import World

PAID = date(2026, 3, 31)
APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)


def issue(scene: Scene, month: date) -> list[Slip]:
    with scene.world.acting("officer"):
        return slips.issue_slips(by=scene.staff("officer"), facility=scene.facility, month=month)


def notes(made: list[Slip]) -> list[tuple[str, str, str]]:
    """Kind, day and words of every note, by slip."""
    return [
        (note["kind"], note["day"], note["words"])
        for slip in made
        for note in slip.content["notes"]
    ]


def prepared(scene: Scene) -> PayoutRun:
    with scene.world.acting("payments"):
        run = payouts.prepare_payout(
            by=scene.staff("payments"), book=scene.book, until=PAID, prepared_on=PAID
        )
    with scene.world.acting("head"):
        payouts.approve_payout(by=scene.staff("head"), run=run, approved_on=PAID)
    return run


def pay(scene: Scene, run: PayoutRun, on: date, channel: str) -> None:
    with scene.world.acting("cooperative"):
        ways = {line.pk: (channel, "T-1") for line in run.lines.all()}
        payouts.pay_payout(by=scene.staff("cooperative"), run=run, paid_on=on, channels=ways)


@pytest.fixture
def scene(world: World) -> Scene:
    with world.everywhere():
        scene = build(world)
        scene.sell(3)
    return scene


def test_what_came_after_a_slip_stands_on_the_next(world: World) -> None:
    with world.everywhere():
        scene = build(world)
        sale = scene.sell(1, kind="courier")
    by = scene.staff("officer")
    with world.acting("officer"):
        march = slips.issue_slips(by=by, facility=scene.facility, month=SOLD)
    with world.everywhere():
        refund_sale(by=scene.by, sale=sale, refunded_on=date(2026, 3, 5), reason="cacat")

    with world.acting("officer"):
        again = slips.issue_slips(by=by, facility=scene.facility, month=SOLD)
        april = slips.issue_slips(by=by, facility=scene.facility, month=date(2026, 4, 1))
        may = slips.issue_slips(by=by, facility=scene.facility, month=date(2026, 5, 1))
        paper = slips_pdf(scene.facility, april, "a5")

    assert paper.startswith(b"%PDF")
    assert (again, may) == ([], [])
    assert [slip.earned_rp for slip in april] == [-slip.earned_rp for slip in march]
    assert [note["kind"] for slip in april for note in slip.content["notes"]] == ["return"] * 2
    assert {slip.shortfall_rp for slip in april} == {0}


def test_payout_marked_paid_after_the_slip_stands_on_the_next(world: World, scene: Scene) -> None:
    run = prepared(scene)
    march = issue(scene, SOLD)
    pay(scene, run, PAID, "bank")

    again, april, may = issue(scene, SOLD), issue(scene, APRIL), issue(scene, MAY)

    assert notes(march) == []
    assert notes(april) == [("payout", "2026-03-31", "bank")] * 2
    assert (again, may) == ([], [])


def test_payout_of_a_later_month_waits_for_the_slip_of_its_month(
    world: World, scene: Scene
) -> None:
    """The March slip comes after the April payout was recorded, and is not the one to tell it."""
    run = prepared(scene)
    pay(scene, run, date(2026, 4, 2), "bank")

    march, april, may = issue(scene, SOLD), issue(scene, APRIL), issue(scene, MAY)

    assert notes(march) == []
    assert notes(april) == [("payout", "2026-04-02", "bank")] * 2
    assert may == []


def test_what_waited_for_an_account_is_told_when_it_is_paid(world: World, scene: Scene) -> None:
    pay(scene, prepared(scene), PAID, "awaiting_account")
    march = issue(scene, SOLD)
    with world.everywhere():
        line = PayoutLine.objects.select_related("run__book__facility").earliest("pk")
    with world.acting("cooperative"):
        payouts.complete_line(
            by=scene.staff("cooperative"), line=line, channel="bank", reference="T-2",
            paid_on=date(2026, 4, 9),
        )  # fmt: skip

    april = issue(scene, APRIL)

    assert notes(march) == [("payout", "2026-03-31", "awaiting_account")] * 2
    assert notes(april) == [("payout", "2026-04-09", "bank")]
    assert issue(scene, MAY) == []
