"""The shop in Chromium: light, accessible, the same without script, nothing sideways."""

import gzip
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, sync_playwright

from tests.browser.desk import PICTURES, WIDTHS, served, started
from tests.catalog.shelf import fill_shelf
from tests.orders.scene import Shop, open_shop
from tests.world import make_world

pytestmark = pytest.mark.browser
FIRST_VISIT = 100_000


@dataclass
class Site:
    """The shop behind a port, and the browser that looks at it."""

    host: str
    shop: Shop
    browser: Browser

    def paths(self) -> dict[str, str]:
        """Name and address of every kind of public page."""
        slug, code = self.shop.listing.slug, self.shop.scene.lot.public_code
        return {
            "home": "/",
            "produk": "/produk/",
            "cari": "/produk/?q=slendang",
            "saring": "/produk/?kategori=soap_oil&siap=pesan",
            "kosong": "/produk/?q=zzzqqq",
            "barang": f"/produk/{slug}/",
            "unit": "/unit/LP-ATB/",
            "asal": f"/asal/{code}",
            "periksa": "/asal",
            "tak-dikenal": "/asal/7K2QM4XTRH9CDFW",
        }


@pytest.fixture
def site(real_db: str) -> Iterator[Site]:
    world = make_world()
    with world.everywhere():
        shop = open_shop(world)
        fill_shelf(world, 40)
        fill_shelf(world, 5, world.atb)
    with served() as host, sync_playwright() as playwright:
        browser = started(playwright)
        yield Site(host, shop, browser)
        browser.close()


def shoot(page: Page, name: str) -> None:
    if PICTURES:
        os.makedirs(PICTURES, exist_ok=True)
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def see_all(page: Page) -> None:
    """Scroll to the end, so that what loads late has loaded."""
    page.evaluate("document.querySelectorAll('img').forEach((one) => (one.loading = 'eager'))")
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_public_pages_are_accessible_and_fit(site: Site, prefix: str) -> None:
    page = site.browser.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda one: troubles.append(one.text) if "404" not in one.text else None)

    for name, path in site.paths().items():
        page.goto(site.host + prefix + path)
        see_all(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                troubles.append(f"{name} {width}: wider than the screen")
            # Widths and languages share their markup.
            is_looked_at = PICTURES or (width == min(WIDTHS) and not prefix)
            for one in Axe().run(page).response["violations"] if is_looked_at else ():
                troubles.append(f"{name} {width}: {one['id']} {one['nodes'][0]['html'][:140]}")
            shoot(page, f"{name}{prefix.replace('/', '-')}-{width}")

    assert troubles == []


def test_first_visit_weighs_at_most_100_kb(site: Site) -> None:
    told: dict[str, int] = {}
    for name in ("home", "produk", "barang"):
        page = site.browser.new_context().new_page()
        came: list[Response] = []
        page.on("response", lambda one, came=came: came.append(one))
        page.goto(site.host + site.paths()[name])
        see_all(page)
        bodies = [one.body() for one in came if "/foto/" not in one.url]
        told[name] = sum(len(gzip.compress(body, 6)) for body in bodies)

    print(told)
    assert max(told.values()) <= FIRST_VISIT, told


def test_shop_works_without_script(site: Site) -> None:
    page = site.browser.new_context(java_script_enabled=False).new_page()
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto(site.host + "/")

    page.fill("#cari", "selendang")
    page.keyboard.press("Enter")
    page.wait_for_url("**/produk/?q=selendang")
    page.locator(".shelf a").first.click()
    page.wait_for_url("**/produk/selendang-*/")

    assert page.locator("h1").inner_text() == "Selendang tenun ikat"


def test_filters_open_and_narrow_without_script(site: Site) -> None:
    page = site.browser.new_context(java_script_enabled=False).new_page()
    page.goto(site.host + "/produk/")

    page.locator("summary", has_text="Kategori").click()
    page.locator(".facet[open] a", has_text="Sabun dan minyak").click()
    page.wait_for_url("**/produk/?kategori=soap_oil")

    assert page.locator(".shelf > a").count() == 18
    assert page.locator("[role=status]").inner_text() == "18 barang"
