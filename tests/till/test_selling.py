"""Selling at a stall: one nota, a sale an owner, money in the right books, nothing twice."""

from decimal import Decimal
from uuid import uuid4

import pytest

from berdaya.core.locks import in_any_order
from berdaya.core.models import AuditRow
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.ledger import chart
from berdaya.proceeds.actions.slips import issue_slips
from berdaya.proceeds.models import Payment, PremiShare, Sale, SlipLine
from berdaya.stock.models import StockLevel
from berdaya.till.actions.opening import ShownQris
from berdaya.till.actions.selling import BasketLine, StallPayment
from berdaya.till.actions.voiding import void_nota
from berdaya.till.models import HandOutLine, StallSale, StallSession
from tests.proceeds.scene import broken_checks
from tests.till.stall_scene import NAME, NMID, Fair, balance, open_fair, qris_paid
from tests.world import World


@pytest.fixture
def fair(world: World) -> Fair:
    with world.everywhere():
        return open_fair(world)


def refused(code: str, act: object) -> None:
    with pytest.raises(Refused) as error:
        act()  # type: ignore[operator]
    assert error.value.verdict.codes == (code,)


def test_a_mixed_basket_is_one_nota_and_a_sale_in_each_book(fair: Fair) -> None:
    session = fair.open()

    nota = fair.sell(session, 1, 2, payment=StallPayment("cash", tendered_rp=200_000))

    with fair.world.everywhere():
        own, other = Sale.objects.order_by("facility__code")
        assert nota.code == f"FEST26-K3-{nota.day:%y}-0001"
        # 174.500 is a multiple of 500 already.
        assert (nota.amount_rp, nota.rounding_rp, nota.change_rp) == (174_500, 0, 25_500)
        assert (own.amount_rp, own.paid_rp) == (100_000, 100_000)
        assert (other.amount_rp, other.paid_rp) == (74_500, 0)
        assert {own.kind, other.kind} == {"stall"}
        assert own.released_on == own.sold_on
        assert balance(fair.scene.book, chart.STALL_CASH) == 200_000 + 174_500
        assert balance(fair.scene.book, chart.CONSIGNORS) == -74_500
        assert balance(fair.scene.book, chart.CASH) == -200_000
        assert balance(fair.other.book, chart.BUYERS) == 74_500
        assert [line.sold_qty for line in HandOutLine.objects.order_by("pk")] == [1, 2]
        assert broken_checks() == {}


def test_what_a_stall_sold_stands_on_the_slips_of_both_units(fair: Fair) -> None:
    nota = fair.sell(fair.open(), 1, 2)

    with fair.world.everywhere() as scope:
        for place in (fair.world.atb, fair.world.kpg):
            issue_slips(by=scope.actor, facility=place, month=nota.day)
        shares = set(PremiShare.objects.filter(sale__kind="stall").values_list("pk", flat=True))
        places = set(SlipLine.objects.values_list("facility__code", flat=True))
        assert set(SlipLine.objects.values_list("share", flat=True)) == shares
        assert places == {"LP-ATB", "LP-KPG"}
        assert broken_checks() == {}


def test_cash_is_rounded_to_its_own_account(fair: Fair) -> None:
    session = fair.open()

    nota = fair.sell(session, 0, 1)

    assert (nota.amount_rp, nota.received_rp, nota.rounding_rp) == (37_250, 37_000, -250)
    with fair.world.everywhere():
        assert balance(fair.scene.book, chart.CASH_ROUNDING) == 250
        assert balance(fair.scene.book, chart.CONSIGNORS) == -37_250
        assert balance(fair.other.book, chart.BUYERS) == 37_250
        assert broken_checks() == {}


def test_qris_costs_the_owners_by_their_parts(fair: Fair) -> None:
    session = fair.open()

    nota = fair.sell(session, 5, 4, payment=qris_paid())

    with fair.world.everywhere():
        parts = {part.is_own: part for part in nota.parts.all()}
        # 0,3 % of 649.000: more than the 500.000 that cost nothing.
        assert parts[True].fee_rp + parts[False].fee_rp == 1_947
        assert parts[False].fee_rp == 447
        assert Payment.objects.get().fee_rp == 1_500
        assert balance(fair.other.book, chart.FEES) == -447
        assert balance(fair.scene.book, chart.QRIS) == 649_000
        assert balance(fair.scene.book, chart.STALL_CASH) == 200_000
        assert broken_checks() == {}


def test_the_same_sale_five_times_is_one(fair: Fair) -> None:
    session, key = fair.open(), uuid4()

    notas = [fair.sell(session, 1, 1, sale_id=key) for _time in range(5)]

    assert len({nota.pk for nota in notas}) == 1
    assert [nota.is_repeat for nota in notas] == [False, True, True, True, True]
    with fair.world.everywhere():
        assert (StallSale.objects.count(), Sale.objects.count()) == (1, 2)
        assert [line.sold_qty for line in HandOutLine.objects.all()] == [1, 1]


