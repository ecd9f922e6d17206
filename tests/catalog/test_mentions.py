"""Mentions of makers: two people, one consent, one channel; gone everywhere when taken back."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from berdaya.catalog.actions.clean_pages import make_clean_page
from berdaya.catalog.actions.mentions import approve_mention, decline_mention, propose_mention
from berdaya.catalog.actions.photos import add_photo
from berdaya.catalog.models import (
    Listing,
    MakerMention,
    MentionDecision,
    Photo,
    ShownMention,
    VersionPhoto,
)
from berdaya.catalog.queries_mention import default_label
from berdaya.catalog.rules_mention import MentionFacts, may_mention
from berdaya.core import clock
from berdaya.core.scope import system_scope
from berdaya.core.verdicts import Refused
from berdaya.ledger.models import Entry, Leg
from berdaya.people.actions.papers import withdraw_consent
from berdaya.people.actions.participants import end_placement, place_participant
from berdaya.people.models import CleanPage, Consent
from berdaya.proceeds.models import PremiShare
from tests.catalog import files
from tests.catalog.test_photos import storage  # noqa: F401
from tests.orders.scene import Shop, open_shop
from tests.people.consents import UNTIL, give_publicity
from tests.world import TODAY, World

LABEL, LABEL_EN = "Mama Pengikat Benang", "Mother Who Ties Thread"
FACTS = MentionFacts("lapas", "convict", LABEL, LABEL_EN, "Cendana", frozenset({"A-001"}), True)


@pytest.fixture
def shop(world: World) -> Shop:
    with world.everywhere():
        return open_shop(world)


def propose(shop: Shop, consent: Consent, by: str = "officer", **more: object) -> MakerMention:
    facts = {"label": LABEL, "label_en": LABEL_EN} | more
    with shop.scene.world.acting(by) as scope:
        return propose_mention(by=scope.actor, listing=shop.listing, consent=consent, **facts)


def approve(shop: Shop, mention: MakerMention, by: str = "head") -> ShownMention:
    with shop.scene.world.acting(by) as scope:
        return approve_mention(by=scope.actor, mention=mention)


def show(shop: Shop, channel: str = "shop", **more: object) -> Consent:
    """Somebody is mentioned: consent, proposal, approval."""
    consent = give_publicity(shop.scene.world, shop.listing.slug, channel)
    approve(shop, propose(shop, consent, **more))
    return consent


def withdraw(shop: Shop, consent: Consent, by: str = "officer") -> None:
    with shop.scene.world.acting(by) as scope:
        withdraw_consent(by=scope.actor, consent=consent, withdrawn_on=clock.today())


def paths(shop: Shop) -> list[str]:
    slug = shop.listing.slug
    pages = [
        *("/", "/produk/", "/produk/?q=selendang", "/produk/?q=Mama+Pengikat"),
        *(f"/produk/{slug}/", "/unit/LP-ATB/", f"/asal/{shop.scene.lot.public_code}"),
    ]
    both = [prefix + path for prefix in ("", "/en") for path in pages]
    return [*both, "/sitemap.xml", "/robots.txt"]


def public_bytes(shop: Shop) -> str:
    """Everything public in both languages, as one text."""
    return "".join(Client().get(path).content.decode() for path in paths(shop))


def card(shop: Shop, language: str = "") -> bytes:
    found = Client().get(f"{language}/berbagi/{shop.listing.slug}.png")
    assert found.status_code == 200
    return found.content


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

    with clock.travel(clock.start_of(UNTIL) - timedelta(seconds=1)):
        assert LABEL in Client().get(f"/produk/{shop.listing.slug}/").content.decode()
    with clock.travel(clock.start_of(UNTIL)):
        assert LABEL not in Client().get(f"/produk/{shop.listing.slug}/").content.decode()


def photograph(shop: Shop) -> Photo:
    world = shop.scene.world
    with world.acting() as scope:
        photo = add_photo(
            by=scope.actor, facility=world.atb, file=BytesIO(files.jpeg()), alt="Tangan menenun",
            alt_en="",
        )  # fmt: skip
    with world.everywhere():
        VersionPhoto.objects.create(
            version=shop.listing.current, photo=photo, facility=world.atb, position=5
        )
    return photo


@pytest.mark.usefixtures("storage")
def test_photo_goes_with_the_mention_and_comes_back_only_with_a_new_consent(shop: Shop) -> None:
    photo = photograph(shop)
    url = f"/foto/{photo.digest}-480.webp"
    plain = Client().get(url)
    consent = show(shop, photo=photo)
    shown = Client().get(url)

    withdraw(shop, consent)

    assert "immutable" in plain["Cache-Control"]
    assert (shown.status_code, shown["Cache-Control"]) == (200, "public, max-age=60")
    assert Client().get(url).status_code == 404
    assert photo.digest not in public_bytes(shop)
    show(shop, "shop", photo=photo)
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


def release(shop: Shop) -> None:
    world = shop.scene.world
    with world.acting() as scope:
        end_placement(
            by=scope.actor, participant=world.people["cendana"], facility=world.atb, on=TODAY,
            status="released",
        )  # fmt: skip


def clean(shop: Shop, by: str = "officer") -> CleanPage:
    world = shop.scene.world
    with world.acting(by) as scope:
        return make_clean_page(
            by=scope.actor, participant=world.people["cendana"], facility=world.atb,
            asked_on=clock.today(),
        )  # fmt: skip


def test_clean_page_takes_the_label_from_every_public_byte_for_good(shop: Shop) -> None:
    world = shop.scene.world
    with world.everywhere():
        shop.scene.sell(2)
    consent = show(shop)
    show(shop, "card")
    plain_books = books(world)
    release(shop)

    clean(shop)

    after = public_bytes(shop)
    assert LABEL not in after
    assert LABEL_EN not in after
    assert books(world) == plain_books
    call_command("check_books")
    with world.everywhere():
        consent.refresh_from_db()
        assert consent.withdrawn_on is not None
        assert not ShownMention.objects.filter(ended_at__isnull=True).exists()
    with pytest.raises(Refused, match="mention_clean_page"):
        propose(shop, consent)


def books(world: World) -> object:
    with world.everywhere():
        return (
            list(Entry.objects.order_by("pk").values_list("pk", flat=True)),
            list(Leg.objects.order_by("pk").values_list("pk", "debit_rp", "credit_rp")),
            list(
                PremiShare.objects.order_by("pk").values_list("pk", "participant_id", "amount_rp")
            ),
        )


def test_label_of_a_clean_page_is_retired_but_the_groups_is_not(shop: Shop) -> None:
    world = shop.scene.world
    show(shop)
    release(shop)
    clean(shop)
    other = give_publicity(world, shop.listing.slug, who="lontar")

    with pytest.raises(Refused, match="mention_label_retired"):
        propose(shop, other)
    with world.acting():
        listing = Listing.objects.select_related("variant__product", "facility").get(
            pk=shop.listing.pk
        )
    assert propose(shop, other, label=default_label(listing), label_en="")


def test_clean_page_is_for_the_released_and_once(shop: Shop) -> None:
    show(shop)

    with pytest.raises(Refused, match="clean_page_inside"):
        clean(shop)
    assert LABEL in public_bytes(shop)
    release(shop)
    clean(shop)
    with pytest.raises(Refused, match="clean_page_done"):
        clean(shop)


def test_clean_page_asked_elsewhere_ends_mentions_here(shop: Shop) -> None:
    world = shop.scene.world
    show(shop)
    bapas = world.facilities["BP-KPG"]
    with world.everywhere() as scope:
        person = world.people["cendana"]
        place_participant(
            by=scope.actor, participant=person, facility=bapas, work_number="P-9", valid_from=TODAY,
            status="client",
        )  # fmt: skip

    with system_scope("tests", [bapas.pk]) as scope:
        make_clean_page(by=scope.actor, participant=person, facility=bapas, asked_on=TODAY)

    assert LABEL not in public_bytes(shop)
