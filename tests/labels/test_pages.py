"""Pages of labels: what an officer finds, mends and prints, and what it costs."""

from io import BytesIO

import pytest
import zxingcpp
from django.conf import settings
from PIL import Image

from berdaya.labels.actions.numbers import give_own_number
from berdaya.labels.models import LabelPrint, LabelText, VariantNumber
from berdaya.stock.models import Lot
from tests.counting import at_most
from tests.labels import scene
from tests.labels.scene import everybody
from tests.world import World

GTIN = "8990000000013"


@pytest.fixture
def lots(world: World) -> list[Lot]:
    with world.everywhere():
        return [make(world) for make in (scene.coffee, scene.shawl, scene.basket)]


def test_the_list_says_what_each_lot_lacks(world: World) -> None:
    with world.everywhere():
        ready = scene.basket(world)
        variant = scene.make_variant(world, "snack", "Kue contoh")
        lacking = scene.make_lot(world, variant)

    page = world.client().get("/desk/labels/").content.decode()

    assert f"/desk/labels/{ready.code}/" in page
    assert "siap dicetak" in page
    # Permit, halal, text, net weight, best before.
    assert "kurang 5" in page
    assert f"/desk/labels/{lacking.code}/" in page


def test_an_export_of_the_list_says_it_too(world: World, lots: list[Lot]) -> None:
    answer = world.client().get("/desk/labels/?ekspor=csv").content.decode()

    assert answer.count("siap dicetak") == 3


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("who", ["officer", "head"])
def test_pages_take_at_most_twelve_statements(world: World, count: int, who: str) -> None:
    with world.everywhere():
        made = [make(world) for make in (scene.coffee, scene.shawl, scene.floss)[:count]]
        give_own_number(by=everybody(world), variant=made[0].variant)
    client = world.client(who)
    one = f"/desk/labels/{made[0].code}/"
    addresses = [
        "/desk/labels/", one, f"{one}?kertas=r58&untuk=outside&bahasa=both", f"{one}preview.png",
        f"/desk/labels/variants/{made[0].variant_id}/",
    ]  # fmt: skip

    for url in addresses:
        with at_most(12):
            answer = client.get(url)
        assert answer.status_code == 200, url
        assert b"None" not in answer.content or url.endswith("png"), url


def test_each_thing_that_is_missing_leads_to_where_it_is_mended(world: World) -> None:
    with world.everywhere():
        variant = scene.make_variant(world, "snack", "Kue contoh")
        lot = scene.make_lot(world, variant)
        product = variant.product.code

    page = world.client().get(f"/desk/labels/{lot.code}/").content.decode()

    assert "Kurang 5 hal" in page
    for url in (
        f"/desk/labels/variants/{variant.pk}/?lot={lot.code}",
        f"/desk/products/{product}/variants/{variant.pk}/",
        "/desk/permits/new/",
    ):
        assert url in page
    assert "/printing/" not in page


def test_the_preview_is_the_label_and_its_qr_can_be_read(world: World, lots: list[Lot]) -> None:
    answer = world.client().get(f"/desk/labels/{lots[0].code}/preview.png?kertas=a4-8")

    assert answer["Content-Type"] == "image/png"
    picture = Image.open(BytesIO(answer.content))
    assert picture.width == pytest.approx(105 / 25.4 * 406, abs=2)
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == f"{settings.PUBLIC_BASE_URL}/asal/{lots[0].public_code}"


def test_an_officer_writes_a_text_and_comes_back_to_the_lot(world: World) -> None:
    with world.everywhere():
        variant = scene.make_variant(world, "tenun", "Syal contoh")
        lot = scene.make_lot(world, variant)
    client = world.client()
    url = f"/desk/labels/variants/{variant.pk}/?lot={lot.code}"
    typed = {
        "fibre_1": "cotton", "share_1": "62,5", "fibre_2": "silk", "share_2": "37,5",
        "size": "25 × 160 cm", "care_wash": "wash_hand", "care_iron": "iron_low",
    }  # fmt: skip

    answer = client.post(url, typed)

    assert (answer.status_code, answer["Location"]) == (302, f"/desk/labels/{lot.code}/")
    with world.everywhere():
        text = LabelText.objects.get()
    assert text.composition == [["cotton", 6250], ["silk", 3750]]
    assert text.care == ["wash_hand", "iron_low"]
    assert "Siap dicetak" in client.get(answer["Location"]).content.decode()
    assert 'value="62,5"' in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"fibre_1": "cotton"}, "Isi serat dan persennya"),
        ({"share_1": "50"}, "Isi serat dan persennya"),
        ({"fibre_1": "cotton", "share_1": "50", "fibre_2": "cotton", "share_2": "50"},
         "Serat ini sudah ada di atas."),
        ({"fibre_1": "gold", "share_1": "100"}, "Masukkan pilihan yang valid"),
    ],
)  # fmt: skip
def test_fibres_that_cannot_be_are_said_at_their_row(
    world: World, typed: dict[str, str], said: str
) -> None:
    with world.everywhere():
        variant = scene.make_variant(world, "tenun", "Syal contoh")

    answer = world.client().post(f"/desk/labels/variants/{variant.pk}/", typed)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    with world.everywhere():
        assert not LabelText.objects.exists()


