"""Money matched to the wrong order: back to the inbox, and the order waits again."""

import pytest

from berdaya.core.verdicts import Refused
from berdaya.ledger.models import Entry
from berdaya.orders.actions.cancelling import cancel_at_desk
from berdaya.orders.actions.giving_back import give_money_back
from berdaya.orders.actions.handover import request_order_pass
from berdaya.orders.actions.matching import match_money
from berdaya.orders.actions.unmatching import unmatch_money
from berdaya.orders.models import MoneyIn, Order, OrderState
from berdaya.orders.queries import waiting_money
from berdaya.stock.actions.gates import approve_gate_pass
from berdaya.stock.models import GatePass
from tests.orders.counter import delivered, pay, ready, reserved, today
from tests.orders.counter import many_at_once as many_at_once
from tests.orders.scene import Shop, open_shop
from tests.orders.test_fulfilment import inside
from tests.proceeds.scene import broken_checks
from tests.web.matrix import REFUSED
from tests.world import World

pytestmark = pytest.mark.usefixtures("many_at_once")


@pytest.fixture
def shop(world: World) -> Shop:
    with world.everywhere():
        return open_shop(world)


def test_the_money_waits_again_and_pays_the_right_order(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        right, wrong = shop.order(), shop.order(2)
        money = pay(shop, wrong, right.payable_rp)
        posted = Entry.objects.count()

        unmatch_money(by=shop.scene.by, money=money, reason="Milik pesanan lain")

        assert list(waiting_money([shop.scene.facility.pk])) == [money]
        assert Entry.objects.count() == posted
        match_money(by=shop.scene.by, money=money, order=right)
        right.refresh_from_db()
        wrong.refresh_from_db()
        assert (right.state, wrong.state) == (OrderState.PAID, OrderState.PLACED)
        assert wrong.paid_rp == 0
        assert broken_checks() == {}


def test_a_packed_order_waits_with_what_it_holds_and_its_pass_is_withdrawn(shop: Shop) -> None:
    world = shop.scene.world
    with world.everywhere():
        inside(shop, 20)
        order = ready(shop, 2)
        money = order.money_in.get()
    with world.acting("officer") as scope:
        (asked,) = request_order_pass(by=scope.actor, order=order, day=today(), carrier="Giatja")
    with world.acting("head") as scope:
        approve_gate_pass(by=scope.actor, gate_pass=asked)

    with world.everywhere():
        unmatch_money(by=shop.scene.by, money=money, reason="Salah cocok")

        order.refresh_from_db()
        assert (order.state, reserved(shop)) == (OrderState.PLACED, 2)
        assert not GatePass.objects.get().is_approved
        assert broken_checks() == {}


def test_an_amount_given_to_another_order_is_not_asked_twice(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order()
        asked, total = order.payable_rp, order.goods_rp + order.shipping_rp
        money = pay(shop, order)
        other = shop.order()
        Order.objects.filter(pk=other.pk).update(payable_rp=asked, lowered_rp=total - asked)

        unmatch_money(by=shop.scene.by, money=money, reason="Salah cocok")

        order.refresh_from_db()
        assert order.state == OrderState.PLACED
        assert order.payable_rp != asked
        assert order.steps.filter(kind="amount").exists()
        assert broken_checks() == {}


def test_an_order_that_ended_stays_ended(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order()
        money = pay(shop, order)
        cancel_at_desk(by=shop.scene.by, order=order, reason="Pembeli batal")

        unmatch_money(by=shop.scene.by, money=money, reason="Salah cocok")

        order.refresh_from_db()
        assert (order.state, order.paid_rp) == (OrderState.CANCELLED, 0)
        assert broken_checks() == {}


def test_sold_given_back_or_free_money_stays_where_it_is(shop: Shop) -> None:
    by = shop.scene.by
    with shop.scene.world.everywhere():
        sold = delivered(shop).money_in.get()
        ended = shop.order()
        gone = pay(shop, ended)
        cancel_at_desk(by=by, order=ended, reason="Pembeli batal")
        give_money_back(
            by=by, of=ended, amount_rp=gone.amount_rp, method="transfer", returned_on=today(),
            reference="BALIK-1", reason="Batal",
        )  # fmt: skip
        free = pay(shop, shop.order(), matched=False)

        for money, code in ((sold, "money_sold"), (gone, "money_returned"), (free, "unmatched")):
            with pytest.raises(Refused, match=code):
                unmatch_money(by=by, money=money, reason="Salah cocok")
        with pytest.raises(Refused, match="reason_needed"):
            unmatch_money(by=by, money=sold, reason=" ")

        assert MoneyIn.objects.filter(order__isnull=False).count() == 2
        assert broken_checks() == {}


def test_it_is_done_over_the_pages(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order()
        money = pay(shop, order)
    desk = shop.scene.world.client("receipts")
    page = f"/desk/matching/{money.pk}/"

    assert "Lepaskan dari pesanan" in desk.get(page).content.decode()
    answer = desk.post(f"{page}unmatching/", {"reason": "Salah cocok"})

    assert answer["Location"] == page
    told = desk.get(f"/desk/orders/{order.code}/").content.decode()
    assert "Uang dilepas" in told
    assert "Untuk pesanan yang mana?" in desk.get(page).content.decode()


@pytest.mark.parametrize("who", ["officer", "head", "outsider"])
def test_only_a_treasurer_of_the_unit_takes_it_off(shop: Shop, who: str) -> None:
    with shop.scene.world.everywhere():
        money = pay(shop, shop.order())

    answer = shop.scene.world.client(who).post(
        f"/desk/matching/{money.pk}/unmatching/", {"reason": "Salah cocok"}
    )

    assert answer.status_code in REFUSED
    with shop.scene.world.everywhere():
        assert MoneyIn.objects.get().order is not None
