"""What lapses, lapses by its window; what is revoked, goes with the job; renewal brings it back."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from procrastinate.contrib.django import app

from berdaya.catalog import checks
from berdaya.catalog.actions.listings import Proposal, approve_listing, propose_listing
from berdaya.catalog.actions.windows import refresh_windows
from berdaya.catalog.models import Listing
from berdaya.catalog.queries import shown_listing
from berdaya.catalog.tasks import refresh_everywhere, refresh_listings
from berdaya.core import clock
from berdaya.core.links import find_node, links_of
from berdaya.core.proofs import declared_checks
from berdaya.core.verdicts import Refused
from berdaya.goods.models import Category
from berdaya.institutions.access import public_scope
from berdaya.legality.actions.permits import record_permit, revoke_permit
from berdaya.legality.models import Permit, PermitKind
from tests.orders.scene import Shop, open_shop
from tests.world import SINCE, World


@pytest.fixture
def shop(world: World) -> Shop:
    """Goods that need a permit to be sold: biscuits instead of a shawl."""
    with world.everywhere() as scope:
        shop = open_shop(world)
        product = shop.scene.variant.product
        product.category = Category.objects.get(code="snack")
        product.save()
        for code in ("spp_irt", "halal"):
            kind = PermitKind.objects.get(code=code)
            record_permit(
                by=scope.actor, kind=kind, number=kind.number_example,
                holder=world.parties["coop_atb"], place=world.atb, issued_on=SINCE,
                valid_from=SINCE, valid_until=None, products=[product],
            )  # fmt: skip
        listing = Listing.objects.select_related("current", "facility").get()
        refresh_windows(by=scope.actor, listings=[listing])
        return shop


def is_shown(shop: Shop) -> bool:
    with public_scope():
        return shown_listing(shop.listing.slug, clock.now()) is not None


def run_jobs(name: str) -> int:
    """Run what waits under this name, as the worker would; returns how many ran."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name LIKE %s RETURNING task_name, args",
            [f"%{name}%"],
        )
        rows = cursor.fetchall()
    for task_name, args in rows:
        app.tasks[task_name].func(**(json.loads(args) if isinstance(args, str) else args))
    return len(rows)


def test_revoking_a_permit_hides_the_listing_and_a_new_one_brings_it_back(
    world: World, shop: Shop
) -> None:
    assert is_shown(shop)
    with world.everywhere() as scope:
        permit = Permit.objects.get(kind__code="spp_irt")
        today = clock.today(world.atb.timezone)
        revoke_permit(by=scope.actor, permit=permit, revoked_on=today, reason="Pindah tempat")

    assert not is_shown(shop)

    with world.everywhere() as scope:
        record_permit(
            by=scope.actor, kind=permit.kind, number="P-IRT 2075304010099-31",
            holder=permit.holder, place=world.atb, issued_on=today, valid_from=today,
            valid_until=None, products=[shop.scene.variant.product],
        )  # fmt: skip
    assert is_shown(shop)


def test_a_listing_lapses_at_midnight_of_its_place_without_any_job(
    world: World, shop: Shop
) -> None:
    today = clock.today(world.atb.timezone)
    ends = today + timedelta(days=10)
    with world.everywhere():
        Permit.objects.update(valid_until=ends)
    refresh_listings(facility_id=world.atb.pk)

    midnight = clock.start_of(ends, world.atb.timezone)
    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        assert is_shown(shop)
    with time_machine.travel(midnight, tick=False):
        assert not is_shown(shop)


def test_the_nightly_round_mends_a_window_that_nobody_told_of(world: World, shop: Shop) -> None:
    with world.everywhere():
        Permit.objects.update(valid_until=clock.today() - timedelta(days=1))
        broken = [one.code for one in declared_checks() if one.code.startswith("listing_")
                  and one.rows()]  # fmt: skip

    refresh_everywhere.func(timestamp=0)
    assert run_jobs("refresh_listings") >= 1

    assert broken == ["listing_windows_are_judgements"]
    assert not is_shown(shop)
    with world.everywhere():
        assert checks._stale_windows() == []


def test_the_checks_are_clean_in_a_sound_world(world: World, shop: Shop) -> None:
    with world.everywhere():
        told = {one.code: one.rows() for one in declared_checks()
                if one.code.startswith(("listing_", "nothing_of_children"))}  # fmt: skip

    assert {code for code, rows in told.items() if rows} == set()
    assert "listing_prices_are_their_versions" in told


def test_a_wrong_price_copy_is_found(world: World, shop: Shop) -> None:
    with world.everywhere():
        Listing.objects.update(price_rp=1)
        found = next(
            one for one in declared_checks() if one.code == "listing_prices_are_their_versions"
        ).rows()

    assert len(found) == 1
    assert shop.listing.slug in found[0]


def test_what_the_law_does_not_allow_is_not_approved(world: World, shop: Shop) -> None:
    with world.everywhere():
        Permit.objects.update(valid_until=clock.today())
    with world.acting() as scope:
        version = propose_listing(
            by=scope.actor, variant=shop.scene.variant, seller=shop.listing.seller,
            proposal=Proposal(name="Selendang", price_rp=400_000, weight_g=400),
        )  # fmt: skip
    with pytest.raises(Refused, match="permit_lapsed"), world.acting("head") as scope:
        approve_listing(by=scope.actor, version=version)

    with world.everywhere():
        assert Listing.objects.get().current.number == 1


def test_a_listing_stands_on_the_thread_of_its_lots(shop: Shop, world: World) -> None:
    with world.everywhere():
        node = find_node(shop.listing.slug)[0]
        near = {one.code for _words, one in links_of(node)}
        back = {one.kind for _words, one in links_of(find_node(shop.scene.lot.code)[0])}

    assert node.kind == "listing"
    assert shop.scene.lot.code in near
    assert "listing" in back
