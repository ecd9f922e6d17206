"""Help with a permit: the officer asks, the UMKM officer assigns, the mentor walks and answers."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect, sync_playwright

from berdaya.facilitation.models import Case, CaseMessage
from tests.browser.desk import Desk, served, started
from tests.facilitation.scene import permit, snack, today
from tests.world import World, make_world

pytestmark = pytest.mark.browser


@pytest.fixture
def kitchen(real_db: str) -> World:
    """Atambua's chips stand on an NIB; the home food permit is what they lack."""
    world = make_world()
    chips = snack(world)
    permit(world, "nib", chips)
    permit(world, "halal", chips)
    for who in ("officer", "umkm_officer", "mentor"):
        world.give_card(who)
    return world


def test_from_a_lacking_permit_to_an_answer(kitchen: World) -> None:
    with served() as host, sync_playwright() as playwright:
        browser = started(playwright)
        officer = Desk(browser, host, "officer")
        officer.goto("/desk/readiness/", "kesiapan")
        officer.follow("Keripik contoh", "produk")
        officer.open(officer.page.get_by_role("link", name="Minta bantuan").first, "minta")
        box = officer.page.get_by_role("checkbox", name="Keripik contoh")
        expect(box).to_be_checked()
        officer.send("diminta", wish="Izin edar supaya dapat dijual di toko")
        code = officer.code()

        umkm = Desk(browser, host, "umkm-officer", width=360)
        umkm.goto("/desk/umkm/", "meja")
        umkm.open(umkm.page.get_by_role("link", name="Buka P-IRT"), "permintaan")
        umkm.follow("Tugaskan pendamping", "tugaskan")
        umkm.send("ditugaskan", mentor="Mentor Contoh")

        mentor = Desk(browser, host, "mentor", width=360)
        expect(
            mentor.page.get_by_text("Anda ditugaskan mendampingi P-IRT", exact=True)
        ).to_be_visible()
        mentor.goto(f"/desk/facilitation/{code}/", "tugas")
        mentor.follow("Terima tugas", "terima")
        mentor.send("diterima", promised_on=(today() + timedelta(days=60)).isoformat())
        mentor.open(mentor.page.get_by_role("link", name="Catat Penyuluhan"), "langkah")
        mentor.send("tercatat", paper_no="PKP/12/2026", done_on=today().isoformat())
        expect(mentor.page.get_by_text("Menunggu Dinas Kesehatan").first).to_be_visible()
        mentor.send("bertanya", text="Kapan sarana dapat diperiksa?")

        officer.goto("/desk/", "menunggu")
        officer.open(officer.page.get_by_role("link", name="Pesan tentang P-IRT"), "pesan")
        officer.page.get_by_role("checkbox", name="Perlu dijawab").uncheck()
        officer.send("dijawab", text="Setiap Selasa pagi.")
        officer.goto(f"/en/desk/facilitation/{code}/", "english")
        mentor.goto("/desk/facilitation/figures/?jenis=pirt&provinsi=53", "lamanya")
        expect(mentor.page.get_by_text("terlalu sedikit").first).to_be_visible()
        browser.close()

    assert officer.troubles + umkm.troubles + mentor.troubles == []
    with kitchen.everywhere():
        case = Case.objects.get()
        assert (case.state, case.awaits) == ("running", "")
        assert CaseMessage.objects.count() == 2
