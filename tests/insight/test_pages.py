"""The pages: what each reader finds, what they cost, and that every file says the same."""

import io
import re

import pypdf
import pytest
from python_calamine import CalamineWorkbook

from berdaya.core.scope import acting
from berdaya.insight.actions.places import set_target
from berdaya.insight.grids import of_snapshot
from berdaya.insight.indicators import INDICATORS
from berdaya.insight.models import Figure, ReportVersion, Target
from berdaya.insight.periods import Period
from berdaya.insight.together import overview
from tests.counting import at_most
from tests.insight.scene import MARCH, reckon_all, send_march
from tests.proceeds.scene import Scene, build
from tests.web.desk import log_work
from tests.world import World

REPORT = "/desk/reports/LP-ATB/2026-03/"


@pytest.fixture
def scene(world: World) -> Scene:
    with world.everywhere():
        made = build(world, work=lambda batch: log_work(world, batch))
        made.sell(2, 100_000)
    reckon_all(world)
    send_march(world)
    return made


ADDRESSES = [
    "/desk/indicators/", "/desk/indicators/?masa=2026-Q1", "/desk/indicators/sold/",
    *(f"/desk/indicators/sold/?oleh={by}&masa=2026" for by in
      ("nation", "province", "regency", "facility", "month", "part")),
    "/desk/indicators/sold/?per=maker", "/desk/indicators/made/?per=capacity",
    "/desk/targets/", "/desk/indicators/?untuk=umum",
]  # fmt: skip
FOR_OFFICES = [
    "/desk/reports/", REPORT, "/desk/indicators/sold/LP-ATB/2026-03/",
    "/desk/indicators/makers/LP-ATB/2026-02/", "/desk/indicators/fit/LP-ATB/2026-02/",
    "/desk/indicators/working_share_official/", "/desk/indicators/sold/?oleh=month&upt=LP-ATB",
]  # fmt: skip


def more_of(world: World) -> None:
    """Two more months of figures and a few targets."""
    with world.everywhere() as scope:
        for year in (2025, 2026, 2027):
            set_target(
                by=scope.actor, indicator="makers", year=year, region=None, value=10, basis="SK 1",
                valid_from=MARCH.replace(year=year, month=1),
            )  # fmt: skip


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("who", ["head", "regional", "national", "mentor", "umkm_officer"])
def test_pages_take_at_most_twelve_statements(
    world: World, scene: Scene, who: str, rows: int
) -> None:
    if rows == 3:
        more_of(world)
    client = world.client(who)
    is_office = who in ("head", "regional", "national")

    for url in [*ADDRESSES, *(FOR_OFFICES if is_office else ())]:
        with at_most(12):
            response = client.get(url)
        assert response.status_code == 200, url
        assert "None" not in response.content.decode(), url


def test_an_unknown_period_or_indicator_is_answered_kindly(world: World, scene: Scene) -> None:
    client = world.client("head")

    assert client.get("/desk/indicators/?masa=2026-13").status_code == 200
    assert client.get("/desk/indicators/tidak-ada/").status_code == 404
    assert client.get("/desk/reports/LP-ATB/2026-13/").status_code == 404
    assert client.get("/desk/reports/LP-KPG/2026-03/").status_code == 404
    assert client.get("/desk/indicators/sold/LP-KPG/2026-03/").status_code == 404


def test_the_umkm_side_finds_no_indicator_that_is_for_offices(world: World, scene: Scene) -> None:
    client = world.client("mentor")

    assert client.get("/desk/indicators/consenting/").status_code == 404
    assert client.get("/desk/reports/").status_code == 403
    assert "Rp200.000" not in client.get("/desk/indicators/?masa=2026-03").content.decode()


