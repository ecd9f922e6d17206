"""The second person's pages in Chromium: they fit a phone, axe finds nothing, keys are enough."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page, Route, sync_playwright

from berdaya.catalog.models import CHECKS, Photo
from tests.catalog import files
from tests.catalog.test_photos import add, propose
from tests.look.test_browser import ARGS, HOST, TYPES
from tests.orders.scene import open_shop
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("storage")]
PICTURES = os.environ.get("BERDAYA_PICTURES")
LINKED = re.compile(r'(?:src|href)="(/(?:static|tampilan|desk/listings/photos)/[^"#?]+)"')


@pytest.fixture
def photo(world: World) -> Photo:
    return add(world, files.jpeg(), alt="Selendang tenun ikat di atas meja kayu")


@contextmanager
def opened() -> Iterator[Page]:
    """Only once everything is fetched: it brings a loop of its own."""
    with sync_playwright() as playwright:
        path = os.environ.get("BERDAYA_CHROMIUM", "/usr/bin/chromium")
        chromium = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield chromium.new_page()
        chromium.close()


def fetched(client: Client, url: str) -> dict[str, tuple[bytes, str]]:
    """The page and what it links to, fetched first: a browser's loop may not touch the database."""
    page = client.get(url)
    found = {url: (page.content, page["Content-Type"])}
    for name in set(LINKED.findall(page.content.decode())) | {"/static/look/js/dialog.js"}:
        if name.startswith("/static/"):
            file = Path(finders.find(name.removeprefix("/static/")))
            found[name] = (file.read_bytes(), TYPES.get(file.suffix, "text/css"))
        else:
            answer = client.get(name)
            found[name] = (answer.content, answer["Content-Type"])
    return found


def look(page: Page, found: dict[str, tuple[bytes, str]], url: str, width: int, name: str) -> None:
    def fulfil(route: Route) -> None:
        body, told = found.get(
            route.request.url.removeprefix(HOST).split("?")[0], (b"", "text/css")
        )
        route.fulfill(body=body, content_type=told)

    page.route("**/*", fulfil)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(HOST + url)
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_review_fits_and_can_be_done_by_keys(world: World, photo: Photo) -> None:
    url = f"/desk/listings/photos/{photo.pk}/"
    found = fetched(world.client("head"), url)

    with opened() as page:
        for width in (360, 1280):
            look(page, found, url, width, "review")
        boxes = page.locator("main input[type=checkbox]")
        boxes.first.focus()
        for _box in range(len(CHECKS)):
            page.keyboard.press("Space")
            page.keyboard.press("Tab")
        ticked = [box.is_checked() for box in boxes.all()]
        reached = page.evaluate("document.activeElement.textContent").strip()

    assert ticked == [True] * len(CHECKS)
    assert reached == "Foto aman"


def test_the_approval_page_and_the_list_fit(world: World, photo: Photo) -> None:
    with world.everywhere():
        shop = open_shop(world)
    version = propose(shop, photo)
    pages = {
        "approval": f"/desk/listings/{shop.listing.slug}/versions/{version.number}/",
        "photos": "/desk/listings/photos/",
        "withdrawal": f"/desk/listings/photos/{photo.pk}/withdrawal/",
        "shelf": f"/desk/listings/{shop.listing.slug}/",
    }
    found = {name: fetched(world.client("head"), url) for name, url in pages.items()}

    with opened() as page:
        for name, url in pages.items():
            for width in (360, 1280):
                look(page, found[name], url, width, name)
