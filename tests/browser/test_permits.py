"""The officer with a phone: a P-IRT refused and explained, kept, seen over the years, renewed."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect, sync_playwright

from berdaya.core import clock
from berdaya.core.clock import format_date
from berdaya.legality.models import Permit, PermitVariant
from tests.browser.desk import Desk, served, started
from tests.legality.papers import halal, oil_of, pirt
from tests.world import World, make_world

pytestmark = pytest.mark.browser


@pytest.fixture
def kitchen(real_db: str) -> World:
    """Atambua presses oil in two bottles; its kitchen has a halal certificate."""
    world = make_world()
    oil_of(world)
    halal(world, scope="kitchen", holder=world.parties["satker_atb"])
    return world


def test_a_pirt_from_paper_to_renewal(kitchen: World) -> None:
    kitchen.give_card("officer")
    ends = clock.today() + timedelta(days=20)
    last, until = ends - timedelta(days=1), ends + timedelta(days=5 * 365)
    wrong = pirt(ends).replace("P-IRT 2", "P-IRT 9")
    with served() as host, sync_playwright() as playwright:
        browser = started(playwright)
        seat = Desk(browser, host, "officer", width=360)
        page = seat.page
        page.goto(f"{host}/desk/permits/new/")
        page.get_by_label("250 ml").check()
        page.get_by_label("Jabatannya").fill("bendahara koperasi")
        seat.send(
            "keliru", kind="SPP-IRT (P-IRT)", number=wrong, holder="Lapas Kelas IIB Atambua",
            issued_on="2024-01-01", last_day=last.isoformat(), competence="Penyelia halal",
        )  # fmt: skip
        expect(page.get_by_text("Angka pertama P-IRT adalah jenis kemasan").last).to_be_visible()
        expect(page.get_by_text("tidak terbit atas nama UPT").last).to_be_visible()
        expect(page.get_by_text("perlu peran, jenis, dan nomornya").last).to_be_visible()
        expect(page.get_by_label("250 ml")).to_be_checked()
        seat.send(
            "tercatat", number=pirt(ends), holder="Koperasi Contoh Atambua",
            responsible_role="Pengurus koperasi", certificate_no="PKP-53-0001",
            competence="Penyuluhan Keamanan Pangan (PKP)",
            certificate_last_day=last.isoformat(),
        )  # fmt: skip
        expect(page.get_by_text("hanya 250 ml")).to_be_visible()
        expect(page.get_by_text("Sertifikat penanggung jawabnya segera habis")).to_be_visible()
        seat.follow("Garis waktu", "garis-waktu")
        expect(page.locator(".chart-narrow text").get_by_text(pirt(ends))).to_be_visible()
        page.get_by_text("Angkanya dalam tabel").click()
        expect(page.get_by_role("cell", name=format_date(last))).to_be_visible()
        seat.goto("/desk/", "hari-ini")
        page.get_by_role("link", name=f"SPP-IRT (P-IRT) {pirt(ends)} akan habis").first.click()
        expect(page.get_by_label("250 ml")).to_be_checked()
        seat.look("perpanjang")
        seat.send(
            "diperpanjang", number=pirt(until, 13), issued_on=clock.today().isoformat(),
            last_day=(until - timedelta(days=1)).isoformat(),
        )  # fmt: skip
        expect(page.get_by_text("Perpanjangan tercatat, tanpa sela.")).to_be_visible()
        expect(page.get_by_role("link", name=pirt(ends))).to_be_visible()
        seat.goto("/desk/permits/halal/", "halal")
        seat.goto("/en/desk/permits/timeline/", "timeline")
        browser.close()

    assert seat.troubles == []
    with kitchen.everywhere():
        old, new = Permit.objects.filter(kind__code="spp_irt").order_by("valid_from")
        assert (new.predecessor, new.valid_from) == (old, ends)
        assert PermitVariant.objects.count() == 2
