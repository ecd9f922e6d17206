"""An officer labels coffee: sees what is missing, mends it, gives it a number, prints."""

from datetime import timedelta
from io import BytesIO

import pytest
from playwright.sync_api import expect, sync_playwright
from pypdf import PdfReader

from berdaya.labels.models import LabelPrint, VariantNumber
from berdaya.stock.models import Lot
from tests.browser.desk import Desk, Seat, served, started
from tests.labels import scene
from tests.world import World, make_world

pytestmark = pytest.mark.browser


@pytest.fixture
def coffee(real_db: str) -> tuple[World, Lot]:
    """Coffee with its permits and nothing written on it."""
    world = make_world()
    with world.everywhere():
        variant = scene.make_variant(
            world, "coffee", "Kopi bubuk contoh", content=("200", "g"), shelf_life_days=270
        )
        scene.permit(world, variant.product, "spp_irt", scene.PIRT)
        scene.permit(world, variant.product, "halal", scene.HALAL)
        return world, scene.make_lot(world, variant, expires_on=scene.MADE + timedelta(days=270))


def print_form(seat: Seat) -> bytes:
    """What the print button answers, with all that its form holds."""
    form = seat.page.locator("form[target=_blank]")
    facts = form.evaluate("one => Object.fromEntries(new FormData(one))")
    address = seat.host + form.get_attribute("action")
    answer = seat.page.request.post(address, form=facts, headers={"Referer": seat.page.url})
    assert answer.status == 200, answer.status
    return answer.body()


def test_an_officer_mends_a_label_and_prints_it(coffee: tuple[World, Lot]) -> None:
    world, lot = coffee
    world.give_card("officer")
    with served() as host, sync_playwright() as playwright:
        browser = started(playwright)
        seat = Desk(browser, host, "officer", width=1280)
        page = seat.page
        seat.goto("/desk/labels/", "daftar")
        expect(page.get_by_text("kurang 1")).to_be_visible()
        seat.open(page.get_by_role("link", name=lot.code), "kurang")
        expect(page.get_by_role("heading", name="Kurang 1 hal")).to_be_visible()
        seat.open(page.get_by_role("link", name="Tulis teksnya"), "teks")
        seat.open(page.get_by_role("button", name="Buat nomor toko"), "nomor")
        page.get_by_label("Komposisi", exact=False).first.fill("Biji kopi arabika 100%, susu")
        page.locator("[name=storage]").fill("Di tempat sejuk dan kering")
        seat.open(page.get_by_role("button", name="Simpan", exact=True), "siap")
        expect(page.get_by_role("heading", name="Siap dicetak")).to_be_visible()
        page.locator("[name=kertas]").select_option("a4-8")
        seat.open(page.get_by_role("button", name="Tampilkan"), "kertas")
        page.get_by_label("Jumlah label").fill("8")
        page.get_by_label("Mulai dari label nomor").fill("3")
        pdf = PdfReader(BytesIO(print_form(seat)))
        page.reload()
        expect(page.get_by_text("label tercetak 8")).to_be_visible()
        seat.goto(f"/en/desk/labels/{lot.code}/?kertas=r58&bahasa=both", "rol-en")
        browser.close()

    assert seat.troubles == []
    assert len(pdf.pages) == 2
    words = " ".join(pdf.pages[0].extract_text().split())
    assert words.count("Komposisi: Biji kopi arabika 100%, susu") == 6
    assert scene.HALAL in words
    with world.everywhere():
        row, number = LabelPrint.objects.get(), VariantNumber.objects.get()
    assert (row.copies, row.first_cell, row.number) == (8, 3, number.own)
