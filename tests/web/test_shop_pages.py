"""Public pages of the shop: few statements, the same bytes, nobody in them, always a way on."""

import json
import re
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from berdaya.catalog.actions.listings import withdraw_listing
from berdaya.core import clock
from berdaya.core.codes import format_code
from berdaya.legality.actions.permits import record_permit
from berdaya.legality.models import PermitKind
from tests.catalog.shelf import fill_shelf
from tests.counting import at_most
from tests.orders.scene import Shop, open_shop
from tests.world import SINCE, World


@pytest.fixture
def shop(world: World) -> Shop:
    with world.everywhere():
        made = open_shop(world)
        fill_shelf(world)
    return made


def addresses(shop: Shop) -> list[str]:
    """Every public page of the shop, in both languages."""
    slug, code = shop.listing.slug, shop.scene.lot.public_code
    paths = [
        *("/", "/produk/", "/produk/?q=selendang", "/produk/?q=slendang+bajwa"),
        *(f"/produk/{slug}/", "/unit/LP-ATB/", f"/asal/{code}", "/asal"),
    ]
    return [prefix + path for prefix in ("", "/en") for path in paths] + ["/sitemap.xml"]


def get(path: str) -> HttpResponse:
    return Client().get(path)


def text(path: str) -> str:
    return get(path).content.decode()


@pytest.mark.parametrize("n", [1, 60])
def test_public_pages_cost_at_most_eight_statements(world: World, n: int) -> None:
    with world.everywhere():
        shop = open_shop(world)
        fill_shelf(world, n - 1)
        fill_shelf(world, n - 1, world.atb)

    for path in addresses(shop):
        with at_most(8):
            assert get(path).status_code == 200, path


def test_public_pages_are_the_same_bytes_for_everybody(shop: Shop) -> None:
    for path in addresses(shop):
        stranger = get(path)
        staff = shop.scene.world.client().get(path)

        assert stranger.content == staff.content, path
        assert not stranger.cookies, path
        assert not staff.cookies, path
        assert "Cookie" not in stranger.get("Vary", ""), path
        assert stranger["Cache-Control"] == "public, max-age=60", path
        again = Client().get(path, headers={"If-None-Match": stranger["ETag"]})
        assert again.status_code == 304, path


def test_public_pages_look_into_no_session(shop: Shop) -> None:
    for path in addresses(shop):
        held = Client()
        held.cookies["sessionid"] = "abcdefghijklmnopqrstuvwxyz012345"
        page = held.get(path)

        assert not page.cookies, path
        assert page["Vary"] == "Accept-Encoding", path


