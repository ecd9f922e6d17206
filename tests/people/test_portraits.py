"""The sealed photo: made anew at the door, shown only within an opening, gone with the key."""

from base64 import b64decode, b64encode
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image

from berdaya.core import clock
from berdaya.core.models import AuditRow
from berdaya.people import sealed
from berdaya.people.actions.rotation import rotate_keys
from berdaya.people.models import RevealedPerson, SealedIdentity
from berdaya.people.portraits import PORTRAIT, accepted_portrait
from tests.catalog import files
from tests.counting import at_most
from tests.people.names import plant
from tests.people.opening import MORNING, logged
from tests.people.rights_scene import ask
from tests.people.test_backups import erase
from tests.world import World

INLINE = b"data:image/jpeg;base64,"


def page(world: World, end: str = "data-diri") -> str:
    return f"/desk/wbp/{world.people['cendana'].code}/{end}/"


def send(client: Client, world: World, content: bytes, name: str = "Contoh Jambu.jpg") -> Any:
    return client.post(page(world), {"photo": SimpleUploadedFile(name, content)})


def photo(world: World) -> bytes:
    with world.everywhere():
        rows = SealedIdentity.objects.all()
        return sealed.open_all(rows, ["photo"])[world.people["cendana"].pk].photo


def take(world: World) -> bytes:
    """Cendana's photo, sealed from the page with everything a telephone writes into it."""
    assert send(world.client(), world, files.jpeg()).status_code == 302
    return photo(world)


def shown(client: Client, world: World, reason: str) -> Any:
    with clock.travel(MORNING):
        return client.post(page(world, "pembukaan"), {"reason": reason})


def test_photo_is_made_anew_scaled_and_sealed_in_no_file(world: World) -> None:
    before = default_storage.listdir("") if default_storage.exists("") else None

    kept = take(world)

    with Image.open(BytesIO(kept)) as image:
        assert (image.format, image.size) == ("JPEG", (360, 270))
        assert not image.getexif()
    assert files.SECRET not in kept
    assert len(kept) < 60_000
    assert (default_storage.listdir("") if default_storage.exists("") else None) == before
    with world.everywhere(), connection.cursor() as cursor:
        cursor.execute("SELECT photo FROM sealed.identity")
        stored = bytes(cursor.fetchone()[0])
        trail = " ".join(f"{one.before} {one.after}" for one in AuditRow.objects.all())
    assert kept[:200] not in stored
    assert kept[:40].hex() not in trail
    assert stored[:40].hex() not in trail


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.4 bukan foto", "bukan JPG, PNG, WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bukan JPG, PNG, WebP"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "HEIC"),
        (files.jpeg()[:3_000], "rusak atau terpotong"),
        (files.bomb(), "megapiksel"),
        (b"\xff\xd8\xff" + b"\0" * (PORTRAIT.max_bytes + 1), "lebih dari 8 MB"),
    ],
    ids=["pdf", "svg", "heic", "cut", "bomb", "heavy"],
)
def test_what_is_no_photo_is_refused_at_its_field(world: World, content: bytes, told: str) -> None:
    answer = send(world.client(), world, content)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert "Contoh Jambu" not in answer.content.decode()
    with world.everywhere():
        assert not SealedIdentity.objects.exists()


def test_no_page_shows_it_and_only_the_opening_does(world: World) -> None:
    plant(world, "cendana")
    kept = b64encode(take(world))
    client = world.client()

    looked = [
        client.get(path).content
        for path in (page(world), page(world, "pembukaan"), page(world, "kerja"),
                     f"/desk/wbp/{world.people['cendana'].code}/", "/desk/wbp/", "/desk/reveals/")
    ]  # fmt: skip
    before = logged(world)
    opened = shown(client, world, "check")

    assert [one for one in looked if INLINE in one] == []
    assert before == 0
    assert INLINE + kept in opened.content
    assert "no-store" in opened["Cache-Control"]
    assert "data:" in opened["Content-Security-Policy"]
    with world.everywhere():
        assert RevealedPerson.objects.get().fields == ["name", "photo"]


@pytest.mark.parametrize("reason", ["serve", "family"])
def test_other_reasons_do_not_open_it(world: World, reason: str) -> None:
    plant(world, "cendana")
    take(world)

    answer = shown(world.client(), world, reason)

    assert answer.status_code == 200
    assert INLINE not in answer.content
    with world.everywhere():
        assert "photo" not in RevealedPerson.objects.get().fields


@pytest.mark.parametrize("who", ["payments", "humas", "outsider", "auditor"])
def test_whoever_may_not_open_gets_no_photo_and_no_log(world: World, who: str) -> None:
    take(world)

    answer = shown(world.client(who), world, "check")

    assert answer.status_code in (403, 404)
    assert INLINE not in answer.content
    assert logged(world) == 0


def test_page_says_that_one_is_sealed_and_can_clear_it(world: World) -> None:
    plant(world, "cendana")
    take(world)
    client = world.client()

    with at_most(12):
        told = client.get(page(world)).content.decode()
    client.post(page(world), {"cleared": ["photo"]})

    assert 'value="photo"' in told
    assert photo(world) == b""
    with world.everywhere():
        row = SealedIdentity.objects.get()
        assert row.photo is None
        assert row.name is not None


def test_rotation_keeps_it_and_erasing_takes_it(world: World) -> None:
    kept = take(world)
    with world.everywhere():
        old = bytes(SealedIdentity.objects.get().photo)

    list(rotate_keys())

    assert photo(world) == kept
    with world.everywhere():
        assert bytes(SealedIdentity.objects.get().photo) != old
    erase(world)
    assert photo(world) == b""
    with world.everywhere():
        assert SealedIdentity.objects.get().photo is None


def test_copy_for_its_owner_carries_the_photo(world: World) -> None:
    plant(world, "cendana")
    case = ask(world, "copy")
    client = world.client()
    without = client.post(f"/desk/rights/{case.code}/copy/", {"lang": "id"}).content
    take(world)

    answer = client.post(f"/desk/rights/{case.code}/copy/", {"lang": "id"}).content

    assert b"/Subtype /Image" in answer or b"/Subtype/Image" in answer
    assert len(answer) > len(without) + 2_000
    with world.everywhere():
        assert "photo" in RevealedPerson.objects.order_by("pk").last().fields


def test_portrait_stays_small_however_large_it_comes() -> None:
    made = accepted_portrait(BytesIO(files.jpeg(width=4_000, height=6_000)))

    assert b64decode(b64encode(made)) == made
    with Image.open(BytesIO(made)) as image:
        assert image.size == (360, 540)
