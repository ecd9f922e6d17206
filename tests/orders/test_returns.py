"""Goods come back: asked once, taken back with the sale's ratios, or refused."""

from decimal import Decimal

import pytest

from berdaya.core.verdicts import Refused
from berdaya.ledger.models import Leg
from berdaya.orders.actions.returning import ask_return
from berdaya.orders.actions.settling import (
    DAMAGED,
    KEPT,
    Settled,
    accept_return,
    refuse_return,
)
from berdaya.orders.models import (
    GoodsReturn,
    Order,
    OrderLine,
    OrderStep,
)
from berdaya.proceeds.models import Refund, Sale
from berdaya.stock.actions.movements import move_between
from berdaya.stock.models import Place, StockLevel, StockMovement
from tests.orders.counter import delivered, pickup, today
from tests.orders.counter import many_at_once as many_at_once
from tests.orders.scene import Shop, open_shop
from tests.proceeds.scene import broken_checks
from tests.world import World

COSTS = (1_000_003, 70_001, 0)


pytestmark = pytest.mark.usefixtures("many_at_once")


@pytest.fixture
def shop(world: World) -> Shop:
    with world.everywhere():
        return open_shop(world, weights=(7, 3), costs=COSTS)


def books(code: str) -> int:
    rows = Leg.objects.filter(account__code=code).values_list("credit_rp", "debit_rp")
    return sum(credit - debit for credit, debit in rows)


def inside(shop: Shop, qty: int) -> Place:
    """So many of the gallery's goods lie in a store behind the gate."""
    store = Place.objects.create(facility=shop.scene.facility, kind="store", name="Gudang")
    move_between(
        by=shop.scene.by, lot=shop.scene.lot, from_place=shop.gallery, to_place=store,
        qty=Decimal(qty), day=today(), reference="scene",
    )  # fmt: skip
    return store


def sent_back(shop: Shop, order: Order, qty: int) -> GoodsReturn:
    return ask_return(
        by=shop.by, order=order, pieces={order.lines.get().pk: Decimal(qty)}, reason="Sobek"
    )


def line_of(order: Order) -> OrderLine:
    return order.lines.get()


def test_a_return_takes_back_with_the_frozen_ratios(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = delivered(shop, 2)
        back = sent_back(shop, order, 2)

        accept_return(
            by=shop.scene.by, goods_return=back, refunded_on=today(), method="transfer",
            settled={line_of(order).pk: Settled(order.goods_rp)},
        )  # fmt: skip

        sale = Sale.objects.get()
        assert sale.refunded_rp == order.goods_rp
        assert books("2300") == 0
        assert StockLevel.objects.get(place=shop.gallery, lot=shop.scene.lot).on_hand == 20
        assert GoodsReturn.objects.get().refund == Refund.objects.get()
        assert broken_checks() == {}


@pytest.mark.parametrize(("condition", "on_hand"), [(DAMAGED, 17), (KEPT, 17)])
def test_damaged_or_kept_goods_are_no_stock(shop: Shop, condition: str, on_hand: int) -> None:
    with shop.scene.world.everywhere():
        order = delivered(shop, 3)
        back = sent_back(shop, order, 2)

        accept_return(
            by=shop.scene.by, goods_return=back, refunded_on=today(), method="cash",
            settled={line_of(order).pk: Settled(500_000, condition)},
        )  # fmt: skip

        losses = StockMovement.objects.filter(kind="loss", reference=back.code).count()
        assert StockLevel.objects.get(place=shop.gallery, lot=shop.scene.lot).on_hand == on_hand
        assert losses == (condition == DAMAGED)
        assert Refund.objects.get().amount_rp == 500_000
        assert broken_checks() == {}


def test_shipping_goes_back_once_out_of_working_capital(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = delivered(shop, 2)
        capital, held = books("3100"), books("2220")
        settled = {line_of(order).pk: Settled(1_000, KEPT)}
        accept_return(
            by=shop.scene.by, goods_return=sent_back(shop, order, 1), refunded_on=today(),
            method="transfer", settled=settled, shipping_reference="ONGKIR-1",
        )  # fmt: skip
        ratio = Sale.objects.get().refunds.get().parts.get().capital_rp

        assert books("3100") == capital - ratio - order.shipping_rp
        assert books("2220") == held
        assert broken_checks() == {}
    with pytest.raises(Refused, match="shipping_not_returnable"), shop.scene.world.everywhere():
        accept_return(
            by=shop.scene.by, goods_return=sent_back(shop, order, 1), refunded_on=today(),
            method="transfer", settled=settled, shipping_reference="ONGKIR-2",
        )  # fmt: skip

    with shop.scene.world.everywhere():
        assert Refund.objects.count() == 1


def test_more_than_was_handed_over_does_not_come_back(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = delivered(shop, 2)
        back = sent_back(shop, order, 1)

        with pytest.raises(Refused, match="return_money_exceeds"):
            accept_return(
                by=shop.scene.by, goods_return=back, refunded_on=today(), method="cash",
                settled={line_of(order).pk: Settled(385_001)},
            )  # fmt: skip
        again = sent_back(shop, order, 2)
        refuse_return(by=shop.scene.by, goods_return=back, answer="Dipakai")
        with pytest.raises(Refused, match="return_decided"):
            refuse_return(by=shop.scene.by, goods_return=back, answer="Dipakai")

        assert again == back
        assert not Refund.objects.exists()
        assert GoodsReturn.objects.get().outcome == "refused"
        assert OrderStep.objects.filter(order=order, kind="return_asked").count() == 1


def test_a_return_after_the_release_falls_on_the_reserve(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = delivered(shop, 1, **pickup(shop))
        owed = [books(code) for code in ("2310", "2311", "2312")]

        accept_return(
            by=shop.scene.by, goods_return=sent_back(shop, order, 1), refunded_on=today(),
            method="cash", settled={line_of(order).pk: Settled(order.payable_rp)},
        )  # fmt: skip

        assert [books(code) for code in ("2310", "2311", "2312")] == owed
        assert books("3200") < 0
        assert broken_checks() == {}


def test_a_full_return_with_shipping_gives_back_what_was_paid_and_no_more(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = delivered(shop, 2)
        accept_return(
            by=shop.scene.by, goods_return=sent_back(shop, order, 2), refunded_on=today(),
            method="transfer", settled={line_of(order).pk: Settled(order.goods_rp)},
            shipping_reference="ONGKIR-1",
        )  # fmt: skip

        order.refresh_from_db()
        assert order.lowered_rp > 0
        assert order.shipping_back_rp == order.shipping_rp - order.lowered_rp
        assert Sale.objects.get().refunded_rp + order.shipping_back_rp == order.payable_rp
        assert broken_checks() == {}


def test_goods_that_were_fetched_come_back_for_what_was_paid(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = delivered(shop, 1, **pickup(shop))
        back = sent_back(shop, order, 1)
        facts = {"goods_return": back, "refunded_on": today(), "method": "cash"}
        line = line_of(order).pk

        with pytest.raises(Refused, match="return_exceeds_paid"):
            accept_return(by=shop.scene.by, settled={line: Settled(order.goods_rp)}, **facts)
        assert not Refund.objects.exists()

        accept_return(by=shop.scene.by, settled={line: Settled(order.payable_rp)}, **facts)

        assert Sale.objects.get().refunded_rp == order.payable_rp
        assert broken_checks() == {}
