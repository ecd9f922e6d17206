"""Open data in Chromium: the page fits and is accessible; a chart stands on another site."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from berdaya.institutions.demo import mark
from tests.browser.desk import WIDTHS, served, started
from tests.web.small_world import build, tell_all
from tests.web.test_browser import shoot
from tests.world import TODAY, make_world

pytestmark = pytest.mark.browser
PATHS = {"terbuka": "/data-terbuka/", "sematan": "/data-terbuka/sematan/rupiah/"}


@dataclass
class Site:
    """The program behind a port, and a browser."""

    host: str
    browser: Browser


@pytest.fixture
def site(real_db: str) -> Iterator[Site]:
    small = build(make_world())
    tell_all(small)
    with small.world.everywhere():
        mark(TODAY)
    with served() as host, sync_playwright() as playwright:
        browser = started(playwright)
        yield Site(host, browser)
        browser.close()


@contextmanager
def another_site(page: str) -> Iterator[str]:
    """A page of somebody else, behind another port: another origin."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_open_data_fit_and_are_accessible(site: Site, prefix: str) -> None:
    page = site.browser.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda one: troubles.append(one.text))

    for name, path in PATHS.items():
        page.goto(site.host + prefix + path)
        for one in page.locator("details").all():
            one.evaluate("one => (one.open = true)")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                troubles.append(f"{name} {width}: wider than the screen")
            for one in Axe().run(page).response["violations"]:
                troubles.append(f"{name} {width}: {one['id']} {one['nodes'][0]['html'][:140]}")
            shoot(page, f"{name}{prefix.replace('/', '-')}-{width}")

    assert troubles == []


def test_embed_is_readable_in_the_dark(site: Site) -> None:
    page = site.browser.new_page(color_scheme="dark")
    page.goto(site.host + PATHS["sematan"])

    violations = Axe().run(page).response["violations"]

    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(27, 24, 20)"
    assert [one["id"] for one in violations] == []
    shoot(page, "sematan-gelap")


def test_the_snippet_shows_the_chart_on_another_site_without_script(site: Site) -> None:
    page = site.browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site.host}/data-terbuka/")
    page.locator("summary", has_text="Pasang di situs Anda").first.click()
    snippet = page.locator("#sematan-rupiah").input_value()
    # The address told is the public one; here the program answers behind another.
    address = snippet.partition('src="')[2].partition('"')[0]
    framed = snippet.replace(address, site.host + address[address.index("/data-terbuka/") :])

    with another_site(f"<!doctype html><title>Koran</title>{framed}") as other:
        page.goto(other)
        frame = page.frame_locator("iframe")
        heading = frame.locator("h1").inner_text()
        drawn = frame.locator(".sheet svg:visible").count()
        source = frame.locator("a").get_attribute("href") or ""
        shoot(page, "koran")

    assert heading == "Rupiah dari barang buatan warga binaan, per bulan"
    assert drawn == 1
    assert source.endswith("/data-terbuka/")


@pytest.mark.parametrize("path", ["/data-terbuka/", "/", "/masuk/"])
def test_no_other_page_may_stand_in_a_foreign_frame(site: Site, path: str) -> None:
    page = site.browser.new_page()
    with another_site(f'<!doctype html><iframe src="{site.host}{path}"></iframe>') as other:
        page.goto(other)
        page.wait_for_load_state("networkidle")
        words = page.frames[1].locator("main").count()

    assert words == 0


def test_programs_of_another_site_read_data_and_nothing_else(site: Site) -> None:
    page = site.browser.new_page()
    asked = "(url) => fetch(url).then((one) => one.text(), (error) => 'refused')"
    with another_site("<!doctype html><title>Koran</title>") as other:
        page.goto(other)
        text = page.evaluate(asked, f"{site.host}/data-terbuka/penjualan.csv")
        index = page.evaluate(asked, f"{site.host}/data-terbuka/katalog.json")
        closed = page.evaluate(asked, f"{site.host}/data-terbuka/")

    assert text.startswith("bulan,kode_provinsi")
    assert "dcat:Catalog" in index
    assert closed == "refused"
