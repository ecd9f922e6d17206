"""The governor's edition in Chromium: nobody signs in; on a phone, at a desk and on one sheet."""

import io
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import expect, sync_playwright

from berdaya.core import clock
from berdaya.insight.actions.figures import tell
from berdaya.insight.models import Figure
from berdaya.workshop.models import PublishedCount
from tests.browser.desk import PICTURES, Seat, served, started
from tests.insight.scene import MARCH, reckon_all
from tests.proceeds.scene import build
from tests.web.desk import log_work
from tests.world import World, make_world

pytestmark = pytest.mark.browser
EDITION = "/wilayah/53/?masa=2026-03"


@pytest.fixture
def province(real_db: str) -> World:
    """Atambua sold in March, enough people stand behind it, and it was told."""
    world = make_world()
    with world.everywhere():
        build(world, work=lambda batch: log_work(world, batch)).sell(2, 100_000)
    reckon_all(world)
    with world.everywhere() as scope:
        Figure.objects.filter(indicator="sold").update(people=9)
        PublishedCount.objects.create(
            facility=world.atb, month=MARCH, family="textile", about_people=10,
            recorded_at=clock.now(),
        )  # fmt: skip
        tell(by=scope.actor, facility=world.atb, months=[MARCH])
    return world


def test_the_governor_reads_one_page(province: World) -> None:
    with served() as host, sync_playwright() as playwright:
        browser = started(playwright)
        seat = Seat(browser, host, "governor", width=360)
        page = seat.page
        seat.goto(EDITION, "edisi")
        expect(page.locator("h1")).to_have_text("NTT")
        told = page.locator(".edition-told").all_inner_texts()
        rows = page.locator("#per-tempat ~ .table-frame tbody tr").count()
        kept = page.context.cookies()
        page.select_option("[name=masa]", "2026")
        with page.expect_navigation():
            page.get_by_role("button", name="Tampilkan").click()
        seat.look("tahun")
        page.locator(".chart summary").first.click()
        expect(page.locator(".chart table").first).to_be_visible()
        seat.goto("/en/wilayah/53/?masa=2026-03", "edition-en")
        english = page.locator(".edition-told").first.inner_text()
        page.goto(host + EDITION)
        printed = page.pdf(format="A4", print_background=False)
        paper = seat.paper(f"{EDITION}&ekspor=pdf")
        if PICTURES:
            (Path(PICTURES) / "edisi-cetak.pdf").write_bytes(printed)
        browser.close()

    assert seat.troubles == []
    assert kept == []
    assert rows == 22
    assert len(told) == 3
    assert "Maret 2026 terjual Rp200.000, dari 1 dari 22 kabupaten dan kota" in told[0]
    assert "sekitar 10 orang" in told[0]
    assert told[1].startswith("Paling banyak Belu: Rp200.000, 100%")
    assert "Rp200,000" in english or "Rp200.000" in english
    for pdf in (printed, paper):
        pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
        words = "".join("".join(one.extract_text().split()) for one in pages)
        assert len(pages) == 1
        assert "Belu" in words
        assert "Rp200.000" in words
