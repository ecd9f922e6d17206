"""The desk's pages of goods, stock and papers: doors, budget, journeys, prints."""

import re
from decimal import Decimal

import pytest
import zxingcpp
from django.conf import settings
from django.test import Client
from PIL import Image, ImageDraw

from berdaya.goods.models import Product, Variant
from berdaya.papers.actions.documents import issue_document
from berdaya.papers.models import Document
from berdaya.stock.actions.counts import count_stock
from berdaya.stock.actions.gates import request_gate_pass
from berdaya.stock.models import GatePass, Lot, Place, StockCount, StockMovement
from tests.counting import at_most
from tests.papers.pages import A4, F4, page_size
from tests.stock.shelves import Shelf, make_lot, make_shelf, make_variant, on_hand, stocked
from tests.world import TODAY, World


@pytest.fixture
def shelf(world: World) -> Shelf:
    with world.acting():
        return make_shelf(world.atb)


@pytest.fixture
def lot(world: World, shelf: Shelf) -> Lot:
    with world.acting():
        return stocked(world, shelf)


def ask(world: World, shelf: Shelf, lot: Lot) -> GatePass:
    with world.acting():
        return request_gate_pass(
            by=world.actor("officer"), place=shelf.store, to_place=shelf.gallery,
            lines={lot.pk: Decimal(4)}, destination="Galeri", day=TODAY, carrier="Sopir",
        )  # fmt: skip


def everything(world: World, shelf: Shelf, lot: Lot) -> list[str]:
    """Addresses of every page, with something on each."""
    gate_pass = ask(world, shelf, lot)
    with world.acting():
        by = world.actor("officer")
        count = count_stock(by=by, place=shelf.store, day=TODAY, counts={lot.pk: Decimal(10)})
        paper = issue_document(
            by=by, type="SIKB", facility=world.atb, day=TODAY, subject_ref="gate:x"
        )
    product, variant = shelf.variant.product, shelf.variant
    return [
        "/desk/products/",
        f"/desk/products/{product.code}/",
        f"/desk/products/{product.code}/details/",
        f"/desk/products/{product.code}/variants/new/",
        f"/desk/products/{product.code}/variants/{variant.pk}/",
        "/desk/products/new/",
        "/desk/stock/",
        "/desk/stock/lots/",
        f"/desk/stock/lots/{lot.code}/",
        f"/desk/stock/lots/{lot.code}/qr.svg",
        f"/desk/stock/lots/{lot.code}/transfers/",
        f"/desk/stock/lots/{lot.code}/losses/",
        f"/desk/stock/cards/{variant.pk}/",
        "/desk/stock/places/",
        "/desk/stock/places/new/",
        f"/desk/stock/places/{shelf.store.pk}/",
        f"/desk/stock/places/{shelf.store.pk}/counting/",
        f"/desk/stock/places/{shelf.store.pk}/leaving/",
        "/desk/stock/counts/",
        f"/desk/stock/counts/{count.pk}/",
        "/desk/gate-passes/",
        f"/desk/gate-passes/{gate_pass.code}/",
        "/desk/documents/",
        f"/desk/documents/{paper.pk}/",
    ]


def test_every_page_opens_in_both_languages_within_its_budget(
    world: World, shelf: Shelf, lot: Lot
) -> None:
    client = world.client()

    for path in everything(world, shelf, lot):
        for address in (path, f"/en{path}"):
            with at_most(12):
                response = client.get(address)
            assert response.status_code == 200, address


def test_strangers_and_outsiders_see_nothing(world: World, shelf: Shelf, lot: Lot) -> None:
    outsider = world.client("outsider")
    single = [
        path
        for path in everything(world, shelf, lot)
        if any(char.isdigit() for char in path) and "new" not in path
    ]

    assert {outsider.get(path).status_code for path in single} == {404}
    assert {Client().get(path).status_code for path in single} == {302}


def test_lists_cost_the_same_with_one_row_and_with_many(
    world: World, shelf: Shelf, lot: Lot
) -> None:
    client = world.client()
    ask(world, shelf, lot)
    with world.acting():
        for number in range(2, 102):
            stocked(world, shelf, number)
            make_variant(world.atb, f"S-{number}")
            Place.objects.create(facility=world.atb, kind="store", name=f"Rak {number}")
    lists = ("products", "stock", "stock/lots", "stock/places", "stock/counts", "gate-passes")

    for name in (*lists, "documents"):
        with at_most(12):
            response = client.get(f"/desk/{name}/")
        assert response.status_code == 200
    with at_most(12):
        assert client.get(f"/desk/stock/places/{shelf.store.pk}/counting/").status_code == 200
    with at_most(12):
        assert client.get(f"/desk/stock/cards/{shelf.variant.pk}/").status_code == 200


