"""An UMKM officer's morning: who asks, what waits at the shared loom, what products lack."""

import pytest
from playwright.sync_api import expect, sync_playwright

from berdaya.core.scope import acting
from berdaya.equipment.actions.register import open_share, register_equipment
from berdaya.equipment.models import Booking
from berdaya.goods.models import Product
from berdaya.mentoring.actions.adoptions import ask_for_mentor
from tests.browser.desk import Desk, served, started
from tests.equipment.scene import booked, hours, house
from tests.mentoring.scene import guided
from tests.proceeds.scene import build
from tests.web.desk import log_work
from tests.world import SINCE, World, make_world

pytestmark = pytest.mark.browser


@pytest.fixture
def morning(real_db: str) -> World:
    """Atambua asks for a mentor and for an hour at the shared loom; its shawl is mentored."""
    world = make_world()
    with world.everywhere():
        made = build(world, costs=(4_000_000, 0, 0), work=lambda batch: log_work(world, batch))
    guided(world, made.variant)
    with world.acting("officer") as scope:
        ask_for_mentor(
            by=scope.actor, facility=world.atb, office=world.offices["UMKM"],
            wish="Kemasan yang tahan lama", product=Product.objects.create(
                facility=world.atb, code="LP-ATB-P8", name="Sarung contoh",
                category=made.variant.product.category, line_of_work="kain",
            ),
        )  # fmt: skip
    place, officer = house(world), world.actor("umkm_officer")
    with acting(officer, "test"):
        loom = register_equipment(
            by=officer, facility=place, registered_on=SINCE, reason="baru", name="ATBM bersama",
            kind="loom", place="Lantai 1",
        )  # fmt: skip
        open_share(by=officer, equipment=loom, to=world.atb, valid_from=SINCE)
    booked(world, loom, hours(9, 11))
    return world


def test_morning_of_an_umkm_officer(morning: World) -> None:
    morning.give_card("umkm_officer")
    with served() as host, sync_playwright() as playwright:
        browser = started(playwright)
        seat = Desk(browser, host, "umkm-officer", width=360)
        page = seat.page
        seat.goto("/desk/", "hari-ini")
        page.goto(f"{host}/desk/umkm/")
        expect(page.get_by_text("Sarung contoh", exact=True)).to_be_visible()
        expect(page.get_by_text("1 menunggu jawaban")).to_be_visible()
        seat.look("meja")
        page.get_by_role("link", name="Buka Sarung contoh").click()
        expect(page.get_by_text("Kemasan yang tahan lama").first).to_be_visible()
        seat.look("permintaan")
        page.go_back()
        page.get_by_role("link", name="ATBM bersama").click()
        seat.look("sarana")
        page.go_back()
        page.get_by_role("link", name="1 menunggu jawaban").click()
        page.locator("main tbody a").first.click()
        page.get_by_role("button", name="Setujui").first.click()
        page.goto(f"{host}/desk/umkm/")
        expect(page.get_by_text("1 menunggu jawaban")).to_have_count(0)
        seat.goto("/en/desk/umkm/", "desk-en")
        with page.expect_download() as file:
            page.get_by_role("link", name="XLSX").click()
        saved = file.value.suggested_filename
        browser.close()

    assert seat.troubles == []
    assert saved.endswith("pihak-umkm.xlsx")
    with acting(morning.actor("umkm_officer"), "test"):
        assert Booking.objects.get().approved_at is not None
