"""A morning at the unit's PC in Chromium: PIN, lock, a colleague's turn, the draft, and keys."""

import time
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, sync_playwright

from berdaya.core import clock
from berdaya.institutions.actions.staff import appoint
from berdaya.institutions.pc_cookie import NAME, PATHS
from berdaya.people.models import Participant
from berdaya.workshop.models import Workshop
from tests.browser.desk import Seat, served, started
from tests.institutions.entrance import PIN, at_pc, give_pin, make_pc, signed_in_fully
from tests.workshop.scene import give_papers
from tests.world import PASSWORD, SINCE, World, make_world

pytestmark = pytest.mark.browser


@dataclass
class Unit:
    """A unit's PC at which two officers signed in fully this morning, both with a PIN."""

    world: World
    cookie: str
    sheet: str


@pytest.fixture
def unit(real_db: str) -> Unit:
    world = make_world()
    today = clock.today(world.atb.timezone)
    with world.everywhere() as scope:
        for name in ("cendana", "lontar"):
            give_papers(Participant.objects.get(pk=world.people[name].pk), world.atb, SINCE)
        shop = Workshop.objects.create(
            facility=world.atb, code="TEN", name="Bengkel tenun", line_of_work="tenun"
        )
        appoint(
            by=scope.actor, staff=world.staff["seller"], role="officer", place=world.atb,
            decree_no="SK-2", decree_on=SINCE, valid_from=SINCE,
        )  # fmt: skip
    pc, cookie = make_pc(world)
    for name in ("officer", "seller"):
        signed_in_fully(world, name, at_pc(cookie))
        give_pin(world, name, pc)
    return Unit(world, cookie, f"/desk/sheets/{shop.pk}/{today}/")


def sit_down(browser: Browser, host: str, unit: Unit) -> Seat:
    """At the PC, nobody signed in yet."""
    seat = Seat(browser, host, "pc")
    seat.page.context.add_cookies(
        [
            {"name": NAME, "value": unit.cookie, "domain": "localhost", "path": path}
            for path in PATHS
        ]  # type: ignore[list-item]
    )
    return seat


def take_turn(seat: Seat, name: str) -> float:
    """Pick a name, type six digits; the seconds until the next page is there to work on."""
    began = time.monotonic()
    seat.page.get_by_label(name).check()
    seat.page.locator("[data-pin]").focus()
    with seat.page.expect_navigation(url=lambda url: "/masuk/" not in url):
        seat.page.keyboard.type(PIN)
    seat.page.wait_for_selector("main h1")
    return time.monotonic() - began


def lock(seat: Seat) -> None:
    """By keyboard, as somebody who walks away."""
    seat.page.keyboard.press("Alt+KeyL")
    seat.page.wait_for_url("**/masuk/ganti/**")


def hours(seat: Seat) -> str:
    return seat.page.locator("[name=jam-0]").input_value()


def test_morning_at_the_shared_pc(unit: Unit) -> None:
    with served() as address, sync_playwright() as playwright:
        seat = sit_down(started(playwright), address.replace("127.0.0.1", "localhost"), unit)
        seat.goto("/masuk/", "masuk")
        seat.open(seat.page.get_by_text("Sudah masuk hari ini? Pakai PIN"), "siapa")
        first = take_turn(seat, "Officer Contoh")
        seat.goto(unit.sheet, "lembar")
        seat.page.fill("[name=jam-0]", "5,5")
        lock(seat)
        seat.look("terkunci")
        locked = seat.page.inner_text("body")
        seat.page.goto(seat.host + unit.sheet)
        behind = seat.page.url
        second = take_turn(seat, "Seller Contoh")
        seat.goto(unit.sheet, "giliran-lain")
        theirs = (hours(seat), seat.page.locator(".draft-note").is_visible())
        lock(seat)
        third = take_turn(seat, "Officer Contoh")
        seat.goto(unit.sheet, "kembali")
        seat.page.get_by_role("button", name="Pulihkan").click()
        mine = hours(seat)

    print(f"turns: {first:.2f} {second:.2f} {third:.2f} s")
    assert seat.troubles == []
    assert "Cendana" not in locked
    assert "/masuk/ganti/" in behind
    assert theirs == ("", False)
    assert mine == "5,5"
    assert max(first, second, third) < 5


def test_keyboard_alone_changes_the_person(unit: Unit) -> None:
    with served() as address, sync_playwright() as playwright:
        seat = sit_down(started(playwright), address.replace("127.0.0.1", "localhost"), unit)
        seat.page.goto(f"{seat.host}/masuk/ganti/")
        take_turn(seat, "Officer Contoh")
        seat.page.keyboard.press("Alt+KeyL")
        seat.page.wait_for_url("**/masuk/ganti/**")
        # The PIN's box has the focus; the names stand before it.
        seat.page.keyboard.press("Shift+Tab")
        seat.page.keyboard.press("ArrowDown")
        seat.page.keyboard.press("Tab")
        with seat.page.expect_navigation(url=lambda url: "/masuk/" not in url):
            seat.page.keyboard.type(PIN)
        seat.goto("/desk/akun/", "akun")
        words = seat.page.inner_text("main")

    assert seat.troubles == []
    assert "Seller Contoh" in words
    assert "Bengkel" in words


def plug_in(seat: Seat) -> None:
    """A hardware key that is touched at once."""
    told = seat.page.context.new_cdp_session(seat.page)
    told.send("WebAuthn.enable")
    told.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "usb", "hasResidentKey": False,
                "hasUserVerification": False, "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip


def test_key_is_added_and_opens_pc_and_sign_in(unit: Unit) -> None:
    with served() as address, sync_playwright() as playwright:
        seat = sit_down(started(playwright), address.replace("127.0.0.1", "localhost"), unit)
        page = seat.page
        plug_in(seat)
        page.goto(f"{seat.host}/masuk/ganti/")
        take_turn(seat, "Officer Contoh")
        seat.goto("/akun/faktor/", "faktor-saya")
        seat.goto("/akun/faktor/aplikasi/", "aplikasi")
        seat.goto("/akun/pin/", "pin")
        seat.goto("/akun/faktor/kunci/", "kunci-baru")
        seat.open(page.get_by_role("button", name="Sentuh kunci"), "akun")
        lock(seat)
        page.get_by_label("Officer Contoh").check()
        seat.look("dengan-kunci")
        with page.expect_navigation(url=lambda url: "/masuk/" not in url):
            page.get_by_role("button", name="Pakai kunci").click()
        seat.goto("/desk/akun/", "akun-lagi")
        by_key = page.inner_text("main")
        page.locator("button:visible", has_text="Keluar").click()
        page.fill("[name=login]", "officer")
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/masuk/faktor/")
        seat.look("dua-cara")
        with page.expect_navigation(url="**/desk/"):
            page.get_by_role("button", name="Sentuh kunci").click()

    assert seat.troubles == []
    assert "Bengkel · kunci" in by_key