@pytest.mark.parametrize("query", ["?cari=kelor", "?kategori=soap", "?dibuat=ya", "?urut=-varian"])
def test_products_are_searched_filtered_and_sorted(world: World, shelf: Shelf, query: str) -> None:
    page = world.client().get(f"/desk/products/{query}").content.decode()

    assert "Sabun kelor" in page


def test_products_of_others_are_not_listed(world: World, shelf: Shelf) -> None:
    assert b"Sabun kelor" not in world.client("outsider").get("/desk/products/").content


def test_officer_adds_a_product_and_its_variant(world: World) -> None:
    client = world.client()
    facts = {"name": "Kursi", "name_en": "", "line_of_work": "mebel", "is_active": "on"}
    with world.acting():
        from berdaya.goods.models import Category, Measure

        facts["category"] = Category.objects.get(code="furniture").pk
        measure = Measure.objects.get(code="pcs").pk

    made = client.post("/desk/products/new/", facts)
    kept = client.post(
        made.url,
        {"sku": "kr-01", "name": "Kursi tamu", "measure": measure, "list_price_rp": "450.000",
         "pay_basis": "hours", "is_active": "on"},
    )  # fmt: skip

    assert made.status_code == kept.status_code == 302
    with world.acting():
        product = Product.objects.get()
        assert product.code == "LP-ATB-26-P0001"
        variant = Variant.objects.get()
        assert (variant.sku, variant.list_price_rp, variant.product) == ("KR-01", 450_000, product)


def test_same_sku_again_is_said_at_the_form(world: World, shelf: Shelf) -> None:
    path = f"/desk/products/{shelf.variant.product.code}/variants/new/"

    response = world.client().post(path, {"sku": "sb-klr", "name": "x", "list_price_rp": "1"})

    assert response.status_code == 422
    assert "sudah dipakai" in response.content.decode()


def test_seller_changes_nothing(world: World, shelf: Shelf, lot: Lot) -> None:
    client = world.client("seller")
    level = lot.levels.model.objects

    for path in ("transfers", "losses"):
        response = client.post(f"/desk/stock/lots/{lot.code}/{path}/", {})
        assert response.status_code == 403
    assert client.get("/desk/products/new/").status_code == 403
    with world.acting():
        assert level.get(lot=lot).on_hand == 10


def test_officer_transfers_and_writes_off(world: World, shelf: Shelf, lot: Lot) -> None:
    client = world.client()
    with world.acting():
        level = lot.levels.get()
    common = {"level": level.pk, "day": TODAY.isoformat()}

    moved = client.post(
        f"/desk/stock/lots/{lot.code}/transfers/",
        {**common, "to_place": shelf.gallery.pk, "qty": "3"},
    )
    lost = client.post(
        f"/desk/stock/lots/{lot.code}/losses/",
        {**common, "kind": "loss", "qty": "1", "reason": "Pecah."},
    )
    short = client.post(
        f"/desk/stock/lots/{lot.code}/losses/",
        {**common, "kind": "loss", "qty": "100", "reason": "Pecah."},
    )

    assert (moved.status_code, lost.status_code, short.status_code) == (302, 302, 409)
    assert "stock_short" in short.content.decode()
    with world.acting():
        assert (on_hand(lot, shelf.store), on_hand(lot, shelf.gallery)) == (6, 3)


def test_officer_counts_a_place(world: World, shelf: Shelf, lot: Lot) -> None:
    facts = {f"lot_{lot.pk}": "9", "day": TODAY.isoformat(), "reason": "Satu pecah."}

    response = world.client().post(f"/desk/stock/places/{shelf.store.pk}/counting/", facts)

    assert response.status_code == 302
    with world.acting():
        assert on_hand(lot, shelf.store) == 9
        assert StockCount.objects.get().lines.count() == 1


def test_pass_goes_from_request_to_print_and_copy(world: World, shelf: Shelf, lot: Lot) -> None:
    officer, head = world.client(), world.client("head")
    facts = {
        f"lot_{lot.pk}": "4", "destination": "Galeri Dekranasda", "to_place": shelf.gallery.pk,
        "day": TODAY.isoformat(), "carrier": "Sopir",
    }  # fmt: skip

    asked = officer.post(f"/desk/stock/places/{shelf.store.pk}/leaving/", facts)
    assert "Izin keluar barang LP-ATB-26-G0001" in head.get("/desk/").content.decode()
    assert officer.post(f"{asked.url}approval/").status_code == 403
    assert head.post(f"{asked.url}approval/").status_code == 302
    assert officer.post(f"{asked.url}delivery-note/").status_code == 302

    with world.acting():
        papers = list(Document.objects.order_by("pk"))
        assert StockMovement.objects.filter(kind="transfer").count() == 2
    assert [paper.type.code for paper in papers] == ["SIKB", "SJ"]
    for paper in papers:
        first, again = (officer.post(f"/desk/documents/{paper.pk}/printing/") for _ in range(2))
        assert first.content.startswith(b"%PDF")
        assert first.content != again.content
    with world.acting():
        assert Document.objects.get(type__code="SIKB").printed_count == 2


