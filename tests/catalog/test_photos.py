"""Photos: nothing of the camera stays, nothing but photos comes in, and who sees them."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from berdaya.catalog.actions.listings import (
    Proposal,
    approve_listing,
    propose_listing,
    withdraw_listing,
)
from berdaya.catalog.actions.photos import PHOTO, add_photo
from berdaya.catalog.models import CHECKS, ListingVersion, Photo
from berdaya.core.verdicts import Refused
from tests.catalog import files
from tests.counting import at_most
from tests.orders.scene import Shop, open_shop
from tests.storage import stored
from tests.world import World

pytestmark = pytest.mark.usefixtures("storage")


def add(world: World, content: bytes, alt: str = "Selendang di atas meja") -> Photo:
    with world.acting() as scope:
        return add_photo(
            by=scope.actor, facility=world.atb, file=BytesIO(content), alt=alt, alt_en="Shawl"
        )


def kept(photo: Photo, width: int) -> Image.Image:
    with default_storage.open(Photo.file_name(photo.digest, width)) as file:
        return Image.open(BytesIO(file.read()))


@pytest.mark.parametrize("content", [files.jpeg(), files.png(), files.webp()])
def test_a_photo_keeps_nothing_that_the_camera_wrote(
    world: World, storage: Path, content: bytes
) -> None:
    assert files.SECRET in content

    add(world, content)

    found = stored(storage)
    assert len(found) == 2
    for one in found:
        assert files.SECRET not in one
        for mark in (b"Exif", b"EXIF", b"GPS", b"XMP", b"xmp", b"ICCP", b"adobe"):
            assert mark not in one
        image = Image.open(BytesIO(one))
        assert image.format == "WEBP"
        assert not image.getexif()
        assert "icc_profile" not in image.info


def test_a_photo_is_kept_in_two_sizes_under_its_digest(world: World) -> None:
    photo = add(world, files.jpeg())

    large = kept(photo, 1200)
    small = kept(photo, 480)
    assert large.size == (photo.width, photo.height) == (1200, 900)
    assert small.size == (480, 360)


def test_a_small_photo_is_not_made_larger(world: World) -> None:
    photo = add(world, files.png())

    assert (photo.width, photo.height) == (300, 200)


def test_a_photo_is_turned_as_it_was_held(world: World) -> None:
    photo = add(world, files.jpeg(orientation=6))

    large = kept(photo, 1200)
    assert large.size == (1200, 1600)
    red, _green, blue = large.convert("RGB").getpixel((1100, 100))
    assert blue > red


def test_the_same_picture_again_is_the_same_photo(world: World, storage: Path) -> None:
    first = add(world, files.jpeg())
    again = add(world, files.jpeg(), alt="Lain")

    assert again.pk == first.pk
    assert len(stored(storage)) == 2


HEIC = b"\x00\x00\x00\x18ftypheic" + b"\x00" * 64
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (files.bomb(), "upload_too_many_pixels"),
        (HEIC, "upload_heic"),
        (SVG, "upload_wrong_type"),
        (b"GIF89a" + b"\x00" * 40, "upload_wrong_type"),
        (b"", "upload_empty"),
        (files.jpeg()[:4000], "upload_broken"),
        (b"\xff\xd8\xff" + b"\x00" * 400, "upload_broken"),
        (b"\x89PNG\r\n\x1a\n" + SVG, "upload_broken"),
        (b"\xff\xd8\xff" + b"\x00" * PHOTO.max_bytes, "upload_too_heavy"),
    ],
)
def test_what_is_no_sound_photo_is_refused_and_nothing_kept(
    world: World, storage: Path, content: bytes, code: str
) -> None:
    with pytest.raises(Refused, match=f"^{code}$"):
        add(world, content)

    assert stored(storage) == []
    with world.everywhere():
        assert not Photo.objects.exists()


def test_a_photo_without_words_is_refused(world: World, storage: Path) -> None:
    with pytest.raises(Refused, match="photo_words_missing"):
        add(world, files.png(), alt=" ")

    assert stored(storage) == []


def test_an_lpka_adds_no_photo(world: World, storage: Path) -> None:
    place = world.facilities["LPKA-KPG"]
    with pytest.raises(Refused, match="facility_lpka"), world.everywhere() as scope:
        add_photo(by=scope.actor, facility=place, file=BytesIO(files.png()), alt="x", alt_en="")

    assert stored(storage) == []


def test_an_outsider_adds_no_photo_here(world: World, storage: Path) -> None:
    with pytest.raises(Refused), world.acting("outsider") as scope:
        add_photo(by=scope.actor, facility=world.atb, file=BytesIO(files.png()), alt="x", alt_en="")

    assert stored(storage) == []


def propose(shop: Shop, photo: Photo) -> ListingVersion:
    proposal = Proposal(name="Selendang tenun ikat", price_rp=385_000, weight_g=400)
    with shop.scene.world.acting() as scope:
        return propose_listing(
            by=scope.actor, variant=shop.scene.variant, seller=shop.listing.seller,
            proposal=proposal, photos=[photo],
        )  # fmt: skip


@pytest.fixture
def shop(world: World) -> Shop:
    with world.everywhere():
        return open_shop(world)


def test_a_photo_is_public_while_its_version_is_shown(world: World, shop: Shop) -> None:
    photo = add(world, files.jpeg())
    url, everybody = f"/foto/{photo.digest}-480.webp", Client()

    version = propose(shop, photo)
    before = everybody.get(url)
    with world.acting("head") as scope:
        approve_listing(by=scope.actor, version=version, ticked={photo.pk: CHECKS})
    with at_most(3):
        shown = everybody.get(url)
    with world.acting("head") as scope:
        withdraw_listing(by=scope.actor, listing=shop.listing, reason="Foto salah")
    after = everybody.get(url)

    assert (before.status_code, shown.status_code, after.status_code) == (404, 200, 404)
    assert shown["Content-Type"] == "image/webp"
    assert shown["Cache-Control"] == "public, max-age=60, must-revalidate"
    assert shown["ETag"]
    assert not shown.cookies
    assert "Cookie" not in shown.get("Vary", "")
    assert shown.content[8:12] == b"WEBP"
    assert everybody.get(f"/foto/{photo.digest}-640.webp").status_code == 404


def test_the_unit_sees_a_photo_before_it_is_shown_and_an_outsider_does_not(world: World) -> None:
    photo = add(world, files.jpeg())
    url = f"/desk/listings/photos/{photo.digest}/480/"

    assert world.client("officer").get(url).status_code == 200
    assert world.client("head").get(url).status_code == 200
    assert world.client("outsider").get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_a_photo_of_another_unit_is_not_proposed(world: World, shop: Shop) -> None:
    with world.acting("outsider") as scope:
        theirs = add_photo(
            by=scope.actor, facility=world.kpg, file=BytesIO(files.png()), alt="x", alt_en=""
        )
    with pytest.raises(Refused, match="photo_elsewhere"), world.everywhere() as scope:
        propose_listing(
            by=scope.actor, variant=shop.scene.variant, seller=shop.listing.seller,
            proposal=Proposal(name="Selendang", price_rp=385_000, weight_g=400), photos=[theirs],
        )  # fmt: skip

    with world.everywhere():
        assert shop.listing.versions.count() == 1
