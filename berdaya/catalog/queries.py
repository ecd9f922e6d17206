"""What is true of listings: verdicts, windows, estimates, what the public may see."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from berdaya.catalog.estimates import Ask, Estimate, estimate
from berdaya.catalog.models import Listing, ListingVersion
from berdaya.core.verdicts import Verdict
from berdaya.legality.queries import listing_facts
from berdaya.legality.rules import may_list

MARKET = "retail"


def verdicts_of(listings: Iterable[Listing], day: date) -> dict[int, Verdict]:
    """Whether the law allows each listing on a day, judged anew: five queries for any number.

    What is made to order needs no finished goods.
    """
    rows = list(listings)
    facts = listing_facts([row.variant_id for row in rows], MARKET, day)
    found = {}
    for row in rows:
        mine = facts[row.variant_id]
        is_to_order = row.current is not None and row.current.lead_time_days is not None
        found[row.pk] = may_list(replace(mine, has_lot=mine.has_lot or is_to_order))
    return found


def estimate_of(listing: Listing, price_rp: int, day: date) -> Estimate | None:
    """How one piece's price would be divided on a day."""
    category_id = listing.variant.product.category_id
    return estimate(Ask(listing.seller_id, category_id, listing.variant_id, price_rp, day))


def newest_version(listing: Listing) -> ListingVersion | None:
    """The version proposed last, with its decision if there is one."""
    return listing.versions.select_related("decision").order_by("-number").first()
