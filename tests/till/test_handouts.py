"""Goods go out, are counted in, come back or are lost: they add up, and nothing else happens."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.stock.models import StockLevel, StockMovement
from berdaya.till.actions.hand_backs import take_back
from berdaya.till.actions.handouts import LineInput, make_hand_out
from berdaya.till.actions.lines import claim
from berdaya.till.actions.losses import decide_loss, report_loss
from berdaya.till.models import HandBack, HandOut, HandOutLine, HandOutLoss
from tests.proceeds.scene import broken_checks
from tests.till.scene import DAY, Festival, open_festival
from tests.world import World


@pytest.fixture
def festival(world: World) -> Festival:
    return open_festival(world)


def on_hand(festival: Festival, place_id: int) -> Decimal:
    with festival.world.everywhere():
        level = StockLevel.objects.filter(lot=festival.scene.lot, place=place_id).first()
        return level.on_hand if level else Decimal(0)


def test_goods_lie_at_the_owners_own_place_once_both_sides_confirmed(festival: Festival) -> None:
    made = festival.hand_out(10)

    received = festival.receive(made)

    with festival.world.everywhere():
        assert received.place.facility_id == festival.world.atb.pk
    assert on_hand(festival, received.place_id) == 10
    assert on_hand(festival, festival.scene.place.pk) == 90
    assert received.document.number_text
    assert received.received_by_id != received.accepted_by_id
    with festival.world.everywhere():
        assert broken_checks() == {}


def test_nothing_is_received_before_the_gate(festival: Festival) -> None:
    world = festival.world
    with world.acting() as scope:
        made = make_hand_out(
            by=scope.actor, stall=festival.stall, book=festival.scene.book,
            from_place=festival.scene.place, day=DAY, carrier="Giatja", is_agreed=True,
            lines=[LineInput(festival.scene.lot, Decimal(2), 100_000, 80_000)],
        )  # fmt: skip

    with pytest.raises(Refused, match="not_at_the_stall"):
        festival.receive(made)

    assert festival.line(made).received_qty is None
    assert on_hand(festival, festival.scene.place.pk) == 100


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"is_agreed": False}, "agreement_not_accepted"),
        ({"lines": []}, "hand_out_empty"),
    ],
)
def test_hand_out_is_refused_and_nothing_changes(
    festival: Festival, change: dict[str, object], code: str
) -> None:
    asked = {
        "lines": [LineInput(festival.scene.lot, Decimal(2), 100_000, 80_000)],
        "is_agreed": True,
        **change,
    }

    with pytest.raises(Refused, match=code), festival.world.acting() as scope:
        make_hand_out(
            by=scope.actor, stall=festival.stall, book=festival.scene.book,
            from_place=festival.scene.place, day=DAY, carrier="Giatja", **asked,
        )  # fmt: skip

    with festival.world.everywhere():
        assert not HandOut.objects.exists()
        assert not StockMovement.objects.filter(reference__startswith="gate:").exists()


def test_what_is_missing_at_receipt_is_a_loss_the_owner_decides(festival: Festival) -> None:
    made = festival.receive(festival.hand_out(10), 8, "dua jatuh di kapal")
    with festival.world.everywhere():
        loss = HandOutLoss.objects.get()
    assert (loss.qty, loss.is_confirmed) == (2, None)
    assert festival.line(made).left_qty == 8

    with festival.world.acting() as scope:
        decide_loss(by=scope.actor, loss=loss, is_confirmed=True)

    assert on_hand(festival, made.place_id) == 8
    with festival.world.everywhere():
        assert broken_checks() == {}


def test_difference_without_words_is_refused(festival: Festival) -> None:
    made = festival.hand_out(10)

    with pytest.raises(Refused, match="difference_unexplained"):
        festival.receive(made, 8)
    with pytest.raises(Refused, match="counted_too_many"):
        festival.receive(made, 11, "lebih")

    assert festival.line(made).received_qty is None


def test_a_declined_loss_is_at_the_stall_again(festival: Festival) -> None:
    made = festival.receive(festival.hand_out(10))
    line = festival.line(made)
    with acting(festival.at("kpg_seller"), "loss") as scope:
        loss = report_loss(
            by=scope.actor, line=line, qty=Decimal(1), day=DAY, reason="sobek",
            borne_by="owner",
        )  # fmt: skip
    assert festival.line(made).left_qty == 9

    with festival.world.acting() as scope:
        decide_loss(by=scope.actor, loss=loss, is_confirmed=False)

    assert festival.line(made).left_qty == 10
    with festival.world.everywhere():
        assert broken_checks() == {}


def test_goods_come_back_into_the_store_with_a_paper(festival: Festival) -> None:
    made = festival.receive(festival.hand_out(10))
    line = festival.line(made)

    with festival.world.acting() as scope:
        back = take_back(by=scope.actor, hand_out=made, lines={line.pk: Decimal(4)}, day=DAY)

    assert back.document.subject_ref == f"handback:{back.code}"
    assert on_hand(festival, festival.scene.place.pk) == 94
    assert festival.line(made).left_qty == 6
    with festival.world.everywhere():
        assert broken_checks() == {}


def test_more_than_is_left_does_not_come_back(festival: Festival) -> None:
    made = festival.receive(festival.hand_out(10))
    festival.sell(made, 7)
    line = festival.line(made)

    with pytest.raises(Refused, match="more_than_left"), festival.world.acting() as scope:
        take_back(by=scope.actor, hand_out=made, lines={line.pk: Decimal(4)}, day=DAY)

    assert festival.line(made).returned_qty == 0
    with festival.world.everywhere():
        assert not HandBack.objects.exists()


def test_the_database_itself_refuses_totals_that_do_not_add_up(festival: Festival) -> None:
    made = festival.receive(festival.hand_out(10))
    line = festival.line(made)

    with festival.world.everywhere():
        with pytest.raises(IntegrityError), transaction.atomic():
            HandOutLine.objects.filter(pk=line.pk).update(sold_qty=11)
        with pytest.raises(IntegrityError), transaction.atomic():
            HandOutLine.objects.filter(pk=line.pk).update(is_closed=True)
        assert claim("sold_qty", {line.pk: Decimal(11)}) == line.pk


def test_owner_host_and_outsider_see_what_they_should(festival: Festival) -> None:
    made = festival.hand_out(10)

    with festival.world.acting("kpg_seller"):
        assert [one.hand_out_id for one in HandOutLine.objects.all()] == [made.pk]
        # Seen, not written: the wall is the owner's.
        assert HandOutLine.objects.update(price_rp=1, lowest_rp=1) == 0
    with festival.world.acting("lpka_officer"):
        assert not HandOut.objects.exists()
        assert not HandOutLine.objects.exists()
