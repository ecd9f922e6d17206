"""Place a checkout: all its orders or none, their lots held, in one short transaction."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext

from berdaya.catalog.models import Listing
from berdaya.catalog.queries import verdicts_of
from berdaya.core import clock, scope
from berdaya.core.codes import desk_code, public_code
from berdaya.core.events import publish
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Reason, Refused, Verdict, combine, require
from berdaya.legality.queries.shipping import country_name, may_ship
from berdaya.legality.rules.shipping import HOME
from berdaya.orders import calc, rules
from berdaya.orders.actions.making import Rooms, take_rooms, write_making
from berdaya.orders.actions.steps import expire_overdue, note_step
from berdaya.orders.actions.turns import key_of, one_at_a_time
from berdaya.orders.events import ORDER_PLACED
from berdaya.orders.models import (
    Cart,
    Checkout,
    Hold,
    Order,
    OrderContact,
    OrderLine,
    OrderState,
)
from berdaya.orders.queries import (
    free_pieces,
    open_amounts,
    sellable_levels,
    shown_name,
    unpaid_checkouts,
)
from berdaya.orders.quotes import Parcel, Quote, Wanted, parcels_of, quotes_for, with_pickup
from berdaya.stock.actions.reservations import reserve_level
from berdaya.stock.models import StockLevel
from berdaya.stock.queries import sellable_on

AMOUNT_TRIES = 5


@dataclass(frozen=True)
class Buyer:
    """Who buys and where it goes; `phone` in E.164, `region_code` a district (kecamatan),
    `country` ISO 3166."""

    name: str
    phone: str
    email: str = ""
    address: str = ""
    region_code: str = ""
    postcode: str = ""
    gift_note: str = ""
    country: str = HOME


# Of each variant, how much of which level.
Held = dict[int, list[tuple[StockLevel, Decimal]]]


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
    taken variant by variant, so that two checkouts wait for each other in one order only; those of
    one phone or cart take turns, and only so many of them may wait for money (PaymentTerm).
    Refused: cart_empty, goods_*, method_not_offered, pickup_not_offered, shipping_unknown,
    unpaid_too_many, amounts_exhausted, abroad_by_offer, and every reason of legality.may_list and
    may_ship_to.
    """
    scope.required()
    listings = _listings(wanted)
    checkout, is_new = _claim(request_key, cart, language, listings.values())
    if not is_new:
        return checkout
    one_at_a_time(key_of(buyer.phone), key_of(str(cart.pk) if cart else ""))
    expire_overdue(by=by, variant_ids=[row.variant_id for row in listings.values()])
    _require_as_seen(wanted, listings)
    _require_home(buyer.country, listings.values())
    parcels = parcels_of((listings[line.listing_id], line.qty) for line in wanted)
    quotes = quotes_for(parcels, buyer.region_code, pickup_facility_ids)
    _require_terms(quotes, method)
    _require_few_unpaid(quotes, method, buyer, cart)
    held, rooms = _hold(by, parcels)
    for quote in quotes:
        _place(by, checkout, quote, method, held, rooms, buyer)
    if cart is not None:
        cart.lines.filter(listing__in=[line.listing_id for line in wanted]).delete()
    return checkout


def _place(
    by: Actor,
    checkout: Checkout,
    quote: Quote,
    method: str,
    held: Held,
    rooms: Rooms,
    buyer: Buyer,
) -> None:
    order = _order(checkout, quote, method)
    _write_lines(by, order, quote.parcel, held, rooms)
    _write_contact(order, buyer)
    note_step(by, order, OrderState.PLACED)
    publish(ORDER_PLACED, facility_id=order.facility_id, subject_id=str(order.pk))


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
    return with_pickup(Listing.objects.all()).in_bulk([line.listing_id for line in wanted])


