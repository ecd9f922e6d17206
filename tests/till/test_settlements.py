"""An owner and a stall reckon: every piece and every rupiah, once, by two people, in both books."""

from decimal import Decimal

import pytest

from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.ledger import chart
from berdaya.ledger.models import Entry
from berdaya.ledger.queries import balance
from berdaya.proceeds.models import Payment
from berdaya.till.actions.hand_backs import take_back
from berdaya.till.actions.lines import claim
from berdaya.till.actions.losses import report_loss
from berdaya.till.actions.settlements import (
    approve_settlement,
    decline_settlement,
    pay_settlement,
    prepare_settlement,
)
from berdaya.till.models import HandOut, HandOutLine, Settlement
from tests.proceeds.scene import broken_checks
from tests.till.scene import DAY, Festival, open_festival
from tests.world import World


@pytest.fixture
def festival(world: World) -> Festival:
    return open_festival(world)


def sold_out(festival: Festival, sold: int = 3) -> HandOut:
    """Ten handed out, three sold, the rest back."""
    made = festival.receive(festival.hand_out(10))
    for _each in range(sold):
        festival.sell(made)
    line = festival.line(made)
    with festival.world.acting() as scope:
        take_back(by=scope.actor, hand_out=made, lines={line.pk: Decimal(10 - sold)}, day=DAY)
    return made


def prepare(festival: Festival, who: str = "kpg_cooperative") -> Settlement:
    with acting(festival.at(who), "prepare") as scope:
        return prepare_settlement(by=scope.actor, stall=festival.stall, book=festival.scene.book)


def approve(festival: Festival, settlement: Settlement, who: str = "kpg_head") -> Settlement:
    with acting(festival.at(who), "approve") as scope:
        return approve_settlement(by=scope.actor, settlement=settlement)


def pay(festival: Festival, settlement: Settlement, method: str = "cash") -> Settlement:
    with acting(festival.at("kpg_cooperative"), "pay") as scope:
        return pay_settlement(
            by=scope.actor, settlement=settlement, method=method, paid_on=DAY, reference="TRF-1"
        )


def balances(festival: Festival) -> dict[str, int]:
    """What both books say of the debt between them."""
    with festival.world.everywhere():
        return {
            "owed": balance(festival.host_book, chart.CONSIGNORS),
            "host cash": balance(festival.host_book, chart.CASH),
            "receivable": -balance(festival.scene.book, chart.BUYERS),
            "owner cash": balance(festival.scene.book, chart.CASH),
        }


# Sales of these tests have no nota, which alone explains the takings of the cash-taker's book.
NO_NOTA = {"accounts_are_their_parts", "stall_sold_is_its_notas"}


def test_settling_reconciles_both_books_to_the_rupiah(festival: Festival) -> None:
    sold_out(festival)
    assert balances(festival) == {
        "owed": 300_000, "host cash": 300_000, "receivable": 300_000, "owner cash": 0,
    }  # fmt: skip

    settlement = pay(festival, approve(festival, prepare(festival)))

    assert (settlement.gross_rp, settlement.fee_rp, settlement.payable_rp) == (300_000, 0, 300_000)
    assert balances(festival) == {
        "owed": 0, "host cash": 0, "receivable": 0, "owner cash": 300_000,
    }  # fmt: skip
    with festival.world.everywhere():
        (line,) = settlement.lines.all()
        assert line.qty - line.returned_qty - line.lost_qty == line.sold_qty == 3
        assert Entry.objects.filter(reference=settlement.code).exists()
        assert {one.reference for one in Payment.objects.all()} == {settlement.code}
        assert broken_checks().keys() <= NO_NOTA


def test_goods_still_at_the_stall_are_not_settled(festival: Festival) -> None:
    made = festival.receive(festival.hand_out(10))
    festival.sell(made)

    with pytest.raises(Refused, match="settlement_goods_out"):
        prepare(festival)

    assert not festival.line(made).is_closed
    with festival.world.everywhere():
        assert not Settlement.objects.exists()


def test_an_undecided_loss_is_not_settled(festival: Festival) -> None:
    made = festival.receive(festival.hand_out(1))
    line = festival.line(made)
    with acting(festival.at("kpg_seller"), "loss") as scope:
        report_loss(
            by=scope.actor, line=line, qty=Decimal(1), day=DAY, reason="sobek",
            borne_by="owner",
        )  # fmt: skip

    with pytest.raises(Refused, match="settlement_loss_open"):
        prepare(festival)

    assert not festival.line(made).is_closed


def test_goods_on_their_way_are_not_settled(festival: Festival) -> None:
    sold_out(festival)
    festival.hand_out(5)

    with pytest.raises(Refused, match="not_received"):
        prepare(festival)


def test_a_settled_hand_out_is_closed_to_everything(festival: Festival) -> None:
    made = sold_out(festival)

    prepare(festival)

    line = festival.line(made)
    assert line.is_closed
    with festival.world.everywhere():
        assert claim("sold_qty", {line.pk: Decimal(1)}) == line.pk
        assert claim("returned_qty", {line.pk: Decimal(1)}) == line.pk
    with pytest.raises(Refused, match="settlement_exists"):
        festival.hand_out(1)


def test_who_reckons_does_not_approve(festival: Festival) -> None:
    sold_out(festival)
    settlement = prepare(festival)
    with festival.world.everywhere():
        Settlement.objects.filter(pk=settlement.pk).update(
            prepared_by=festival.world.staff["kpg_head"]
        )

    with pytest.raises(Refused, match="settlement_same_person"):
        approve(festival, settlement)

    with festival.world.everywhere():
        assert Settlement.objects.get().document_id is None


def test_a_declined_settlement_opens_its_lines(festival: Festival) -> None:
    made = sold_out(festival)
    settlement = prepare(festival)

    with acting(festival.at("kpg_head"), "decline") as scope:
        decline_settlement(by=scope.actor, settlement=settlement, reason="hitung lagi")

    assert not festival.line(made).is_closed
    again = prepare(festival)
    assert again.gross_rp == 300_000


def test_nothing_is_paid_before_approval_or_twice(festival: Festival) -> None:
    sold_out(festival)
    settlement = prepare(festival)

    with pytest.raises(Refused, match="settlement_not_approved"):
        pay(festival, settlement)
    pay(festival, approve(festival, settlement))
    with pytest.raises(Refused, match="settlement_paid_already"):
        pay(festival, settlement)

    assert balances(festival)["owner cash"] == 300_000


def test_money_that_is_not_there_is_not_paid(festival: Festival) -> None:
    sold_out(festival)
    settlement = approve(festival, prepare(festival))
    before = balances(festival)

    with pytest.raises(Refused, match="settlement_money_short"):
        pay(festival, settlement, "transfer")

    assert balances(festival) == before
    with festival.world.everywhere():
        assert not Payment.objects.exists()


def test_the_owner_reads_it_and_does_not_decide_it(festival: Festival) -> None:
    sold_out(festival)
    settlement = prepare(festival)

    with festival.world.acting("head") as scope:
        assert Settlement.objects.get() == settlement
        with pytest.raises(Refused, match="facility_out_of_scope"):
            approve_settlement(by=scope.actor, settlement=settlement)
    with festival.world.acting("lpka_officer"):
        assert not Settlement.objects.exists()


def test_own_goods_close_without_a_debt(festival: Festival) -> None:
    """Nothing sold: the reckoning says so, and nothing is payable."""
    sold_out(festival, 0)

    settlement = approve(festival, prepare(festival))

    assert settlement.state == "paid"
    assert settlement.payable_rp == 0
    with festival.world.everywhere():
        assert HandOutLine.objects.get().is_closed
