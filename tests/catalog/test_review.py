"""A photo waits for a second pair of eyes, and is pulled back at once and everywhere."""

import os
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from PIL import Image

from berdaya.catalog import rules
from berdaya.catalog.actions.listings import approve_listing
from berdaya.catalog.actions.photos import add_photo, approve_photo, refuse_photo, withdraw_photo
from berdaya.catalog.models import (
    CHECKS,
    Listing,
    Photo,
    PhotoReview,
    PhotoWithdrawal,
    VersionPhoto,
)
from berdaya.core import clock
from berdaya.core.proofs import declared_checks
from berdaya.core.uploads import storing
from berdaya.core.verdicts import Refused
from tests.catalog import files
from tests.catalog.test_photos import add, propose
from tests.counting import at_most
from tests.orders.scene import Shop, open_shop
from tests.storage import names, stored
from tests.world import World

pytestmark = pytest.mark.usefixtures("storage")
ALL = list(CHECKS)


@pytest.fixture
def shop(world: World) -> Shop:
    with world.everywhere():
        return open_shop(world)


@pytest.fixture
def photo(world: World) -> Photo:
    return add(world, files.jpeg())


def coloured(red: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (300, 200), (red, 90, 90)).save(out, "PNG")
    return out.getvalue()


def public(photo: Photo) -> int:
    return Client().get(f"/foto/{photo.digest}-480.webp").status_code


def show(world: World, shop: Shop, photo: Photo) -> None:
    version = propose(shop, photo)
    with world.acting("head") as scope:
        approve_listing(by=scope.actor, version=version, ticked={photo.pk: ALL})


def refusal(do: Callable[[], object]) -> tuple[str, ...]:
    with pytest.raises(Refused) as found:
        do()
    return found.value.verdict.codes


def test_a_photo_that_nobody_looked_at_stops_its_version(
    world: World, shop: Shop, photo: Photo
) -> None:
    version = propose(shop, photo)

    with world.acting("head") as scope:
        codes = refusal(lambda: approve_listing(by=scope.actor, version=version))

    assert codes == ("photo_not_reviewed",)
    with world.everywhere():
        assert Listing.objects.get().current_id != version.pk
        assert not PhotoReview.objects.exists()
    assert public(photo) == 404


def test_a_head_looks_and_approves_in_one_act(world: World, shop: Shop, photo: Photo) -> None:
    show(world, shop, photo)

    with world.everywhere():
        review = PhotoReview.objects.get()
    assert (review.outcome, review.reviewed_by_id) == ("safe", world.staff["head"].pk)
    assert all(getattr(review, name) for name in CHECKS)
    assert public(photo) == 200


@pytest.mark.parametrize("missing", ALL)
def test_every_point_must_be_ticked(world: World, photo: Photo, missing: str) -> None:
    ticked = [one for one in ALL if one != missing]

    with world.acting("head") as scope:
        codes = refusal(lambda: approve_photo(by=scope.actor, photo=photo, ticked=ticked))

    assert codes == ("photo_check_incomplete",)
    with world.everywhere():
        assert not PhotoReview.objects.exists()


def test_the_uploader_is_no_second_person() -> None:
    facts = rules.ReviewFacts(
        is_reviewed=False, is_withdrawn=False, uploaded_by_id=7, reviewed_by_id=7
    )

    assert rules.may_review(facts).codes == ("photo_same_person",)


@pytest.mark.parametrize("told", ["officer", None, "seller"])
def test_the_database_refuses_the_uploader_whatever_it_is_told(
    world: World, photo: Photo, told: str | None
) -> None:
    uploader = world.staff["officer"].pk
    given = world.staff[told].pk if told else None

    row = PhotoReview(
        photo=photo, facility=world.kpg, outcome="safe", uploaded_by_id=given,
        reviewed_by_id=uploader, reviewed_at=clock.now(), **dict.fromkeys(CHECKS, True),
    )  # fmt: skip
    forged = pytest.raises(IntegrityError, match="four_eyes")
    with world.everywhere(), forged, transaction.atomic():
        row.save()

    with world.everywhere():
        assert not PhotoReview.objects.exists()


@pytest.mark.parametrize("who", ["officer", "seller", "cooperative", "outside_head", "auditor"])
def test_only_who_may_reviews(world: World, photo: Photo, who: str) -> None:
    with world.acting(who) as scope:
        codes = refusal(lambda: approve_photo(by=scope.actor, photo=photo, ticked=ALL))

    assert codes[0] in ("ability_missing", "facility_out_of_scope")
    with world.everywhere():
        assert not PhotoReview.objects.exists()


def test_the_region_stands_in(world: World, photo: Photo) -> None:
    with world.acting("regional") as scope:
        approve_photo(by=scope.actor, photo=photo, ticked=ALL)

    with world.everywhere():
        assert PhotoReview.objects.get().outcome == "safe"


