"""Names in Chromium: they come without losing what was typed, and go with time, lock and page."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from berdaya.core import clock
from berdaya.people.actions.caseload import assign_clients
from berdaya.people.models import Participant, Reveal
from berdaya.proceeds.actions import payouts
from berdaya.proceeds.actions.slips import issue_slips
from berdaya.proceeds.models import PayoutRun
from berdaya.workshop.models import Workshop
from tests.browser.desk import PICTURES, Desk, served, started
from tests.people.names import NAMES, NIK, plant, told
from tests.proceeds.scene import build
from tests.workshop.scene import give_papers
from tests.world import SINCE, World, make_world

pytestmark = pytest.mark.browser
MINUTES = 60_000


@pytest.fixture
def unit(real_db: str) -> World:
    """Two weavers with papers, names, a month's earnings and a list that waits for its payment."""
    world = make_world()
    plant(world, "cendana", nik=NIK)
    plant(world, "lontar", "kelor", "pinang", "asam")
    with world.everywhere() as scope:
        made = build(world)
        for who in ("cendana", "lontar"):
            give_papers(Participant.objects.get(pk=world.people[who].pk), world.atb, SINCE)
        made.sell(3)
        issue_slips(by=made.by, facility=world.atb, month=date(2026, 3, 1))
        assign_clients(
            by=scope.actor, participants=[world.people["asam"]],
            staff=world.staff["counsellor"], facility=world.facilities["BP-KPG"], on=SINCE,
        )  # fmt: skip
    with world.acting("payments") as scope:
        run = payouts.prepare_payout(by=scope.actor, book=made.book, until=date(2026, 3, 31))
    with world.acting("head") as scope:
        payouts.approve_payout(by=scope.actor, run=run)
    return world


def seen(page: Page) -> set[str]:
    return told(page.inner_text("main"))


def call_roll(desk: Desk, path: str) -> None:
    """By keyboard: hours are typed, names come beside them, and leave by themselves."""
    page = desk.page
    page.clock.install()
    desk.goto(path, "lembar")
    page.fill("[name=jam-0]", "6,5")
    button = page.get_by_role("button", name="Buka nama")
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_text(NAMES["cendana"]).wait_for()
    desk.look("lembar-bernama")
    assert seen(page) == {"cendana", "lontar"}
    assert page.input_value("[name=jam-0]") == "6,5"
    page.clock.fast_forward(11 * MINUTES)
    assert seen(page) == set()
    assert page.get_by_text("Nama sudah disembunyikan").is_visible()
    assert page.input_value("[name=jam-0]") == "6,5"


def lock_hides(desk: Desk) -> None:
    page = desk.page
    page.get_by_role("button", name="Buka nama").click()
    page.get_by_text(NAMES["cendana"]).wait_for()
    page.evaluate("document.documentElement.classList.add('is-locked')")
    page.get_by_text(NAMES["cendana"]).wait_for(state="detached")
    assert seen(page) == set()


def refused(desk: Desk) -> None:
    """Somebody who is not on the roll any more: a reason, and no name."""
    page = desk.page
    page.evaluate("document.documentElement.classList.remove('is-locked')")
    page.locator("[name=orang-0]").evaluate("one => { one.value = '999999'; }")
    page.get_by_role("button", name="Buka nama").click()
    page.get_by_text("reveal_not_assigned").wait_for()
    desk.look("lembar-ditolak")
    assert seen(page) == set()


def without_script(browser: object, host: str, path: str, cookies: list[dict[str, str]]) -> None:
    context = browser.new_context(java_script_enabled=False, locale="id-ID")  # type: ignore[attr-defined]
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(host + path)
    page.fill("[name=jam-1]", "4")
    page.get_by_role("button", name="Buka nama").click()
    assert seen(page) == {"cendana", "lontar"}
    assert page.input_value("[name=jam-1]") == "4"


