"""A permit ends while goods lie in a cart and in an order: what buyer and officer are shown."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect, sync_playwright

from berdaya.core import clock
from berdaya.core.locks import in_any_order
from berdaya.legality.models import Permit
from berdaya.orders.models import Order
from tests.browser.desk import Desk, Seat, served, started
from tests.orders.counter import pay
from tests.orders.lapse import open_biscuits
from tests.orders.scene import Shop
from tests.world import make_world

pytestmark = pytest.mark.browser


class Buyer(Seat):
    """A phone without an account."""


@pytest.fixture
def shop(real_db: str) -> Shop:
    world = make_world()
    world.give_card("officer")
    with world.everywhere(), in_any_order():
        return open_biscuits(world)


def test_buyer_and_officer_are_told_that_a_permit_ended(shop: Shop) -> None:
    world = shop.scene.world
    with world.everywhere(), in_any_order():
        waits, paid = shop.order(), shop.order()
        pay(shop, paid)
        pages = [f"/pesanan/{one.checkout.code}/" for one in (waits, paid)]
        permit = Permit.objects.get(kind__code="spp_irt")
    today = clock.today(world.atb.timezone)
    with sync_playwright() as playwright, served() as host:
        browser = started(playwright)
        buyer = Buyer(browser, host, "buyer", width=360)
        buyer.page.set_default_timeout(40_000)
        buyer.goto(f"/produk/{shop.listing.slug}/", "barang")
        buyer.open(buyer.page.locator("form.put button"), "keranjang")
        desk = Desk(browser, host, "officer", width=360)
        desk.goto(f"/desk/permits/{permit.pk}/", "izin")
        desk.page.get_by_text("Izin ini dicabut?").click()
        desk.page.get_by_label("Dicabut pada").fill(today.isoformat())
        desk.page.get_by_label("Alasan").fill("pindah tempat")
        desk.open(desk.page.get_by_role("button", name="Catat pencabutan"), "dicabut")
        buyer.goto("/keranjang/", "tertahan")
        expect(buyer.page.get_by_text("Belum boleh dijual")).to_be_visible()
        buyer.goto(pages[0], "belum-bayar")
        expect(buyer.page.get_by_text("Jangan bayar dulu").first).to_be_visible()
        expect(buyer.page.locator(".pay-code")).to_have_count(0)
        buyer.goto(pages[1], "sudah-bayar")
        desk.goto("/desk/", "hari-ini")
        expect(desk.page.get_by_text(f"Pesanan {paid.code} tertahan").first).to_be_visible()
        desk.goto(f"/desk/orders/{paid.code}/packing/", "kemas")
        desk.page.get_by_role("button", name="Sudah dikemas").click()
        desk.look("ditolak")
        expect(desk.page.get_by_text("dicabut pada").first).to_be_visible()
        desk.goto(f"/desk/orders/{paid.code}/", "pesanan")
        buyer.open(buyer.page.get_by_role("button", name="Batalkan, uang kembali penuh"), "batal")
        browser.close()

    assert buyer.troubles == []
    assert desk.troubles == []
    call_command("check_books")
    with world.everywhere():
        assert Order.objects.get(pk=paid.pk).state == "cancelled"
