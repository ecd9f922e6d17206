"""The pages of evidence: what they cost, what they say, what they refuse."""

import io
import zipfile

import pytest
from django.test import Client

from berdaya.core.scope import acting
from berdaya.evidence.actions.declarations import declare_export
from berdaya.evidence.actions.packs import ask_pack
from berdaya.evidence.actions.plots import set_plots
from berdaya.evidence.models import Declaration, MaterialPlot, Pack, Plot
from tests.counting import at_most
from tests.evidence.scene import POINT, SQUARE, SQUARE_HA, Coffee, plotted, roasted
from tests.world import World

FORM = {
    "kind": "farmer_group", "group_name": "Kelompok Tani Contoh", "region": "53.04",
    "hectares": "1,5", "coordinates": POINT, "legal_basis": "Surat keterangan desa",
    "since_year": "1998", "stated_on": "2026-01-05",
}  # fmt: skip


@pytest.fixture
def coffee(world: World) -> Coffee:
    made = roasted(world)
    plot = plotted(world)
    with world.acting() as scope:
        set_plots(by=scope.actor, material_lot=made.beans, plots=[plot])
        ask_pack(by=scope.actor, lot=made.lot, countries=["JP"])
        declare_export(by=scope.actor, lot=made.lot, country="US")
    return made


def more_of(world: World) -> None:
    """Three of everything that a page lists."""
    with world.everywhere():
        for model in (Plot, Pack, Declaration):
            for n in range(2):
                row = model.objects.order_by("pk").first()
                row.pk = None
                if hasattr(row, "code"):
                    row.code = f"{row.code}{n}"
                row.save()
        link = MaterialPlot.objects.get()
        for plot in Plot.objects.exclude(pk=link.plot_id):
            link.pk, link.plot = None, plot
            link.save()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("who", ["officer", "head", "auditor"])
def test_pages_take_at_most_twelve_statements(
    world: World, coffee: Coffee, who: str, rows: int
) -> None:
    if rows == 3:
        more_of(world)
    with world.everywhere():
        pack, told = Pack.objects.order_by("pk").first(), Declaration.objects.order_by("pk").first()
        plot = Plot.objects.order_by("pk").first()
    client, lot = world.client(who), f"/desk/evidence/lots/{coffee.lot.code}/"

    for url in (
        "/desk/evidence/", "/desk/evidence/?kerja=True", lot, f"{lot}plots/",
        f"/desk/evidence-packs/{pack.pk}/", f"/desk/evidence-packs/{pack.pk}/file/",
        "/desk/export-declarations/", f"/desk/export-declarations/{told.code}/",
        "/desk/plots/", f"/desk/plots/{plot.code}/", f"/desk/plots/{plot.code}/geojson/",
        "/desk/plot-materials/", "/desk/plot-materials/?kebun=belum",
    ):  # fmt: skip
        with at_most(12):
            answer = client.get(url)
        assert answer.status_code == 200, url


def test_a_list_costs_the_same_for_one_lot_and_three(world: World, coffee: Coffee) -> None:
    client = world.client("officer")
    with at_most(12):
        assert client.get("/desk/evidence/?barang=LP-ATB-KOPI").status_code == 200

    other = client.get("/desk/evidence/?barang=LP-ATB-LAIN").content.decode()
    page = client.get("/en/desk/evidence/").content.decode()

    assert coffee.lot.code in other  # an unknown choice is no choice
    assert "with steps in custody" in page


def test_a_swapped_coordinate_is_told_at_its_field_and_what_was_typed_stays(
    world: World, coffee: Coffee
) -> None:
    client = world.client("officer")
    swapped = {**FORM, "coordinates": "124.890000, -9.110000"}

    answer = client.post("/desk/plot-recording/", swapped)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "Lintang dan bujurnya tertukar." in page
    assert "124.890000, -9.110000" in page
    with world.everywhere():
        assert Plot.objects.count() == 1
    answer = client.post("/desk/plot-recording/", FORM)
    assert answer.status_code == 302
    with world.everywhere():
        assert Plot.objects.order_by("-pk").first().hectares == 1.5


def test_every_field_says_its_own_fault(world: World, coffee: Coffee) -> None:
    told = {**FORM, "hectares": "9", "since_year": "2099", "stated_on": "2099-01-01"}

    page = world.client("officer").post("/desk/plot-recording/", told).content.decode()

    for words in ("Kebun di atas 4 ha", "Tahun mulai menghasilkan 2099", "belum tiba"):
        assert words in page


def test_a_plot_is_corrected_with_what_it_was(world: World, coffee: Coffee) -> None:
    client = world.client("officer")
    with world.everywhere():
        code = Plot.objects.get().code

    page = client.get(f"/desk/plots/{code}/correction/").content.decode()
    changed = {**FORM, "coordinates": SQUARE, "hectares": str(SQUARE_HA).replace(".", ",")}
    answer = client.post(f"/desk/plots/{code}/correction/", changed)

    assert POINT in page
    assert answer.status_code == 302
    with world.everywhere():
        assert Plot.objects.get().shape == "polygon"