def one_person(desk: Desk, world: World) -> None:
    page = desk.page
    desk.goto(f"/desk/wbp/{world.people['cendana'].code}/", "orang")
    desk.follow("Buka data diri", "orang-alasan")
    page.get_by_label("Mengurus surat atau sertifikatnya").check()
    desk.open(page.get_by_role("button", name="Buka", exact=True), "orang-terbuka")
    assert seen(page) == {"cendana"}
    page.go_back()
    page.go_back()
    assert seen(page) == set()


def look_for(desk: Desk) -> None:
    page = desk.page
    desk.goto("/desk/identity-searches/", "cari")
    page.get_by_label("Jenis nomor").select_option(label="NIK")
    page.get_by_label("Nomor", exact=True).fill(NIK)
    desk.open(page.get_by_role("button", name="Cari", exact=True), "cari-hasil")
    assert "Cendana" in page.inner_text("main")
    assert NIK not in page.content()
    assert NIK not in page.url


def file_of(desk: Desk, code: str) -> None:
    page = desk.page
    desk.goto(f"/desk/payouts/{code}/", "pembayaran")
    with page.expect_download() as download:
        page.get_by_role("button", name="Berkas pembayaran XLSX").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    with page.expect_download():
        page.get_by_role("button", name="Berkas pembayaran CSV").click()


def sample(desk: Desk, world: World) -> None:
    page = desk.page
    page.goto(f"{desk.host}/desk/")
    choose(desk, world)
    desk.goto("/desk/audit-samples/", "sampel-kosong")
    desk.follow("Undi sampel", "sampel-undi")
    desk.send("sampel", first_month="2026-03-01", last_month="2026-03-31", size="2")
    desk.open(page.get_by_role("button", name="Buka nama"), "sampel-nama")
    assert seen(page) == {"cendana", "lontar"}


def choose(desk: Desk, world: World) -> None:
    """Take Atambua among several units."""
    desk.page.select_option("#facility-choice", world.atb.code)
    with desk.page.expect_navigation():
        desk.page.get_by_role("button", name="Pilih").click()


def look_into(desk: Desk) -> None:
    page = desk.page
    desk.goto("/desk/", "hari-ini")
    desk.goto("/desk/reveals/", "pembukaan")
    desk.open(page.locator("tbody a[href*='/desk/reveals/']").first, "pembukaan-satu")
    assert seen(page) == set()
    if page.get_by_text("Catat hasil pemeriksaan").count():
        desk.follow("Catat hasil pemeriksaan", "pemeriksaan")
        desk.page.get_by_label("Berlaku juga").check()
        desk.send("pembukaan-diperiksa", note="Opname data, sudah ditanya.")


def papers(desk: Desk, *paths: str) -> None:
    for path in paths:
        content = desk.printed(path)
        assert content.startswith(b"%PDF")


def test_names_come_and_go(unit: World) -> None:
    with unit.everywhere():
        path = f"/desk/sheets/{Workshop.objects.get().pk}/{clock.today(unit.atb.timezone)}/"
        run = PayoutRun.objects.get().code
    for name in ("officer", "payments", "counsellor", "auditor", "head"):
        unit.give_card(name)
    with served() as host, sync_playwright() as playwright:
        browser = started(playwright)
        people = {
            name: Desk(browser, host, name)
            for name in ("officer", "payments", "counsellor", "auditor", "head")
        }
        officer = people["officer"]
        call_roll(officer, path)
        lock_hides(officer)
        refused(officer)
        papers(officer, f"{path}names/print/", "/desk/slips/month/2026-03/handout/")
        without_script(browser, host, path, officer.page.context.cookies())
        one_person(officer, unit)
        look_for(officer)
        file_of(people["payments"], run)
        people["counsellor"].goto("/desk/wbp/", "klien")
        people["counsellor"].open(
            people["counsellor"].page.get_by_role("button", name="Buka nama"), "klien-nama"
        )
        assert seen(people["counsellor"].page) == {"pinang", "asam"}
        sample(people["auditor"], unit)
        look_into(people["head"])
        browser.close()

    troubles = [trouble for one in people.values() for trouble in one.troubles]
    assert "\n".join(troubles) == ""
    with unit.everywhere():
        assert Reveal.objects.count() >= 10
    assert PICTURES is None or Path(PICTURES).exists()
