"""An officer and an order from abroad: a plot typed the wrong way round, a pack, two countries."""

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from berdaya.evidence.models import Declaration, Pack, Plot
from tests.browser.desk import Desk, served, started
from tests.evidence.scene import Coffee, roasted
from tests.world import World, make_world

pytestmark = pytest.mark.browser


@pytest.fixture
def coffee(real_db: str) -> Coffee:
    """A roasted lot whose beans are from nobody knows where."""
    return roasted(make_world())


def test_from_a_swapped_coordinate_to_a_pack_and_a_statement(
    coffee: Coffee, tmp_path: Path
) -> None:
    world: World = coffee.world
    world.give_card("officer")
    with served() as host, sync_playwright() as playwright:
        browser = started(playwright)
        seat = Desk(browser, host, "officer")
        page = seat.page
        seat.goto("/desk/evidence/", "bukti")
        seat.open(page.get_by_role("link", name=coffee.lot.code), "lot-kurang")
        expect(page.get_by_text("eudr_origin_unknown")).to_be_visible()
        seat.goto("/desk/plot-recording/", "kebun-baru")
        seat.send(
            "tertukar", group_name="Kelompok Tani Contoh", hectares="1,5", since_year="1998",
            coordinates="124.890000, -9.110000", legal_basis="Surat keterangan desa 12/2019",
            stated_on="2026-01-05",
        )  # fmt: skip
        expect(page.get_by_text("Lintang dan bujurnya tertukar.").first).to_be_visible()
        seat.send("kebun", coordinates="-9.110000, 124.890000")
        seat.goto(f"/desk/plot-materials/{coffee.beans.code}/", "bahan")
        page.locator("[name=plots]").first.check()
        seat.send("asal-bahan")
        seat.goto(f"/desk/evidence/lots/{coffee.lot.code}/", "lot-lengkap")
        expect(page.get_by_text("eudr_origin_unknown")).to_have_count(0)
        seat.open(page.get_by_role("link", name="Susun berkas bukti"), "berkas-baru")
        page.locator("[name=countries]").select_option(["JP", "US"])
        seat.send("berkas")
        with page.expect_download() as file:
            page.get_by_role("link", name="Unduh ZIP").click()
        file.value.save_as(tmp_path / "pack.zip")
        seat.goto(f"/desk/evidence/lots/{coffee.lot.code}/", "lot-berkas")
        page.locator("[name=country]").select_option("US")
        seat.open(page.get_by_role("button", name="Tanyakan"), "amerika")
        expect(page.get_by_text("market_barred")).to_be_visible()
        expect(page.get_by_role("button", name="Cetak pernyataan")).to_have_count(0)
        page.go_back()
        page.locator("[name=country]").select_option("JP")
        seat.open(page.get_by_role("button", name="Tanyakan"), "jepang")
        pdf = seat.printed(f"{page.url.removeprefix(host)}paper/")
        seat.goto("/desk/plots/", "kebun-kebun")
        seat.goto("/desk/plot-imports/", "impor")
        seat.goto("/en/desk/export-declarations/", "log-en")
        browser.close()

    assert seat.troubles == []
    with zipfile.ZipFile(tmp_path / "pack.zip") as folder:
        assert "evidence.pdf" in folder.namelist()
    assert pdf.startswith(b"%PDF")
    with world.everywhere():
        assert Plot.objects.get().positions == "124.890000 -9.110000"
        assert Pack.objects.get().countries == ["JP", "US"]
        answers = dict(Declaration.objects.values_list("country", "outcome"))
    assert answers == {"US": "refused", "JP": "allowed"}
