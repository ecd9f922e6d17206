"""The scene's scarf without stock, made to order by two people of Atambua."""

from dataclasses import replace

from berdaya.catalog.actions.listings import Proposal, approve_listing, propose_listing
from berdaya.catalog.actions.to_order import set_to_order
from berdaya.catalog.models import MadeToOrder
from berdaya.core import clock
from berdaya.workshop.actions.work import add_standard_time
from tests.orders.scene import Shop, open_shop
from tests.workshop.scene import give_papers
from tests.world import SINCE, World

LEAD = 3


def open_to_order(world: World, most: int = 4, *, stock: int = 0, minutes: int = 600) -> Shop:
    """Inside an open scope over all facilities: at most `most` scarves wait to be made."""
    shop = open_shop(world, stock=stock)
    for name in ("cendana", "lontar"):
        give_papers(world.people[name], world.atb, SINCE)
    shown = Proposal(name="Selendang tenun ikat", price_rp=385_000, weight_g=400)
    version = propose_listing(
        by=shop.scene.by, variant=shop.scene.variant, seller=shop.listing.seller,
        proposal=replace(shown, lead_time_days=LEAD),
    )  # fmt: skip
    shop.listing = approve_listing(by=shop.scene.by, version=version)
    add_standard_time(
        by=shop.scene.by, workshop=shop.scene.workshop, variant=shop.scene.variant,
        minutes_each=minutes, setup_minutes=60, batch_qty=1, valid_from=clock.today(),
    )  # fmt: skip
    set_to_order(by=shop.scene.by, listing=shop.listing, most_open_qty=most)
    return shop


def room(shop: Shop) -> MadeToOrder:
    """The row as it is now."""
    return MadeToOrder.objects.get(listing=shop.listing)
