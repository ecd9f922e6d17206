"""Open data: few statements, the same for everybody, page, CSV and JSON alike, kind mistakes."""

import csv
import io
import json
import re
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from berdaya.core.money import format_qty, format_rp
from berdaya.insight.actions.figures import tell
from berdaya.insight.open_data import DATASETS
from berdaya.institutions.demo import mark
from berdaya.institutions.models import Region
from berdaya.workshop.actions.counts import publish_counts
from tests.counting import at_most
from tests.web.small_world import MONTHS, SmallWorld, build, tell_all
from tests.world import TODAY, World

ROOT = "/data-terbuka/"
FILES = [f"{ROOT}{slug}{end}" for slug in DATASETS for end in (".csv", ".json",
         ".csv-metadata.json")]  # fmt: skip
CHARTS = [f"{ROOT}grafik/{key}/?berkas={form}" for key in ("rupiah", "barang", "pelatihan")
          for form in ("svg", "png", "csv")]  # fmt: skip
EMBEDS = [f"{ROOT}sematan/{key}/" for key in ("rupiah", "barang", "pelatihan")]
DATA = [f"{ROOT}katalog.json", *FILES, *CHARTS]
EVERY = [ROOT, *DATA, *EMBEDS]


@pytest.fixture
def told(world: World) -> SmallWorld:
    small = build(world)
    tell_all(small)
    tell_all(small, is_late=True)
    return small


def get(path: str, **headers: str) -> HttpResponse:
    return Client().get(path, headers=headers)


def rows_of(slug: str) -> list[dict[str, str]]:
    body = get(f"{ROOT}{slug}.csv").content.decode()
    return list(csv.DictReader(io.StringIO(body)))


def asked(path: str) -> Any:
    return json.loads(get(path).content)


@pytest.mark.parametrize("is_told", [False, True])
def test_open_data_cost_at_most_eight_statements(world: World, is_told: bool) -> None:
    if is_told:
        tell_all(build(world))

    for path in EVERY:
        with at_most(8):
            status = get(path).status_code
        assert status == 200 or (path.endswith(".json") and not is_told), path


def test_open_data_are_the_same_bytes_for_everybody(told: SmallWorld) -> None:
    staff = told.world.client("regional")
    for path in EVERY:
        mine, theirs = get(path), staff.get(path)

        assert mine.content == theirs.content, path
        assert not mine.cookies, path
        assert not theirs.cookies, path
        assert "Cookie" not in mine.get("Vary", ""), path
        assert get(path, **{"If-None-Match": mine["ETag"]}).status_code == 304, path


def test_only_data_may_be_read_and_only_embeds_framed_by_other_sites(told: SmallWorld) -> None:
    for path in EVERY:
        answer = get(path)
        policy = answer["Content-Security-Policy"]

        assert (answer.get("Access-Control-Allow-Origin") == "*") is (path in DATA), path
        assert ("frame-ancestors *" in policy) is (path in EMBEDS), path
        assert ("X-Frame-Options" not in answer) is (path in EMBEDS), path
        assert "'unsafe" not in policy, path
    assert "X-Frame-Options" in get("/")


