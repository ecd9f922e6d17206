"""An officer's morning at the unit's PC: PIN, roll with names, sheet, lock, a colleague's turn."""

import time
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, sync_playwright

from berdaya.core import clock
from berdaya.institutions.actions.staff import appoint
from berdaya.institutions.pc_cookie import NAME, PATHS
from berdaya.people.actions.identity import record_identity
from berdaya.people.actions.participants import register_participant
from berdaya.people.models import Reveal
from berdaya.workshop.models import WorkLog, Workshop
from tests.browser.desk import Seat, served, started
from tests.institutions.entrance import PIN, at_pc, give_pin, make_pc, signed_in_fully
from tests.workshop.scene import give_papers
from tests.world import SINCE, World, make_world

pytestmark = pytest.mark.browser
WEAVERS = 20
FRUITS = (
    *("Sawo", "Duku", "Jambu", "Salak", "Manggis", "Nangka", "Sirsak", "Markisa", "Srikaya"),
    *("Kecapi", "Menteng", "Gandaria", "Matoa", "Rambai", "Ciplukan", "Kesemek", "Lobi"),
    *("Bisbul", "Namnam", "Kupa"),
)


@dataclass
class Unit:
    """Twenty weavers with papers and names, a registered PC, two officers known there today."""

    world: World
    cookie: str
    today: str
    yesterday: str


@pytest.fixture
def unit(real_db: str) -> Unit:
    world = make_world()
    today = clock.today(world.atb.timezone)
    with world.everywhere() as scope:
        shop = Workshop.objects.create(
            facility=world.atb, code="TEN", name="Bengkel tenun", line_of_work="tenun"
        )
        for number, fruit in enumerate(FRUITS):
            person = register_participant(
                by=scope.actor, facility=world.atb, pseudonym=f"Ikat {fruit}",
                work_number=f"T-{number + 1:02}", status="convict", valid_from=SINCE,
            )  # fmt: skip
            give_papers(person, world.atb, SINCE)
            record_identity(
                by=scope.actor, participant=person, facility=world.atb,
                values={"name": f"Contoh {fruit} Raya"},
            )  # fmt: skip
        appoint(
            by=scope.actor, staff=world.staff["seller"], role="officer", place=world.atb,
            decree_no="SK-2", decree_on=SINCE, valid_from=SINCE,
        )  # fmt: skip
    pc, cookie = make_pc(world)
    for name in ("officer", "seller"):
        signed_in_fully(world, name, at_pc(cookie))
        give_pin(world, name, pc)
    days = (f"/desk/sheets/{shop.pk}/{today - timedelta(days=ago)}/" for ago in (0, 1))
    return Unit(world, cookie, *days)


def sit_down(browser: Browser, host: str, unit: Unit) -> Seat:
    seat = Seat(browser, host, "pagi")
    seat.page.context.add_cookies(
        [
            {"name": NAME, "value": unit.cookie, "domain": "localhost", "path": path}
            for path in PATHS
        ]  # type: ignore[list-item]
    )
    return seat


def take_turn(seat: Seat, name: str) -> None:
    seat.page.get_by_label(name).check()
    seat.page.locator("[data-pin]").focus()
    with seat.page.expect_navigation(url=lambda url: "/masuk/" not in url):
        seat.page.keyboard.type(PIN)
    seat.page.wait_for_selector("main h1")


def call_the_roll(seat: Seat) -> None:
    """Names come beside the numbers; twenty rows by keyboard alone, Enter goes down."""
    page = seat.page
    page.get_by_role("button", name="Buka nama").click()
    page.get_by_text("Contoh Sawo Raya").wait_for()
    page.locator("[name=tanda-0]").focus()
    for _row in range(WEAVERS):
        page.keyboard.type("H")
        page.keyboard.press("Enter")
    page.locator("[name=jam-0]").focus()
    for _row in range(WEAVERS):
        page.keyboard.type("6,5")
        page.keyboard.press("Enter")


def walk(seat: Seat, sheet: str, *, looks: bool) -> None:
    """The whole morning; with `looks` every page is also checked and pictured."""
    page, look = seat.page, seat.look if looks else lambda name: None
    page.goto(f"{seat.host}/masuk/ganti/")
    look("siapa")
    take_turn(seat, "Officer Contoh")
    look("hari-ini")
    page.goto(seat.host + sheet)
    call_the_roll(seat)
    look("lembar-bernama")
    with page.expect_navigation():
        page.get_by_role("button", name="Simpan daftar hadir").click()
    look("tersimpan")
    page.keyboard.press("Alt+KeyL")
    page.wait_for_url("**/masuk/ganti/**")
    look("terkunci")
    take_turn(seat, "Seller Contoh")
    page.goto(seat.host + sheet)
    look("giliran-rekan")


def test_morning_takes_less_than_three_minutes(unit: Unit) -> None:
    with served() as address, sync_playwright() as playwright:
        seat = sit_down(started(playwright), address.replace("127.0.0.1", "localhost"), unit)
        began = time.monotonic()
        walk(seat, unit.today, looks=False)
        took = time.monotonic() - began
        words = seat.page.content()
        hours = seat.page.locator("[name=jam-19]").input_value()
        seat.page.keyboard.press("Alt+KeyL")
        seat.page.wait_for_url("**/masuk/ganti/**")
        walk(seat, unit.yesterday, looks=True)

    print(f"morning: {took:.1f} s")
    assert seat.troubles == []
    assert took < 180
    assert hours == "6,5"
    # The colleague's turn shows no name that they did not open themselves.
    assert "Contoh Sawo Raya" not in words
    with unit.world.everywhere():
        assert WorkLog.objects.filter(minutes=390).count() == 2 * WEAVERS
        assert {row.opened_by.username for row in Reveal.objects.all()} == {"officer"}
