"""Month's end at the regional office: who is late, a report accepted, one returned, the board."""

from datetime import date

import pytest
from playwright.sync_api import expect, sync_playwright

from berdaya.core import clock
from berdaya.insight.actions.figures import reckon
from berdaya.insight.actions.reports import send_report
from berdaya.insight.models import Report
from berdaya.insight.periods import Period, after, finished_month
from berdaya.institutions.models import Facility
from tests.browser.desk import Desk, served, started
from tests.proceeds.scene import SOLD, build
from tests.web.desk import log_work
from tests.world import World, make_world

pytestmark = pytest.mark.browser


@pytest.fixture
def region(real_db: str) -> World:
    """Atambua sold and sent its last two months; Kupang went live long ago and sent nothing."""
    world = make_world()
    with world.everywhere():
        build(world, work=lambda batch: log_work(world, batch)).sell(2, 100_000)
        Facility.objects.filter(pk=world.kpg.pk).update(go_live_on=date(2025, 1, 1))
    with world.everywhere() as scope:
        for unit in (world.atb, world.kpg):
            year = Period.last_months(clock.today(), 13)
            reckon(by=scope.actor, facility=unit, period=year)
    last = finished_month(clock.today())
    for month in (after(last, -1), last):
        with world.acting("head") as scope:
            send_report(by=scope.actor, facility=world.atb, month=month)
    return world


def answer(seat: Desk, outcome: str, comment: str = "") -> None:
    seat.follow("Periksa", "periksa")
    seat.send(f"jawab-{outcome}", outcome=outcome, comment=comment)


def test_month_end_of_the_regional_office(region: World) -> None:
    region.give_card("regional")
    last = finished_month(clock.today())
    before = after(last, -1)
    report = f"/desk/reports/LP-ATB/{before:%Y-%m}/"
    with served() as host, sync_playwright() as playwright:
        browser = started(playwright)
        seat = Desk(browser, host, "regional")
        page = seat.page
        # Hari Ini: who is late, and what waits to be checked.
        expect(page.get_by_text("Laporan bulanan belum dikirim").first).to_be_visible()
        expect(page.get_by_text("Laporan bulanan menunggu diperiksa").first).to_be_visible()
        seat.goto("/desk/reports/", "laporan")
        seat.goto(report, "satu-laporan")
        answer(seat, "Diterima")
        seat.goto(f"/desk/reports/LP-ATB/{last:%Y-%m}/", "laporan-lain")
        answer(seat, "Dikembalikan", "Periksa nota minggu kedua")
        seat.goto(report, "diterima")
        paper = seat.printed(f"{report}paper/")
        # The board, down to the rows of a unit's month.
        seat.goto(f"/desk/boards/?di=nasional&masa={SOLD:%Y-%m}", "papan-negara")
        down(seat, "NTT", "papan-provinsi")
        down(seat, "Belu", "papan-kabupaten")
        down(seat, region.atb.name, "papan-upt")
        rows = page.locator("#per-bulan ~ .table-frame a").first
        seat.open(rows, "baris")
        expect(page.locator("main table tbody tr").first).to_be_visible()
        page.go_back()
        page.locator("summary", has_text="Salin ringkasan").click()
        summary = page.locator("#ringkasan").input_value()
        board = page.url.removeprefix(host)
        files = [seat.paper(f"{board}&ekspor={form}") for form in ("pdf", "xlsx", "csv")]
        for name in ("goods", "money", "work"):
            seat.goto(f"/desk/boards/{name}/?di=53&masa={SOLD:%Y-%m}", f"papan-{name}")
        seat.goto("/en/desk/boards/money/?di=53", "papan-en")
        browser.close()

    assert "\n".join(seat.troubles) == ""
    assert paper.startswith(b"%PDF")
    assert [one[:2] for one in files] == [b"%P", b"PK", b"\xef\xbb"]
    assert "jangan disebarkan" in summary
    assert "Penjualan: Rp200.000" in summary
    assert not any(person.pseudonym in summary for person in region.people.values())
    with region.everywhere():
        states = dict(Report.objects.values_list("month", "state"))
    assert states == {before: "accepted", last: "returned"}


def down(seat: Desk, words: str, name: str) -> None:
    """By keyboard: the place on the map or in the table that is called so."""
    link = seat.page.locator("#per-tempat ~ .table-frame").get_by_role("link", name=words)
    link.focus()
    with seat.page.expect_navigation():
        seat.page.keyboard.press("Enter")
    seat.look(name)