def _require_as_seen(wanted: Sequence[Wanted], listings: dict[int, Listing]) -> None:
    """Refuse, with every reason at once, what is no longer as the buyer saw it."""
    known = [line for line in wanted if _is_offered(listings.get(line.listing_id))]
    verdict = Verdict()
    for _unknown in range(len(wanted) - len(known)):
        verdict += rules.goods_not_shown(what=gettext("Barang ini"))
    if known or verdict.ok:
        verdict += rules.may_order(_facts(known, listings))
    require(verdict)


def _is_offered(listing: Listing | None) -> bool:
    return listing is not None and listing.current is not None


def _facts(wanted: Sequence[Wanted], listings: dict[int, Listing]) -> list[rules.LineFacts]:
    rows = [listings[line.listing_id] for line in wanted]
    free, lawful = _free_and_lawful(rows)
    now = clock.now()
    return [
        rules.LineFacts(
            what=shown_name(row.current),
            is_shown=row.is_shown_at_all,
            is_lawful=row.is_lawful(now) and lawful[row.pk].ok,
            qty=line.qty,
            free=free.get(row.variant_id, 0),
            is_made_to_order=row.current is not None and row.current.lead_time_days is not None,
            room=row.to_order.room if hasattr(row, "to_order") else None,
            seen_price_rp=line.seen_price_rp,
            price_rp=row.price_rp,
        )
        for line, row in zip(wanted, rows, strict=True)
    ]


def _free_and_lawful(rows: Sequence[Listing]) -> tuple[dict[int, int], dict[int, Verdict]]:
    """Free pieces by variant and verdicts by listing, each on the day of its own zone."""
    zones = defaultdict(list)
    for row in rows:
        zones[clock.today(row.facility.timezone)].append(row)
    free: dict[int, int] = {}
    lawful: dict[int, Verdict] = {}
    for day, here in zones.items():
        free |= free_pieces([row.variant_id for row in here], day)
        lawful |= verdicts_of(here, day)
    return free, lawful


def _require_home(country: str, listings: Iterable[Listing]) -> None:
    """The shop sends nothing abroad; where the law of the country bars the goods too, that is said
    first, so that nobody asks for an offer of what may not enter."""
    if country == HOME:
        return
    variants = {row.variant_id for row in listings}
    today = clock.today()
    lots = sellable_on(today).filter(lot__variant__in=variants).values_list("lot", flat=True)
    law = combine(may_ship(lots, country, today))
    # What the desk does next is nothing for a buyer.
    law = Verdict(tuple(one(next_url="") for one in law.reasons))
    require(law + rules.abroad_by_offer(country=country_name(country)))


def _require_terms(quotes: Sequence[Quote], method: str) -> None:
    """Refuse, with every reason at once, parcels that cannot be sent or paid as chosen."""
    require(combine(quote.may_send() + quote.may_pay(method) for quote in quotes))


def _require_few_unpaid(
    quotes: Sequence[Quote], method: str, buyer: Buyer, cart: Cart | None
) -> None:
    most = min(quote.terms[method].most_unpaid for quote in quotes)
    require(rules.may_place_more(unpaid_checkouts(buyer.phone, cart, clock.now()), most))


def _hold(by: Actor, parcels: list[Parcel]) -> tuple[Held, Rooms]:
    """Hold lots for every variant, the lowest first; Refused with all that is short.

    A line that is made to order holds room to make all of it where stock does not reach.
    """
    asked = sorted(
        ((listing, qty) for parcel in parcels for listing, qty in parcel.lines),
        key=lambda line: line[0].variant_id,
    )
    held: Held = {}
    reasons: list[Reason] = []
    made: list[tuple[Listing, int]] = []
    for listing, qty in asked:
        version = listing.current
        assert version is not None
        day = clock.today(listing.facility.timezone)
        taken = hold_variant(by, listing.variant_id, Decimal(qty), day)
        if taken is not None:
            held[listing.variant_id] = taken
        elif version.lead_time_days is None:
            free = free_pieces([listing.variant_id], day)[listing.variant_id]
            reasons.append(rules.short(shown_name(version), free))
        else:
            made.append((listing, qty))
    rooms, short = take_rooms(by, made)
    require(Verdict((*reasons, *short)))
    return held, rooms


