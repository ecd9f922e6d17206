"""Each check over the money is shown a difference that somebody planted, and names it."""

from collections.abc import Callable
from datetime import date

import pytest

from berdaya.ledger import chart
from berdaya.ledger.actions.entries import credit, debit, post_entry
from berdaya.proceeds.actions import exits, payouts
from berdaya.proceeds.actions.refunds import refund_sale
from berdaya.proceeds.models import (
    ExitSettlementLine,
    PayoutLine,
    PremiShare,
    RefundPart,
    Sale,
)
from berdaya.proceeds.models.sales import ShareKind
from tests.proceeds.scene import SOLD, Scene, broken_checks, build
from tests.world import World

PAID = date(2026, 3, 31)


@pytest.fixture
def scene(world: World) -> Scene:
    """Sold, partly refunded, and somebody has left."""
    with world.everywhere():
        scene = build(world, costs=(10_000, 1_000, 500))
        scene.sell(3)
        refund_sale(by=scene.by, sale=scene.sell(1), refunded_on=PAID, reason="rusak")
        exits.settle_exit(
            by=scene.by, facility=scene.facility, participant=world.people["lontar"],
            left_on=PAID, exit_kind="release", method="cash_at_gate", reference="BA-1",
        )  # fmt: skip
        assert broken_checks() == {}
    return scene


@pytest.mark.parametrize("line", chart.CHART, ids=lambda line: line.code)
def test_every_account_is_asked_for_its_parts(world: World, scene: Scene, line: chart.Line) -> None:
    other = chart.CASH if line.code != chart.CASH else chart.BANK
    who = world.people["cendana"].pk if line.is_by_person else None

    with world.everywhere():
        post_entry(
            by=scene.by, book=scene.book, kind="planted", booked_on=PAID, reference="X",
            subject="", legs=[debit(line.code, 7, who), credit(other, 7)],
        )  # fmt: skip
        told = broken_checks()["accounts_are_their_parts"]

    assert [row.split(" · ")[:2] for row in told] == [
        [scene.book.code, code] for code in sorted((line.code, other))
    ]


def _unpaid(scene: Scene) -> None:
    Sale.objects.filter(refunded_rp=0).update(paid_rp=1)


def _spared(scene: Scene) -> None:
    PremiShare.objects.filter(reserve_rp=0).update(reserve_rp=1)


def _lost_part(scene: Scene) -> None:
    part = RefundPart.objects.get()
    part.pk, part.allocation = None, scene.sell(1).allocations.get()
    part.save(force_insert=True)


def _added_line(scene: Scene) -> None:
    run = payouts.prepare_payout(by=scene.world.actor("payments"), book=scene.book, until=PAID)
    PayoutLine.objects.create(
        run=run, participant=scene.world.people["kelor"], facility=scene.facility, amount_rp=5,
        saved_rp=5, spendable_rp=0, family_rp=0, channel="bank",
    )  # fmt: skip


def _fatter_exit(scene: Scene) -> None:
    line = ExitSettlementLine.objects.get()
    other = scene.world.parties["satker_atb"]
    line.pk, line.book = (
        None,
        type(scene.book).objects.create(
            party=other, facility=scene.facility, code="LAIN", opened_on=SOLD
        ),
    )
    line.save(force_insert=True)


def _given(scene: Scene) -> None:
    PremiShare.objects.create(
        kind=ShareKind.CORRECTION, participant=scene.world.people["cendana"],
        facility=scene.facility, book=scene.book, earned_on=PAID, amount_rp=9, saved_rp=9,
        spendable_rp=0, family_rp=0, released_on=PAID, reason="begitu saja",
    )  # fmt: skip


@pytest.mark.parametrize(
    "code, plant",
    [
        ("payments_are_cached", _unpaid),
        ("refunds_are_borne", _spared),
        ("refunds_are_borne", _lost_part),
        ("lists_are_their_lines", _added_line),
        ("exits_are_their_lines", _fatter_exit),
        ("corrections_are_answers", _given),
    ],
)
def test_a_planted_difference_is_named(
    world: World, scene: Scene, code: str, plant: Callable[[Scene], None]
) -> None:
    with world.everywhere():
        plant(scene)

        assert broken_checks()[code]
