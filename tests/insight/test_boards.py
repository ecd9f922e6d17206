"""Boards: what each reader finds, what they cost, that sums are those of the figures."""

import csv
import io
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pypdf
import pytest
from django.test import Client
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from berdaya.core import clock
from berdaya.insight.actions.figures import tell
from berdaya.insight.actions.places import record_seat
from berdaya.insight.boards import BOARDS
from berdaya.insight.boards.edition import edition_of
from berdaya.insight.boards.ground import begun, period_words, year_of
from berdaya.insight.boards.money import flows_of
from berdaya.insight.calc import as_told
from berdaya.insight.cube import Cube, Reach, days_of, rows_of
from berdaya.insight.grids import said, written
from berdaya.insight.indicators import INDICATORS
from berdaya.insight.models import Figure, ToldFigure
from berdaya.insight.periods import Period
from berdaya.insight.queries import OFFICE, PUBLIC, values
from berdaya.institutions.models import Facility, Office, Region
from berdaya.workshop.models import PublishedCount
from tests.counting import at_most
from tests.insight.scene import MARCH, YEAR, reckon_all
from tests.web.desk import Desk

OFFICES = ("head", "regional", "national")
PAGES = [
    "/desk/boards/", "/desk/boards/?di=nasional", "/desk/boards/?di=53&masa=2026-03",
    "/desk/boards/?di=53.04&per=maker", "/desk/boards/goods/?masa=2026",
    "/desk/boards/money/?masa=2026-Q1&angka=paid", "/desk/boards/work/?masa=2026",
    "/desk/boards/work/?per=capacity&angka=hours", "/desk/boards/?untuk=umum&masa=2026-03",
]  # fmt: skip


@pytest.fixture
def told(desk: Desk) -> Desk:
    """The furnished desk with its year reckoned and March told."""
    world = desk.world
    reckon_all(world)
    with world.everywhere() as scope:
        behind = ("sold", "paid", "deposited", "made", "makers", "trained")
        Figure.objects.filter(indicator__in=behind).update(people=9)
        for unit in (world.atb, world.kpg):
            PublishedCount.objects.get_or_create(
                facility=unit, month=MARCH, family="textile",
                defaults={"about_people": 5, "recorded_at": clock.now()},
            )  # fmt: skip
            tell(by=scope.actor, facility=unit, months=[MARCH])
    return desk


def more_units(desk: Desk) -> None:
    """Two more regencies with the figures of Atambua."""
    world = desk.world
    with world.everywhere():
        figures = list(Figure.objects.filter(facility=world.atb))
        for number in (1, 2):
            region = Region.objects.create(
                code=f"53.9{number}", name=f"Kabupaten Contoh {number}", level="regency",
                parent_id="53", reference=world.atb.region.reference,
            )  # fmt: skip
            Facility.objects.filter(pk=world.kpg.pk).update(region=region)
            for one in figures:
                one.pk, one.facility = None, world.kpg
            Figure.objects.bulk_create(figures, ignore_conflicts=True)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("who", [*OFFICES, "mentor", "umkm_officer"])
def test_boards_take_at_most_twelve_statements(told: Desk, who: str, rows: int) -> None:
    if rows == 3:
        more_units(told)
    client = told.world.client(who)

    for url in [*PAGES, *(["/desk/boards/?upt=LP-ATB"] if who in OFFICES else [])]:
        with at_most(12):
            response = client.get(url)
        assert response.status_code == 200, url
        assert "None" not in response.content.decode(), url


def test_the_cube_says_what_values_say(told: Desk) -> None:
    """The database adds up as Python does, by every level and for both audiences."""
    world, differ = told.world, {}
    with world.acting("national") as scope:
        for audience in (OFFICE, PUBLIC):
            reach = Reach.of(scope.actor, audience)
            for by in ("facility", "regency", "province"):
                rows = rows_of(reach, list(INDICATORS), YEAR, by)
                cube = Cube(rows, is_told=audience == PUBLIC)
                for code, known in INDICATORS.items():
                    if audience == PUBLIC and not known.is_told:
                        continue
                    found = values(scope.actor, code, YEAR, by, audience=audience)
                    mine = cube.by_place(code, YEAR)
                    their = {one.key: one.value for one in found if one.value is not None}
                    if mine != their:
                        differ[audience, by, code] = (mine, their)

    assert differ == {}