def test_a_second_review_is_told_and_changes_nothing(world: World, photo: Photo) -> None:
    with world.acting("head") as scope:
        approve_photo(by=scope.actor, photo=photo, ticked=ALL)

    with world.acting("regional") as scope:
        codes = refusal(lambda: refuse_photo(by=scope.actor, photo=photo, reason="Wajah"))

    assert codes == ("photo_reviewed",)
    with world.everywhere():
        assert PhotoReview.objects.get().outcome == "safe"


def test_a_refused_photo_is_used_no_more(world: World, shop: Shop, photo: Photo) -> None:
    version = propose(shop, photo)
    with world.acting("head") as scope:
        refuse_photo(by=scope.actor, photo=photo, reason="Ada wajah di belakang")

    with world.acting("head") as scope:
        approving = refusal(lambda: approve_listing(by=scope.actor, version=version))
    again = refusal(lambda: propose(shop, photo))
    upload = refusal(lambda: add(world, files.jpeg()))

    assert approving == again == upload == ("photo_gone",)
    assert public(photo) == 404


def test_a_refusal_says_why(world: World, photo: Photo) -> None:
    with world.acting("head") as scope:
        codes = refusal(lambda: refuse_photo(by=scope.actor, photo=photo, reason=" "))

    assert codes == ("listing_reason_missing",)


@pytest.mark.parametrize("who", ["officer", "head", "regional"])
def test_a_photo_pulled_back_is_gone_everywhere(
    world: World, shop: Shop, photo: Photo, who: str
) -> None:
    show(world, shop, photo)
    url, everybody = f"/foto/{photo.digest}-480.webp", Client()
    pages = [f"/produk/{shop.listing.slug}/", "/produk/", "/"]
    seen = everybody.get(url)
    kept = everybody.get(url, headers={"If-None-Match": seen["ETag"]})
    before = [photo.digest in everybody.get(page).content.decode() for page in pages]

    with world.acting(who) as scope:
        withdraw_photo(by=scope.actor, photo=photo, reason="Wajah terlihat")

    after = everybody.get(url, headers={"If-None-Match": seen["ETag"]})
    assert (seen.status_code, kept.status_code, after.status_code) == (200, 304, 404)
    assert "max-age=60" in seen["Cache-Control"]
    assert "immutable" not in seen["Cache-Control"]
    assert before[:2] == [True, True]
    for page in pages:
        answer = everybody.get(page)
        assert answer.status_code == 200
        assert photo.digest not in answer.content.decode()
        assert "max-age=60" in answer["Cache-Control"]


@pytest.mark.parametrize("who", ["seller", "cooperative", "outside_head", "auditor"])
def test_others_pull_nothing_back(world: World, photo: Photo, who: str) -> None:
    with world.acting(who) as scope:
        codes = refusal(lambda: withdraw_photo(by=scope.actor, photo=photo, reason="x"))

    assert codes[0] in ("ability_missing", "facility_out_of_scope")
    with world.everywhere():
        assert not PhotoWithdrawal.objects.exists()


def test_files_of_photos_that_are_gone_are_removed_at_night(world: World, storage: Path) -> None:
    waiting, refused, pulled = (add(world, coloured(red)) for red in (10, 80, 160))
    with world.acting("head") as scope:
        refuse_photo(by=scope.actor, photo=refused, reason="Tembok")
        withdraw_photo(by=scope.actor, photo=pulled, reason="Tembok")
    for name in names(storage):
        os.utime(storage / name, (0, 0))

    removed = storing.remove_orphans()

    assert removed == 4
    assert {name.rpartition("/")[2].partition("-")[0] for name in names(storage)} == {
        waiting.digest
    }


def test_what_was_stored_before_a_rollback_is_removed(world: World, storage: Path) -> None:
    with pytest.raises(ZeroDivisionError), world.acting() as scope:
        add_photo(by=scope.actor, facility=world.atb, file=BytesIO(files.png()), alt="x", alt_en="")
        raise ZeroDivisionError
    left = names(storage)
    for name in left:
        os.utime(storage / name, (0, 0))

    storing.remove_orphans()

    assert len(left) == 2
    assert stored(storage) == []


def test_check_books_names_a_shown_photo_that_nobody_looked_at(
    world: World, shop: Shop, photo: Photo
) -> None:
    show(world, shop, photo)
    check = next(
        one for one in declared_checks() if one.code == "shown_versions_were_looked_at_twice"
    )
    with world.everywhere():
        clean = check.rows()
        other = Photo.objects.create(
            facility=world.atb, digest="f" * 64, width=9, height=9, alt="x",
            uploaded_at=clock.now(),
        )  # fmt: skip
        current = Listing.objects.get().current
        VersionPhoto.objects.create(version=current, photo=other, facility=world.atb, position=9)

        found = check.rows()

    assert clean == []
    assert len(found) == 1
    assert "f" * 64 in found[0]