def test_head_declines_with_a_reason(world: World, shelf: Shelf, lot: Lot) -> None:
    gate_pass = ask(world, shelf, lot)
    head = world.client("head")

    silent = head.post(f"/desk/gate-passes/{gate_pass.code}/refusal/", {})
    said = head.post(f"/desk/gate-passes/{gate_pass.code}/refusal/", {"reason": "Tunggu."})

    assert (silent.status_code, said.status_code) == (422, 302)
    with world.acting():
        assert GatePass.objects.get().state == "declined"


def test_today_tells_of_low_and_expiring_stock(world: World, shelf: Shelf) -> None:
    with world.acting():
        stocked(world, shelf, expires_on=TODAY)
        Variant.objects.update(low_stock_qty=50)

    page = world.client().get("/desk/").content.decode()

    assert "hampir habis" in page
    assert "1 lot segera habis masa" in page


def test_papers_of_people_are_not_for_everybody_with_stock(world: World) -> None:
    with world.acting():
        paper = issue_document(
            by=world.actor("officer"), type="DPP", facility=world.atb, day=TODAY,
            subject_ref="payout:1",
        )  # fmt: skip
    officer = world.client()

    assert officer.post(f"/desk/documents/{paper.pk}/printing/").status_code == 403
    assert officer.get(f"/desk/documents/{paper.pk}/scan/").status_code == 403
    assert b"Simpan pindaian" not in officer.get(f"/desk/documents/{paper.pk}/").content


def test_lot_costs_are_for_those_who_see_the_books(world: World, shelf: Shelf, lot: Lot) -> None:
    path = f"/desk/stock/lots/{lot.code}/"

    assert b"Rp33.333" not in world.client().get(path).content
    assert b"Rp33.333" in world.client("head").get(path).content


def test_qr_reads_back_as_the_public_address(world: World, shelf: Shelf) -> None:
    with world.acting():
        lot = make_lot(shelf, 5)

    svg = world.client().get(f"/desk/stock/lots/{lot.code}/qr.svg").content.decode()

    read = zxingcpp.read_barcodes(picture_of(svg))
    assert [code.text for code in read] == [f"{settings.PUBLIC_BASE_URL}/asal/{lot.public_code}"]


def picture_of(svg: str) -> Image.Image:
    """The QR's strokes drawn as segno writes them: horizontal runs, one unit high."""
    side = int(re.search(r'viewBox="0 0 (\d+)|width="(\d+)"', svg).group(2)) // 4
    picture = Image.new("L", (side * 4, side * 4), 255)
    pen = ImageDraw.Draw(picture)
    path = re.search(r'stroke="#141[bB]36"[^>]*?d="([^"]+)"|d="([^"]+)"[^>]*stroke', svg)
    x = y = 0.0
    for step, numbers in re.findall(r"([Mmh])([-\d. ]+)", (path.group(1) or path.group(2))):
        values = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        if step == "h":
            top = int((y - 0.5) * 4)
            pen.rectangle((x * 4, top, (x + values[0]) * 4 - 1, top + 3), fill=0)
            x += values[0]
        else:
            start = (0.0, 0.0) if step == "M" else (x, y)
            x, y = start[0] + values[0], start[1] + values[1]
    return picture


def test_stock_card_is_numbered_for_its_days(world: World, shelf: Shelf, lot: Lot) -> None:
    officer, url = world.client(), f"/desk/stock/cards/{shelf.variant.pk}/print/"

    pdfs = [
        officer.post(f"{url}?{days}", {"paper": paper}).content
        for days, paper in (
            ("dari=2026-10-01&sampai=2026-10-31", "a4"),
            ("dari=2026-10-01&sampai=2026-10-31", "f4"),
            ("dari=2026-11-01&sampai=2026-11-30", "a4"),
        )
    ]

    assert [page_size(pdf) for pdf in pdfs] == [A4, F4, A4]
    with world.everywhere():
        papers = list(Document.objects.filter(type__code="KS").order_by("number"))
    assert [one.number_text for one in papers] == [
        "001/KS/LP-ATB/X/2026", "002/KS/LP-ATB/XI/2026",
    ]  # fmt: skip
    assert [one.printed_count for one in papers] == [2, 1]
    assert officer.post(f"/desk/documents/{papers[0].pk}/printing/").content[:4] == b"%PDF"
    assert "sampai=2026-10-31" in officer.get(f"/desk/documents/{papers[0].pk}/").text