def test_a_unit_that_moves_keeps_its_months_on_the_board(told: Desk) -> None:
    world = told.world
    with world.everywhere() as scope:
        there = Region.objects.create(
            code="53.21", name="Kabupaten Malaka", level="regency", parent_id="53",
            reference=world.atb.region.reference,
        )  # fmt: skip
        record_seat(
            by=scope.actor, facility=world.atb, region=there,
            office=Office.objects.get(code="NTT-KWL"), places=40, source="SK 1/2026",
            valid_from=date(2026, 7, 1),
        )  # fmt: skip
    with world.acting("national") as scope:
        cube = Cube(rows_of(Reach.of(scope.actor, OFFICE), ["makers", "sold"], YEAR, "regency"))
        malaka = Reach.of(scope.actor, OFFICE, "53.21")
        there_now = Cube(rows_of(malaka, ["hours", "sold"], YEAR, "facility"))
        days = days_of(malaka, "hours", YEAR)
        whole = Cube(rows_of(Reach.of(scope.actor, OFFICE), ["sold"], YEAR, "nation"))

    march, august = Period.month(MARCH), Period.month(date(2026, 8, 1))
    assert cube.value("sold", march, "53.04")
    assert cube.value("sold", march, "53.21") is None
    assert cube.value("sold", august, "53.21") is not None
    assert not cube.value("sold", august, "53.04")
    assert there_now.value("sold", march) is None
    assert there_now.value("sold", august, "LP-ATB") is not None
    assert min(days) == date(2026, 7, 1)
    assert cube.value("sold", YEAR) == whole.value("sold", YEAR)


def test_a_reader_sees_only_the_units_of_their_scope(told: Desk) -> None:
    world = told.world
    with world.acting("head") as scope:
        mine = rows_of(Reach.of(scope.actor, OFFICE), ["sold"], YEAR, "facility")
        days = days_of(Reach.of(scope.actor, OFFICE), "hours", YEAR)
        hours = sum(Figure.objects.filter(indicator="hours").values_list("numerator", flat=True))
    head, mentor = world.client("head"), world.client("mentor")

    assert {row.key for row in mine} == {"LP-ATB"}
    assert round(Decimal(sum(days.values())) / 60, 1) == round(hours, 1)
    assert head.get("/desk/boards/?upt=LP-KPG").status_code == 404
    assert head.get("/desk/boards/?upt=TIDAK-ADA").status_code == 404
    assert head.get("/desk/boards/?di=99").status_code == 404
    assert head.get("/desk/boards/?di=53.04.01").status_code == 404
    assert head.get("/desk/boards/tidak-ada/").status_code == 404
    assert head.get("/desk/boards/overview/").status_code == 404
    assert "Jalan rupiah</figcaption>" not in mentor.get("/desk/boards/money/").content.decode()
    assert "Jam kerja tiap hari" not in mentor.get("/desk/boards/work/").content.decode()


def test_the_umkm_side_reads_the_way_to_market_but_no_channel(told: Desk) -> None:
    page = told.world.client("mentor").get("/desk/boards/goods/?masa=2026-03").content.decode()

    assert "Jalan barang ke pasar" in page
    assert "Penjualan menurut saluran" not in page
    assert "Untuk umum dan pihak UMKM" in page


@pytest.mark.parametrize("who", ["regional", "umkm_officer"])
@pytest.mark.parametrize("board", list(BOARDS))
def test_screen_files_and_paper_agree(told: Desk, who: str, board: str) -> None:
    client = told.world.client(who)
    start = "/desk/boards/" if board == "overview" else f"/desk/boards/{board}/"
    url = f"{start}?di=53&masa=2026-03"
    page = client.get(url).content.decode()
    response = client.get(f"{url}&ekspor=csv")
    lines = list(csv.reader(io.StringIO(body(response).decode("utf-8-sig")), delimiter=";"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(body(client.get(f"{url}&ekspor=xlsx"))))
    sheet = book.get_sheet_by_index(0).to_python()
    pdf = pypdf.PdfReader(io.BytesIO(body(client.get(f"{url}&ekspor=pdf"))))
    words = "".join("".join(one.extract_text().split()) for one in pdf.pages)

    shown = cells(page)
    audience = "kantor" if who == "regional" else "umum"
    assert f"-{audience}.csv" in response["Content-Disposition"]
    assert [row[0] for row in shown] == [row[0] for row in lines[1:]] == [
        row[0] for row in sheet[1:]]  # fmt: skip
    assert shown
    for place, row in enumerate(shown, start=1):
        for column, text in enumerate(row[1:], start=1):
            raw = lines[place][column].replace(",", ".")
            assert float(sheet[place][column] or 0) == float(raw or 0)
            assert "".join(text.split()) in words
            if raw and "sekitar" not in text and "tidak" not in text:
                assert number(text) == Decimal(raw), (text, raw)
        assert audience in lines[place][-1].lower()


def body(response: object) -> bytes:
    return b"".join(response)  # type: ignore[arg-type, call-overload]


def cells(page: str) -> list[list[str]]:
    """The rows of the table by place."""
    table = page.rpartition('id="per-tempat"')[2].partition("</table>")[0]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table.partition("<tbody>")[2], re.DOTALL)
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        for row in rows
    ]


def number(text: str) -> Decimal:
    digits = re.search(r"-?[\d.]+(,\d+)?", text)
    assert digits is not None, text
    return Decimal(digits[0].replace(".", "").replace(",", "."))