def collection(*points: str) -> bytes:
    features = ",".join(
        f'{{"type":"Feature","properties":{{"ProducerName":"Kelompok {n}","Area":1.2}},'
        f'"geometry":{{"type":"Point","coordinates":[{point}]}}}}'
        for n, point in enumerate(points, start=1)
    )
    return f'{{"type":"FeatureCollection","features":[{features}]}}'.encode()


def upload(client: Client, data: bytes, **more: str) -> tuple[int, str]:
    file = io.BytesIO(data)
    file.name = "kebun.geojson"
    usual = {key: value for key, value in FORM.items() if key not in ("coordinates", "hectares")}
    answer = client.post("/desk/plot-imports/", {**usual, "file": file, **more})
    return answer.status_code, answer.content.decode()


def test_a_file_is_examined_row_by_row_and_kept_whole_or_not_at_all(
    world: World, coffee: Coffee
) -> None:
    client = world.client("officer")
    bad = collection("124.890000,-9.110000", "-9.110000,124.890000")
    good = collection("124.890000,-9.110000", "124.891000,-9.111000")

    status, page = upload(client, bad, keep="1")
    assert (status, "Lintang dan bujurnya tertukar." in page) == (200, True)
    assert "1 kebun belum benar" in page
    with world.everywhere():
        assert Plot.objects.count() == 1

    status, page = upload(client, good)
    assert (status, "Simpan 2 kebun" in page) == (200, True)
    with world.everywhere():
        assert Plot.objects.count() == 1
    usual = {key: value for key, value in FORM.items() if key not in ("coordinates", "hectares")}
    answer = client.post("/desk/plot-imports/", {**usual, "text": good.decode(), "keep": "1"})
    assert answer.status_code == 302
    with world.everywhere():
        groups = set(Plot.objects.values_list("group_name", flat=True))
    assert groups == {"Kelompok Tani Contoh", "Kelompok 1", "Kelompok 2"}


@pytest.mark.parametrize("data", [b"", b"[]", b"{\xff", b'{"type":"FeatureCollection"}', b"{" * 9])
def test_a_file_that_cannot_be_read_is_told(world: World, coffee: Coffee, data: bytes) -> None:
    status, page = upload(world.client("officer"), data)

    assert status == 422
    assert "GeoJSON" in page


def test_from_material_to_the_pack_in_the_officers_hand(world: World) -> None:
    coffee, client = roasted(world), world.client("officer")
    lot = f"/desk/evidence/lots/{coffee.lot.code}/"
    before = client.get(lot).content.decode()
    plot = plotted(world)

    client.post(f"/desk/plot-materials/{coffee.beans.code}/", {"plots": [plot.pk]})
    after = client.get(lot).content.decode()
    answer = client.post(f"{lot}packs/", {"countries": ["JP", "US"]}, follow=True)
    with world.everywhere():
        pack = Pack.objects.get()
    file = client.get(f"/desk/evidence-packs/{pack.pk}/file/")

    assert "eudr_origin_unknown" in before
    assert "eudr_origin_unknown" not in after
    assert pack.digest in answer.content.decode()
    assert zipfile.ZipFile(io.BytesIO(file.content)).testzip() is None
    assert coffee.lot.code in file["Content-Disposition"]


def test_asking_america_answers_no_and_japan_prints(world: World, coffee: Coffee) -> None:
    client, lot = world.client("officer"), f"/desk/evidence/lots/{coffee.lot.code}/"

    no = client.post(f"{lot}declarations/", {"country": "US"}, follow=True)
    yes = client.post(f"{lot}declarations/", {"country": "JP"}, follow=True)
    with world.everywhere():
        first, last = Declaration.objects.order_by("pk")[1:]
    refused = client.post(f"/desk/export-declarations/{first.code}/paper/")
    paper = client.post(f"/desk/export-declarations/{last.code}/paper/", {"paper": "f4"})

    assert "market_barred" in no.content.decode()
    assert "Amerika Serikat" in no.content.decode()
    assert "Cetak pernyataan" not in no.content.decode()
    assert "Cetak pernyataan" in yes.content.decode()
    assert refused.status_code == 409
    assert paper.content.startswith(b"%PDF")


def test_a_pack_that_is_still_made_says_so(world: World, coffee: Coffee) -> None:
    with world.everywhere():
        waiting = Pack.objects.get()
        fresh = Pack.objects.create(
            facility=world.atb, lot=coffee.lot, as_of=waiting.as_of,
            requested_at=waiting.requested_at,
        )  # fmt: skip
    client = world.client("head")

    assert "Sedang disusun" in client.get(f"/desk/evidence-packs/{fresh.pk}/").content.decode()
    assert client.get(f"/desk/evidence-packs/{fresh.pk}/file/").status_code == 404


def test_the_other_unit_and_the_umkm_side_see_nothing(world: World, coffee: Coffee) -> None:
    with world.everywhere():
        pack = Pack.objects.get()
    lot = f"/desk/evidence/lots/{coffee.lot.code}/"

    for who in ("outsider", "mentor", "umkm_officer"):
        client = world.client(who)
        for url in (lot, f"/desk/evidence-packs/{pack.pk}/", f"{lot}plots/"):
            assert client.get(url).status_code in (403, 404), (who, url)
    with acting(world.actor("outsider"), "test"):
        assert not Plot.objects.exists()
