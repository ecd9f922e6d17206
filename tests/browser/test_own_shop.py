"""An own business in Chromium, on a neutral host of its own: applied, stocked, sold, booked."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, sync_playwright

from berdaya.core.scope import acting
from berdaya.market.access import market_scope
from berdaya.market.actions.applying import admit_application
from berdaya.market.actions.entering import invite_seller
from berdaya.market.models import Application, BookRow, Order, Seller
from tests.browser.desk import Seat, served, started
from tests.market.scene import PASSWORD, Market, officer, open_shop, photo
from tests.world import make_world

pytestmark = pytest.mark.browser


@pytest.fixture
def market(real_db: str) -> Market:
    world = make_world()
    found = Market(world, officer(world))
    open_shop(found, "Kain Senja")
    return found


@pytest.fixture
def host(market: Market, settings: Any) -> Any:
    """Under this address the neutral pages and nothing else; the desk has another."""
    with served() as address:
        settings.NEUTRAL_BASE_URL = address
        settings.PUBLIC_BASE_URL = address.replace("127.0.0.1", "localhost")
        yield address


def press(seat: Seat, words: str, name: str) -> None:
    """The button that says so."""
    seat.open(seat.page.locator("main").get_by_role("button", name=words, exact=True), name)


def fill(seat: Seat, **values: str) -> None:
    for name, value in values.items():
        seat.page.locator(f"main [name={name}]").fill(value)


def buy(seat: Seat) -> str:
    """On a phone, from the list to "Saya sudah bayar", without a script; the order's address."""
    seat.goto("/toko", "toko")
    seat.open(seat.page.get_by_role("link", name="Kain Senja"), "satu-toko")
    seat.open(seat.page.locator(".tile a").first, "barang")
    seat.open(seat.page.get_by_role("link", name="Pesan", exact=True), "pesan")
    fill(seat, name="Pembeli Rekaan", phone="12")
    seat.page.locator("[name=way][value=ambil]").check()
    seat.page.locator("[name=method][value=qris]").check()
    press(seat, "Pesan sekarang", "salah-ketik")
    assert "terlalu" in seat.page.inner_text("main") or "kurang panjang" in seat.page.inner_text(
        "main"
    )
    fill(seat, phone="0812 9999 0001")
    press(seat, "Pesan sekarang", "pesanan")
    assert seat.page.locator(".pay img").evaluate("one => one.naturalWidth") > 0
    assert "KAIN SENJA" in seat.page.inner_text("main")
    press(seat, "Saya sudah bayar", "dikabari")
    assert seat.page.locator("script").count() == 0
    return seat.page.url


def enter(seat: Seat, login: str) -> None:
    seat.goto("/usaha/masuk", "masuk")
    fill(seat, login=login, password=PASSWORD)
    press(seat, "Masuk", "ringkasan")


def carry_on(seat: Seat) -> None:
    """The seller finds it waiting, and takes it to its end."""
    seat.open(seat.page.locator("main table a").first, "pesanan-penjual")
    press(seat, "Uangnya sudah masuk", "lunas")
    press(seat, "Sudah dikemas", "dikemas")
    press(seat, "Sudah diserahkan", "diserahkan")
    seat.open(seat.page.locator(".nav").get_by_text("Buku", exact=True), "buku")


def test_buyer_orders_and_seller_books_it(host: str, market: Market) -> None:
    with sync_playwright() as playwright:
        browser: Browser = started(playwright)
        buyer = Seat(browser, host, "pembeli", 360)
        page = buy(buyer)
        seller = Seat(browser, host, "penjual", 360)
        enter(seller, "toko1@contoh.id")
        carry_on(seller)
        told = seller.page.inner_text("main")
        buyer.page.goto(page)
        end = buyer.page.locator("[data-state]").first.get_attribute("data-state")

    with market_scope():
        order, row = Order.objects.get(), BookRow.objects.get()
    assert buyer.troubles == seller.troubles == []
    assert (end, order.state, row.order_id) == ("handed_over", "handed_over", order.pk)
    assert f"Rp{row.amount_rp:,}".replace(",", ".") in told


def test_somebody_applies_and_puts_up_goods(host: str, market: Market) -> None:
    with sync_playwright() as playwright:
        seat = Seat(started(playwright), host, "pendaftar", 360)
        seat.goto("/", "depan")
        seat.goto("/usaha/mulai", "mulai")
        seat.goto("/usaha/daftar", "daftar")
        fill(seat, shop_name="Anyaman Pagi", about="Keranjang lontar.", owner="Ibu Kenari",
             phone="0812 0000 7777", email="pagi@contoh.id")  # fmt: skip
        seat.page.locator("[name=region]").select_option(index=1)
        seat.page.locator("[name=agree]").check()
        press(seat, "Kirim pendaftaran", "terkirim")
        with ThreadPoolExecutor(1) as aside:
            # Playwright holds this thread; the database wants one of its own.
            login, code = aside.submit(admitted, market).result()
        seat.goto("/usaha/undangan", "undangan")
        fill(seat, login=login, code=code, password=PASSWORD)
        press(seat, "Buat kata sandi", "toko-baru")
        seat.goto("/usaha/barang-baru", "barang-baru")
        fill(seat, name="Keranjang lontar", price_rp="85.000", on_hand="4")
        press(seat, "Simpan", "tanpa-foto")
        seat.page.locator("[name=photo]").set_input_files(
            {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": photo().read()}
        )
        press(seat, "Tambah foto", "dengan-foto")
        photos = seat.page.locator("main img").count()
        for path in ("toko", "bayaran", "izin", "buku", "buku/catat", "barang", "pesanan"):
            seat.goto(f"/usaha/{path}", path.replace("/", "-"))

    assert seat.troubles == []
    assert photos == 1


def admitted(market: Market) -> tuple[str, str]:
    """The officer admits what waits; the sign-in name and the code of the mail."""
    with market_scope():
        row = Application.objects.get(state="waiting")
    with acting(market.desk, "test") as scope:
        admit_application(by=scope.actor, application=row)
    with market_scope() as by:
        seller = Seller.objects.get(login="pagi@contoh.id")
        code = invite_seller(by=by, seller=seller)
    connection.close()
    return seller.login, code
