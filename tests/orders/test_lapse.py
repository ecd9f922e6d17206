"""One P-IRT lapses at midnight of its place: every channel stops at once, and goes on again."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from berdaya.core import clock
from berdaya.core.locks import in_any_order
from berdaya.core.verdicts import Refused
from berdaya.institutions.models import Party
from berdaya.institutions.today import waiting
from berdaya.orders.actions.cancelling import cancel_by_buyer
from berdaya.orders.actions.carts import put_in_cart
from berdaya.orders.actions.packing import pack_order
from berdaya.orders.actions.stopping import tell_stops
from berdaya.orders.models import CartLine, Order, OrderState, OrderStep
from berdaya.orders.queries import STOPPABLE
from berdaya.orders.tasks import close_everywhere
from berdaya.proceeds.actions.sales import SaleLineInput, record_sale
from berdaya.proceeds.models import Sale
from tests.orders.buyer import Buyer, ordered
from tests.orders.counter import hand, pay, ready
from tests.orders.lapse import ends, midnight, open_biscuits, renew, run_jobs
from tests.orders.scene import Shop
from tests.world import World

SECOND = timedelta(seconds=1)


@pytest.fixture
def shop(world: World) -> Shop:
    with world.everywhere(), in_any_order():
        return open_biscuits(world)


def sell(shop: Shop, kind: str = "gate") -> Sale:
    """Over the counter, as the sale form does."""
    with shop.scene.world.acting() as scope:
        return record_sale(
            by=scope.actor, facility=shop.scene.facility, kind=kind, buyer_kind="public",
            sold_on=clock.today(shop.scene.facility.timezone), place=shop.gallery,
            lines=[SaleLineInput(shop.scene.variant.pk, Decimal(1), 100_000)],
        )  # fmt: skip


def pages(shop: Shop) -> tuple[int, bool]:
    """The product's own page, and whether the shelf of all goods names it."""
    buyer = Buyer()
    shelf = buyer.client.get("/produk/").content.decode()
    return buyer.client.get(f"/produk/{shop.listing.slug}/").status_code, shop.listing.slug in shelf


def test_every_channel_stops_at_midnight_of_the_place_without_a_job(
    world: World, shop: Shop
) -> None:
    buyer = Buyer()
    with time_machine.travel(midnight(world) - SECOND, tick=False):
        assert clock.local(clock.now(), world.atb.timezone).hour == 23
        before = pages(shop)
        buyer.put(shop.listing)
        cart_before = buyer.cart().content.decode()
        sold = sell(shop)

    with time_machine.travel(midnight(world), tick=False):
        after = pages(shop)
        cart = buyer.cart().content.decode()
        order = buyer.order(key="0199aaaa-0000-7000-8000-000000000001")
        again = buyer.put(shop.listing)
        with pytest.raises(Refused, match="permit_lapsed"):
            sell(shop)
        with pytest.raises(Refused, match="goods_stopped"), world.everywhere():
            shop.order()
        with pytest.raises(Refused, match="goods_stopped"), world.everywhere():
            put_in_cart(by=shop.by, cart=None, listing=shop.listing)

    assert (before, after) == ((200, True), (410, False))
    assert "Belum boleh dijual" not in cart_before
    assert "surat izinnya tidak berlaku lagi sejak" in cart
    assert clock.format_date(ends()) in cart
    assert (order.status_code, again.status_code) in {(409, 409), (422, 409), (303, 409)}
    with world.everywhere():
        assert not Order.objects.exists()
        assert list(Sale.objects.all()) == [sold]
        assert CartLine.objects.get().qty == 1


def test_a_renewal_from_that_midnight_on_leaves_no_gap(world: World, shop: Shop) -> None:
    renew(world, ends())
    run_jobs("judge_again")

    for instant in (midnight(world) - SECOND, midnight(world), midnight(world) + 40 * SECOND):
        with time_machine.travel(instant, tick=False):
            assert pages(shop) == (200, True)
    with time_machine.travel(midnight(world), tick=False):
        assert sell(shop).pk


def test_a_later_renewal_brings_the_goods_back(world: World, shop: Shop) -> None:
    with time_machine.travel(midnight(world) + timedelta(days=3), tick=False):
        gone = pages(shop)
        renew(world, clock.today(world.atb.timezone))
        run_jobs("judge_again")

        assert (gone, pages(shop)) == ((410, False), (200, True))


def test_a_sale_of_the_day_before_may_still_be_written_down(world: World, shop: Shop) -> None:
    day = ends() - timedelta(days=1)
    with time_machine.travel(midnight(world), tick=False), world.acting() as scope:
        made = record_sale(
            by=scope.actor, facility=shop.scene.facility, kind="gate", buyer_kind="public",
            sold_on=day, place=shop.gallery,
            lines=[SaleLineInput(shop.scene.variant.pk, Decimal(1), 100_000)],
        )  # fmt: skip

    assert made.pk


def test_the_sale_form_says_why(world: World, shop: Shop) -> None:
    with time_machine.travel(midnight(world), tick=False):
        client = world.client()
        facts = {
            "request_key": "k", "sold_on": clock.today(world.atb.timezone).isoformat(),
            "place": shop.gallery.pk, "kind": "gate", "buyer_kind": "public", "method": "cash",
            "book": shop.scene.book.pk, "baris-TOTAL_FORMS": "1", "baris-INITIAL_FORMS": "0",
            "baris-0-variant": shop.scene.variant.pk, "baris-0-qty": "1",
            "baris-0-unit_price_rp": "100000",
        }  # fmt: skip
        answer = client.post(reverse("proceeds:new_sale"), facts)

    assert answer.status_code == 409
    assert "habis pada" in answer.content.decode()
    with world.everywhere():
        assert not Sale.objects.exists()


