"""Cart and checkout through the client: changes first, errors at their field, a form once."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from berdaya.core import clock
from berdaya.orders.models import Cart, Checkout, Order, OrderContact, PaymentTerm
from berdaya.orders.tasks import forget_old_carts
from berdaya.stock.models import StockLevel
from tests.counting import at_most
from tests.orders.buyer import PHONE, TYPED, Buyer, more_regions, open_second
from tests.orders.scene import Shop, open_shop
from tests.world import World


@pytest.fixture
def shop(world: World) -> Shop:
    with world.everywhere():
        return open_shop(world)


def counted(shop: Shop) -> tuple[int, int]:
    with shop.scene.world.everywhere():
        level = StockLevel.objects.get(place=shop.gallery)
        return Order.objects.count(), int(level.reserved)


def test_an_empty_cart_says_what_to_do(shop: Shop) -> None:
    page = Buyer().cart()

    assert page.status_code == 200
    assert "Keranjang masih kosong" in page.content.decode()
    assert not page.cookies
    assert page["Cache-Control"] == "no-store"


def test_the_cookie_goes_to_the_carts_own_pages_only(shop: Shop) -> None:
    answer = Buyer().put(shop.listing)

    told = sorted(morsel.OutputString() for morsel in answer.cookies.values())
    assert answer.status_code == 303
    assert [morsel.split("; ")[0].partition("=")[0] for morsel in told] == ["keranjang"] * 2
    assert {morsel["path"] for morsel in answer.cookies.values()} == {
        "/keranjang",
        "/en/keranjang",
    }
    assert all("HttpOnly" in one and "SameSite=Lax" in one for one in told)


def test_pieces_put_in_twice_add_up(shop: Shop) -> None:
    buyer = Buyer()
    buyer.put(shop.listing, 2)
    buyer.put(shop.listing, 3)

    assert Cart.objects.get().lines.get().qty == 5


def test_another_site_puts_nothing_in(shop: Shop) -> None:
    client = Client(headers={"Sec-Fetch-Site": "cross-site"})
    answer = client.post("/keranjang/isi/", {"listing": shop.listing.slug})

    assert answer.status_code == 403
    assert not Cart.objects.exists()


def test_a_foreign_key_opens_no_cart(shop: Shop) -> None:
    buyer = Buyer()
    buyer.client.cookies["keranjang"] = str(uuid4())
    planted = buyer.client.cookies["keranjang"].value
    buyer.put(shop.listing)

    assert str(Cart.objects.get().pk) != planted


def test_what_is_not_shown_is_not_put_in(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        shop.listing.withdrawn_at = clock.now()
        shop.listing.save()
    answer = Buyer().put(shop.listing)

    assert answer.status_code == 409
    assert "goods_not_shown" in answer.content.decode()
    assert not Cart.objects.exists()


def test_a_changed_price_is_shown_and_accepted_by_one_button(shop: Shop) -> None:
    buyer = Buyer()
    buyer.put(shop.listing)
    with shop.scene.world.everywhere():
        shop.listing.price_rp = 400_000
        shop.listing.save()

    page = buyer.cart().content.decode()
    before = buyer.form()
    buyer.change(shop.listing, "setuju")

    assert "<del" in page
    assert "Rp385.000" in page
    assert "Rp400.000" in page
    assert before.status_code == 303
    assert buyer.form().status_code == 200


def test_sold_out_and_short_lines_offer_a_next_step(shop: Shop) -> None:
    buyer, other = Buyer(), Buyer()
    buyer.put(shop.listing, 3)
    with shop.scene.world.everywhere():
        shop.place(18)
    short = buyer.cart().content.decode()
    other.put(shop.listing, 2)
    with shop.scene.world.everywhere():
        shop.place(2)
    gone = buyer.cart().content.decode()

    assert "Tinggal 2." in short
    assert "Ambil 2 saja" in short
    assert "Baru saja habis" in gone
    assert "Lanjut memesan" not in gone
    buyer.change(shop.listing, "hapus", 0)
    assert "masih kosong" in buyer.cart().content.decode()


@pytest.mark.parametrize("many", [False, True])
def test_pages_cost_the_same_for_one_line_and_two(shop: Shop, many: bool) -> None:
    buyer = Buyer()
    buyer.put(shop.listing)
    if many:
        with shop.scene.world.everywhere():
            second = open_second(shop)
        buyer.put(second, 2)

    with at_most(8):
        assert buyer.cart().status_code == 200
    with at_most(8):
        assert buyer.form().status_code == 200
    with at_most(8):
        page = "/keranjang/wilayah/?province=53&regency=53.04&region=53.04.01"
        assert "Kota Rekaan" in buyer.client.get(page).content.decode()


def test_a_guest_orders_and_the_cart_is_empty(shop: Shop) -> None:
    buyer = Buyer()
    buyer.put(shop.listing, 2)
    answer = buyer.order()

    assert answer.status_code == 303
    with shop.scene.world.everywhere():
        contact = OrderContact.objects.get()
        assert (contact.name, contact.phone, contact.region_id) == (
            TYPED["name"],
            PHONE,
            "53.04.01",
        )
    assert counted(shop) == (1, 2)
    again = buyer.cart().content.decode()
    assert "masih kosong" in again
    assert answer["Location"] in again


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Tulis nama"),
        ("phone", "", "Tulis nomor"),
        ("phone", "0812 ABC", "hanya berisi angka"),
        ("phone", "081", "kurang panjang"),
        ("phone", "+99 1234567", "tidak dikenali"),
        ("email", "bukan surel", "Surel ini belum lengkap"),
        ("address", "", "Tulis alamatnya"),
        ("province", "", "Pilih provinsinya"),
        ("region", "", "Pilih kecamatannya"),
        ("region", "51.03.01", "Pilih"),
        ("postcode", "8571", "lima angka"),
        ("method", "", "Pilih cara bayar"),
        ("method", "tunai", "tidak diterima"),
    ],
)
def test_what_is_wrong_stands_at_its_field(shop: Shop, field: str, value: str, words: str) -> None:
    more_regions()
    buyer = Buyer()
    buyer.put(shop.listing)
    answer = buyer.order(**{field: value})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert words in str(answer.context["form"].errors[field])
    assert f'href="#id_{field}' in page
    assert "Belum dipesan" in page
    assert counted(shop) == (0, 0)


def test_everything_wrong_is_told_at_once_and_nothing_typed_is_lost(shop: Shop) -> None:
    buyer = Buyer()
    buyer.put(shop.listing)
    answer = buyer.order(name="", phone="abc", postcode="1", method="")

    assert set(answer.context["form"].errors) == {"name", "phone", "postcode", "method"}
    assert TYPED["address"] in answer.content.decode()


def test_the_picker_works_by_buttons_and_keeps_what_was_typed(shop: Shop) -> None:
    buyer = Buyer()
    buyer.put(shop.listing)
    step = {"langkah": "wilayah"}
    first = buyer.order(**step, regency="", region="", phone="belum jadi").content.decode()
    second = buyer.order(**step, region="").content.decode()
    wrong = buyer.order(**step, province="").content.decode()

    assert 'value="53.04">Belu' in first
    assert "53.04.01" not in first
    assert "belum jadi" in first
    assert "field-error" not in first
    assert 'value="53.04.01">Kota Rekaan' in second
    assert "Satu kabupaten atau kota" in second
    assert "Belu" not in wrong
    assert counted(shop) == (0, 0)


def test_fetched_goods_need_no_address(shop: Shop) -> None:
    buyer = Buyer()
    buyer.put(shop.listing)
    away = dict.fromkeys(("address", "province", "regency", "region", "postcode"), "")
    answer = buyer.order(**away, **{f"antar_{shop.scene.facility.pk}": "ambil"})

    assert answer.status_code == 303
    with shop.scene.world.everywhere():
        order = Order.objects.select_related("contact").get()
        assert order.is_pickup
        assert order.shipping_rp == 0
        assert order.contact.address == ""


def test_two_sellers_get_an_order_each_or_none(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        second = open_second(shop, stock=1)
    buyer = Buyer()
    buyer.put(shop.listing)
    buyer.put(second)
    key = buyer.key()
    with shop.scene.world.everywhere():
        StockLevel.objects.filter(place__facility=second.facility_id).update(reserved=1)
    refused = buyer.order(key)
    untouched = counted(shop)
    with shop.scene.world.everywhere():
        StockLevel.objects.filter(place__facility=second.facility_id).update(reserved=0)
    answer = buyer.order(key)

    assert refused.status_code == 409
    assert "Keranjang lontar baru saja habis" in refused.content.decode()
    assert TYPED["address"] in refused.content.decode()
    assert untouched == (0, 0)
    assert answer.status_code == 303
    assert counted(shop)[0] == 2
    assert Checkout.objects.count() == 1


def test_double_click_back_button_and_second_tab_lead_to_the_same_orders(shop: Shop) -> None:
    buyer = Buyer()
    buyer.put(shop.listing)
    one_tab, other_tab = buyer.key(), buyer.key()
    first = buyer.order(one_tab)
    again = [buyer.order(one_tab), buyer.order(other_tab), buyer.order(one_tab, name="")]

    assert {answer["Location"] for answer in again} == {first["Location"]}
    assert counted(shop) == (1, 1)


def test_the_same_goods_bought_later_are_another_order(shop: Shop) -> None:
    buyer = Buyer()
    buyer.put(shop.listing)
    first = buyer.order()
    buyer.put(shop.listing)

    assert buyer.order()["Location"] != first["Location"]
    assert counted(shop) == (2, 2)


def test_a_cart_changed_in_another_tab_is_shown_again_first(shop: Shop) -> None:
    buyer = Buyer()
    buyer.put(shop.listing)
    key = buyer.key()
    buyer.put(shop.listing, 4)
    answer = buyer.order(key)

    assert answer.status_code == 409
    assert "cart_changed" in answer.content.decode()
    assert counted(shop) == (0, 0)
    assert buyer.order(str(answer.context["form"]["request_key"].value())).status_code == 303


def test_a_price_that_changes_while_typing_is_told_with_the_new_one(shop: Shop) -> None:
    buyer = Buyer()
    buyer.put(shop.listing)
    key = buyer.key()
    with shop.scene.world.everywhere():
        shop.listing.price_rp = 400_000
        shop.listing.save()
    answer = buyer.order(key)

    assert answer.status_code == 409
    assert "Rp400.000" in answer.content.decode()
    assert counted(shop) == (0, 0)


def test_qris_is_hidden_above_its_limit_with_the_reason(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        PaymentTerm.objects.filter(method="qris").update(most_rp=300_000)
    buyer = Buyer()
    buyer.put(shop.listing)
    page = buyer.form()
    refused = buyer.order()

    assert [code for code, _label in page.context["form"].fields["method"].choices] == ["transfer"]
    assert "hanya sampai Rp300.000" in page.content.decode()
    assert refused.status_code == 422
    assert buyer.order(method="transfer").status_code == 303


def test_old_carts_are_forgotten_but_not_those_that_became_orders(shop: Shop) -> None:
    kept, lost = Buyer(), Buyer()
    kept.put(shop.listing)
    kept.order()
    lost.put(shop.listing)
    forget_old_carts(timestamp=0)
    early = Cart.objects.count()
    with time_machine.travel(clock.now() + timedelta(days=31)):
        forget_old_carts(timestamp=0)

    assert early == 2
    assert Cart.objects.get().checkouts.exists()


@pytest.mark.parametrize("typed", ["\x00", "53\x00", "9" * 6000, "' OR 1=1 --", "🧺"])
def test_nonsense_is_answered_not_fallen_over(shop: Shop, typed: str) -> None:
    buyer = Buyer()
    buyer.put(shop.listing)
    key = buyer.key()
    names = ("name", "phone", "province", "region", "postcode", "gift_note", "request_key")
    answers = [
        buyer.client.post("/keranjang/isi/", {"listing": typed, "qty": typed}),
        buyer.client.post("/keranjang/ubah/", {"listing": typed, "qty": typed, "do": typed}),
        buyer.client.get("/keranjang/wilayah/", {"province": typed, f"antar_{typed}": "ambil"}),
        buyer.client.get(f"/pesanan/{typed[:90]}/"),
        *(
            buyer.order(key, **({name: typed, f"antar_{typed}": "ambil", "langkah": "wilayah"}))
            for name in names
        ),
        *(buyer.order(key, **{name: typed}) for name in names if name != "request_key"),
    ]

    assert {answer.status_code for answer in answers} <= {200, 303, 400, 404, 409, 414, 422}
    assert counted(shop)[0] <= 1


def test_english_pages_speak_english(shop: Shop) -> None:
    buyer = Buyer("en")
    buyer.put(shop.listing)
    cart, form = buyer.cart().content.decode(), buyer.form().content.decode()
    placed = buyer.placed(buyer.order()).content.decode()

    assert "Ikat shawl" in cart
    assert "Ikat shawl" in form
    assert "Ikat shawl" in placed
    for page in (cart, form, placed):
        assert "Keranjang" not in page.replace("/keranjang", "")
        assert "Jumlah" not in page
