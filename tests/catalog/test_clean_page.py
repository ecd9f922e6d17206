"""The clean page: every public byte without the label, the books untouched, for good."""

import pytest
from django.core.management import call_command

from berdaya.catalog.actions.clean_pages import make_clean_page
from berdaya.catalog.models import Listing, ShownMention
from berdaya.catalog.queries_mention import default_label
from berdaya.core import clock
from berdaya.core.scope import system_scope
from berdaya.core.verdicts import Refused
from berdaya.ledger.models import Entry, Leg
from berdaya.people.actions.participants import end_placement, place_participant
from berdaya.people.models import CleanPage
from berdaya.proceeds.models import PremiShare
from tests.catalog.mentions import LABEL, LABEL_EN, propose, public_bytes, show
from tests.orders.scene import Shop, open_shop
from tests.people.consents import give_publicity
from tests.world import TODAY, World


@pytest.fixture
def shop(world: World) -> Shop:
    with world.everywhere():
        return open_shop(world)


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