def test_second_page_of_the_list_is_its_own_address(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        fill_shelf(shop.scene.world, 60, shop.scene.world.atb)

    page = text("/en/produk/?hal=2&urut=termurah")

    assert re.search(r'rel="canonical" href="[^"]+/en/produk/\?hal=2"', page)
    assert re.search(r'hreflang="id" href="[^"]+[^n]/produk/\?hal=2"', page)
    assert re.search(r'property="og:url" content="[^"]+/en/produk/\?hal=2"', page)


def test_page_after_the_last_is_no_address_of_its_own(shop: Shop) -> None:
    page = text("/produk/?hal=99")

    assert re.search(r'rel="canonical" href="[^"]+/produk/"', page)


def test_public_pages_are_packed_for_who_can_unpack(shop: Shop) -> None:
    plain = get("/")
    packed = Client().get("/", headers={"Accept-Encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 3
    assert packed["ETag"] != plain["ETag"]


def test_product_page_tells_everything_a_buyer_asks(shop: Shop) -> None:
    page = text(f"/produk/{shop.listing.slug}/")

    for words in (
        *("Selendang tenun ikat", "Rp385.000", "ilustrasi", "Siap dikirim", "Ke mana rupiah Anda"),
        *("perkiraan", "Pulau Timor", "/peta/LP-ATB.svg", "mulai Rp10.000", "Koperasi Contoh"),
    ):
        assert words in page, words


def test_product_page_carries_data_for_crawlers(shop: Shop) -> None:
    page = text(f"/produk/{shop.listing.slug}/")

    told = json.loads(re.search(r"ld\+json\">(.+?)</script>", page, re.DOTALL)[1])
    product, crumbs = told["@graph"]

    assert product["offers"]["price"] == 385_000
    assert product["offers"]["availability"].endswith("InStock")
    assert product["offers"]["seller"]["name"] == "Koperasi Contoh Atambua"
    assert [one["position"] for one in crumbs["itemListElement"]] == [1, 2, 3]
    assert 'rel="canonical"' in page
    assert page.count("hreflang=") == 4
    assert "og:image" in page


def test_crawler_data_cannot_leave_its_element(shop: Shop) -> None:
    world = shop.scene.world
    with world.everywhere():
        odd = (("</script><script>salah()</script>", "", "anyaman", 1_000, None),)
        listing = fill_shelf(world, 1, world.atb, odd)[0]

    page = text(f"/produk/{listing.slug}/")

    assert "<script>salah" not in page
    assert page.count("<script") == page.count("</script>")


def test_product_that_is_withdrawn_is_gone_and_offers_others(shop: Shop) -> None:
    with shop.scene.world.acting("head") as scope:
        withdraw_listing(by=scope.actor, listing=shop.listing, reason="Salah foto")

    page = get(f"/produk/{shop.listing.slug}/")

    assert page.status_code == 410
    assert "Barang serupa" in page.content.decode()
    assert "Salah foto" not in page.content.decode()
    assert shop.listing.slug not in text("/produk/")
    assert shop.listing.slug not in text("/sitemap.xml")
    assert get(f"/berbagi/{shop.listing.slug}.png").status_code == 404


def test_product_nobody_ever_showed_is_not_found(shop: Shop) -> None:
    assert get("/produk/tidak-ada/").status_code == 404


@pytest.mark.parametrize("code", ["LPKA-KPG", "BP-KPG", "XX"])
def test_unit_that_makes_nothing_has_no_page(shop: Shop, code: str) -> None:
    for path in (f"/unit/{code}/", f"/peta/{code}.svg", f"/berbagi/unit/{code}.png"):
        assert get(path).status_code == 404, path


def test_unit_page_shows_its_goods_and_place(shop: Shop) -> None:
    page = text("/unit/LP-ATB/")

    assert "Selendang tenun ikat" in page
    assert "Keranjang bambu" not in page
    assert "Atambua" in page


def test_origin_tells_months_and_percentages_only(shop: Shop) -> None:
    lot = shop.scene.lot
    with shop.scene.world.everywhere():
        record_permit(
            by=shop.scene.by, kind=PermitKind.objects.get(code="spp_irt"),
            number="P-IRT 2075304010012-26", holder=shop.scene.world.parties["coop_atb"],
            place=shop.scene.facility, issued_on=SINCE, valid_from=SINCE,
            valid_until=date(2026, 3, 1), products=[shop.scene.variant.product],
        )  # fmt: skip

    page = text(f"/asal/{lot.public_code}")
    english = text(f"/en/asal/{lot.public_code}")

    assert "Februari 2026" in page
    assert "February 2026" in english
    assert "50&nbsp;%" in page
    assert "Berlaku saat dibuat" in page
    assert "Sekarang tidak berlaku lagi" in page
    body = page.partition("<main")[2].partition("</main>")[0]
    assert not re.search(r"Rp\d", body)
    assert not re.search(r"\d{1,2} Februari", body)
    assert lot.code not in page


def test_origin_typed_by_hand_leads_to_its_form(shop: Shop) -> None:
    code = shop.scene.lot.public_code
    typed = format_code(code).lower()

    assert get(f"/asal/{typed}").headers["Location"] == f"/asal/{code}"
    assert get(f"/en/asal/{typed}").headers["Location"] == f"/en/asal/{code}"
    assert get(f"/asal?kode={typed}").headers["Location"] == f"/asal/{code}"


@pytest.mark.parametrize("code", ["7K2QM4XTRH9CDFW", "x", "%00", "a" * 400, "LP-ATB-26-L0001"])
def test_origin_unknown_is_a_friendly_404(shop: Shop, code: str) -> None:
    page = Client().get(f"/asal/{code}", follow=True)

    assert page.status_code == 404
    assert "tidak kami kenal" in page.content.decode()


def test_nobody_and_no_lpka_is_found_anywhere(shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
    people = [one.pseudonym for one in shop.scene.world.people.values()]
    planted = [*people, "A-001", "A-002", "LPKA", "BP-KPG", "Bapas Kelas"]

    for path in addresses(shop):
        page = get(path)
        told = page.content.decode() + str(page.headers)
        assert [word for word in planted if word in told] == [], path
    assert [word for word in people if word in caplog.text] == []


def test_sitemap_names_both_languages(shop: Shop) -> None:
    page = text("/sitemap.xml")

    assert f"/produk/{shop.listing.slug}/</loc>" in page
    assert f"/en/produk/{shop.listing.slug}/</loc>" in page
    assert page.count('hreflang="en"') == page.count("<loc>")
    assert "/unit/LP-ATB/" in page
    assert "LPKA" not in page


def test_share_cards_are_pictures_of_the_right_size(shop: Shop) -> None:
    for path in (
        f"/berbagi/{shop.listing.slug}.png",
        "/berbagi/berdaya.png",
        "/en/berbagi/unit/LP-ATB.png",
    ):
        card = get(path)

        assert card["Content-Type"] == "image/png"
        width, height = (int.from_bytes(card.content[a : a + 4], "big") for a in (16, 20))
        assert (width, height) == (1200, 630)


def test_goods_made_to_order_and_sold_out_say_so(shop: Shop) -> None:
    page = text("/produk/")

    assert "Dibuat untuk Anda, 14 hari" in page
    assert "Habis" in page


def test_search_page_offers_what_was_meant(shop: Shop) -> None:
    page = text("/produk/?q=slendang")
    nothing = text("/produk/?q=zzzzqqq")

    assert "Mungkin maksud Anda" in page
    assert "Selendang tenun ikat" in page
    assert "Belum ada barang dengan kata itu" in nothing


def test_lapsed_listing_goes_by_itself(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        shop.listing.lawful_until = clock.now() - timedelta(seconds=1)
        shop.listing.lawful_from = clock.now() - timedelta(days=9)
        shop.listing.save()

    assert get(f"/produk/{shop.listing.slug}/").status_code == 410
