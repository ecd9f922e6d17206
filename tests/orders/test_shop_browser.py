"""A buyer with a keyboard only, on a narrow phone, with and without script, in both languages."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from berdaya.catalog.models import Listing
from berdaya.orders.models import Order, OrderState
from tests.browser.desk import PICTURES, WIDTHS, served, started
from tests.orders.buyer import TYPED, more_regions, open_second
from tests.orders.scene import Shop, open_shop
from tests.world import make_world

pytestmark = pytest.mark.browser
PLACE = {"province": "NTT", "regency": "Belu", "region": "Kota Rekaan"}
MOST_TABS = 80


@pytest.fixture
def shop(real_db: str) -> Shop:
    world = make_world()
    with world.everywhere():
        more_regions()
        return open_shop(world)


@pytest.fixture
def second(shop: Shop) -> Listing:
    with shop.scene.world.everywhere():
        return open_second(shop)


class Shopper:
    """A buyer's browser at 360 px that touches nothing but keys; `troubles` are all it ran into."""

    def __init__(self, browser: Browser, host: str, root: str = "", *, script: bool = True) -> None:
        self.host, self.root, self.script, self.troubles = host, root, script, []
        self.context = browser.new_context(
            viewport={"width": 360, "height": 740}, java_script_enabled=script
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", self._hear)

    def _hear(self, message: object) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.troubles.append(message.text)

    def put(self, listing: Listing, qty: int = 1) -> None:
        """As the product's page does."""
        self.context.request.post(
            f"{self.host}{self.root}/keranjang/isi/",
            form={"listing": listing.slug, "qty": str(qty)},
            headers={"Origin": self.host},
        )

    def open(self, path: str, name: str) -> None:
        self.page.goto(f"{self.host}{self.root}{path}")
        self.look(name)

    def tab_to(self, what: str) -> None:
        """Press Tab until the focus is on it; it must be reachable and its focus visible."""
        wanted = self.page.locator(f"main {what}").first
        for _press in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if wanted.evaluate("one => one === document.activeElement"):
                outline = wanted.evaluate("one => getComputedStyle(one).outlineStyle")
                assert outline != "none", f"{what}: no visible focus"
                return
        raise AssertionError(f"{what} is not reached by Tab")

    def type(self, name: str, text: str) -> None:
        self.tab_to(f"[name={name}]")
        self.page.keyboard.type(text)

    def choose(self, name: str, label: str) -> None:
        """Letters choose in a list."""
        self.tab_to(f"[name={name}]")
        if self.script:
            with self.page.expect_response("**/keranjang/wilayah/**"):
                self.page.keyboard.type(label)
                self.page.keyboard.press("Tab")
            self.page.locator(f"[name={name}] option:checked", has_text=label).wait_for(
                state="attached"
            )
            self.page.locator(f"[name={name}]").focus()
        else:
            self.page.keyboard.type(label)
            self.press("[name=langkah]")

    def press(self, what: str, key: str = "Enter") -> None:
        """Go on to the page behind a button or a link."""
        self.tab_to(what)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def look(self, name: str) -> None:
        """Nothing sticks out at both widths, and axe finds nothing."""
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 740})
            if self.page.evaluate("document.documentElement.scrollWidth") > width:
                self.troubles.append(f"{name} {width}: wider than the screen")
            # Widths share their markup.
            is_looked_at = self.script and (PICTURES or width == min(WIDTHS))
            for one in Axe().run(self.page).response["violations"] if is_looked_at else ():
                html = one["nodes"][0]["html"][:160]
                self.troubles.append(f"{name} {width}: {one['id']} {html}")
            if PICTURES:
                kind = f"{self.root.strip('/') or 'id'}-{'js' if self.script else 'plain'}"
                file = Path(PICTURES) / f"shop-{kind}-{name}-{width}.png"
                self.page.screenshot(path=file, full_page=True)
        self.page.set_viewport_size({"width": 360, "height": 740})


def bought(shop: Shop) -> list[tuple[str, str, int]]:
    with shop.scene.world.everywhere():
        rows = Order.objects.order_by("code").values_list("state", "method", "contact__region_id")
        return list(rows)


@pytest.mark.parametrize(("script", "root"), [(True, ""), (False, ""), (True, "/en")])
def test_a_keyboard_is_enough_from_cart_to_paid(shop: Shop, script: bool, root: str) -> None:
    with served() as host, sync_playwright() as playwright:
        buyer = Shopper(started(playwright), host, root, script=script)
        buyer.put(shop.listing, 2)
        buyer.open("/keranjang/", "cart")
        buyer.press("a[href$='/keranjang/pesan/']")
        buyer.look("checkout")
        for name in ("name", "phone", "email"):
            buyer.type(name, TYPED[name])
        for name, label in PLACE.items():
            buyer.choose(name, label)
        for name in ("address", "postcode", "gift_note"):
            buyer.type(name, TYPED[name])
        buyer.tab_to("[name=method]")
        buyer.page.keyboard.press("Space")
        buyer.look("filled")
        buyer.press(".basket-sum button")
        buyer.look("placed")
        buyer.press("form[action$='/klaim/'] button")
        buyer.look("claimed")

    assert buyer.troubles == []
    assert bought(shop) == [(OrderState.CLAIMED, "qris", TYPED["region"])]


def test_what_is_wrong_and_what_changed_is_seen(shop: Shop, second: Listing) -> None:
    with served() as host, sync_playwright() as playwright:
        for root in ("", "/en"):
            buyer = Shopper(started(playwright), host, root)
            buyer.open("/keranjang/", "empty")
            buyer.put(shop.listing, 2)
            buyer.put(second, 9)
            buyer.open("/keranjang/", "changed")
            buyer.press("[value='ubah'].button:not(.second)")
            buyer.press("a[href$='/keranjang/pesan/']")
            buyer.press(".basket-sum button")
            buyer.look("errors")

            focused = buyer.page.evaluate("document.activeElement.className")
            assert buyer.troubles == []
            assert focused == "form-errors"
