"""The components page in Chromium: axe, no sideways scrolling, policy kept, dialog, draft."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page, Route, sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("db")]

HOST = "http://localhost"
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# Half-way between two colours a button has a contrast that nobody reads.
ARGS += ["--force-prefers-reduced-motion"]
TYPES = {".js": "text/javascript", ".svg": "image/svg+xml"}


def answers_for(url: str) -> dict[str, dict[str, object]]:
    """The page and all it links to, fetched first: a browser's loop may not touch the database."""
    response = Client().get(url)
    answers = {url: _answer(response)}
    names = set(re.findall(r'(?:src|href)="(/[^"#?]+\.(?:css|js|svg))"', response.content.decode()))
    names.add("/static/look/js/dialog.js")
    for name in names:
        if name.startswith("/static/"):
            file = Path(finders.find(name.removeprefix("/static/")))
            answers[name] = {"body": file.read_bytes(), "content_type": TYPES[file.suffix]}
        else:
            answers[name] = _answer(Client().get(name))
    return answers


def _answer(response: object) -> dict[str, object]:
    return {
        "status": response.status_code,
        "headers": {
            "Content-Type": response["Content-Type"],
            "Content-Security-Policy": response.get("Content-Security-Policy", ""),
        },
        "body": response.content,
    }


@pytest.fixture(params=["/desk/komponen/", "/en/desk/komponen/"])
def answers(request) -> dict[str, dict[str, object]]:
    return answers_for(request.param)


@pytest.fixture
def page(answers) -> Iterator[Page]:
    with sync_playwright() as playwright:
        path = os.environ.get("BERDAYA_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        page = browser.new_page()
        page.route("**/*", lambda route: _fulfil(route, answers))
        yield page
        browser.close()


def _fulfil(route: Route, answers: dict[str, dict[str, object]]) -> None:
    path = route.request.url.removeprefix(HOST).split("?")[0]
    route.fulfill(**answers.get(path, {"status": 204}))


@pytest.mark.parametrize("width", [360, 1280])
def test_components_are_accessible_and_fit(page, answers, width):
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(HOST + next(iter(answers)))

    violations = Axe().run(page).response["violations"]

    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert troubles == []


def test_dialog_opens_and_draft_comes_back(page, answers):
    page.goto(HOST + next(iter(answers)))
    page.click("[data-dialog=tarik]")
    opened = page.locator("#tarik").is_visible()
    page.keyboard.press("Escape")
    note = page.locator("form[data-draft] textarea")
    note.fill("belum terkirim")
    page.wait_for_timeout(600)

    page.reload()
    page.click("[data-restore]")

    assert opened
    assert note.input_value() == "belum terkirim"