def test_the_sum_of_fibres_is_said_on_the_label_page(world: World) -> None:
    with world.everywhere():
        variant = scene.make_variant(world, "tenun", "Syal contoh")
        scene.text(world, variant, {**scene.SHAWL, "composition": [["cotton", 6250]]})
        lot = scene.make_lot(world, variant)

    page = world.client().get(f"/desk/labels/{lot.code}/").content.decode()

    assert "Persen seratnya berjumlah 62,5%, bukan 100%." in page


def test_labels_are_printed_and_listed(world: World, lots: list[Lot]) -> None:
    client, url = world.client(), f"/desk/labels/{lots[2].code}/"
    asked = {
        "layout": "a4-24", "audience": "own", "speech": "id", "copies": "30", "first_cell": "5"
    }  # fmt: skip

    pdf = client.post(f"{url}printing/", asked)
    page = client.get(url).content.decode()

    assert pdf.content.startswith(b"%PDF")
    assert "no-store" in pdf["Cache-Control"]
    with world.everywhere():
        row = LabelPrint.objects.get()
    assert (row.copies, row.first_cell) == (30, 5)
    assert row.digest[:12] in page
    assert "label tercetak 30" in page


@pytest.mark.parametrize("copies", ["0", "501", "banyak", ""])
def test_a_number_of_labels_that_cannot_be_is_said(
    world: World, lots: list[Lot], copies: str
) -> None:
    asked = {"layout": "a4-24", "audience": "own", "speech": "id", "copies": copies}

    answer = world.client().post(f"/desk/labels/{lots[2].code}/printing/", asked)

    assert answer.status_code == 422
    assert "Cetak label" in answer.content.decode()
    with world.everywhere():
        assert not LabelPrint.objects.exists()


def test_what_is_refused_is_said_with_its_reason(world: World, lots: list[Lot]) -> None:
    asked = {"layout": "t50x30", "audience": "own", "speech": "id", "copies": "1"}

    answer = world.client().post(f"/desk/labels/{lots[0].code}/printing/", asked)

    assert answer.status_code == 409
    assert "label_too_small" in answer.content.decode()


def test_numbers_are_kept_and_said_plainly(world: World, lots: list[Lot]) -> None:
    client, url = world.client(), f"/desk/labels/variants/{lots[0].variant_id}/"

    wrong = client.post(f"{url}gtin/", {"gtin": "8990000000014"})
    right = client.post(f"{url}gtin/", {"gtin": "899 0000 00001 3"}, follow=True)
    own = client.post(f"{url}own-number/", follow=True)

    assert wrong.status_code == 422
    assert "angka periksa" in wrong.content.decode()
    assert GTIN in right.content.decode()
    assert "Tidak mengatakan asal barangnya" in right.content.decode()
    with world.everywhere():
        kept = VariantNumber.objects.get()
    assert kept.own in own.content.decode()


def test_nobody_finds_labels_of_another_unit_or_of_a_service(world: World, lots: list[Lot]) -> None:
    with world.everywhere():
        service = scene.make_lot(world, scene.make_variant(world, "service", "Jahit contoh"))
    outsider, officer = world.client("outsider"), world.client()

    for url in (
        f"/desk/labels/{lots[0].code}/", f"/desk/labels/{lots[0].code}/preview.png",
        f"/desk/labels/variants/{lots[0].variant_id}/",
    ):  # fmt: skip
        assert outsider.get(url).status_code == 404
    assert lots[0].code not in outsider.get("/desk/labels/").content.decode()
    assert officer.get(f"/desk/labels/{service.code}/").status_code == 404
    assert service.code not in officer.get("/desk/labels/").content.decode()


def test_a_label_page_speaks_english(world: World, lots: list[Lot]) -> None:
    page = world.client().get(f"/en/desk/labels/{lots[0].code}/").content.decode()

    assert "Print labels" in page