def test_every_chart_is_a_file_that_says_for_whom_it_is(told: Desk) -> None:
    client = told.world.client("regional")
    seen = 0
    for board in BOARDS:
        start = "/desk/boards/" if board == "overview" else f"/desk/boards/{board}/"
        page = client.get(f"{start}?di=53&masa=2026-03").content.decode()
        for link in dict.fromkeys(re.findall(r'href="(\?[^"]*berkas=\w+)"', page)):
            response = client.get(start + link.replace("&amp;", "&"))
            assert response.status_code == 200, link
            assert "-kantor." in response["Content-Disposition"]
            content = body(response)
            if "berkas=svg" in link:
                assert "jangan disebarkan" in "".join(ElementTree.fromstring(content).itertext())
                assert b"<a " not in content
            if "berkas=csv" in link:
                assert "jangan disebarkan" in content.decode("utf-8-sig")
            if "berkas=png" in link:
                assert content.startswith(b"\x89PNG")
            seen += 1
    assert seen >= 3 * 15
    assert client.get("/desk/boards/?bagan=tidak-ada&berkas=svg").status_code == 404
    assert client.get("/desk/boards/?bagan=arah-legal&berkas=exe").status_code == 404


def test_a_rupiah_goes_nowhere_unsaid() -> None:
    parts = {"amount": Decimal(100), "loss": Decimal(5), "material": Decimal(30),
             "makers": Decimal(50), "state": Decimal(25), "fee": Decimal(-3)}  # fmt: skip

    flows = {(one.source, one.target): one.amount for one in flows_of(parts, Decimal(60), Decimal(5))}  # fmt: skip  # noqa: E501

    assert flows == {
        ("buyers", "sold"): 100, ("loss", "sold"): 5, ("sold", "material"): 30,
        ("sold", "makers"): 50, ("sold", "state"): 25, ("makers", "paid"): 50,
        ("owed_before", "paid"): 10, ("state", "deposited"): 5, ("state", "due"): 20,
    }  # fmt: skip


def test_the_edition_is_the_same_for_everybody_and_holds_only_what_was_told(told: Desk) -> None:
    world = told.world
    stranger, head = Client(), world.client("head")
    with at_most(8):
        answer = stranger.get("/wilayah/53/?masa=2026-03")
    page = answer.content.decode()
    with world.everywhere():
        sums = ToldFigure.objects.filter(indicator="sold", part="", month=MARCH)
        sold = sum(sums.values_list("numerator", flat=True))

    assert answer.status_code == 200
    assert answer.content == head.get("/wilayah/53/?masa=2026-03").content
    assert "Set-Cookie" not in answer.headers
    assert "<h1>NTT</h1>" in page
    assert sold
    assert f"Rp{int(sold):,}".replace(",", ".") in page
    assert stranger.get("/wilayah/99/").status_code == 404
    assert stranger.get("/wilayah/53.04/").status_code == 404
    assert stranger.get("/en/wilayah/53/?masa=2026").status_code == 200
    pdf = body(stranger.get("/wilayah/53/?masa=2026-03&ekspor=pdf"))
    assert pdf.startswith(b"%PDF")
    svg = stranger.get("/wilayah/53/?masa=2026-03&bagan=peta-sold&berkas=svg")
    assert "-umum.svg" in svg["Content-Disposition"]


def test_the_edition_names_every_regency(told: Desk) -> None:
    with told.world.everywhere():
        found = edition_of("53", Period.month(MARCH), str)
    assert found is not None
    assert {"53.01", "53.21", "53.71"} <= {*found.every}
    assert len(found.table().rows) >= 22


def test_a_mean_of_told_people_is_told_as_a_count_is() -> None:
    known, goods = INDICATORS["makers"], INDICATORS["sold"]

    means = [Decimal(one) for one in ("0", "4.4", "4.5", "8.3", "12.5")]
    assert [as_told(known, one) for one in means] == [0, 0, 5, 10, 15]
    assert as_told(goods, Decimal("4.2")) == Decimal("4.2")
    assert as_told(known, None) is None


def test_a_year_that_goes_on_ends_with_its_last_finished_month() -> None:
    with clock.travel(datetime(2026, 3, 9, 4, tzinfo=UTC)):
        assert begun(Period.year(2026)) == Period(date(2026, 1, 1), date(2026, 3, 1))
        assert begun(Period.month(MARCH)) == Period.month(MARCH)
        assert begun(Period.year(2025)) == Period.year(2025)
        assert period_words(begun(Period.year(2026))) == "Januari–Februari 2026"
        assert year_of(Period.year(2026)).last_month == date(2026, 2, 1)
    assert Period.year(2026).code == "2026"
    assert Period.parse(Period.year(2026).code) == Period.year(2026)


def test_quantities_follow_the_language() -> None:
    known = INDICATORS["lots_lawful"]
    value = Decimal("1234.5")

    assert (said(known, value), written(value)) == ("1.234,5%", "1.234,5")
    with override("en"):
        assert (said(known, value), written(value)) == ("1,234.5%", "1,234.5")
