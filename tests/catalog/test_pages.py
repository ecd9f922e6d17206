"""The desk's pages of listings: who sees and does what, and at what cost."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from berdaya.catalog.actions.listings import Proposal, decline_listing, propose_listing
from berdaya.catalog.models import Listing, ListingVersion, Outcome, Photo
from berdaya.core import clock
from berdaya.goods.models import Product, Variant
from tests.catalog import files
from tests.counting import at_most
from tests.orders.scene import Shop, open_shop
from tests.world import World

WORDS = {
    "name": "Selendang tenun ikat lebar",
    "name_en": "Wide ikat shawl",
    "story": "Ditenun dari benang kapas yang dicelup dengan daun nila.",
    "story_en": "Woven from cotton dyed with indigo leaves.",
    "care": "Cuci dengan tangan.",
    "care_en": "Wash by hand.",
    "price_rp": "425.000",
    "weight_g": "450",
    "lead_time_days": "",
}


@pytest.fixture
def shop(world: World) -> Shop:
    with world.everywhere():
        return open_shop(world)


def words(shop: Shop, **more: str) -> dict[str, str]:
    return WORDS | {"seller": str(shop.listing.seller_id)} | more


def at(name: str, shop: Shop, *more: object) -> str:
    return reverse(f"catalog:{name}", args=[shop.listing.slug, *more])


def propose(shop: Shop, **more: object) -> ListingVersion:
    facts = {"name": "Selendang tenun ikat", "price_rp": 400_000, "weight_g": 400} | more
    with shop.scene.world.acting() as scope:
        return propose_listing(
            by=scope.actor, variant=shop.scene.variant, seller=shop.listing.seller,
            proposal=Proposal(**facts),
        )  # fmt: skip


def another_variant(shop: Shop, number: int) -> Variant:
    facility = shop.scene.facility
    product = Product.objects.create(
        facility=facility, code=f"ATB-{number}", name=f"Syal {number}",
        category=shop.scene.variant.product.category, line_of_work="tenun",
    )  # fmt: skip
    return Variant.objects.create(
        product=product, facility=facility, sku=f"SYL-{number}", name="kecil",
        measure=shop.scene.variant.measure, list_price_rp=90_000,
    )  # fmt: skip


def test_pages_cost_at_most_twelve_statements(world: World, shop: Shop) -> None:
    propose(shop, price_rp=410_000)
    urls = [
        reverse("catalog:listings"), at("listing", shop), at("version", shop, 2),
        at("version", shop, 1), reverse("catalog:new_listing"), at("versions", shop),
    ]  # fmt: skip
    for more in (0, 5):
        with world.everywhere() as scope:
            for number in range(more):
                propose_listing(
                    by=scope.actor, variant=another_variant(shop, number),
                    seller=shop.listing.seller,
                    proposal=Proposal(name=f"Syal {number}", price_rp=90_000, weight_g=200),
                )  # fmt: skip
        for number in range(more):
            propose(shop, price_rp=420_000 + number)
        for url in urls:
            is_heads = url in urls[2:4]
            client = world.client("head" if is_heads else "officer")
            with at_most(12):
                assert client.get(url).status_code == 200, url


def test_the_list_finds_and_filters(world: World, shop: Shop) -> None:
    client, url = world.client(), reverse("catalog:listings")

    assert b"Selendang tenun ikat" in client.get(url).content
    assert b"Selendang tenun ikat" in client.get(url, {"keadaan": "tayang"}).content
    for state in ("diusulkan", "habis-izin", "ditarik", "belum"):
        assert b"Selendang tenun ikat" not in client.get(url, {"keadaan": state}).content
    propose(shop)
    assert b"Selendang tenun ikat" in client.get(url, {"keadaan": "diusulkan"}).content
    assert client.get(url, {"ekspor": "csv"}).status_code == 200


def test_an_officer_proposes_and_the_head_approves_on_one_tap(world: World, shop: Shop) -> None:
    made = world.client().post(at("versions", shop), words(shop))
    page = world.client("head").get(made["Location"])
    done = world.client("head").post(at("approval", shop, 2))

    assert made["Location"] == at("version", shop, 2)
    assert "Harga berubah" in page.content.decode()
    assert "Rp425.000" in page.content.decode()
    assert done.status_code == 302
    with world.everywhere():
        listing = Listing.objects.get()
        assert (listing.price_rp, listing.current.number) == (425_000, 2)


@pytest.mark.parametrize(
    ("prefix", "seen", "heading"),
    [("", "Woven by Somebody", "bahasa Inggris"), ("/en", "Ditenun Seseorang", "In Indonesian")],
)
def test_a_head_sees_the_words_of_the_other_language_too(
    world: World, shop: Shop, prefix: str, seen: str, heading: str
) -> None:
    propose(shop, story="Ditenun Seseorang", story_en="Woven by Somebody")

    page = world.client("head").get(prefix + at("version", shop, 2)).content.decode()

    assert f"<ins>{seen}</ins>" in page
    assert heading in page


def test_a_head_declines_with_a_reason_and_what_is_shown_stays(world: World, shop: Shop) -> None:
    propose(shop)
    client = world.client("head")

    empty = client.post(at("decline", shop, 2), {"reason": ""})
    done = client.post(at("decline", shop, 2), {"reason": "Ceritanya terlalu pendek"})

    assert empty.status_code == 422
    assert done.status_code == 302
    with world.everywhere():
        listing = Listing.objects.get()
        assert listing.current.number == 1
        assert listing.versions.get(number=2).decision.outcome == Outcome.DECLINED
    page = world.client().get(reverse("institutions:today")).content.decode()
    assert "Ceritanya terlalu pendek" in page


def test_the_region_pulls_it_back_at_once(world: World, shop: Shop) -> None:
    client = world.client("regional")

    dialog = client.get(at("withdrawal", shop))
    empty = client.post(at("withdrawal", shop), {"reason": ""})
    done = client.post(at("withdrawal", shop), {"reason": "Motif upacara"})

    assert (dialog.status_code, empty.status_code, done.status_code) == (200, 422, 302)
    with world.everywhere():
        assert not Listing.objects.shown(clock.now()).exists()


def test_an_officer_does_not_pull_back(world: World, shop: Shop) -> None:
    answer = world.client().post(at("withdrawal", shop), {"reason": "Coba"})

    assert answer.status_code == 403
    with world.everywhere():
        assert Listing.objects.shown(clock.now()).exists()


def test_counting_without_script_shows_the_makers_part(world: World, shop: Shop) -> None:
    url, given = at("versions", shop), words(shop, count="1", price_rp="200.000")

    whole = world.client().post(url, given)
    part = world.client().post(url, given, headers={"HX-Target": "hitungan"})

    assert "Rp200.000" in whole.content.decode()
    assert 'value="Selendang tenun ikat lebar"' in whole.content.decode()
    assert part.content.decode().lstrip().startswith('<div class="price-hint"')
    assert "Pembuat" in part.content.decode()
    with world.everywhere():
        assert ListingVersion.objects.count() == 1


def test_a_price_that_leaves_the_makers_nothing_must_be_confirmed(world: World) -> None:
    with world.everywhere():
        shop = open_shop(world, costs=(30_000_000, 0, 0))
    client, url = world.client(), at("versions", shop)

    refused = client.post(url, words(shop, price_rp="200.000"))
    taken = client.post(url, words(shop, price_rp="200.000", is_no_share_confirmed="on"))

    assert refused.status_code == 409
    assert "listing_makers_get_nothing" in refused.content.decode()
    assert 'value="Selendang tenun ikat lebar"' in refused.content.decode()
    assert taken.status_code == 302
    with world.everywhere():
        assert ListingVersion.objects.filter(is_no_share_confirmed=True).count() == 1


def test_a_photo_is_added_ordered_and_removed(world: World, shop: Shop) -> None:
    client, url = world.client(), at("versions", shop)
    file = SimpleUploadedFile("IMG_1.jpg", files.jpeg(), "image/jpeg")

    added = client.post(url, words(shop, add_photo="1", file=file, alt="Selendang", alt_en=""))
    with world.everywhere():
        photo = Photo.objects.get()
    with_it = client.post(url, words(shop, **{f"photo_{photo.pk}": "1"}))
    without = client.post(url, words(shop))

    page = added.content.decode()
    assert re.search(rf'name="photo_{photo.pk}" value="1"', page)
    assert 'value="Selendang tenun ikat lebar"' in page
    assert (with_it.status_code, without.status_code) == (302, 302)
    with world.everywhere():
        versions = {row.number: row.photos.count() for row in ListingVersion.objects.all()}
        assert versions == {1: 0, 2: 1, 3: 0}


def test_a_refused_photo_leaves_the_form_as_it_was(world: World, shop: Shop) -> None:
    file = SimpleUploadedFile("a.heic", b"\0\0\0\x18ftypheic" + b"\0" * 40, "image/heic")
    given = words(shop, add_photo="1", file=file, alt="Selendang", alt_en="")

    answer = world.client().post(at("versions", shop), given)

    assert answer.status_code == 409
    assert "upload_heic" in answer.content.decode()
    assert 'value="Selendang tenun ikat lebar"' in answer.content.decode()
    with world.everywhere():
        assert not Photo.objects.exists()


def test_a_new_listing_begins_with_goods_nobody_has_offered(world: World, shop: Shop) -> None:
    with world.everywhere():
        variant = another_variant(shop, 7)
    client, url = world.client(), reverse("catalog:new_listing")

    choice = client.get(url).content.decode()
    form = client.get(url, {"variant": variant.pk}).content.decode()
    made = client.post(f"{url}?variant={variant.pk}", words(shop))

    assert f'value="{variant.pk}"' in choice
    assert f'value="{shop.scene.variant.pk}"' not in choice
    assert "90.000" in form
    assert made.status_code == 302
    with world.everywhere():
        listing = Listing.objects.get(variant=variant)
        assert (listing.versions.count(), listing.current) == (1, None)


def test_todays_lines_reach_those_who_act(world: World, shop: Shop) -> None:
    version = propose(shop)

    head = world.client("head").get(reverse("institutions:today")).content.decode()
    officer = world.client().get(reverse("institutions:today")).content.decode()
    assert at("version", shop, 2) in head
    assert at("version", shop, 2) not in officer
    with world.acting("head") as scope:
        decline_listing(by=scope.actor, version=version, reason="Fotonya gelap")
    assert "Fotonya gelap" in world.client().get(reverse("institutions:today")).content.decode()


def test_a_listing_that_lapses_soon_is_told(world: World, shop: Shop) -> None:
    with world.everywhere():
        Listing.objects.update(lawful_until=clock.now() + timedelta(days=20))

    page = world.client().get(reverse("institutions:today")).content.decode()

    assert "segera tidak tayang" in page


def test_an_outsider_finds_no_listing(world: World, shop: Shop) -> None:
    client = world.client("outsider")

    for url in (at("listing", shop), at("version", shop, 1), at("versions", shop)):
        assert client.get(url).status_code == 404
    assert client.post(at("versions", shop), words(shop)).status_code == 404
    assert b"Selendang" not in client.get(reverse("catalog:listings")).content
    with world.everywhere():
        assert ListingVersion.objects.count() == 1


def test_pages_speak_english(world: World, shop: Shop) -> None:
    propose(shop, name_en="Ikat shawl", story="Baru", story_en="New")
    client = world.client("head")

    for url in (reverse("catalog:listings"), at("listing", shop), at("version", shop, 2)):
        page = client.get(f"/en{url}").content.decode()
        assert "Ikat shawl" in page
        for word in ("Tayang", "Keadaan", "Syarat", "Riwayat"):
            assert word not in page