def test_files_say_when_something_was_told_last(told: SmallWorld) -> None:
    path = f"{ROOT}penjualan.csv"
    first = get(path)

    assert first["Cache-Control"] == "public, max-age=3600"
    assert first["Content-Type"] == "text/csv; charset=utf-8"
    assert get(path, **{"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    old = get(path, **{"If-Modified-Since": "Mon, 01 Jun 2026 00:00:00 GMT"})
    assert old.status_code == 200


@pytest.mark.parametrize("slug", DATASETS)
def test_json_says_what_the_csv_says(told: SmallWorld, slug: str) -> None:
    rows = rows_of(slug)
    body = asked(f"{ROOT}{slug}.json?tahun=2026")

    assert len(rows) == len(MONTHS) * 6
    assert [
        {**row, "nilai": None if row["nilai"] == "" else Decimal(row["nilai"])} for row in rows
    ] == [
        {**row, "nilai": None if row["nilai"] is None else Decimal(str(row["nilai"]))}
        for row in body["data"]
    ]
    assert body["tahun_tersedia"] == [2026]
    assert (body["sebelumnya"], body["berikutnya"]) == (None, None)
    assert any(row["status"] == "tidak-diumumkan" and row["nilai"] == "" for row in rows)
    assert any(row["status"] == "diumumkan" for row in rows)
    assert all(bool(row["nilai"]) is (row["status"] == "diumumkan") for row in rows)


@pytest.mark.parametrize("slug", DATASETS)
def test_the_page_says_what_the_csv_says(told: SmallWorld, slug: str) -> None:
    page = get(ROOT).content.decode()
    table = page.partition('class="table-frame table-cards"')[2].partition("</table>")[0]
    place = list(DATASETS).index(slug)
    form = format_rp if DATASETS[slug].indicator.unit == "rupiah" else format_qty
    rows = rows_of(slug)

    whole = sum(Decimal(row["nilai"] or 0) for row in rows)
    assert form(int(whole)) in page.partition('id="bulan"')[0]
    for region in {row["kabupaten_kota"] for row in rows}:
        mine = [row["nilai"] for row in rows if row["kabupaten_kota"] == region and row["nilai"]]
        line = re.search(rf'<th scope="row">{region}</th>(.*?)</tr>', table)
        cell = line[1].split("<td")[place + 1] if line else ""
        assert (form(int(sum(map(Decimal, mine)))) in cell) is bool(mine), (region, cell)


def test_csv_is_plain(told: SmallWorld) -> None:
    body = get(f"{ROOT}dibayarkan-kepada-pembuat.csv").content

    assert not body.startswith(b"\xef\xbb\xbf")
    assert body.count(b"\r\n") == 1 + len(MONTHS) * 6
    for row in rows_of("dibayarkan-kepada-pembuat"):
        assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", row["bulan"])
        assert re.fullmatch(r"(-?\d+(\.\d+)?)?", row["nilai"])
        assert re.fullmatch(r"53\.\d\d", row["kode_kabupaten_kota"])
        assert Region.objects.get(code=row["kode_kabupaten_kota"]).name == row["kabupaten_kota"]


def test_years_are_pages_beside_each_other(told: SmallWorld) -> None:
    with told.world.everywhere() as scope:
        before = MONTHS[0].replace(year=2025)
        publish_counts(by=scope.actor, facility=told.world.atb, month=before)
        tell(by=scope.actor, facility=told.world.atb, months=[before])
    path = f"{ROOT}penjualan.json"

    older, newer = asked(f"{path}?tahun=2025"), asked(path)

    assert older["tahun_tersedia"] == newer["tahun_tersedia"] == [2025, 2026]
    assert older["berikutnya"].endswith("/data-terbuka/penjualan.json?tahun=2026")
    assert newer["sebelumnya"].endswith("/data-terbuka/penjualan.json?tahun=2025")
    assert newer["tahun"] == 2026
    # Without a break from the first month told to the last.
    assert [row["bulan"] for row in older["data"]][::6] == [f"2025-{n:02}" for n in range(6, 13)]
    assert [row["bulan"] for row in newer["data"]][::6] == [f"2026-{n:02}" for n in range(1, 9)]
    assert len(rows_of("penjualan")) == len(older["data"]) + len(newer["data"])


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("rahasia.csv", 404, "dataset_tidak_dikenal"),
        ("rahasia.json", 404, "dataset_tidak_dikenal"),
        ("rahasia.csv-metadata.json", 404, "dataset_tidak_dikenal"),
        ("penjualan.json?tahun=1999", 404, "tahun_belum_ada"),
        ("penjualan.json?tahun=dua", 400, "tahun_keliru"),
        ("penjualan.json?tahun=%D9%A2%D9%A0%D9%A2%D9%A6", 400, "tahun_keliru"),
    ],
)
def test_mistakes_are_told_with_a_code_that_stays(
    told: SmallWorld, path: str, status: int, code: str
) -> None:
    for prefix in ("", "/en"):
        answer = get(prefix + ROOT + path)

        assert answer.status_code == status
        assert json.loads(answer.content)["kode"] == code
        assert json.loads(answer.content)["katalog"].endswith("/data-terbuka/katalog.json")
        assert answer["Cache-Control"] == "no-store"
    assert get(f"{ROOT}grafik/rahasia/").status_code == 404
    assert get(f"{ROOT}grafik/rupiah/?berkas=exe").status_code == 404
    assert get(f"{ROOT}sematan/rahasia/").status_code == 404


