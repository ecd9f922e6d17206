"""Pages of shops, sellers and the UMKM side: what they cost, what they refuse, what they show."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from berdaya.core import clock
from berdaya.core.scope import acting
from berdaya.institutions.models import BankAccount
from berdaya.institutions.qris import with_amount
from berdaya.market import pictures
from berdaya.market.access import market_scope
from berdaya.market.models import Application, BookRow, Picture, Product, Shop, ShopPermit
from tests.counting import at_most
from tests.market.scene import (
    SAME,
    Market,
    add_goods,
    again,
    apply,
    goods_of,
    open_shop,
    photo,
    place,
    seller_client,
)
from tests.orders.scene import STATIC_QRIS
from tests.orders.scene import open_shop as open_units_shop

pytestmark = pytest.mark.usefixtures("db")


def opened(market: Market, count: int) -> list[Shop]:
    return [open_shop(market, f"Kain Senja {number}", number) for number in range(1, count + 1)]


@pytest.mark.parametrize("count", [1, 3])
def test_public_pages_cost_few_statements(market: Market, count: int) -> None:
    shop, *_others = opened(market, count)
    order, goods = place(shop), goods_of(shop)[0]
    paths = ["/toko", f"/toko/{shop.code}", f"/toko/{shop.code}/{goods.code}"]
    paths += [f"/toko/{shop.code}/pesan", f"/toko/pesanan/{order.code}", "/toko?cari=senja"]

    for path in paths:
        with at_most(8):
            assert Client().get(path).status_code == 200, path


@pytest.mark.parametrize("count", [1, 3])
def test_desk_pages_cost_few_statements(market: Market, count: int) -> None:
    shop, *_others = opened(market, count)
    for number in range(count):
        row = apply(market.world, f"Anyaman {number}", 50 + number)
    desk = market.world.client("umkm_officer")
    desk.get("/desk/")

    for path in ("market-applications/", f"market-applications/{row.pk}/", "market-shops/",
                 f"market-shops/{shop.pk}/"):  # fmt: skip
        with at_most(12):
            assert desk.get(f"/desk/{path}").status_code == 200, path


@pytest.mark.parametrize("count", [1, 3])
def test_sellers_pages_cost_few_statements(market: Market, count: int) -> None:
    (shop,) = opened(market, 1)
    with market_scope():
        Product.objects.filter(shop=shop).update(on_hand=9)
    orders = [place(shop) for _turn in range(count)]
    owner = seller_client(shop)

    for path in ("", "/pesanan", f"/pesanan/{orders[0].code}", "/barang", "/buku", "/izin"):
        with at_most(12):
            assert owner.get(f"/usaha{path}").status_code == 200, path


def test_pages_speak_both_languages(market: Market) -> None:
    (shop,) = opened(market, 1)

    assert "Made by hand, straight from its owner" in Client().get("/en/toko").content.decode()
    assert "Order from this shop" in Client().get(f"/en/toko/{shop.code}").content.decode()


def test_search_and_kind_narrow_the_list(market: Market) -> None:
    opened(market, 2)

    def names(query: str) -> int:
        return Client().get(f"/toko{query}").content.decode().count('class="tile"')

    queries = ("", "?cari=senja+2", "?cari=kopi", "?jenis=cloth", "?jenis=food", "?jenis=salah")
    assert [names(query) for query in queries] == [2, 1, 0, 2, 0, 2]


def test_photo_is_cut_encoded_anew_and_named_by_chance(market: Market) -> None:
    (shop,) = opened(market, 1)
    with market_scope() as by:
        twins = [add_goods(by, shop, f"Kain {number}", 90_000, shade=7) for number in range(2)]
        names = list(Picture.objects.filter(product__in=twins).values_list("name", flat=True))

    answer = Client().get(f"/toko/gambar/{names[0]}")

    assert len(set(names)) == 2
    with Image.open(BytesIO(answer.content)) as image:
        assert (image.format, image.size, len(image.getexif())) == ("WEBP", (800, 800), 0)
    assert b"Kamera Contoh" not in answer.content
    assert photo(7).read() not in answer.content


def test_photo_taken_away_is_gone(market: Market, django_capture_on_commit_callbacks: Any) -> None:
    (shop,) = opened(market, 1)
    goods = goods_of(shop)[0]
    with market_scope():
        name = Picture.objects.get(product=goods).name
    owner = seller_client(shop)

    with django_capture_on_commit_callbacks(execute=True):
        owner.post(f"/usaha/foto/{name}/hapus")

    assert Client().get(f"/toko/gambar/{name}").status_code == 404
    assert not default_storage.exists(pictures.path_of(name))
    assert Client().get(f"/toko/{shop.code}/{goods.code}").status_code == 404


def test_what_is_no_photo_is_refused_with_its_code(market: Market) -> None:
    (shop,) = opened(market, 1)
    goods = goods_of(shop)[0]
    file = SimpleUploadedFile("foto.jpg", b"GIF89a not a photo", "image/jpeg")

    answer = seller_client(shop).post(f"/usaha/barang/{goods.code}/foto", {"photo": file})

    assert answer.status_code == 409
    assert "upload_wrong_type" in answer.content.decode()


def test_food_is_seen_with_a_number_that_holds(market: Market) -> None:
    (shop,) = opened(market, 1)
    with market_scope() as by:
        row = add_goods(by, shop, "Kue rambut", 25_000, trade="food")
    page, owner = f"/toko/{shop.code}/{row.code}", seller_client(shop)
    assert Client().get(page).status_code == 404
    assert "market_food_permit" not in Client().get(f"/toko/{shop.code}").content.decode()
    assert "memerlukan P-IRT" in owner.get("/usaha/barang").content.decode()

    told = {"kind": "spp_irt", "number": "2065304010001-29", "last_day": "2029-12-31"}
    assert owner.post("/usaha/izin", told).status_code == 302

    shown = Client().get(f"/toko/{shop.code}").content.decode()
    assert Client().get(page).status_code == 200
    assert "P-IRT" in shown
    assert "2065371010001" not in shown
    with market_scope():
        ShopPermit.objects.filter(shop=shop).update(valid_until=clock.today())
    assert Client().get(page).status_code == 404
    with market_scope():
        Product.objects.filter(pk=row.pk).update(is_fresh=True)
    assert Client().get(page).status_code == 200


def test_numbers_are_held_to_their_pattern(market: Market) -> None:
    owner = seller_client(opened(market, 1)[0])

    for told, words in (
        ({"kind": "nib", "number": "12"}, "NIB"),
        ({"kind": "spp_irt", "number": "2065304010001-29"}, "tulis hari terakhirnya"),
        ({"kind": "halal", "number": "ABC"}, "alal"),
    ):
        answer = owner.post("/usaha/izin", told)
        assert answer.status_code == 422
        assert words in answer.content.decode()

    with market_scope():
        assert not ShopPermit.objects.exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [("000201010211", "market_qris_broken"), ("dynamic", "market_qris_dynamic")],
)
def test_broken_or_dynamic_qris_is_refused(market: Market, text: str, code: str) -> None:
    (shop,) = opened(market, 1)
    given = with_amount(shop.qris_payload, 1_000, "X") if text == "dynamic" else text

    answer = seller_client(shop).post("/usaha/bayaran", {"qris_payload": given})

    assert answer.status_code == 409
    assert code in answer.content.decode()
    assert again(shop).qris_payload == shop.qris_payload


def test_payee_of_a_cooperative_is_refused(market: Market) -> None:
    """It would send the buyer's money elsewhere, and name a unit's seller in the wallet."""
    (shop,) = opened(market, 1)
    with market.world.everywhere():
        open_units_shop(market.world)
        number = BankAccount.objects.values_list("number", flat=True)[0]
    owner = seller_client(shop)
    account = {"bank": "Bank Contoh", "bank_number": number, "bank_holder": "Pemilik"}

    for given in ({"qris_payload": STATIC_QRIS}, account):
        answer = owner.post("/usaha/bayaran", given)
        assert answer.status_code == 409
        assert "market_payee_of_another" in answer.content.decode()

    assert again(shop).qris_payload == shop.qris_payload


def test_fewer_than_promised_is_refused(market: Market) -> None:
    (shop,) = opened(market, 1)
    place(shop, 2)
    goods = goods_of(shop)[0]
    told = {"name": goods.name, "trade": "cloth", "price_rp": "90.000", "on_hand": "1"}

    answer = seller_client(shop).post(f"/usaha/barang/{goods.code}", told)

    assert answer.status_code == 409
    assert "market_held_more" in answer.content.decode()
    assert goods_of(shop)[0].on_hand == 3


def test_resting_shop_and_shop_without_a_payee_are_out_of_sight(market: Market) -> None:
    resting, unpaid, fine = opened(market, 3)
    with market_scope():
        Shop.objects.filter(pk=resting.pk).update(rests=True)
        Shop.objects.filter(pk=unpaid.pk).update(
            qris_payload="", bank="", bank_number="", bank_holder=""
        )

    html = Client().get("/toko").content.decode()

    assert (fine.code in html, resting.code in html, unpaid.code in html) == (True, False, False)
    assert "market_not_payable" in seller_client(unpaid).get("/usaha").content.decode()


def test_order_form_keeps_what_was_typed_and_says_what_is_wrong(market: Market) -> None:
    (shop,) = opened(market, 1)
    goods = goods_of(shop)[0]
    told = {
        "request_key": "6f1c1f0e-3f0e-4c7a-9c39-0d9a3ed2f001", f"qty-{goods.code}": "1",
        f"price-{goods.code}": goods.price_rp, "name": "Pembeli Rekaan", "phone": "0812 9999 0001",
        "way": "kirim", "address": "", "method": "qris",
    }  # fmt: skip
    visitor = Client(headers=SAME)

    missing = visitor.post(f"/toko/{shop.code}/pesan", told)
    nothing = visitor.post(
        f"/toko/{shop.code}/pesan", told | {f"qty-{goods.code}": "", "address": "Jalan Contoh 1"}
    )

    assert (missing.status_code, nothing.status_code) == (422, 409)
    assert "Tulis alamat kirimnya." in missing.content.decode()
    assert "Pembeli Rekaan" in missing.content.decode()
    assert "market_nothing_ordered" in nothing.content.decode()


def test_own_entries_of_the_book_once_each_and_reversed(market: Market) -> None:
    (shop,) = opened(market, 1)
    owner = seller_client(shop)
    told = {
        "request_key": "6f1c1f0e-3f0e-4c7a-9c39-0d9a3ed2f002", "kind": "expense",
        "purpose": "material", "day": str(clock.today()), "amount_rp": "50.000", "note": "=Benang",
    }  # fmt: skip

    for _turn in range(2):
        assert owner.post("/usaha/buku/catat", told).status_code == 302
    late = told | {"day": str(clock.today() + timedelta(days=2))}
    assert owner.post("/usaha/buku/catat", late).status_code == 422
    with market_scope():
        row = BookRow.objects.get()
    assert row.amount_rp == -50_000
    assert "'=Benang" in owner.get("/usaha/buku/berkas").content.decode("utf-8-sig")
    assert owner.post(f"/usaha/buku/{row.pk}/betulkan").status_code == 302
    assert owner.post(f"/usaha/buku/{row.pk}/betulkan").status_code == 409
    assert owner.get("/usaha/buku?bulan=salah").status_code == 404
    with market_scope():
        assert sum(BookRow.objects.values_list("amount_rp", flat=True)) == 0


def test_officer_hands_out_a_code_once_and_asks_for_more(market: Market) -> None:
    (shop,) = opened(market, 1)
    row = apply(market.world, "Anyaman Pagi", 60)
    desk = market.world.client("umkm_officer")

    page = desk.post(f"/desk/market-shops/{shop.pk}/invitation/", follow=True).content.decode()
    empty = desk.post(f"/desk/market-applications/{row.pk}/question/", {"note": ""})
    asked = desk.post(f"/desk/market-applications/{row.pk}/question/", {"note": "Di mana?"})

    assert "hanya sekali ini tampil" in page
    assert (empty.status_code, asked.status_code) == (422, 302)
    with acting(market.desk, "test"):
        assert Application.objects.get(pk=row.pk).question == "Di mana?"
    later = desk.get(f"/desk/market-shops/{shop.pk}/").content.decode()
    assert "hanya sekali ini tampil" not in later
