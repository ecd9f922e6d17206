"""The sheet in Chromium: twenty people by keyboard alone, limits while typing, axe, both widths."""

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, sync_playwright

from berdaya.core import clock
from berdaya.core.scope import system_scope
from berdaya.institutions.models import Appointment, Staff
from tests.look.test_browser import ARGS, HOST, TYPES, _fulfil
from tests.workshop import scene as scenes
from tests.workshop.test_pages import browser as signed_in

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("db")]
PEOPLE = 20


@pytest.fixture
def answers(db: None) -> dict[str, dict[str, object]]:
    """The sheet's page and its files, fetched first: the browser's loop asks no database."""
    scene = scenes.build(PEOPLE)
    with system_scope("tests", [scene.facility.pk]):
        Appointment.objects.create(
            staff=Staff.objects.get(username="petugas"),
            role="officer",
            facility=scene.facility,
            decree_no="SK-1",
            decree_on=scenes.ARRIVED,
            valid_from=scenes.ARRIVED,
        )
    client, url = signed_in(), f"/desk/sheets/{scene.workshop.pk}/{clock.today()}/"
    response = client.get(url)
    found = {url: {"body": response.content, "content_type": "text/html"}}
    names = re.findall(r'(?:src|href)="(/[^"#?]+\.(?:css|js|svg))"', response.content.decode())
    for name in set(names):
        if name.startswith("/static/"):
            file = Path(finders.find(name.removeprefix("/static/")))
            found[name] = {"body": file.read_bytes(), "content_type": TYPES[file.suffix]}
        else:
            got = client.get(name)
            found[name] = {"body": got.content, "content_type": got["Content-Type"]}
    return found


@pytest.fixture
def page(answers: dict[str, dict[str, object]]) -> Iterator[Page]:
    with sync_playwright() as playwright:
        path = os.environ.get("BERDAYA_CHROMIUM", "/usr/bin/chromium")
        chromium = playwright.chromium.launch(executable_path=path, args=ARGS)
        page = chromium.new_page()
        page.route("**/*", lambda route: _fulfil(route, answers))
        page.goto(HOST + next(iter(answers)))
        yield page
        chromium.close()


def test_twenty_people_are_keyed_by_keyboard_in_under_two_minutes(page: Page) -> None:
    started = time.monotonic()
    page.focus("[name=jam-0]")
    for _ in range(PEOPLE):
        page.keyboard.type("5,5")
        page.keyboard.press("Enter")
    page.focus("[name=potong-0]")
    page.keyboard.type("3")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("4")

    values = [page.input_value(f"[name=jam-{n}]") for n in range(PEOPLE)]
    assert values == ["5,5"] * PEOPLE
    assert page.input_value("[name=potong-1]") == "4"
    assert time.monotonic() - started < 120


def test_limit_is_told_while_typing_and_gone_when_mended(page: Page) -> None:
    page.fill("[name=jam-2]", "9,5")

    row = page.locator("tr[data-person]").nth(2)
    assert "9,5 jam sehari, paling banyak 8" in row.inner_text()
    page.fill("[name=jam-2]", "8")
    assert "paling banyak" not in row.inner_text()
    assert "8 / 40" in row.inner_text()


@pytest.mark.parametrize("width", [360, 1280])
def test_sheet_is_accessible_and_fits(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})

    violations = Axe().run(page).response["violations"]

    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
