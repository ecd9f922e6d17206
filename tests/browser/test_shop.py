"""The shop's thread in Chromium: from the front page to a line on a maker's slip, and back."""

import re
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, sync_playwright

from berdaya.core import clock
from berdaya.orders.models import Order, OrderState
from tests.browser.desk import Desk, served, started
from tests.orders.scene import Shop, open_shop
from tests.orders.test_shop_browser import Shopper
from tests.world import make_world

pytestmark = pytest.mark.browser


@pytest.fixture
def shop(real_db: str) -> Shop:
    world = make_world()
    for name in ("receipts", "officer"):
        world.give_card(name)
    with world.everywhere():
        return open_shop(world)


def buy(buyer: Shopper) -> tuple[str, str]:
    """On a phone, from the front page to "Saya sudah bayar"; the order's code, and its amount."""
    page = buyer.page
    buyer.open("/", "home")
    page.locator("header [name=q]").fill("slendang")
    with page.expect_navigation():
        page.locator("header [name=q]").press("Enter")
    buyer.look("search")
    go(page, "main a[href*='/produk/selendang']")
    buyer.look("product")
    page.locator("[name=qty]").fill("2")
    go(page, "form.put button")
    buyer.look("cart")
    go(page, "a[href$='/keranjang/pesan/']")
    page.locator("[name=name]").fill("Pembeli Rekaan")
    page.locator("[name=phone]").fill("0812 0000 0001")
    page.locator("main [value=ambil]").check()
    page.locator("[name=method][value=qris]").check()
    buyer.look("checkout")
    go(page, ".basket-sum button")
    buyer.look("order")
    code = page.locator("main section.order").get_attribute("id") or ""
    amount = re.search(r"Rp([\d.]+)", page.locator(".pay-amount").first.inner_text())
    go(page, "form[action$='/klaim/'] button")
    buyer.look("claimed")
    return code, amount[1] if amount else ""


def go(page: Page, what: str) -> None:
    with page.expect_navigation():
        page.locator(what).first.click()


def match(treasurer: Desk, code: str, amount: str) -> None:
    """The treasurer finds it on Hari Ini and books what the statement says."""
    assert code in treasurer.page.inner_text("main")
    treasurer.goto(f"/desk/orders/{code}/", "pesanan")
    treasurer.follow("Uangnya masuk", "uang-masuk")
    assert treasurer.page.input_value("[name=amount_rp]") == amount
    treasurer.send("lunas", reference="QR-77001")


def fulfil(officer: Desk, code: str) -> None:
    """The officer packs what was held and hands it over at the counter."""
    officer.goto(f"/desk/orders/{code}/", "lunas")
    assert officer.paper(f"/desk/orders/{code}/picklist/")[:4] == b"%PDF"
    officer.follow("Kemas", "kemas")
    officer.follow("Sudah dikemas", "dikemas")
    officer.goto(f"/desk/orders/{code}/", "siap-diserahkan")
    officer.follow("Serahkan barang", "serahkan")
    officer.send("diserahkan")


def slip_of(officer: Desk, today: date) -> str:
    officer.goto("/desk/slips/new/", "slip-baru")
    officer.send("slip-daftar", month=str(today))
    officer.open(officer.page.locator("tbody th a").first, "slip")
    return officer.code()


@pytest.mark.parametrize("script", [True, False])
def test_what_a_buyer_pays_reaches_a_slip(shop: Shop, script: bool) -> None:
    world, today = shop.scene.world, clock.today()

    with served() as host, sync_playwright() as playwright:
        browser = started(playwright)
        buyer = Shopper(browser, host, script=script)
        code, amount = buy(buyer)
        treasurer, officer = (Desk(browser, host, name) for name in ("receipts", "officer"))
        match(treasurer, code, amount)
        fulfil(officer, code)
        buyer.page.reload()
        buyer.look("fetched")
        told = buyer.page.inner_text("main")
        slip = slip_of(officer, today)
        line = officer.page.inner_text("main")
        troubles = buyer.troubles + treasurer.troubles + officer.troubles

    traced = StringIO()
    call_command("trace", slip, stdout=traced)
    books = StringIO()
    call_command("check_books", stdout=books)
    with world.everywhere():
        state = Order.objects.get(code=code).state
    assert troubles == []
    assert state == OrderState.COMPLETED
    assert "Selesai" in told
    assert "Selendang" in line
    assert code in traced.getvalue()
    assert "Pembeli Rekaan" not in line + traced.getvalue()
    assert "agree" in books.getvalue()
