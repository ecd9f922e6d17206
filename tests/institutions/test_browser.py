"""Sign-in, Hari Ini, my account and the roll in Chromium: axe, and nothing sticks out."""

import os
import re
from functools import partial
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page, Route, sync_playwright

from berdaya.institutions.actions.accounts import register_bank_account, register_qris
from berdaya.institutions.models import StaffSession
from tests.look.test_browser import ARGS
from tests.world import PASSWORD, SINCE, World

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("db")]

HOST = "http://localhost"
# Where pictures of every page go, to be looked at; nowhere, unless asked.
SHOTS = os.environ.get("BERDAYA_SHOTS", "")
LINKED = re.compile(r'(?:src|href)="(/[^"#?]+\.(?:css|js|svg))"')
TYPES = {".js": "text/javascript", ".svg": "image/svg+xml"}
PAGES = [("/", None), ("/masuk/", None)] + [
    (path, name) for name in ("officer", "regional") for path in ("/desk/", "/desk/akun/")
]
PAGES += [("/masuk/undangan/", None), ("/akun/faktor/aplikasi/", "officer")]
PAGES += [("/desk/wbp/", "officer"), ("/desk/wbp/baru/", "officer")]
PAGES += [
    (f"/desk/{path}/", name)
    for name, paths in (
        ("regional", "staff parties bank-accounts qris numberings work-limits"),
        ("head", "parties/new parties/KOP-LP-ATB parties/KOP-LP-ATB/regimes numberings/SIKB"),
        ("cooperative", "bank-accounts/new qris/new"),
        ("administrator", "staff/new pcs"),
        ("head", "pcs/new"),
        ("national", "work-limits/new"),
        ("regional", "letters letters/new"),
        ("auditor", "akun"),
        ("counsellor", "wbp"),
        ("bapas_head", "caseloads caseloads/assignment"),
    )
    for path in paths.split()
]
PAGES += [
    ("/desk/", "counsellor"),
    ("/desk/", "auditor"),
    ("/desk/permissions/?ability=payout.approve", "head"),
    ("/desk/permissions/?ability=payout.approve", "officer"),
    ("/desk/staff/", "seller"),
]


def answers_for(
    client: Client, path: str, posted: dict[str, str] | None = None
) -> dict[str, dict[str, object]]:
    """The page and what it links to, fetched first: a browser's loop asks no database."""
    page = client.get(path) if posted is None else client.post(path, posted)
    found = {path: _as_answer(page)}
    for name in set(LINKED.findall(page.content.decode())):
        if name.startswith("/static/"):
            file = Path(finders.find(name.removeprefix("/static/")))
            found[name] = {"body": file.read_bytes(), "content_type": TYPES[file.suffix]}
        else:
            found[name] = _as_answer(client.get(name))
    return found


def _as_answer(response: object) -> dict[str, object]:
    return {
        "status": response.status_code,
        "body": response.content,
        "headers": {"Content-Type": response["Content-Type"]},
    }


def _fulfil(route: Route, answers: dict[str, dict[str, object]]) -> None:
    known = answers.get(route.request.url.removeprefix(HOST))
    route.fulfill(**known) if known else route.fulfill(status=204)


def troubles_of(page: Page, path: str, who: str = "") -> list[str]:
    """What axe finds on the page, and what sticks out sideways at either width.

    Widths and languages share their markup: axe looks at the narrow page in Indonesian, at each
    when pictures are kept.
    """
    found = []
    page.goto(HOST + path)
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        if SHOTS:
            name = path.partition("?")[0].strip("/").replace("/", "-") or "front"
            page.screenshot(path=f"{SHOTS}/{name}-{who}-{width}.png", full_page=True)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{path} {width}: wider than the screen")
        if (width > 360 or path.startswith("/en/")) and not SHOTS:
            continue
        for one in Axe().run(page).response["violations"]:
            found.append(f"{path} {width}: {one['id']} {one['nodes'][0]['html'][:80]}")
    return found


def troubles_of_all(fetched: list[tuple[str, dict[str, dict[str, object]], str]]) -> list[str]:
    """Every page in a browser of its own."""
    troubles = []
    with sync_playwright() as playwright:
        program = os.environ.get("BERDAYA_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=program, args=ARGS)
        for path, answers, who in fetched:
            page = browser.new_page()
            page.route("**/*", partial(_fulfil, answers=answers))
            troubles += troubles_of(page, path, who)
            page.close()
        browser.close()
    return troubles


def register(world: World) -> list[tuple[str, str]]:
    """An account that waits, and the pages of it, of its QRIS and of a member of staff."""
    owner = world.parties["coop_atb"]
    with world.acting("cooperative") as scope:
        account = register_bank_account(
            by=scope.actor, owner=owner, bank="Bank Contoh", number="0001",
            holder_name=owner.name, valid_from=SINCE,
        )  # fmt: skip
        merchant = register_qris(
            by=scope.actor, owner=owner, nmid="ID0000000000001", merchant_name="KOPERASI",
            valid_from=SINCE,
        )  # fmt: skip
    person = f"/desk/staff/{world.staff['officer'].pk}/"
    return [
        (f"/desk/bank-accounts/{account.pk}/", "head"),
        (f"/desk/qris/{merchant.pk}/", "head"),
        (f"/desk/qris/{merchant.pk}/", "cooperative"),
        (f"/desk/qris/{merchant.pk}/ending/", "cooperative"),
        (person, "regional"),
        (f"{person}appointments/", "administrator"),
    ]


def letting_in(world: World) -> list[tuple[str, dict[str, dict[str, object]]]]:
    """What only a form leads to: asked again, an invitation, recovery codes, a locked screen."""
    officer = f"/desk/staff/{world.staff['officer'].pk}/"
    world.give_card("head")
    world.give_card("officer")
    head, locked, first = world.client("head"), world.client("seller"), Client()
    StaffSession.objects.filter(staff=world.staff["head"]).update(proved_at=None)
    locked.post("/masuk/kunci/")
    first.post("/masuk/", {"login": "receipts", "password": PASSWORD})
    waiting = Client()
    waiting.post("/masuk/", {"login": "officer", "password": PASSWORD})
    return [
        (f"{officer}card/", answers_for(head, f"{officer}card/", {})),
        (
            f"{officer}invitation/",
            answers_for(world.client("regional"), f"{officer}invitation/", {}),
        ),
        ("/akun/faktor/pemulihan/", answers_for(world.client(), "/akun/faktor/pemulihan/", {})),
        ("/masuk/ganti/", answers_for(locked, "/masuk/ganti/")),
        ("/akun/faktor/", answers_for(first, "/akun/faktor/")),
        ("/masuk/faktor/", answers_for(waiting, "/masuk/faktor/")),
    ]


def test_ways_in_are_accessible_and_fit(world: World) -> None:
    fetched = [(path, answers, "") for path, answers in letting_in(world)]
    assert [answers[path]["status"] for path, answers, _who in fetched] == [403, *[200] * 5]

    assert troubles_of_all(fetched) == []


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_pages_are_accessible_and_fit(world: World, prefix: str) -> None:
    pages = PAGES + register(world)
    clients = {name: world.client(name) if name else Client() for _path, name in pages}
    fetched = [
        (prefix + path, answers_for(clients[name], prefix + path), name or "")
        for path, name in pages
    ]
    # 403: the page of a refusal, which leads to the one that explains it.
    assert {answers[path]["status"] for path, answers, _who in fetched} == {200, 403}

    assert troubles_of_all(fetched) == []
