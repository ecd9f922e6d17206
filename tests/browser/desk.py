"""A live desk over a database of its own, and a browser that checks every page it is shown."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Locator, Page, Playwright, Response

from tests.look.test_browser import ARGS
from tests.world import PASSWORD, codes_of

WIDTHS = (1280, 360)
# Where pictures of the walk are kept to be looked at; none are made without it.
PICTURES = os.environ.get("BERDAYA_PICTURES")


@contextmanager
def served() -> Iterator[str]:
    """The program behind a port of this machine, in a thread with connections of its own."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait(timeout=20)
    if server.error:
        raise server.error
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.terminate()


def started(playwright: Playwright) -> Browser:
    """Chromium as the machine has it."""
    path = os.environ.get("BERDAYA_CHROMIUM", "/usr/bin/chromium")
    return playwright.chromium.launch(executable_path=path, args=ARGS)


class Seat:
    """A browser at which somebody works; `troubles` are all that was run into."""

    def __init__(self, browser: Browser, host: str, login: str, width: int = 1280) -> None:
        self.host, self.width, self.troubles = host, width, []
        self.seen = 0
        self.login = login
        self.page: Page = browser.new_context(
            viewport={"width": width, "height": 800}, locale="id-ID", reduced_motion="reduce"
        ).new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))

    def goto(self, path: str, name: str) -> None:
        """Open an address of the desk and look at it."""
        self.page.goto(self.host + path)
        self.look(name)

    def follow(self, words: str, name: str) -> None:
        """Click the link or button that says so, and look at where it leads."""
        self.open(self.page.locator("main").get_by_text(words, exact=True).last, name)

    def open(self, target: Locator, name: str) -> None:
        """Click something that leads to another page, and look at that."""
        with self.page.expect_navigation():
            target.click()
        self.look(name)

    def send(self, name: str, **values: str) -> None:
        """Fill the page's form, send it, and look at the answer; a select takes its label."""
        form = self.page.locator("main form:has(.form-actions)")
        for key, value in values.items():
            box = form.locator(f"[name={key}]")
            if box.evaluate("one => one.tagName") == "SELECT":
                box.select_option(label=value)
            else:
                box.fill(value)
        with self.page.expect_navigation():
            form.locator(".form-actions [type=submit]").click()
        self.look(name)

    def look(self, name: str) -> None:
        """Check the page: nothing sticks out sideways at either width, and axe.

        The two widths share their markup: axe looks at the narrow one, at both when pictures are
        kept.
        """
        self.seen += 1
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 800})
            if self.page.evaluate("document.documentElement.scrollWidth") > width:
                self.troubles.append(f"{name} {width}: wider than the screen")
            if width > min(WIDTHS) and not PICTURES:
                continue
            for one in Axe().run(self.page).response["violations"]:
                html = one["nodes"][0]["html"][:120]
                self.troubles.append(f"{name} {width}: {one['id']} {html}")
            if PICTURES:
                file = Path(PICTURES) / f"{self.login}-{self.seen:02}-{name}-{width}.png"
                self.page.screenshot(path=file, full_page=True)
        self.page.set_viewport_size({"width": self.width, "height": 800})

    def code(self) -> str:
        """The code at the end of the address."""
        return self.page.url.rstrip("/").rsplit("/", 1)[1]

    def paper(self, path: str) -> bytes:
        """What a print address answers."""
        return self._body(self.page.request.get(self.host + path), path)

    def printed(self, action: str) -> bytes:
        """What the button of a print form answers."""
        token = self.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
        answer = self.page.request.post(
            self.host + action,
            form={"csrfmiddlewaretoken": token},
            headers={"Referer": self.page.url},
        )
        return self._body(answer, action)

    def _body(self, answer: Response, path: str) -> bytes:
        body = answer.body()
        if PICTURES:
            name = path.strip("/").replace("/", "-").replace("?paper=", "-")
            (Path(PICTURES) / f"{name}.pdf").write_bytes(body)
        return body


class Desk(Seat):
    """A seat with somebody signed in through the pages, with the first code of their card.

    The pages on the way in are looked at in tests/institutions/test_browser.py.
    """

    def __init__(self, browser: Browser, host: str, login: str, width: int = 1280) -> None:
        super().__init__(browser, host, login, width)
        self.page.goto(f"{host}/masuk/")
        self.page.fill("[name=login]", login)
        self.page.fill("[name=password]", PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/masuk/faktor/")
        self.page.fill("[name=proof_typed]", codes_of(login)[0])
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/desk/**")
        self.look("hari-ini")
