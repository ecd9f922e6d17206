"""Place a checkout: all its orders or none, their lots held, in one short transaction."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from berdaya.catalog.models import Listing
from berdaya.catalog.queries import verdicts_of
from berdaya.core import clock, scope
from berdaya.core.codes import desk_code, public_code
from berdaya.core.events import publish
from berdaya.core.money import format_rp
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Reason, Refused, Verdict, require
from berdaya.institutions.models import Facility
from berdaya.ledger.models import Book
from berdaya.ledger.rules import book_missing
from berdaya.orders import calc, rules
from berdaya.orders.actions.steps import expire_overdue, note_step
from berdaya.orders.events import ORDER_PLACED
from berdaya.orders.models import (
    Cart,
    Checkout,
    Hold,
    Order,
    OrderContact,
    OrderLine,
    OrderState,
    PaymentTerm,
    ShippingRate,
)
from berdaya.orders.queries import (
    Payee,
    free_pieces,
    open_amounts,
    payee_of,
    sellable_levels,
    shipping_rate,
    term_of,
)
from berdaya.stock.actions.reservations import reserve_level
from berdaya.stock.models import Place, PlaceKind, StockLevel

AMOUNT_TRIES = 5
HOLD_TRIES = 3


@dataclass(frozen=True)
class Wanted:
    """One line of a cart: whole pieces, at the price that was shown."""

    listing_id: int
    qty: int
    seen_price_rp: int


@dataclass(frozen=True)
class Buyer:
    """Who buys and where it goes; `phone` in E.164, `region_code` a district (kecamatan)."""

    name: str
    phone: str
    email: str = ""
    address: str = ""
    region_code: str = ""
    postcode: str = ""
    gift_note: str = ""


@dataclass
class Parcel:
    """What one seller sends from one facility."""

    facility: Facility
    book: Book
    lines: list[tuple[Listing, int]] = field(default_factory=list)

    @property
    def goods_rp(self) -> int:
        """The goods at the prices now shown."""
        return sum(listing.price_rp * qty for listing, qty in self.lines)

    @property
    def weight_g(self) -> int:
        """Packed weight of everything."""
        weights = ((listing.current, qty) for listing, qty in self.lines)
        return sum(version.weight_g * qty for version, qty in weights if version)


@dataclass(frozen=True)
class Terms:
    """How one parcel is paid and sent."""

    payee: Payee
    term: PaymentTerm
    rate: ShippingRate | None
    pickup_place: Place | None
    shipping_rp: int


def place_checkout(
    *,
    by: Actor,
    request_key: UUID,
    wanted: Sequence[Wanted],
    buyer: Buyer,
    method: str,
    language: str,
    pickup_facility_ids: Iterable[int] = (),
    cart: Cart | None = None,
) -> Checkout:
    """One order a seller and facility, stock held until the payment deadline, the cart emptied.

    The same `request_key` returns the same checkout, also when two arrive at once. Levels are
    taken variant by variant, so that two checkouts wait for each other in one order only.
    Refused: cart_empty, goods_*, method_not_offered, pickup_not_offered, shipping_unknown,
    amounts_exhausted, and every reason of legality.may_list.
    """
    scope.required()
    listings = _listings(wanted)
    checkout, is_new = _claim(request_key, cart, language, listings.values())
    if not is_new:
        return checkout
    day = clock.today()
    expire_overdue(by=by, variant_ids=[row.variant_id for row in listings.values()])
    _require_as_seen(wanted, listings, day)
    parcels = _parcels(wanted, listings)
    pickups = set(pickup_facility_ids)
    terms = [
        _terms(parcel, method, buyer, day, parcel.facility.pk in pickups) for parcel in parcels
    ]
    held = _hold(by, parcels, day)
    for parcel, agreed in zip(parcels, terms, strict=True):
        order = _order(by, checkout, parcel, agreed, day)
        _write_lines(order, parcel, held, day)
        _write_contact(order, buyer)
        note_step(by, order, OrderState.PLACED)
        publish(ORDER_PLACED, facility_id=order.facility_id, subject_id=str(order.pk))
    if cart is not None:
        cart.lines.filter(listing__in=[line.listing_id for line in wanted]).delete()
    return checkout


def _claim(
    request_key: UUID, cart: Cart | None, language: str, listings: Iterable[Listing]
) -> tuple[Checkout, bool]:
    """The checkout of this form; a second arrival waits for the first and gets the same."""
    facility_ids = sorted({listing.facility_id for listing in listings})
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO orders_checkout (code, request_key, cart_id, facility_ids, language,"
            " placed_at) VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (request_key) DO NOTHING",
            [
                public_code(),
                request_key,
                cart.pk if cart else None,
                facility_ids,
                language,
                clock.now(),
            ],
        )
        is_new = bool(cursor.rowcount)
    return Checkout.objects.get(request_key=request_key), is_new


def _listings(wanted: Sequence[Wanted]) -> dict[int, Listing]:
    rows = Listing.objects.select_related(
        "variant__product__category", "variant__measure", "facility", "current", "seller"
    )
    return rows.in_bulk([line.listing_id for line in wanted])


def _require_as_seen(wanted: Sequence[Wanted], listings: dict[int, Listing], day: date) -> None:
    """Refuse, with every reason at once, what is no longer as the buyer saw it."""
    now = clock.now()
    free = free_pieces([row.variant_id for row in listings.values()], day)
    lawful = verdicts_of([row for row in listings.values() if row.current], day)
    facts, verdict = [], Verdict()
    for line in wanted:
        row = listings.get(line.listing_id)
        if row is None or row.current is None:
            verdict += rules.goods_not_shown(what="")
            continue
        is_shown = row.is_shown_at_all and row.is_lawful(now) and lawful[row.pk].ok
        facts.append(
            rules.LineFacts(
                what=row.current.name,
                is_shown=is_shown,
                qty=line.qty,
                free=free[row.variant_id],
                is_made_to_order=row.current.lead_time_days is not None,
                seen_price_rp=line.seen_price_rp,
                price_rp=row.price_rp,
            )
        )
    require(verdict + rules.may_order(facts) if facts or not verdict.ok else rules.may_order([]))


def _parcels(wanted: Sequence[Wanted], listings: dict[int, Listing]) -> list[Parcel]:
    """Lines by facility and seller, in one order for everybody."""
    sellers = {row.seller_id for row in listings.values()}
    books = {book.party_id: book for book in Book.objects.filter(party__in=sellers)}
    found: dict[tuple[int, int], Parcel] = {}
    for line in wanted:
        listing = listings[line.listing_id]
        book = books.get(listing.seller_id)
        if book is None:
            raise Refused(book_missing())
        key = (listing.facility_id, book.pk)
        parcel = found.setdefault(key, Parcel(listing.facility, book))
        parcel.lines.append((listing, line.qty))
    return [found[key] for key in sorted(found)]


def _terms(parcel: Parcel, method: str, buyer: Buyer, day: date, is_pickup: bool) -> Terms:
    seller = parcel.lines[0][0].seller
    rate, place, shipping_rp = None, None, 0
    if is_pickup:
        place = pickup_place(parcel.facility.pk)
        if place is None:
            raise Refused(rules.pickup_not_offered(seller=seller.name))
    else:
        rate = shipping_rate(parcel.facility.region_id, buyer.region_code, day)
        if rate is None or not buyer.region_code:
            raise Refused(rules.shipping_unknown())
        shipping_rp = calc.shipping_cost(parcel.weight_g, rate.first_kg_rp, rate.next_kg_rp)
    payee, term = payee_of(seller.pk, method, day), term_of(method, day)
    total = parcel.goods_rp + shipping_rp
    if payee is None or term is None or (term.most_rp is not None and total > term.most_rp):
        raise Refused(rules.method_not_offered(seller=seller.name, amount=format_rp(total)))
    return Terms(payee, term, rate, place, shipping_rp)


def pickup_place(facility_id: int) -> Place | None:
    """Where a buyer may fetch goods: the gallery, a place before the gate."""
    rows = Place.objects.filter(facility=facility_id, kind=PlaceKind.GALLERY, is_active=True)
    return rows.order_by("pk").first()


Held = dict[int, list[tuple[StockLevel, Decimal]]]


def _hold(by: Actor, parcels: list[Parcel], day: date) -> Held:
    """Hold lots for every variant, the lowest first; Refused with all that is short.

    A line that is made to order holds nothing where stock does not reach for all of it.
    """
    asked = sorted(
        ((listing, qty) for parcel in parcels for listing, qty in parcel.lines),
        key=lambda line: line[0].variant_id,
    )
    held: Held = {}
    reasons: list[Reason] = []
    for listing, qty in asked:
        version = listing.current
        assert version is not None
        taken = hold_variant(by, listing.variant_id, Decimal(qty), day)
        if taken is not None:
            held[listing.variant_id] = taken
        elif version.lead_time_days is None:
            free = free_pieces([listing.variant_id], day)[listing.variant_id]
            reasons.append(rules.short(version.name, free))
    require(Verdict(tuple(reasons)))
    return held


def hold_variant(
    by: Actor, variant_id: int, qty: Decimal, day: date
) -> list[tuple[StockLevel, Decimal]] | None:
    """Take what is free, first expiring first; None, with nothing held, where it does not reach."""
    with transaction.atomic():
        taken: list[tuple[StockLevel, Decimal]] = []
        missing = qty
        for _try in range(HOLD_TRIES):
            for level in sellable_levels([variant_id], day):
                part = min(level.free_qty, missing)
                if part > 0 and reserve_level(by=by, level=level, qty=part):
                    taken.append((level, part))
                    missing -= part
                if not missing:
                    return taken
        transaction.set_rollback(True)
    return None


def _order(by: Actor, checkout: Checkout, parcel: Parcel, terms: Terms, day: date) -> Order:
    number = draw(f"order:{parcel.facility.code}", day.year)
    now = clock.now()
    order = Order(
        code=desk_code(parcel.facility.code, day.year, "PS", number),
        checkout=checkout,
        facility=parcel.facility,
        book=parcel.book,
        method=terms.payee.method,
        qris=terms.payee.qris,
        bank_account=terms.payee.bank_account,
        payee_key=terms.payee.key,
        goods_rp=parcel.goods_rp,
        shipping_rp=terms.shipping_rp,
        weight_g=parcel.weight_g,
        is_pickup=terms.pickup_place is not None,
        pickup_place=terms.pickup_place,
        days_from=terms.rate.days_from if terms.rate else 0,
        days_until=terms.rate.days_until if terms.rate else 0,
        placed_at=now,
        pay_until=now + timedelta(minutes=terms.term.minutes_to_pay),
    )
    _give_amount(order)
    return order


def _give_amount(order: Order) -> None:
    """Lower the total to an amount that no open order of the account has, and save.

    The number drawn before serialises orders of one facility; an account that serves several may
    still meet another's amount, so the unique index decides and another one is tried.
    """
    total = order.goods_rp + order.shipping_rp
    for _try in range(AMOUNT_TRIES):
        free = calc.free_lowerings(total, open_amounts(order.payee_key, total))
        if not free:
            break
        order.lowered_rp = secrets.choice(free)
        order.payable_rp = total - order.lowered_rp
        try:
            with transaction.atomic():
                order.save(force_insert=True)
            return
        except IntegrityError as error:
            if "orders_order_amount_one" not in str(error):
                raise
    raise Refused(rules.amounts_exhausted())


def _write_lines(order: Order, parcel: Parcel, held: Held, day: date) -> None:
    now = clock.now()
    holds: dict[int, list[tuple[StockLevel, Decimal]]] = defaultdict(list)
    rows = []
    for listing, qty in parcel.lines:
        holds[listing.variant_id] = held.get(listing.variant_id, [])
        rows.append(_line(order, listing, qty, day, is_held=bool(holds[listing.variant_id])))
    OrderLine.objects.bulk_create(rows)
    Hold.objects.bulk_create(
        Hold(
            line=row,
            facility_id=order.facility_id,
            lot_id=level.lot_id,
            place_id=level.place_id,
            qty=qty,
            held_at=now,
        )
        for row in rows
        for level, qty in holds[row.variant_id]
    )


def _line(order: Order, listing: Listing, qty: int, day: date, *, is_held: bool) -> OrderLine:
    version = listing.current
    assert version is not None
    lead = version.lead_time_days or 0
    return OrderLine(
        order=order,
        facility_id=order.facility_id,
        variant_id=listing.variant_id,
        version=version,
        qty=Decimal(qty),
        unit_price_rp=listing.price_rp,
        amount_rp=listing.price_rp * qty,
        ready_by=None if is_held else day + timedelta(days=lead),
    )


def _write_contact(order: Order, buyer: Buyer) -> None:
    is_sent = not order.is_pickup
    OrderContact.objects.create(
        order=order,
        facility_id=order.facility_id,
        name=buyer.name,
        phone=buyer.phone,
        email=buyer.email,
        address=buyer.address if is_sent else "",
        region_id=buyer.region_code or None if is_sent else None,
        postcode=buyer.postcode if is_sent else "",
        gift_note=buyer.gift_note,
    )
