"""What the public sees: who is shown, what stands there, and with how few statements."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from berdaya.catalog.actions.listings import withdraw_listing
from berdaya.catalog.models import Listing
from berdaya.catalog.queries import for_cards, shown_cards, shown_listing
from berdaya.core import clock
from berdaya.institutions.access import public_scope
from tests.counting import at_most
from tests.orders.scene import Shop, open_shop
from tests.world import World


@pytest.fixture
def shop(world: World) -> Shop:
    with world.everywhere():
        return open_shop(world)


def test_a_shown_listing_tells_price_stock_permits_and_where_the_rupiah_go(shop: Shop) -> None:
    with public_scope():
        shown = shown_listing(shop.listing.slug, clock.now())

    assert shown is not None
    assert (shown.name, shown.price_rp, shown.free) == ("Selendang tenun ikat", 385_000, 20)
    assert sum(part.amount_rp for part in shown.parts) == 385_000
    assert shown.makers_rp > 0
    assert "keuntungan" in shown.base_words
    assert shown.is_ready
    assert not shown.is_to_order


def test_a_shown_listing_speaks_english(shop: Shop) -> None:
    with translation.override("en"), public_scope():
        shown = shown_listing(shop.listing.slug, clock.now())

    assert shown is not None
    assert shown.name == "Ikat shawl"
    assert shown.story == "Woven from cotton yarn."


def test_what_is_promised_to_others_is_not_free(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        shop.order(18)

    with public_scope():
        shown = shown_listing(shop.listing.slug, clock.now())
        cards = shown_cards(for_cards(Listing.objects.shown(clock.now()), clock.now()))
    assert shown is not None
    assert shown.free == 2
    assert [card.free for card in cards] == [2]


def test_a_withdrawn_listing_is_shown_nowhere(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        withdraw_listing(by=shop.scene.by, listing=shop.listing, reason="Salah foto")

    with public_scope():
        now = clock.now()
        assert shown_listing(shop.listing.slug, now) is None
        assert shown_cards(for_cards(Listing.objects.shown(now), now)) == []


def test_a_listing_outside_its_window_is_not_shown(shop: Shop) -> None:
    assert shop.listing.lawful_from is not None

    with public_scope():
        before = shop.listing.lawful_from - timedelta(seconds=1)
        assert shown_listing(shop.listing.slug, before) is None


def test_a_product_page_costs_three_statements(shop: Shop) -> None:
    with public_scope(), at_most(3):
        assert shown_listing(shop.listing.slug, clock.now())


def test_cards_cost_one_statement(shop: Shop) -> None:
    with public_scope(), at_most(1):
        rows = for_cards(Listing.objects.shown(clock.now()), clock.now())
        assert shown_cards(rows.filter(free__gte=Decimal(1))[:24])


def test_both_fragments_name_no_person(shop: Shop) -> None:
    with public_scope():
        shown = shown_listing(shop.listing.slug, clock.now())
        whole = render_to_string("catalog/shown.html", {"shown": shown, "level": 1})
        card = render_to_string("catalog/card.html", {"card": shown})

    assert "ilustrasi" in whole
    assert "perkiraan" in whole
    assert "Rp385.000" in card
    for name in ("WB-", "Contoh Warga"):
        assert name not in whole + card
