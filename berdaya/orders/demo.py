"""Two months of invented orders in every state, made by the actions that buyers and staff use.

Nothing where no listing is shown. Each step is a transaction of its own at its own past moment.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from berdaya.catalog.models import Listing
from berdaya.core import clock
from berdaya.core.demo import DemoContext
from berdaya.core.scope import Actor, acting, system_scope
from berdaya.core.verdicts import Refused
from berdaya.institutions.models import Facility, Region, Staff
from berdaya.institutions.queries import actor_of, staff_with
from berdaya.orders import demo_making
from berdaya.orders.actions.cancelling import cancel_at_desk
from berdaya.orders.actions.claims import claim_payment
from berdaya.orders.actions.giving_back import give_money_back
from berdaya.orders.actions.handover import (
    complete_silent,
    hand_over_order,
    record_delivery,
    request_order_pass,
)
from berdaya.orders.actions.masking import mask_contacts
from berdaya.orders.actions.matching import record_money_in
from berdaya.orders.actions.packing import pack_order
from berdaya.orders.actions.placing import Buyer, Wanted, place_checkout
from berdaya.orders.actions.returning import ask_return
from berdaya.orders.actions.settling import Settled, accept_return
from berdaya.orders.actions.steps import expire_overdue
from berdaya.orders.models import Order
from berdaya.orders.queries import Payee, not_covered, open_holds, payee_of, sellable_levels
from berdaya.proceeds.actions.releases import release_final
from berdaya.stock.actions.gates import approve_gate_pass
from berdaya.stock.models import Place, PlaceKind

UNITS = 5
# How each unit's orders end, and how many days ago they were placed.
STORIES = (
    ("completed", 58), ("completed", 52), ("returned", 45), ("expired", 40), ("completed", 33),
    ("cancelled", 27), ("late", 12), ("handed_over", 6), ("much", 3), ("packed", 2), ("paid", 1),
    ("claimed", 0), ("placed", 0),
)  # fmt: skip
PICKUPS = {1, 4}
COURIERS = ("JNE", "POS", "J&T")


@dataclass
class Unit:
    """One unit with its shown listings, and the people who work there."""

    facility: Facility
    listings: list[Listing]
    chance: random.Random
    regions: list[str]
    payments: int = 0
    cast: dict[str, Actor] = field(default_factory=dict)

    @contextmanager
    def step(self, ability: str, at: datetime) -> Iterator[Actor]:
        """One transaction of somebody who may do this here, at a past moment."""
        if ability not in self.cast:
            here = staff_with(ability, self.facility.pk, clock.today())
            region = Staff.objects.filter(username__startswith="kanwil")
            self.cast[ability] = actor_of([*here, *region][0], clock.today())
        with clock.travel(at), acting(self.cast[ability], ability):
            yield self.cast[ability]

    @contextmanager
    def buyer(self, at: datetime) -> Iterator[Actor]:
        """One transaction of a buyer, who is nobody here."""
        with clock.travel(at), system_scope("shop", [self.facility.pk]) as scope:
            yield scope.actor


def load(ctx: DemoContext) -> None:
    """Orders for the first units that show something; nothing where it was done before."""
    everywhere = list(Facility.objects.producing().order_by("code"))
    with system_scope("demo", [facility.pk for facility in everywhere]):
        if Order.objects.exists():
            return
        units = [unit for one in everywhere if (unit := _unit(one, ctx)).listings][:UNITS]
    made = sum(_live(unit, number) for number, unit in enumerate(units))
    helpers = demo_making.Helpers(lambda one: _unit(one, ctx), _buyer, _pay)
    ctx.say(f"orders: {made}, made to order: {demo_making.load(helpers)} listings")


def _unit(facility: Facility, ctx: DemoContext) -> Unit:
    rows = Listing.objects.shown(clock.now()).filter(facility=facility)
    listings = list(rows.select_related("current", "variant").order_by("pk")[:6])
    districts = Region.objects.filter(level="district", code__startswith="53")
    codes = list(districts.order_by("code").values_list("code", flat=True)[:200])
    return Unit(facility, listings, ctx.chance(f"orders:{facility.code}"), codes)


def _live(unit: Unit, number: int) -> int:
    """Every story once, from two months ago until an hour ago."""
    now, made = clock.now(), 0
    for place, (story, days) in enumerate(STORIES):
        at = now - timedelta(days=days, minutes=12 + number)
        try:
            order = _place(unit, number * len(STORIES) + place, at, place in PICKUPS)
            TELL[story](unit, order, order.placed_at)
            made += 1
        except Refused:
            continue  # sold out, or not offered there: another unit shows this story
    with system_scope("demo", [unit.facility.pk]) as scope:
        today = clock.today(unit.facility.timezone)
        complete_silent(by=scope.actor, today=today)
        release_final(by=scope.actor, today=today)
        mask_contacts(by=scope.actor, today=today)
    return made


def _place(unit: Unit, number: int, at: datetime, is_pickup: bool) -> Order:
    listing = _made_by(unit, number, at)
    since = listing.lawful_from or at
    wanted = Wanted(listing.pk, 1 + unit.chance.randrange(2), listing.price_rp)
    with unit.buyer(min(max(at, since + timedelta(minutes=1)), clock.now())) as by:
        method = "qris" if number % 3 else "transfer"
        if payee_of(listing.seller_id, method, clock.today()) is None:
            method = "transfer" if method == "qris" else "qris"
        galleries = Place.objects.filter(facility=unit.facility, kind=PlaceKind.GALLERY)
        is_fetched = is_pickup and galleries.filter(is_active=True).exists()
        checkout = place_checkout(
            by=by, request_key=uuid5(NAMESPACE_URL, f"contoh:{unit.facility.code}:{number}"),
            wanted=[wanted], buyer=_buyer(unit, number), method=method, language="id",
            pickup_facility_ids=[unit.facility.pk] if is_fetched else (),
        )  # fmt: skip
        return checkout.orders.select_related("facility", "book", "qris", "bank_account").get()


def _made_by(unit: Unit, number: int, at: datetime) -> Listing:
    """A listing whose next lot was already made; in turn, so that all of them are bought."""
    day = clock.local(at, unit.facility.timezone).date()
    with system_scope("demo", [unit.facility.pk], read_only=True):
        levels = sellable_levels([one.variant_id for one in unit.listings], day)
        first = {
            level.lot.variant_id: level.lot.made_on
            for level in reversed(list(levels.select_related("lot")))
        }
    made = [one for one in unit.listings if first.get(one.variant_id, clock.today()) <= day]
    ready = made or unit.listings
    return ready[number % len(ready)]


def _buyer(unit: Unit, number: int) -> Buyer:
    return Buyer(
        name=f"Pembeli Contoh {number + 1:02d}",
        phone=f"+62812000{number:05d}",
        email=f"pembeli{number + 1:02d}@contoh.example",
        address=f"Jalan Contoh {number + 1}",
        region_code=unit.chance.choice(unit.regions) if unit.regions else "",
        postcode="85000",
        gift_note="Selamat ulang tahun (contoh)" if number % 9 == 0 else "",
    )


def _soon(at: datetime, **length: float) -> datetime:
    return min(at + timedelta(**length), clock.now())


def _day(unit: Unit, at: datetime) -> date:
    return clock.local(at, unit.facility.timezone).date()


def _pay(unit: Unit, order: Order, at: datetime, extra: int = 0) -> None:
    unit.payments += 1
    payee = Payee(order.method, order.payee_key, qris=order.qris, bank_account=order.bank_account)
    with unit.step("order.match", at) as by:
        record_money_in(
            by=by, book=order.book, payee=payee, amount_rp=order.payable_rp + extra,
            received_on=_day(unit, at), order=order,
            reference=f"CONTOH-{unit.facility.code}-{unit.payments:03d}",
        )  # fmt: skip


def _placed(unit: Unit, order: Order, at: datetime) -> None:
    """It waits for its money."""


def _claimed(unit: Unit, order: Order, at: datetime) -> None:
    with unit.buyer(_soon(at, minutes=5)) as by:
        claim_payment(by=by, order=order)


def _paid(unit: Unit, order: Order, at: datetime) -> None:
    _pay(unit, order, _soon(at, minutes=15))


def _much(unit: Unit, order: Order, at: datetime) -> None:
    _pay(unit, order, _soon(at, minutes=15), extra=50_000)


def _packed(unit: Unit, order: Order, at: datetime) -> None:
    _paid(unit, order, at)
    with unit.step("order.fulfil", _soon(at, hours=5)) as by:
        pack_order(by=by, order=order)


def _handed_over(unit: Unit, order: Order, at: datetime) -> None:
    _packed(unit, order, at)
    when = _soon(at, hours=20)
    with unit.step("order.fulfil", when) as by:
        asked = []
        if not_covered(order, open_holds(order), approved_only=False):
            asked = request_order_pass(
                by=by, order=order, day=_day(unit, when), carrier="Petugas Contoh"
            )
    for one in asked:
        with unit.step("gate.approve", when) as by:
            approve_gate_pass(by=by, gate_pass=one)
    with unit.step("order.fulfil", when) as by:
        hand_over_order(
            by=by, order=order, handed_on=_day(unit, when),
            courier=unit.chance.choice(COURIERS), tracking_no=f"CONTOH{order.code[-9:]}",
        )  # fmt: skip


def _completed(unit: Unit, order: Order, at: datetime) -> None:
    _handed_over(unit, order, at)
    when = _soon(at, days=4)
    if not order.is_pickup:
        with unit.step("order.fulfil", when) as by:
            record_delivery(by=by, order=order, delivered_on=_day(unit, when))


def _returned(unit: Unit, order: Order, at: datetime) -> None:
    _completed(unit, order, at)
    with unit.buyer(_soon(at, days=5)) as by:
        line = order.lines.get()
        back = ask_return(by=by, order=order, pieces={line.pk: line.qty}, reason="Warna berbeda")
    when = _soon(at, days=6)
    with unit.step("sale.refund", when) as by:
        accept_return(
            by=by, goods_return=back, refunded_on=_day(unit, when), method="transfer",
            settled={line.pk: Settled(line.amount_rp)}, answer="Terima kasih, sudah diterima.",
        )  # fmt: skip


def _expired(unit: Unit, order: Order, at: datetime) -> None:
    when = _soon(at, days=2)
    with clock.travel(when), system_scope("demo", [unit.facility.pk]) as scope:
        expire_overdue(by=scope.actor)


def _late(unit: Unit, order: Order, at: datetime) -> None:
    _expired(unit, order, at)
    _pay(unit, order, _soon(at, days=2, hours=1))


def _cancelled(unit: Unit, order: Order, at: datetime) -> None:
    _paid(unit, order, at)
    when = _soon(at, days=1)
    with unit.step("order.fulfil", when) as by:
        cancel_at_desk(by=by, order=order, reason="Barangnya ternyata rusak")
    with unit.step("order.match", when) as by:
        give_money_back(
            by=by, of=order, amount_rp=order.paid_rp, method="transfer",
            returned_on=_day(unit, when), reference=f"CONTOH-BALIK-{order.code}", reason="Batal",
        )  # fmt: skip


TELL: dict[str, Callable[[Unit, Order, datetime], None]] = {
    "placed": _placed,
    "claimed": _claimed,
    "paid": _paid,
    "much": _much,
    "packed": _packed,
    "handed_over": _handed_over,
    "completed": _completed,
    "returned": _returned,
    "expired": _expired,
    "late": _late,
    "cancelled": _cancelled,
}