def test_the_same_id_with_another_basket_is_refused(fair: Fair) -> None:
    session, key = fair.open(), uuid4()
    fair.sell(session, 1, sale_id=key)

    refused("sale_id_taken", lambda: fair.sell(session, 2, sale_id=key))

    with fair.world.everywhere():
        assert StallSale.objects.count() == 1
        assert HandOutLine.objects.get(pk=fair.lines[0].pk).sold_qty == 1


@pytest.mark.parametrize(
    ("code", "price", "reason"),
    [
        ("price_below_lowest", 84_999, "tawar"),
        ("price_reason_missing", 90_000, " "),
        ("price_above", 100_001, ""),
    ],
)
def test_a_price_out_of_bounds_changes_nothing(
    fair: Fair, code: str, price: int, reason: str
) -> None:
    session = fair.open()
    with fair.world.everywhere():
        before = AuditRow.objects.count()
    basket = [BasketLine(fair.lines[0].pk, Decimal(1), price, reason)]

    refused(code, lambda: fair.sell(session, basket=basket))

    with fair.world.everywhere():
        assert AuditRow.objects.count() == before
        assert not StallSale.objects.exists()
        assert HandOutLine.objects.get(pk=fair.lines[0].pk).sold_qty == 0


def test_a_bargain_is_sold_with_its_reason(fair: Fair) -> None:
    basket = [BasketLine(fair.lines[0].pk, Decimal(3), 85_000, "Beli tiga")]

    nota = fair.sell(fair.open(), basket=basket)

    with fair.world.everywhere():
        line = nota.lines.get()
        assert (line.amount_rp, line.reason, line.is_bargained) == (255_000, "Beli tiga", True)
        assert Sale.objects.get().amount_rp == 255_000


@pytest.mark.parametrize(
    ("code", "payment"),
    [
        ("cash_short", StallPayment("cash", tendered_rp=99_000)),
        ("qris_reference_missing", StallPayment("qris", reference="12", seen="app")),
    ],
)
def test_money_that_does_not_reach_is_refused(fair: Fair, code: str, payment: StallPayment) -> None:
    session = fair.open()

    refused(code, lambda: fair.sell(session, 1, payment=payment))

    with fair.world.everywhere():
        assert not Sale.objects.exists()


def test_more_than_is_left_is_refused_and_leaves_no_gap_in_the_numbers(fair: Fair) -> None:
    session = fair.open()
    fair.sell(session, 39)

    refused("stall_sold_out", lambda: fair.sell(session, 2, 1))
    last = fair.sell(session, 1)

    assert last.number == 2
    with fair.world.everywhere():
        level = StockLevel.objects.get(lot=fair.scene.lot, place__kind="stall")
        assert level.on_hand == 0
        assert broken_checks() == {}


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("qris_false", ShownQris(nmid=NMID, name="KARYA WBP")),
        ("qris_false", ShownQris(nmid="ID1020000000009", name=NAME)),
        ("qris_payload_broken", ShownQris(payload="0002010102")),
    ],
)
def test_a_false_sticker_opens_nothing(fair: Fair, code: str, shown: ShownQris) -> None:
    refused(code, lambda: fair.open(shown=shown))

    with fair.world.everywhere():
        assert not StallSession.objects.exists()
        assert balance(fair.scene.book, chart.STALL_CASH) == 0


def test_a_sticker_read_by_eye_opens(fair: Fair) -> None:
    session = fair.open(shown=ShownQris(nmid=" id1020000000001", name="Karya  WBP NTT"))

    assert (session.qris_check, session.qris_nmid) == ("typed", NMID)


def test_a_stall_is_open_once(fair: Fair) -> None:
    fair.open()

    refused("session_open_exists", fair.open)


def test_without_a_checked_qris_only_cash_is_taken(fair: Fair) -> None:
    session = fair.open(shown=None)

    refused("qris_not_offered", lambda: fair.sell(session, 1, payment=qris_paid()))


def test_a_void_nota_keeps_its_number_and_nothing_else(fair: Fair) -> None:
    session = fair.open()
    nota = fair.sell(session, 1, 1)

    with acting(fair.seller_scope("humas"), "test") as scope, in_any_order():
        void_nota(by=scope.actor, nota=nota, reason="Salah barang")

    with fair.world.everywhere():
        assert [line.sold_qty for line in HandOutLine.objects.all()] == [0, 0]
        assert balance(fair.scene.book, chart.STALL_CASH) == 200_000
        assert balance(fair.scene.book, chart.CONSIGNORS) == 0
        assert balance(fair.scene.book, chart.RETURN_RESERVE) == 0
        assert all(sum(share.left.values()) == 0 for share in PremiShare.objects.all())
        assert broken_checks() == {}
    assert fair.sell(session, 1).number == 2