STANDARD = {"konsep", "definisi", "klasifikasi", "ukuran", "satuan"}
ASKED = {
    "judul", "deskripsi", "produsen_data", "wali_data", "metode", "periode", "lisensi", "kontak",
    "frekuensi_pembaruan", "cakupan_wilayah", "kode_referensi", "versi", "terakhir_diperbarui",
}  # fmt: skip


def test_metadata_are_complete_in_both_languages(told: SmallWorld) -> None:
    for prefix in ("", "/en"):
        index = asked(f"{prefix}{ROOT}katalog.json")
        entries = {one["dct:identifier"]: one for one in index["dcat:dataset"]}
        assert set(entries) == set(DATASETS)
        for slug, entry in entries.items():
            about = asked(f"{prefix}{ROOT}{slug}.csv-metadata.json")
            facts = about["sdi:metadata"]

            assert facts == entry["sdi:metadata"]
            assert set(facts["standar_data"]) == STANDARD
            assert all(facts["standar_data"].values())
            assert {name for name in ASKED if not facts.get(name)} == set()
            assert facts["periode"] == {"dari": "2026-06", "sampai": "2026-08"}
            heads = [one["name"] for one in about["tableSchema"]["columns"]]
            assert heads == list(rows_of(slug)[0])
            assert all(one["dc:description"] for one in about["tableSchema"]["columns"])
            for one in entry["dcat:distribution"]:
                url = one["dcat:downloadURL"]["@id"]
                assert get(url[url.index(ROOT) :])["Content-Type"].startswith(one["dcat:mediaType"])
    assert asked(f"{ROOT}katalog.json")["dct:title"] != asked(f"/en{ROOT}katalog.json")["dct:title"]


def test_page_is_english_under_en(told: SmallWorld) -> None:
    page = get(f"/en{ROOT}").content.decode()

    # Figures and tables write numbers alike.
    assert "Rp1,228,017" in page
    assert "Rp1.228.017" not in page
    for words in ("open to anybody", "Paid to makers", "What is not published, and why",
                  "August 2026", "Copy this line"):  # fmt: skip
        assert words in page, words
    assert "diumumkan" not in page.partition("<main")[2].replace("tidak-diumumkan", "")


def test_page_without_a_month_still_speaks(world: World) -> None:
    page = get(ROOT).content.decode()

    assert "Belum ada bulan yang diumumkan" in page
    assert "Apa arti angkanya" in page
    assert "Belum ada bulan" in get(f"{ROOT}sematan/rupiah/").content.decode()
    assert rows_of("penjualan") == []
    assert get(f"{ROOT}penjualan.json").status_code == 404


def test_an_invented_world_says_so_everywhere(told: SmallWorld) -> None:
    assert "rekaan" not in get(ROOT).content.decode()
    assert "contoh-" not in get(f"{ROOT}penjualan.csv")["Content-Disposition"]
    with told.world.everywhere():
        mark(TODAY)

    assert "rekaan" in get(ROOT).content.decode()
    assert "Angka rekaan" in get(f"{ROOT}sematan/rupiah/").content.decode()
    assert "contoh-penjualan.csv" in get(f"{ROOT}penjualan.csv")["Content-Disposition"]
    assert asked(f"{ROOT}penjualan.json")["rekaan"] is True
    assert asked(f"{ROOT}penjualan.csv-metadata.json")["sdi:metadata"]["rekaan"] is True


def test_an_embed_has_no_script_and_names_its_source(told: SmallWorld) -> None:
    for path in EMBEDS:
        page = get(path).content.decode()

        assert "<script" not in page
        assert re.search(r'href="https?://[^"]+/data-terbuka/" target="_blank"', page)
        assert "<svg" in page


def test_the_page_is_found_from_front_footer_and_sitemap(told: SmallWorld) -> None:
    front = get("/").content.decode()

    assert front.count('href="/data-terbuka/"') == 2
    assert "/data-terbuka/</loc>" in get("/sitemap.xml").content.decode()
    assert "Disallow: /data-terbuka" not in get("/robots.txt").content.decode()


def test_no_child_and_no_person_is_in_the_files(told: SmallWorld) -> None:
    words = ["LPKA", *(one.pseudonym for one in told.world.people.values())]
    for path in [ROOT, *FILES, f"{ROOT}katalog.json", *EMBEDS]:
        body = get(path).content.decode()

        assert not [word for word in words if word in body], path
