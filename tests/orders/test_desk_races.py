"""Real threads at the desk: of two who do the same or the opposite, one is told."""

from collections.abc import Callable
from functools import partial

import pytest

from berdaya.core.scope import acting
from berdaya.orders.actions.cancelling import cancel_at_desk
from berdaya.orders.actions.giving_back import give_money_back
from berdaya.orders.actions.handover import hand_over_order
from berdaya.orders.actions.matching import match_money
from berdaya.orders.actions.packing import pack_order
from berdaya.orders.actions.unmatching import unmatch_money
from berdaya.orders.models import MoneyBack, MoneyIn, Order, OrderState
from berdaya.proceeds.models import Sale
from tests.orders.counter import at_once, pay, today
from tests.orders.scene import Shop, open_shop
from tests.proceeds.scene import broken_checks
from tests.world import make_world

pytestmark = pytest.mark.race


@pytest.fixture
def committed(real_db: str) -> Shop:
    world = make_world()
    with world.everywhere():
        return open_shop(world)


def both(shop: Shop, name: str, *acts: Callable[[object], object]) -> list[str]:
    """Run these at once, each with the acting person; `done` or the codes of the refusal."""
    by = shop.scene.staff(name)

    def run(act: Callable[[object], object]) -> str:
        with acting(by, "race"):
            act(by)
        return "done"

    return sorted(str(answer) for answer in at_once([partial(run, act) for act in acts]))


def packed(shop: Shop) -> Order:
    with shop.scene.world.everywhere():
        order = shop.order(2)
        pay(shop, order)
    with shop.scene.world.everywhere():
        pack_order(by=shop.scene.by, order=order)
    return order


def agree(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        assert broken_checks() == {}


def test_two_treasurers_match_one_line_to_two_orders(committed: Shop) -> None:
    with committed.scene.world.everywhere():
        first, second = committed.order(), committed.order()
        money = pay(committed, first, matched=False)

    answers = both(
        committed,
        "receipts",
        lambda by: match_money(by=by, money=MoneyIn.objects.get(pk=money.pk), order=first),
        lambda by: match_money(by=by, money=MoneyIn.objects.get(pk=money.pk), order=second),
    )

    assert answers == ["done", "money_matched"]
    with committed.scene.world.everywhere():
        paid = sum(Order.objects.values_list("paid_rp", flat=True))
        assert paid == money.amount_rp
    agree(committed)


def test_two_officers_hand_over_one_order(committed: Shop) -> None:
    order = packed(committed)

    def hand(by: object) -> None:
        row = Order.objects.select_related("facility", "book").get(pk=order.pk)
        hand_over_order(by=by, order=row, handed_on=today(), courier="JNE")

    answers = both(committed, "officer", hand, hand)

    assert answers == ["done", "order_moved_on"]
    with committed.scene.world.everywhere():
        assert Sale.objects.count() == 1
    agree(committed)


def test_a_cancellation_against_the_hand_over(committed: Shop) -> None:
    order = packed(committed)

    answers = both(
        committed,
        "officer",
        lambda by: hand_over_order(
            by=by, order=Order.objects.get(pk=order.pk), handed_on=today(), courier="JNE"
        ),
        lambda by: cancel_at_desk(by=by, order=Order.objects.get(pk=order.pk), reason="Batal"),
    )

    assert answers == ["done", "order_moved_on"]
    with committed.scene.world.everywhere():
        row = Order.objects.get(pk=order.pk)
        assert (row.state == OrderState.CANCELLED) != Sale.objects.exists()
    agree(committed)


def test_money_is_taken_off_or_the_goods_go(committed: Shop) -> None:
    order = packed(committed)
    money = MoneyIn.objects

    def hand() -> str:
        with acting(committed.scene.staff("officer"), "race") as scope:
            row = Order.objects.get(pk=order.pk)
            hand_over_order(by=scope.actor, order=row, handed_on=today(), courier="JNE")
        return "handed"

    def take() -> str:
        with acting(committed.scene.staff("receipts"), "race") as scope:
            unmatch_money(by=scope.actor, money=money.get(order=order), reason="Salah cocok")
        return "taken"

    answers = {str(answer) for answer in at_once([hand, take])}

    assert answers in ({"handed", "money_sold"}, {"taken", "order_moved_on"})
    with committed.scene.world.everywhere():
        assert Sale.objects.exists() == ("handed" in answers)
    agree(committed)


def test_two_returns_of_the_same_excess(committed: Shop) -> None:
    with committed.scene.world.everywhere():
        order = committed.order()
        pay(committed, order, order.payable_rp + 5_000)

    def back(reference: str) -> Callable[[object], object]:
        return lambda by: give_money_back(
            by=by, of=Order.objects.get(pk=order.pk), amount_rp=5_000, method="transfer",
            returned_on=today(), reference=reference, reason="Lebih",
        )  # fmt: skip

    answers = both(committed, "receipts", back("B-1"), back("B-2"))

    assert answers == ["done", "money_back_exceeds"]
    with committed.scene.world.everywhere():
        assert MoneyBack.objects.count() == 1
    agree(committed)
