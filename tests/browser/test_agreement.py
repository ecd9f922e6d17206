"""A head of division reads how the agreement goes, follows what is late, meets, signs; so does the
other ministry."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import sync_playwright

from berdaya.core import clock
from berdaya.insight.models import ToldFigure
from berdaya.insight.periods import after, first_of
from berdaya.programme.actions.reports import draw_report
from berdaya.programme.models import Meeting, MeetingAction, QuarterReport, QuarterState
from berdaya.programme.views.reports import quarters
from tests.browser.desk import Desk, served, started
from tests.insight.scene import reckon_all
from tests.proceeds.scene import build
from tests.programme.scene import Pact, due, measured, promised, risk_of, signed
from tests.web.desk import log_work
from tests.world import World, make_world

pytestmark = pytest.mark.browser
HOME = "/desk/programme/"


@pytest.fixture
def pact(real_db: str) -> Pact:
    """One commitment late by its figures, one on track, one at risk; a quarter to sign."""
    world, today = make_world(), clock.today()
    with world.everywhere():
        scene = build(world, work=lambda batch: log_work(world, batch))
        scene.sell(2, 100_000)
    reckon_all(world)
    made = signed(world, due_on=date(today.year + 1, 12, 31), starts_on=date(2026, 1, 1))
    measured(world, made.commitment, "sold", "90000000", year=2026)
    easy = promised(world, made.agreement, code="2a", clause_number=2,
                    deliverable="Barang tayang", due_on=date(today.year + 1, 12, 31))  # fmt: skip
    due(world, easy, "Katalog", today + timedelta(days=40))
    risky = promised(world, made.agreement, code="2b", clause_number=2,
                     deliverable="Sarana bersama", due_on=date(today.year + 1, 12, 31))  # fmt: skip
    risk_of(world, Pact(world, made.agreement, risky))
    with world.everywhere():
        ToldFigure.objects.create(
            facility=world.atb, month=date(2026, 3, 1), indicator="sold", version=1,
            numerator=200_000, told_at=clock.now(),
        )  # fmt: skip
    with world.acting("regional") as scope:
        quarter = quarters(made.agreement, today)[0]
        made.report = draw_report(
            by=scope.actor, agreement=made.agreement, quarter=quarter.start
        ).report
    return made


def read_and_follow(desk: Desk) -> None:
    """From the overview to a late commitment and down to the rows behind its figure."""
    desk.goto(HOME, "jalannya")
    desk.follow("Pelatihan usaha bagi pembuat", "terlambat")
    assert "measure_far_behind" in desk.page.content()
    desk.open(desk.page.locator("a[href*='/desk/indicators/sold/']"), "angka-upt")
    desk.follow("Lapas Kelas IIB Atambua", "angka-bulan")
    desk.open(desk.page.locator("a[href$='/desk/indicators/sold/LP-ATB/2026-03/']"), "baris")
    assert desk.page.locator("main a[href*='/desk/sales/']").count()


def record_meeting(desk: Desk) -> None:
    """A meeting with one action for the own office."""
    desk.goto(f"{HOME}mou-contoh/meetings/", "rapat-daftar")
    desk.follow("Catat rapat", "rapat-baru")
    day = clock.today()
    desk.send("rapat", held_on=day.isoformat(), place="Kupang", summary="Penjualan tertinggal.",
              decisions="Pameran dijadwalkan.\nKatalog dipercepat.", words_1="Susun jadwal pameran",
              office_1="NTT-KWL", due_1=(day + timedelta(days=5)).isoformat())  # fmt: skip


def walk_more(desk: Desk) -> None:
    """Every other page of the room, and its forms."""
    one = f"{HOME}mou-contoh/"
    for path, name in (
        ("", "naskah"), ("risks/", "risiko"), ("risks/new/", "risiko-baru"),
        ("versions/new/", "perpanjang"), ("commitments/new/", "komitmen-baru"),
        ("commitments/2b/", "berisiko"), ("commitments/1a/measures/new/", "target-baru"),
        ("reports/", "laporan-daftar"), ("reports/new/", "laporan-baru"),
    ):  # fmt: skip
        desk.goto(one + path, name)


def sign(desk: Desk, quarter: str) -> None:
    """From Hari Ini to the joint report, and agree for the own side."""
    desk.goto("/desk/", "hari-ini")
    desk.open(desk.page.locator(f"a[href$='/reports/{quarter}/']").first, "laporan")
    desk.follow("Setujui atau kembalikan", "setujui")
    desk.send("disetujui", outcome="Setujui untuk pihak saya")


def state_of(world: World) -> str:
    with world.everywhere():
        return str(QuarterReport.objects.get().state)


def test_agreement_in_a_browser(pact: Pact) -> None:
    world, quarter = pact.world, pact.report.code if pact.report else ""
    for name in ("regional", "umkm_officer"):
        world.give_card(name)
    with served() as host, sync_playwright() as playwright:
        browser = started(playwright)
        division = Desk(browser, host, "regional")
        read_and_follow(division)
        record_meeting(division)
        division.goto("/desk/", "hari-ini-rapat")
        is_asked = "Susun jadwal pameran" in division.page.content()
        walk_more(division)
        sign(division, quarter)
        is_half = "Disetujui satu pihak" in division.page.content()
        paper = division.paper(f"{HOME}mou-contoh/reports/{quarter}/paper/")
        ministry = Desk(browser, host, "umkm-officer")
        ministry.goto(HOME, "jalannya")
        ministry.follow("Pelatihan usaha bagi pembuat", "terlambat")
        ministry.goto(f"/en{HOME}", "jalannya-en")
        sign(ministry, quarter)
        browser.close()

    assert division.troubles == ministry.troubles == []
    assert is_asked
    assert is_half
    assert state_of(world) == QuarterState.AGREED
    assert paper.startswith(b"%PDF")
    with world.everywhere():
        assert Meeting.objects.get().decisions.count() == 2
        assert MeetingAction.objects.get().office.code == "NTT-KWL"
    assert first_of(clock.today()) > after(pact.report.quarter, 2)  # type: ignore[union-attr]
