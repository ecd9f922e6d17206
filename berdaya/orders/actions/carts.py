"""What a browser has put aside: goods and how many, at the price that was shown."""

import uuid
from datetime import datetime

from django.db import connection
from django.db.models import F

from berdaya.catalog.models import Listing
from berdaya.core import clock, scope
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused
from berdaya.orders import rules
from berdaya.orders.models import Cart, CartLine
from berdaya.orders.queries import shown_name

MOST_PIECES = 999
MOST_LINES = 40


def put_in_cart(*, by: Actor, cart: Cart | None, listing: Listing, qty: int = 1) -> Cart:
    """So many pieces more; a browser without a cart gets a new one. Returns the cart.

    One INSERT, so that two presses at once add up. Refused: goods_not_shown, goods_stopped,
    cart_full.
    """
    scope.required()
    if not listing.is_shown_at_all:
        raise Refused(rules.goods_not_shown(what=name_of(listing)))
    if not listing.is_lawful(clock.now()):
        raise Refused(rules.goods_stopped(what=name_of(listing)))
    mine = cart or _new_cart()
    if mine.lines.exclude(listing=listing).count() >= MOST_LINES:
        raise Refused(rules.cart_full(most=MOST_LINES))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO orders_cartline AS line (cart_id, listing_id, qty, seen_price_rp)"
            " VALUES (%s, %s, %s, %s) ON CONFLICT (cart_id, listing_id) DO UPDATE SET"
            " qty = least(line.qty + excluded.qty, %s), seen_price_rp = excluded.seen_price_rp",
            [mine.pk, listing.pk, within(qty), listing.price_rp, MOST_PIECES],
        )
    _touch(mine)
    return mine


def change_qty(*, by: Actor, cart: Cart, listing_id: int, qty: int) -> None:
    """Exactly so many pieces of a line, none takes it out; what is not in the cart is ignored."""
    scope.required()
    lines = CartLine.objects.filter(cart=cart, listing=listing_id)
    if qty <= 0:
        lines.delete()
    else:
        lines.update(qty=within(qty))
    _touch(cart)


def accept_prices(*, by: Actor, cart: Cart) -> None:
    """The buyer has seen every price as it is now and agrees."""
    scope.required()
    for line in cart.lines.select_related("listing").exclude(seen_price_rp=F("listing__price_rp")):
        CartLine.objects.filter(pk=line.pk).update(seen_price_rp=line.listing.price_rp)
    _touch(cart)


def forget_carts(*, by: Actor, before: datetime) -> int:
    """Carts that nobody has touched since, and that became no order, are gone; returns how many."""
    scope.required()
    old = Cart.objects.filter(touched_at__lt=before, checkouts__isnull=True)
    return old.delete()[1].get("orders.Cart", 0)


def name_of(listing: Listing) -> str:
    """What a refusal calls a listing; it may have no version to be shown by."""
    return shown_name(listing.current) if listing.current else listing.slug


def within(qty: int) -> int:
    """A quantity as a cart takes it: 1 to 999 pieces."""
    return max(1, min(qty, MOST_PIECES))


def _new_cart() -> Cart:
    now = clock.now()
    return Cart.objects.create(id=uuid.uuid4(), created_at=now, touched_at=now)


def _touch(cart: Cart) -> None:
    cart.touched_at = clock.now()
    Cart.objects.filter(pk=cart.pk).update(touched_at=cart.touched_at)