# The pages.


def test_the_approval_page_shows_the_checklist_and_does_both(
    world: World, shop: Shop, photo: Photo
) -> None:
    version = propose(shop, photo)
    page = f"/desk/listings/{shop.listing.slug}/versions/{version.number}/"
    head, field = world.client("head"), f"foto-{photo.pk}-seen"

    shown = head.get(page).content.decode()
    lacking = head.post(f"{page}approval/", {field: ALL[:3]})
    done = head.post(f"{page}approval/", {field: ALL})

    assert shown.count(f'name="{field}"') == len(CHECKS)
    assert f'value="{ALL[0]}"' in shown
    assert lacking.status_code == 422
    assert "Belum semua butir" in lacking.content.decode()
    assert done.status_code == 302
    assert public(photo) == 200


def test_a_reviewer_goes_from_photo_to_photo(world: World) -> None:
    first, second = (add(world, coloured(red)) for red in (10, 80))
    head = world.client("head")
    page = f"/desk/listings/photos/{first.pk}/"

    lacking = head.post(f"{page}approval/", {})
    approved = head.post(f"{page}approval/", {f"foto-{first.pk}-seen": ALL})
    nothing = head.post(f"/desk/listings/photos/{second.pk}/refusal/", {"tolak-reason": ""})
    refused = head.post(f"/desk/listings/photos/{second.pk}/refusal/", {"tolak-reason": "Tato"})

    assert (lacking.status_code, nothing.status_code) == (422, 422)
    assert approved["Location"] == f"/desk/listings/photos/{second.pk}/"
    assert refused["Location"] == "/desk/listings/photos/"
    with world.everywhere():
        assert set(PhotoReview.objects.values_list("outcome", flat=True)) == {"safe", "refused"}


def test_an_outsider_finds_no_photo(world: World, photo: Photo) -> None:
    client = world.client("outside_head")
    urls = [
        f"/desk/listings/photos/{photo.pk}/",
        f"/desk/listings/photos/{photo.pk}/withdrawal/",
        f"/desk/listings/photos/{photo.digest}/1200/",
    ]

    seen = [client.get(url).status_code for url in urls]
    posted = [
        client.post(f"/desk/listings/photos/{photo.pk}/{end}/", given).status_code
        for end, given in (
            ("approval", {f"foto-{photo.pk}-seen": ALL}),
            ("refusal", {"tolak-reason": "x"}),
            ("withdrawal", {"reason": "x"}),
        )
    ]

    assert seen == posted == [404, 404, 404]
    with world.everywhere():
        assert not PhotoReview.objects.exists()
        assert not PhotoWithdrawal.objects.exists()


def test_a_private_photo_is_kept_by_nobody(world: World, photo: Photo) -> None:
    answer = world.client().get(f"/desk/listings/photos/{photo.digest}/480/")

    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].endswith("sandbox")


def test_photos_wait_on_hari_ini_of_who_may_review(world: World, photo: Photo) -> None:
    page = "/desk/"

    told = {who: "Foto menunggu" in world.client(who).get(page).content.decode()
            for who in ("head", "regional", "officer", "outside_head")}  # fmt: skip

    assert told == {"head": True, "regional": True, "officer": False, "outside_head": False}


def test_a_head_who_decides_on_the_version_is_told_once(
    world: World, shop: Shop, photo: Photo
) -> None:
    propose(shop, photo)

    head = world.client("head").get("/desk/").content.decode()
    region = world.client("regional").get("/desk/").content.decode()

    assert "Usulan tayang" in head
    assert "Foto menunggu" not in head
    assert "Foto menunggu" in region


def test_the_officer_is_told_of_a_refused_photo(world: World, shop: Shop, photo: Photo) -> None:
    propose(shop, photo)
    with world.acting("regional") as scope:
        refuse_photo(by=scope.actor, photo=photo, reason="Seragam bernomor")

    told = world.client().get("/desk/").content.decode()

    assert "Fotonya ditolak" in told


def test_photo_pages_cost_at_most_twelve_statements(world: World, shop: Shop, photo: Photo) -> None:
    version = propose(shop, photo)
    urls = [
        "/desk/listings/photos/",
        f"/desk/listings/photos/{photo.pk}/",
        f"/desk/listings/{shop.listing.slug}/versions/{version.number}/",
        f"/desk/listings/{shop.listing.slug}/",
    ]
    client = world.client("head")
    for more in (0, 4):
        for number in range(more):
            with clock.travel(clock.now() - timedelta(hours=1)):
                add(world, coloured(20 * number))

        for url in urls:
            with at_most(12):
                assert client.get(url).status_code == 200
