"""Mentions of makers: two people, one consent, one channel; gone everywhere when taken back."""

from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from berdaya.catalog.actions.mentions import decline_mention
from berdaya.catalog.actions.photos import add_photo, approve_photo
from berdaya.catalog.models import (
    CHECKS,
    MakerMention,
    MentionDecision,
    Photo,
    ShownMention,
    VersionPhoto,
)
from berdaya.catalog.rules_mention import MentionFacts, may_mention
from berdaya.core import clock
from berdaya.core.verdicts import Refused
from berdaya.people.actions.participants import place_participant
from tests.catalog import files
from tests.catalog.mentions import (
    LABEL,
    LABEL_EN,
    approve,
    card,
    paths,
    propose,
    public_bytes,
    show,
    withdraw,
)
from tests.orders.scene import Shop, open_shop
from tests.people.consents import UNTIL, give_publicity
from tests.world import TODAY, World

FACTS = MentionFacts("lapas", "convict", LABEL, LABEL_EN, "Cendana", frozenset({"A-001"}), True)


@pytest.fixture
def shop(world: World) -> Shop:
    with world.everywhere():
        return open_shop(world)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"facility_kind": "lpka"}, "facility_lpka"),
        ({"status": "anak"}, "publicity_status"),
        ({"status": "community_service"}, "publicity_status"),
        ({"is_clean": True}, "mention_clean_page"),
        ({"has_consent": False}, "mention_consent_missing"),
        ({"label": " x "}, "mention_label_short"),
        ({"label": "Cendana"}, "mention_label_personal"),
        ({"label": "Ibu cendana dari Belu"}, "mention_label_personal"),
        ({"label": "Penenun A-001"}, "mention_label_personal"),
        ({"label": "Nomor 91827"}, "mention_label_personal"),
        ({"label_en": "Call me at a@b.id"}, "mention_label_personal"),
        ({"is_label_retired": True}, "mention_label_retired"),
    ],
)
def test_each_reason_alone_refuses_a_mention(change: dict, code: str) -> None:
    verdict = may_mention(MentionFacts(**(FACTS.__dict__ | change)))

    assert verdict.codes == (code,)


@given(st.text(min_size=1, max_size=20), st.text(max_size=20))
def test_no_label_ever_holds_a_pseudonym_word_for_word(before: str, after: str) -> None:
    label = f"{before} Cendana {after}"

    assert (
        "mention_label_personal"
        in may_mention(MentionFacts(**(FACTS.__dict__ | {"label": label}))).codes
    )


def test_mention_stands_on_the_page_of_its_listing_and_nowhere_else(shop: Shop) -> None:
    before = public_bytes(shop)

    show(shop)

    page = Client().get(f"/produk/{shop.listing.slug}/").content.decode()
    assert f"Ditenun oleh {LABEL}" in page
    assert LABEL_EN in Client().get(f"/en/produk/{shop.listing.slug}/").content.decode()
    assert LABEL not in before
    # Not for machines: no search index, sitemap, JSON-LD or share words bear it.
    for path in paths(shop):
        text = Client().get(path).content.decode()
        if f"/produk/{shop.listing.slug}/" not in path:
            assert LABEL not in text.replace("Mama Pengikat&quot;", ""), path
    script = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert script
    assert LABEL not in script + page.partition("</head>")[0]


def test_card_is_a_channel_of_its_own_and_never_kept_on_disk(shop: Shop) -> None:
    plain = card(shop)

    show(shop)
    assert card(shop) == plain
    consent = show(shop, "card")
    named = card(shop)
    withdraw(shop, consent)

    assert named != plain
    assert card(shop) == plain
    with shop.scene.world.acting():
        assert ShownMention.objects.filter(ended_at__isnull=True).count() == 1


@pytest.mark.parametrize("by", ["officer", "regional_moved"])
def test_withdrawn_is_gone_from_every_public_byte_at_once(shop: Shop, by: str) -> None:
    world = shop.scene.world
    plain = public_bytes(shop)
    consent = show(shop)
    page = Client().get(f"/produk/{shop.listing.slug}/")
    if by == "regional_moved":
        with world.acting("regional") as scope:
            place_participant(
                by=scope.actor, participant=world.people["cendana"], facility=world.kpg,
                work_number="B-9", valid_from=TODAY,
            )  # fmt: skip
    withdraw(shop, consent, "officer" if by == "officer" else "outsider")

    after = public_bytes(shop)
    again = Client().get(f"/produk/{shop.listing.slug}/", headers={"If-None-Match": page["ETag"]})
    assert LABEL not in after
    assert LABEL_EN not in after
    assert len(after) == len(plain)
    # No cache keeps it longer than a minute, and one that asks again is told.
    assert page["Cache-Control"] == "public, max-age=60"
    assert again.status_code == 200


