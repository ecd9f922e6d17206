"""A cloth and a chair made after they were ordered, with open work and one late promise."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from berdaya.catalog.actions.to_order import reckon_promises, set_to_order
from berdaya.catalog.models import Listing
from berdaya.catalog.queries import for_cards
from berdaya.core import clock
from berdaya.core.scope import system_scope
from berdaya.core.verdicts import Refused
from berdaya.institutions.models import Facility
from berdaya.orders.actions.placing import Buyer, Wanted, place_checkout
from berdaya.orders.actions.slipping import tell_slips
from berdaya.orders.models import Order
from berdaya.orders.queries import METHODS, payee_of
from berdaya.workshop.actions.work import EARLIER, add_standard_time, add_work, move_work, plan_work
from berdaya.workshop.models import Workshop

# Words in the product's name, minutes a piece, minutes to set up, and how many may wait.
OFFERS = (("tenun", 960, 240, 12), ("kursi", 600, 60, 8))
FIRST_NUMBER = 900
MOST_AT_ONCE = 9


@dataclass(frozen=True)
class Helpers:
    """What the story of orders lends: a unit's cast, an invented buyer, a payment."""

    unit_of: Callable[[Facility], Any]
    buyer_of: Callable[[Any, int], Buyer]
    pay: Callable[[Any, Order, Any], None]


def load(helpers: Helpers) -> int:
    """Two listings with room, orders that take some of it, and work for stock; returns listings."""
    everywhere = list(Facility.objects.producing().values_list("pk", flat=True))
    with system_scope("demo", everywhere, read_only=True):
        found = [(one, offer) for offer in OFFERS if (one := _listing(offer[0]))]
    for number, (listing, offer) in enumerate(found):
        _offer(helpers, listing, offer, FIRST_NUMBER + 10 * number)
    return len(found)


def _listing(word: str) -> Listing | None:
    """What is shown, may be made later, and has the least in stock."""
    now = clock.now()
    rows = Listing.objects.shown(now).filter(
        current__lead_time_days__isnull=False, variant__product__name__icontains=word
    )
    shops = Workshop.objects.values("facility", "line_of_work")
    pairs = {(one["facility"], one["line_of_work"]) for one in shops}
    fitting = [
        one
        for one in for_cards(rows, now).order_by("free", "pk")
        if (one.facility_id, one.variant.product.line_of_work) in pairs
    ]
    return fitting[0] if fitting else None


def _offer(helpers: Helpers, listing: Any, offer: tuple[str, int, int, int], number: int) -> None:
    _word, minutes, setup, most = offer
    with system_scope("demo", [listing.facility_id], read_only=True):
        unit = helpers.unit_of(listing.facility)
    now = clock.now()
    begun = now - timedelta(days=9)
    with unit.step("batch.start", begun) as by:
        shop = Workshop.objects.select_related("facility").get(
            facility=listing.facility, line_of_work=listing.variant.product.line_of_work
        )
        add_standard_time(
            by=by, workshop=shop, variant=listing.variant, minutes_each=minutes,
            setup_minutes=setup, batch_qty=1, valid_from=clock.today() - timedelta(days=30),
        )  # fmt: skip
        add_work(by=by, workshop=shop, variant=listing.variant, qty=3)
    with unit.step("listing.propose", begun) as by:
        set_to_order(by=by, listing=listing, most_open_qty=most)
    for step, days in enumerate((8, 1)):
        _order(helpers, unit, listing, number + step, now - timedelta(days=days))
    _later_work(unit, shop, listing, is_late=number == FIRST_NUMBER)


def _order(helpers: Helpers, unit: Any, listing: Any, number: int, at: Any) -> None:
    qty = int(listing.free) + 1
    if qty > MOST_AT_ONCE:
        return
    today = clock.today()
    method = next((one for one in METHODS if _takes(listing, one, today)), METHODS[0])
    try:
        with unit.buyer(at) as by:
            checkout = place_checkout(
                by=by, request_key=uuid5(NAMESPACE_URL, f"contoh:dibuat:{number}"),
                wanted=[Wanted(listing.pk, qty, listing.price_rp)],
                buyer=helpers.buyer_of(unit, number), method=method, language="id",
            )  # fmt: skip
            orders = checkout.orders.select_related("facility", "book", "qris", "bank_account")
            order = orders.get()
        helpers.pay(unit, order, at + timedelta(minutes=15))
    except Refused:
        return  # not sent or paid like this there: the work for stock shows the board all the same


def _takes(listing: Listing, method: str, day: Any) -> bool:
    """Whether the seller takes this method."""
    with system_scope("demo", [listing.facility_id], read_only=True):
        return payee_of(listing.seller_id, method, day) is not None


def _later_work(unit: Any, shop: Workshop, listing: Any, *, is_late: bool) -> None:
    """Work for stock; what goes before the orders makes their promise a later one."""
    now = clock.now()
    with unit.step("batch.start", now) as by:
        add_work(
            by=by, workshop=shop, variant=listing.variant, qty=2,
            wanted_by=clock.today() + timedelta(days=20),
        )  # fmt: skip
        third = add_work(by=by, workshop=shop, variant=listing.variant, qty=1)
        plan_work(by=by, work=third, day=clock.today() + timedelta(days=4))
        if is_late:
            big = add_work(by=by, workshop=shop, variant=listing.variant, qty=12)
            for _place in range(5):
                move_work(by=by, work=big, step=EARLIER)
    with system_scope("demo", [shop.facility_id]) as scope:
        tell_slips(by=scope.actor, facility_id=shop.facility_id)
        reckon_promises(by=scope.actor, facility_id=shop.facility_id)