def test_a_head_sends_and_the_region_returns(world: World, scene: Scene) -> None:
    regional, head = world.client("regional"), world.client("head")
    returned = {"outcome": "returned", "comment": "Periksa nota"}

    assert regional.post(f"{REPORT}answer/", returned).status_code == 302
    assert "Periksa nota" in head.get(REPORT).content.decode()
    assert head.post(f"{REPORT}sending/", {"note": ""}).status_code == 302
    assert regional.post(f"{REPORT}answer/", {"outcome": "accepted"}).status_code == 302
    assert head.post(f"{REPORT}sending/", {"note": ""}).status_code == 409
    assert "Diterima" in head.get(REPORT).content.decode()


def test_a_report_says_the_same_on_screen_in_files_and_on_paper(world: World, scene: Scene) -> None:
    client = world.client("head")
    page = client.get(REPORT).content.decode()
    csv = b"".join(client.get(f"{REPORT}?ekspor=csv")).decode("utf-8-sig").splitlines()
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(b"".join(client.get(f"{REPORT}?ekspor=xlsx")))
    ).get_sheet_by_index(0)
    pdf = client.post(f"{REPORT}paper/")
    with world.everywhere():
        grid = of_snapshot("laporan", "", ReportVersion.objects.get().snapshot)

    sheet = {row[0]: row for row in book.to_python()[1:]}
    lines = {line.split(";")[0]: line.split(";") for line in csv[1:]}
    written = "".join(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf.content)).pages
    )
    words = " ".join(written.split())
    assert pdf["Content-Type"] == "application/pdf"
    assert "Halaman 1 dari" in words
    assert "jumlah sebenarnya" in words
    assert len(grid.rows) == len(INDICATORS)
    for row in grid.rows:
        title, value = row[0].text, row[4]
        assert value.text in page
        assert value.text in words
        raw = "" if value.raw is None else value.raw
        assert float(sheet[title][4] or 0) == float(raw or 0)
        assert lines[title][4].replace(",", ".") == str(raw)
        assert "kantor" in lines[title][-1]
        assert "kantor" in sheet[title][-1]


def test_a_summary_names_no_person(world: World, scene: Scene) -> None:
    page = world.client("head").get(REPORT).content.decode()
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)

    assert text is not None
    assert "Penjualan: Rp200.000" in text[1]
    assert "jangan disebarkan" in text[1]
    for person in world.people.values():
        assert person.pseudonym not in text[1]
        assert person.code not in text[1]


def test_the_whole_of_a_region_is_the_sum_of_its_units(world: World, scene: Scene) -> None:
    with acting(world.actor("regional"), "test") as scope:
        found = overview(scope.actor, Period.month(MARCH)).values
        total = sum(Figure.objects.filter(indicator="sold", part="", month=MARCH).values_list(
            "numerator", flat=True))  # fmt: skip

    assert found["sold"].value == total == 200_000


def test_a_regional_office_aims_in_its_own_regions_only(world: World, scene: Scene) -> None:
    client = world.client("regional")
    facts = {
        "indicator": "makers", "year": 2026, "value": "20", "basis": "SK 2", "region": "53.04",
        "valid_from": "2026-01-01",
    }  # fmt: skip

    assert client.post("/desk/targets/new/", facts).status_code == 302
    assert client.post("/desk/targets/new/", {**facts, "region": ""}).status_code == 403
    with world.everywhere():
        assert Target.objects.count() == 1


def test_a_target_set_anew_ends_the_one_before(world: World, scene: Scene) -> None:
    client = world.client("national")
    facts = {
        "indicator": "makers", "year": 2026, "value": "20", "basis": "SK 2", "region": "",
        "valid_from": "2026-01-01",
    }  # fmt: skip
    assert client.post("/desk/targets/new/", facts).status_code == 302
    later = {**facts, "value": "25", "valid_from": "2026-06-01"}
    assert client.post("/desk/targets/new/", later).status_code == 302
    assert client.post("/desk/targets/new/", later).status_code == 409

    with world.everywhere():
        ends = Target.objects.order_by("valid_from").values_list("valid_until", flat=True)
        assert [str(one) for one in ends] == ["2026-06-01", "None"]