def hold_variant(
    by: Actor, variant_id: int, qty: Decimal, day: date
) -> list[tuple[StockLevel, Decimal]] | None:
    """Take what is free, first expiring first; None, with nothing held, where it does not reach."""
    taken: list[tuple[StockLevel, Decimal]] = []
    missing = qty
    # Locked as they are read: what is free stays free until this transaction ends.
    levels = list(sellable_levels([variant_id], day).select_for_update(of=("self",)))
    if sum(level.free_qty for level in levels) < qty:
        return None
    for level in levels:
        part = min(level.free_qty, missing)
        if part > 0 and reserve_level(by=by, level=level, qty=part):
            taken.append((level, part))
            missing -= part
    return taken


def _order(checkout: Checkout, quote: Quote, method: str) -> Order:
    parcel, payee, term = quote.parcel, quote.payees[method], quote.terms[method]
    year, now = parcel.day.year, clock.now()
    number = draw(f"order:{parcel.facility.code}", year)
    rate = None if quote.is_pickup else quote.rate
    order = Order(
        code=desk_code(parcel.facility.code, year, "PS", number),
        checkout=checkout,
        facility=parcel.facility,
        book=parcel.book,
        method=method,
        qris=payee.qris,
        bank_account=payee.bank_account,
        payee_key=payee.key,
        goods_rp=parcel.goods_rp,
        shipping_rp=quote.shipping_rp or 0,
        weight_g=parcel.weight_g,
        is_pickup=quote.is_pickup,
        pickup_place_id=parcel.pickup_place_id if quote.is_pickup else None,
        days_from=rate.days_from if rate else 0,
        days_until=rate.days_until if rate else 0,
        placed_at=now,
        pay_until=now + timedelta(minutes=term.minutes_to_pay),
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


def _write_lines(by: Actor, order: Order, parcel: Parcel, held: Held, rooms: Rooms) -> None:
    holds: dict[int, list[tuple[StockLevel, Decimal]]] = defaultdict(list)
    rows = []
    for listing, qty in parcel.lines:
        holds[listing.variant_id] = held.get(listing.variant_id, [])
        line = _line(order, listing, qty)
        if not holds[listing.variant_id]:
            line.ready_by = _ready_by(listing, parcel.day, rooms)
        rows.append(line)
    OrderLine.objects.bulk_create(rows)
    for row, (listing, _qty) in zip(rows, parcel.lines, strict=True):
        if listing.pk in rooms:
            write_making(by, row, rooms[listing.pk], is_paid=False)
    write_holds((row, level, qty) for row in rows for level, qty in holds[row.variant_id])


def write_holds(taken: Iterable[tuple[OrderLine, StockLevel, Decimal]]) -> None:
    """What was taken from levels is held for these lines."""
    now = clock.now()
    Hold.objects.bulk_create(
        Hold(
            line=line,
            facility_id=line.facility_id,
            lot_id=level.lot_id,
            place_id=level.place_id,
            qty=qty,
            held_at=now,
        )
        for line, level, qty in taken
    )


def _ready_by(listing: Listing, day: date, rooms: Rooms) -> date:
    """As reckoned for all that is open now, or the lead time where no limit is set."""
    if listing.pk in rooms:
        promised = rooms[listing.pk].promise_after(0)
        assert promised is not None
        return promised
    version = listing.current
    assert version is not None
    return day + timedelta(days=version.lead_time_days or 0)


def _line(order: Order, listing: Listing, qty: int) -> OrderLine:
    version = listing.current
    assert version is not None
    return OrderLine(
        order=order,
        facility_id=order.facility_id,
        variant_id=listing.variant_id,
        version=version,
        qty=Decimal(qty),
        unit_price_rp=listing.price_rp,
        amount_rp=listing.price_rp * qty,
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
