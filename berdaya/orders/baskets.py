"""What is in a cart as it is now, beside what its buyer has seen."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db.models import OuterRef, Subquery

from berdaya.catalog.calc import ShownCard
from berdaya.catalog.models import Listing
from berdaya.catalog.queries import for_cards, shown_cards
from berdaya.core import clock
from berdaya.orders.models import Cart, CartLine, Checkout
from berdaya.orders.quotes import Wanted, with_pickup

RECENT = timedelta(days=1)


@dataclass(frozen=True)
class BasketLine:
    """One line: how many were put in at which price, and the listing as it is now."""

    listing: Listing
    card: ShownCard
    qty: int
    seen_price_rp: int
    is_shown: bool

    @property
    def price_rp(self) -> int:
        """What one piece costs now."""
        return self.listing.price_rp

    @property
    def amount_rp(self) -> int:
        """So many at the price now shown."""
        return self.price_rp * self.qty

    @property
    def is_price_changed(self) -> bool:
        """Whether the buyer has not yet agreed to the price now shown."""
        return self.is_shown and self.price_rp != self.seen_price_rp

    @property
    def is_stopped(self) -> bool:
        """Still on offer, but a permit of it does not hold now."""
        return self.listing.is_shown_at_all and not self.is_shown

    @property
    def stopped_since(self) -> date | None:
        """The first day without the permit, at the place where it is made; None if not known."""
        until = self.listing.lawful_until
        if not self.is_stopped or until is None or until > clock.now():
            return None
        return clock.local(until, self.listing.facility.timezone).date()

    @property
    def is_gone(self) -> bool:
        """Sold out, or no longer offered: it can only be taken out."""
        return not self.is_shown or self.card.is_sold_out

    @property
    def is_short(self) -> bool:
        """Fewer lie there than are wanted, and none is made to order."""
        is_there = self.card.free >= self.qty or self.card.can_be_made(self.qty)
        return not self.is_gone and not is_there

    @property
    def is_made(self) -> bool:
        """Stock does not reach for all of it, so all of it is made for the buyer."""
        return self.card.free < self.qty and self.card.can_be_made(self.qty)

    @property
    def made_by(self) -> date | None:
        """About when all of it is finished; None where no limit is set."""
        making = getattr(self.listing, "to_order", None)
        return making.promise_after(self.qty) if making else None

    @property
    def is_fine(self) -> bool:
        """Nothing stands between this line and the order."""
        return not (self.is_price_changed or self.is_gone or self.is_short)


@dataclass(frozen=True)
class Basket:
    """The lines of a cart, those of one seller and place together; `key` of its present state."""

    lines: tuple[BasketLine, ...]
    key: UUID | None

    @property
    def is_ready(self) -> bool:
        """Whether all of it can be ordered as it stands."""
        return bool(self.lines) and all(line.is_fine for line in self.lines)

    @property
    def has_new_prices(self) -> bool:
        """Whether one button can accept something."""
        return any(line.is_price_changed for line in self.lines)

    @property
    def goods_rp(self) -> int:
        """What can be ordered, at the prices now shown."""
        return sum(line.amount_rp for line in self.lines if not line.is_gone)

    @property
    def groups(self) -> list[list[BasketLine]]:
        """Lines that travel together."""
        found: dict[tuple[int, int], list[BasketLine]] = {}
        for line in self.lines:
            key = (line.listing.facility_id, line.listing.seller_id)
            found.setdefault(key, []).append(line)
        return list(found.values())

    @property
    def wanted(self) -> list[Wanted]:
        """What placing is asked for, at the prices that the buyer agreed to."""
        return [Wanted(one.listing.pk, one.qty, one.seen_price_rp) for one in self.lines]


def basket_of(cart_id: UUID | None, now: datetime) -> Basket:
    """The basket of a cart; one statement, whatever it holds. Empty for an unknown cart."""
    if cart_id is None:
        return Basket((), None)
    rows = [row for row in _rows(cart_id, now) if row.current]
    lines = tuple(
        BasketLine(
            listing=row,
            card=card,
            qty=row.cart_qty,
            seen_price_rp=row.cart_price_rp,
            is_shown=row.is_shown_at_all and row.is_lawful(now),
        )
        for row, card in zip(rows, shown_cards(rows), strict=True)
    )
    return Basket(lines, _key(cart_id, rows[0].cart_touched_at) if rows else None)


def _rows(cart_id: UUID, now: datetime) -> Any:
    mine = CartLine.objects.filter(cart=cart_id)
    here = mine.filter(listing=OuterRef("pk"))
    touched = Cart.objects.filter(pk=cart_id).values("touched_at")
    rows = Listing.objects.filter(pk__in=mine.values("listing"))
    return (
        with_pickup(for_cards(rows, now))
        .annotate(
            cart_line=Subquery(here.values("pk")),
            cart_qty=Subquery(here.values("qty")),
            cart_price_rp=Subquery(here.values("seen_price_rp")),
            cart_touched_at=Subquery(touched),
        )
        .order_by("facility__name", "seller_id", "cart_line")
    )


def _key(cart_id: UUID, touched_at: datetime) -> UUID:
    """A form's key belongs to the cart as it stood: two tabs, two presses and the back button
    post the same one, and a cart that changed has another."""
    return uuid5(cart_id, touched_at.isoformat())


def last_checkout(cart_id: UUID | None) -> Checkout | None:
    """What this cart became within a day, for whom comes back to an empty one."""
    if cart_id is None:
        return None
    since = clock.now() - RECENT
    rows = Checkout.objects.filter(cart=cart_id, placed_at__gte=since)
    return rows.order_by("-placed_at").first()