def lines(world: World, who: str = "officer") -> list[str]:
    actor = world.actor(who)
    with world.acting(who):
        return [str(one.text) for one in waiting(actor, actor.facility_ids)]


def test_a_paid_order_waits_is_told_once_and_goes_on(world: World, shop: Shop) -> None:
    with world.everywhere(), in_any_order():
        order = shop.order(2)
        pay(shop, order)
    run_jobs("tell_")
    mail.outbox.clear()
    with time_machine.travel(midnight(world) + SECOND, tick=False):
        with pytest.raises(Refused, match="permit_lapsed"), world.acting() as scope:
            pack_order(by=scope.actor, order=order)
        desk = world.client()
        page = desk.get(f"/desk/orders/{order.code}/").content.decode()
        packing = desk.get(f"/desk/orders/{order.code}/packing/").content.decode()
        told = lines(world)
        close_everywhere.func(timestamp=0)
        run_jobs("close_orders")
        run_jobs("tell_moved")
        close_everywhere.func(timestamp=0)
        run_jobs("close_orders")
        run_jobs("tell_moved")
        stopped = [one.subject for one in mail.outbox]

        renew(world, clock.today(world.atb.timezone))
        run_jobs("judge_again")
        run_jobs("tell_of_permits")
        run_jobs("tell_moved")
        with world.acting() as scope:
            pack_order(by=scope.actor, order=order)
        after = lines(world)

    assert f"Pesanan {order.code} tertahan: izin barangnya tidak berlaku" in told
    assert f"Kemas {order.code}" not in told
    assert not any("tertahan" in one for one in after)
    for shown in (page, packing):
        assert "Barangnya belum boleh diserahkan" in shown
        assert "Buka Izin dan Sertifikat" in shown
    assert stopped == [f"Pesanan {order.code}: ditahan"]
    assert mail.outbox[-1].subject == f"Pesanan {order.code}: diteruskan"
    assert "kembali seluruhnya" in mail.outbox[0].body
    with world.everywhere():
        assert Order.objects.get().state == OrderState.PACKED
        kinds = OrderStep.objects.filter(kind__in=["stopped", "resumed"]).order_by("pk")
        assert list(kinds.values_list("kind", flat=True)) == ["stopped", "resumed"]


def test_a_packed_order_is_not_handed_over(world: World, shop: Shop) -> None:
    with world.everywhere(), in_any_order():
        order = ready(shop)
    late = time_machine.travel(midnight(world), tick=False)
    with late, pytest.raises(Refused, match="permit_lapsed"), world.everywhere(), in_any_order():
        hand(shop, order)

    with world.everywhere():
        assert Order.objects.get().state == OrderState.PACKED
        assert not Sale.objects.exists()


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_buyer_of_an_unpaid_order_is_told_not_to_pay(
    world: World, shop: Shop, lang: str
) -> None:
    words = {
        "id": ("Jangan bayar dulu", "Batalkan pesanan", "Bayar tepat"),
        "en": ("Please do not pay yet", "Cancel the order", "Pay exactly"),
    }[lang]
    with time_machine.travel(midnight(world) - timedelta(minutes=5), tick=False):
        buyer, checkout = ordered(shop)
    address = f"{'/en' if lang == 'en' else ''}/pesanan/{checkout.code}/"

    with time_machine.travel(midnight(world) + SECOND, tick=False):
        page = buyer.client.get(address).content.decode()
        with world.everywhere():
            order = Order.objects.select_related("checkout").get()
        assert buyer.press(order, "batal").status_code == 303

    assert words[0] in page
    assert words[1] in page
    assert words[2] not in page
    with world.everywhere():
        assert Order.objects.get().state == OrderState.CANCELLED


def test_the_buyer_of_a_paid_order_may_cancel_and_gets_all_back(world: World, shop: Shop) -> None:
    with world.everywhere(), in_any_order():
        order = shop.order(1)
        pay(shop, order)
        with pytest.raises(Refused, match="order_has_money"):
            cancel_by_buyer(by=shop.by, order=order)
    with time_machine.travel(midnight(world), tick=False):
        page = Buyer().client.get(f"/pesanan/{order.checkout.code}/").content.decode()
        with world.everywhere(), in_any_order():
            cancel_by_buyer(by=shop.by, order=order)

    assert "uang kembali penuh" in page
    with world.everywhere():
        fresh = Order.objects.get()
        assert (fresh.state, fresh.returnable_rp) == (OrderState.CANCELLED, fresh.paid_rp)


def test_nothing_is_told_of_orders_that_the_law_lets_go(world: World, shop: Shop) -> None:
    with world.everywhere() as scope, in_any_order():
        pay(shop, shop.order(1))
        none = tell_stops(by=scope.actor, facility_id=world.atb.pk)
        Party.objects.filter(pk=world.parties["coop_atb"].pk).update(name="Lain")

    assert none == 0
    assert set(STOPPABLE) == {"placed", "claimed", "paid", "packed"}
    assert not any("tertahan" in one for one in lines(world))
