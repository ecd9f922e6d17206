"""A photo in Chromium: taken on the desk, drawn within its opening, gone with the names."""

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from berdaya.people.demo_portraits import drawn_portrait
from berdaya.people.scans import Scan
from berdaya.proceeds.actions.exits import settle_exit
from berdaya.proceeds.actions.slips import issue_slips
from tests.browser.desk import PICTURES, Desk, served, started
from tests.people.consents import give
from tests.people.names import plant
from tests.proceeds.scene import Scene, build
from tests.proceeds.test_names import MARCH, draw
from tests.proceeds.test_paying import PAID
from tests.world import World, make_world

pytestmark = pytest.mark.browser
MINUTES = 60_000
SHOWN = "document.querySelector('.portrait img')?.naturalWidth ?? 0"


@pytest.fixture
def scene(real_db: str) -> Scene:
    """Cendana and Lontar have names, slips of March, and a consent with its scan."""
    world = make_world()
    plant(world, "cendana", "lontar", heirs="Contoh Markisa Raya, saudara")
    with world.everywhere():
        made = build(world)
        made.sell(3)
        issue_slips(by=made.by, facility=world.atb, month=MARCH)
    for who in ("cendana", "lontar"):
        give(world, "data", who=who, scan=Scan(b"%PDF-1.4 contoh", "application/pdf"))
    for name in ("officer", "auditor"):
        world.give_card(name)
    return made


def take_and_open(desk: Desk, world: World, file: Path) -> None:
    page, start = desk.page, f"/desk/wbp/{world.people['cendana'].code}/"
    page.clock.install()
    desk.goto(f"{start}data-diri/", "data-diri")
    page.set_input_files("[name=photo]", file)
    desk.open(page.get_by_role("button", name="Segel", exact=True), "tersegel")
    desk.goto(f"{start}pembukaan/", "alasan")
    page.get_by_label("Memastikan siapa").check()
    desk.open(page.get_by_role("button", name="Buka", exact=True), "foto")
    assert page.evaluate(SHOWN) == 180
    page.clock.fast_forward(11 * MINUTES)
    assert page.evaluate(SHOWN) == 0


def scan_of_consent(desk: Desk, world: World) -> None:
    page = desk.page
    desk.goto(f"/desk/wbp/{world.people['cendana'].code}/kerja/", "kerja")
    desk.open(page.get_by_role("link", name="Buka pindaian").first, "pindaian")
    page.get_by_label("Mencocokkan").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Buka", exact=True).click()
    assert download.value.suggested_filename.endswith(".pdf")


def leave(scene: Scene) -> str:
    """Cendana has died and an heir received what was owed; the code of the record."""
    with scene.world.acting("payments"):
        return settle_exit(
            by=scene.staff("payments"), facility=scene.facility,
            participant=scene.world.people["cendana"], left_on=PAID, exit_kind="death",
            method="heirs", reference="BA-1", receiver="heir", receiver_letter="SKW-7/2026",
        ).code  # fmt: skip


def leaving(desk: Desk, scene: Scene, code: str) -> None:
    desk.goto(f"/desk/exits/new/?participant={scene.world.people['lontar'].pk}", "keluar-baru")
    desk.goto(f"/desk/exits/{code}/", "keluar")
    assert desk.printed(f"/desk/exits/{code}/printing/").startswith(b"%PDF")
    assert desk.printed(f"/desk/exits/{code}/named/").startswith(b"%PDF")


def in_english(desk: Desk, world: World) -> None:
    start = f"/en/desk/wbp/{world.people['cendana'].code}/"
    for path, name in ((f"{start}data-diri/", "identity-en"), (f"{start}pembukaan/", "opening-en"),
                       (f"{start}kerja/", "work-en")):  # fmt: skip
        desk.goto(path, name)


def test_photo_scan_and_record_are_opened_on_the_desk(scene: Scene, tmp_path: Path) -> None:
    world, file = scene.world, tmp_path / "potret.jpg"
    file.write_bytes(drawn_portrait(0))
    sample, record = draw(world, 2).code, leave(scene)
    with served() as host, sync_playwright() as playwright:
        browser = started(playwright)
        officer, auditor = Desk(browser, host, "officer"), Desk(browser, host, "auditor")
        take_and_open(officer, world, file)
        scan_of_consent(officer, world)
        leaving(officer, scene, record)
        if PICTURES:
            in_english(officer, world)
        auditor.goto(f"/desk/audit-samples/{sample}/", "sampel")
        assert auditor.page.get_by_role("button", name="Buka pindaian").count() == 2
        assert (officer.troubles, auditor.troubles) == ([], [])
        browser.close()