def test_mention_ends_with_its_consent_without_anybody_doing_anything(shop: Shop) -> None:
    show(shop)
    with shop.scene.world.everywhere():
        row = ShownMention.objects.get()
        zone = shop.scene.facility.timezone
        assert row.shown_until == clock.start_of(UNTIL, zone)

        # The clock does not go to the future: the end comes to now instead.
        ShownMention.objects.update(shown_until=clock.now())

    assert LABEL not in public_bytes(shop)


def photograph(shop: Shop) -> Photo:
    world = shop.scene.world
    with world.acting() as scope:
        photo = add_photo(
            by=scope.actor, facility=world.atb, file=BytesIO(files.jpeg()), alt="Tangan menenun",
            alt_en="",
        )  # fmt: skip
    with world.acting("head") as scope:
        approve_photo(by=scope.actor, photo=photo, ticked=CHECKS)
    with world.everywhere():
        VersionPhoto.objects.create(
            version=shop.listing.current, photo=photo, facility=world.atb, position=5
        )
    return photo


@pytest.mark.usefixtures("storage")
def test_photo_goes_with_the_mention_and_comes_back_only_with_a_new_consent(shop: Shop) -> None:
    photo = photograph(shop)
    url = f"/foto/{photo.digest}-480.webp"
    consent = show(shop, photo=photo)
    shown = Client().get(url)

    withdraw(shop, consent)

    assert shown.status_code == 200
    assert shown["Cache-Control"] == "public, max-age=60, must-revalidate"
    assert Client().get(url).status_code == 404
    assert photo.digest not in public_bytes(shop)
    show(shop, given_on=clock.today(), photo=photo)
    assert Client().get(url).status_code == 200


def test_two_people_and_the_head(shop: Shop) -> None:
    consent = give_publicity(shop.scene.world, shop.listing.slug)
    mention = propose(shop, consent)

    for by, code in (("officer", "ability_missing"), ("outside_head", "facility_out_of_scope")):
        with pytest.raises(Refused, match=code):
            approve(shop, mention, by)
    with shop.scene.world.everywhere():
        assert not MentionDecision.objects.exists()
        assert not ShownMention.objects.exists()
    approve(shop, mention)
    with pytest.raises(Refused, match="mention_decided"):
        approve(shop, mention)


def test_declined_needs_a_reason_and_shows_nothing(shop: Shop) -> None:
    mention = propose(shop, give_publicity(shop.scene.world, shop.listing.slug))

    with shop.scene.world.acting("head") as scope:
        with pytest.raises(Refused, match="listing_reason_missing"):
            decline_mention(by=scope.actor, mention=mention, reason=" ")
        decline_mention(by=scope.actor, mention=mention, reason="Pakai nama kelompok")

    with shop.scene.world.everywhere():
        assert not ShownMention.objects.exists()


def test_head_cannot_show_what_was_taken_back_meanwhile(shop: Shop) -> None:
    consent = give_publicity(shop.scene.world, shop.listing.slug)
    mention = propose(shop, consent)
    withdraw(shop, consent)

    with pytest.raises(Refused, match="mention_consent_missing"):
        approve(shop, mention)

    with shop.scene.world.everywhere():
        assert not ShownMention.objects.exists()


def test_consent_for_another_listing_or_purpose_shows_nothing(shop: Shop) -> None:
    other = give_publicity(shop.scene.world, "lain")

    with pytest.raises(Refused, match="mention_consent_missing"):
        propose(shop, other)
    with (
        pytest.raises(DatabaseError, match="mention_barred"),
        shop.scene.world.everywhere(),
        transaction.atomic(),
    ):
        MakerMention.objects.create(
            listing=shop.listing, facility=shop.scene.facility, consent=other, channel="shop",
            participant=other.participant, label=LABEL, proposed_at=clock.now(),
        )  # fmt: skip
    with shop.scene.world.everywhere():
        assert not MakerMention.objects.exists()


def test_community_service_is_barred_after_consent_too(shop: Shop) -> None:
    world = shop.scene.world
    consent = give_publicity(world, shop.listing.slug)
    with world.everywhere() as scope:
        place_participant(
            by=scope.actor, participant=world.people["cendana"],
            facility=world.facilities["BP-KPG"], work_number="P-9", valid_from=TODAY,
            status="community_service",
        )  # fmt: skip

    # Atambua does not see the new status; the database does.
    with pytest.raises(Refused, match="mention_consent_missing"):
        propose(shop, consent)


def test_outsider_sees_no_mention(shop: Shop) -> None:
    show(shop)

    with shop.scene.world.acting("outsider"):
        assert not MakerMention.objects.exists()
        assert not ShownMention.objects.exists()


def test_what_the_public_reads_knows_no_person() -> None:
    columns = {field.attname for field in ShownMention._meta.get_fields() if field.concrete}

    assert not [name for name in columns if "participant" in name or "consent" in name]
    assert columns.isdisjoint({"mention_id", "decision_id"})
