"""What is made after it was ordered holds room, gets its lot before packing, and may slip."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from berdaya.catalog.actions.to_order import reckon_promises, set_to_order
from berdaya.core import clock
from berdaya.core.clock import format_date
from berdaya.core.verdicts import Refused
from berdaya.orders.actions.cancelling import cancel_by_buyer, cancel_unpaid
from berdaya.orders.actions.matching import revive_order
from berdaya.orders.actions.packing import pack_order, swap_lot
from berdaya.orders.actions.slipping import tell_slips
from berdaya.orders.actions.steps import expire_overdue
from berdaya.orders.models import Hold, MakingHold, Order, OrderState, OrderStep
from berdaya.orders.tasks import tell_moved
from berdaya.stock.models import StockLevel
from berdaya.workshop.actions.work import EARLIER, add_work, move_work
from berdaya.workshop.models import WorkOrder
from tests.counting import at_most
from tests.orders.buyer import Buyer
from tests.orders.counter import many_at_once, pay  # noqa: F401 - a fixture
from tests.orders.making import LEAD, open_to_order, room
from tests.orders.scene import Shop
from tests.proceeds.scene import broken_checks
from tests.world import World


@pytest.fixture
def shop(world: World, many_at_once: None) -> Shop:  # noqa: F811
    with world.everywhere():
        return open_to_order(world)


def state(shop: Shop) -> tuple[int, int, int]:
    """Pieces that hold room, orders, open work."""
    works = WorkOrder.objects.filter(outcome="open").count()
    return room(shop).open_qty, Order.objects.count(), works


def postpone(shop: Shop) -> int:
    """Much work for stock goes before everything; how many promises slipped."""
    big = add_work(
        by=shop.scene.by, workshop=shop.scene.workshop, variant=shop.scene.variant, qty=40
    )
    for _place in range(3):
        move_work(by=shop.scene.by, work=big, step=EARLIER)
    return tell_slips(by=shop.scene.by, facility_id=shop.scene.facility.pk)


def test_room_is_held_and_the_work_waits_for_the_money(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        promised = room(shop).promise_after(3)

        order = shop.order(3)

        line, hold = order.lines.get(), MakingHold.objects.get()
        assert (line.ready_by, hold.told_on) == (promised, promised)
        assert promised >= clock.today() + timedelta(days=LEAD)
        assert state(shop) == (3, 1, 1)
        assert not hold.work.is_confirmed
        assert not Hold.objects.exists()
        assert broken_checks() == {}
        pay(shop, order)
        hold.work.refresh_from_db()
        assert hold.work.is_confirmed


def test_more_than_the_maximum_is_refused_and_changes_nothing(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        shop.order(3)

        with pytest.raises(Refused, match="goods_short"):
            shop.place(2)

        assert state(shop) == (3, 1, 1)
        shop.place(1)
        with pytest.raises(Refused, match="goods_sold_out"):
            shop.place(1)
        assert state(shop) == (4, 2, 2)
        assert broken_checks() == {}


def test_stock_goes_before_room(world: World, many_at_once: None) -> None:  # noqa: F811
    with world.everywhere():
        shop = open_to_order(world, stock=2)

        shop.order(2)
        shop.order(1)

        assert state(shop) == (1, 2, 1)
        assert broken_checks() == {}


def test_later_orders_are_promised_later(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        days = [room(shop).promise_after(qty) for qty in (1, 2, 3, 4)]
        shop.order(1)
        stale = room(shop).promise_after(1)
        reckon_promises(by=shop.scene.by, facility_id=shop.scene.facility.pk)

        fresh = room(shop).promise_after(1)

        assert days == sorted(days)
        assert room(shop).promise_after(4) is None
        assert stale == days[1]
        assert fresh is not None
        assert stale is not None
        assert fresh <= stale


def test_cancel_and_expiry_give_the_room_back(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        first, second = shop.order(1), shop.order(2)
        cancel_unpaid(by=shop.by, order=first)
        assert state(shop) == (2, 2, 1)
        Order.objects.filter(pk=second.pk).update(pay_until=clock.now() - timedelta(minutes=1))

        assert expire_overdue(by=shop.by) == 1

        assert state(shop) == (0, 2, 0)
        assert broken_checks() == {}


def test_late_money_takes_room_again_or_is_told_that_there_is_none(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order(3)
        Order.objects.filter(pk=order.pk).update(pay_until=clock.now() - timedelta(minutes=1))
        expire_overdue(by=shop.by)
        other = shop.order(2)
        order.refresh_from_db()
        pay(shop, order)
        with pytest.raises(Refused, match="goods_short"), transaction.atomic():
            revive_order(by=shop.scene.by, order=order)
        assert room(shop).open_qty == 2
        cancel_unpaid(by=shop.by, order=other)

        revive_order(by=shop.scene.by, order=order)

        assert room(shop).open_qty == 3
        assert broken_checks() == {}


def test_lot_before_packing_frees_the_room(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order(2)
        pay(shop, order)
        with pytest.raises(Refused, match="line_without_lot"):
            pack_order(by=shop.scene.by, order=order)
        level = StockLevel.objects.filter(lot=shop.scene.lot).order_by("-on_hand")[0]
        level.place.kind = "gallery"
        level.place.save()

        swap_lot(by=shop.scene.by, line=order.lines.get(), level=level, qty=Decimal(1))
        assert state(shop) == (2, 1, 1)
        swap_lot(by=shop.scene.by, line=order.lines.get(), level=level, qty=Decimal(1))

        assert state(shop) == (0, 1, 0)
        assert MakingHold.objects.get().work.outcome == "done"
        pack_order(by=shop.scene.by, order=order)
        assert broken_checks() == {}


def test_slip_is_told_once_and_the_buyer_may_cancel_with_all_money(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order(1)
        pay(shop, order)
        with pytest.raises(Refused, match="order_has_money"):
            cancel_by_buyer(by=shop.by, order=order)
        first = MakingHold.objects.get().told_on

        times = postpone(shop), tell_slips(by=shop.scene.by, facility_id=shop.scene.facility.pk)

        hold = MakingHold.objects.get()
        assert times == (1, 0)
        assert hold.promised_on == first < hold.told_on
        mail.outbox.clear()
        step = OrderStep.objects.get(kind="slipped")
        tell_moved(shop.scene.facility.pk, step.pk)
    (letter,) = mail.outbox
    waiting = shop.scene.world.client().get(reverse("institutions:today")).content.decode()
    assert f"Janji {order.code} mundur" in waiting
    assert format_date(hold.told_on) in letter.body
    page = f"/pesanan/{order.checkout.code}/"
    told = Client().get(page).content.decode()
    assert format_date(hold.told_on) in told
    assert "Batalkan, uang kembali penuh" in told
    buyer = Buyer()

    assert buyer.press(order, "batal").status_code == 303

    with shop.scene.world.everywhere():
        order.refresh_from_db()
        assert (order.state, order.returnable_rp) == (OrderState.CANCELLED, order.payable_rp)
        assert room(shop).open_qty == 0
        assert broken_checks() == {}


def test_a_promise_that_holds_is_not_told_again(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        pay(shop, shop.order(1))

        assert tell_slips(by=shop.scene.by, facility_id=shop.scene.facility.pk) == 0
        assert not OrderStep.objects.filter(kind="slipped").exists()


def test_buyer_reads_the_day_and_orders(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        one, two = (format_date(room(shop).promise_after(qty)) for qty in (1, 2))
    with at_most(8):
        page = Client().get(f"/produk/{shop.listing.slug}/").content.decode()
    assert f"selesai sekitar {one}" in page
    buyer = Buyer()
    buyer.put(shop.listing, 2)
    assert f"selesai sekitar {two}" in buyer.cart().content.decode()

    placed = buyer.placed(buyer.order())

    assert two in placed.content.decode()
    with shop.scene.world.everywhere():
        assert state(shop) == (2, 1, 1)


def test_full_listing_is_sold_out_and_lists_say_so(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        shop.order(4)

    page = Client().get(f"/produk/{shop.listing.slug}/").content.decode()

    assert "Sedang habis" in page
    assert "Habis" in Client().get("/produk/").content.decode()


def test_maximum_is_not_set_below_what_is_open(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        shop.order(3)

        with pytest.raises(Refused, match="to_order_below_open"):
            set_to_order(by=shop.scene.by, listing=shop.listing, most_open_qty=2)

        assert room(shop).most_open_qty == 4
        stopped = set_to_order(
            by=shop.scene.by, listing=shop.listing, most_open_qty=3, is_open=False
        )
        assert stopped.room == 0
