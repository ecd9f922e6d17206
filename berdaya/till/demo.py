"""A festival in Kupang a fortnight ago: six units, two stalls, three days, settled by now.

Everything goes through the actions that people use, by staff who hold the ability there, in the
order in which it happened.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import F

from berdaya.core import clock
from berdaya.core.demo import DemoContext
from berdaya.core.memo import remembering
from berdaya.core.scope import Actor, acting, system_scope
from berdaya.institutions.models import (
    Facility,
    Office,
    Party,
    PartyKind,
    QrisAccount,
    Region,
    Staff,
)
from berdaya.institutions.queries import actor_of, staff_with
from berdaya.ledger import chart
from berdaya.ledger.models import Book
from berdaya.ledger.queries import balance
from berdaya.legality.queries.facts import listing_facts
from berdaya.legality.rules.listing import may_list
from berdaya.proceeds.queries import selling_books
from berdaya.stock.actions.gates import approve_gate_pass
from berdaya.stock.models import PlaceKind, StockLevel
from berdaya.till import demo_sales
from berdaya.till.actions import events, handouts
from berdaya.till.actions.hand_backs import take_back
from berdaya.till.actions.losses import decide_loss, report_loss
from berdaya.till.actions.rounding import set_cash_rounding
from berdaya.till.actions.settlements import (
    approve_settlement,
    pay_settlement,
    prepare_settlement,
)
from berdaya.till.mandates import at_stall
from berdaya.till.models import Event, HandOut, HandOutLine, ProductProposal, Stall
from berdaya.till.queries import MARKET

UNITS, STALLS, DAYS = 6, 2, 3
ENDED = 12
MOST_QTY, LOWEST_BP = 12, 8_500
LABELS = ("Tenun dan Anyaman", "Dapur dan Kebun")


@dataclass
class Unit:
    """One unit that takes part: its book, and what of its store it brings."""

    facility: Facility
    book: Book
    levels: list[StockLevel]


@dataclass
class Festival:
    """The event as it goes on; `day` is its first day."""

    day: date
    chance: random.Random
    units: list[Unit]
    cast: dict[tuple[str, int, tuple[int, ...]], Actor] = field(default_factory=dict)
    event: Event | None = None
    stalls: list[Stall] = field(default_factory=list)

    def at(self, days: int, hour: int, minute: int = 0) -> datetime:
        """A moment so many days after the first day, on the clock of Kupang."""
        start = clock.start_of(self.day + timedelta(days=days))
        return start + timedelta(hours=hour, minutes=minute)

    def who(self, ability: str, facility: Facility, but: tuple[int, ...] = ()) -> Actor:
        """Somebody who may do this there; the regional office where the unit lacks a person."""
        key = (ability, facility.pk, but)
        if key not in self.cast:
            here = [one for one in staff_with(ability, facility.pk, self.day) if one.pk not in but]
            region = Staff.objects.filter(username__startswith="kanwil")
            self.cast[key] = actor_of([*here, *region][0], self.day)
        return self.cast[key]

    @contextmanager
    def step(self, ability: str, facility: Facility, at: datetime) -> Iterator[Actor]:
        """One transaction of somebody at a unit, at a past moment."""
        actor = self.who(ability, facility)
        with clock.travel(at), acting(actor, ability):
            yield actor

    @contextmanager
    def stall_step(
        self, ability: str, stall: Stall, at: datetime, but: tuple[int, ...] = ()
    ) -> Iterator[Actor]:
        """One transaction at a stall, reaching the owners of its goods."""
        asked = self.who(ability, stall.facility, but)
        with acting(asked, "look", read_only=True):
            actor = at_stall(asked, stall)
        with clock.travel(at), acting(actor, ability):
            yield actor


def load(ctx: DemoContext) -> None:
    """The whole festival; nothing where there is one already."""
    # In the last whole month: its slips show what the stalls sold (proceeds, later).
    day = ctx.today.replace(day=1) - timedelta(days=ENDED + DAYS - 1)
    everywhere = list(Facility.objects.producing().order_by("code"))
    with system_scope("demo", [one.pk for one in everywhere]):
        if Event.objects.exists():
            return
        units = [unit for one in everywhere if (unit := _unit(one, day))][:UNITS]
    hosts = [unit for unit in units if _qris(unit, day)][:STALLS]
    if len(hosts) < STALLS:
        return
    fair = Festival(day, ctx.chance("till"), units)
    with remembering():
        _organise(fair, hosts)
        for unit in units:
            _propose(fair, unit)
        _choose(fair)
        for number, unit in enumerate(units):
            _bring(fair, unit, fair.stalls[number % STALLS])
        for number in range(DAYS):
            for stall in fair.stalls:
                demo_sales.sell_day(fair, stall, number)
        _lose(fair)
        _go_home(fair)
        for stall in fair.stalls:
            _settle(fair, stall)
    ctx.say(f"festival: {len(units)} units at {STALLS} stalls")


def _unit(facility: Facility, day: date) -> Unit | None:
    """A unit with a book and lawful goods in its store before the festival."""
    rows = StockLevel.objects.filter(
        facility=facility, place__kind=PlaceKind.STORE, lot__made_on__lt=day - timedelta(days=4),
        on_hand__gte=F("reserved") + 4,
    )  # fmt: skip
    levels = list(rows.select_related("lot__variant__product", "place").order_by("lot_id"))
    wanted = {one.lot.variant_id for one in levels}
    facts = listing_facts(wanted, MARKET, day) if wanted else {}
    lawful = {pk for pk, fact in facts.items() if may_list(fact).ok}
    fresh = [one for one in levels if not one.lot.is_over(day + timedelta(days=DAYS))]
    first = {one.lot.variant_id: one for one in fresh if one.lot.variant_id in lawful}
    books = selling_books(facility.pk)
    return Unit(facility, books[0], list(first.values())[:2]) if first and books else None


def _qris(unit: Unit, day: date) -> QrisAccount | None:
    """The registered QRIS of the unit's cooperative; only a cooperative hosts here."""
    party: Party = unit.book.party
    if party.kind != PartyKind.COOPERATIVE:
        return None
    usable = QrisAccount.objects.usable(day).filter(owner=party).first()
    return usable if isinstance(usable, QrisAccount) else None


def _organise(fair: Festival, hosts: list[Unit]) -> None:
    kupang = Region.objects.get(code="53.71")
    office = Office.objects.get(code="NTT-KWL")
    with fair.step("event.edit", hosts[0].facility, fair.at(-25, 9)) as by:
        fair.event = events.create_event(
            by=by, office=office, region=kupang, timezone="Asia/Makassar",
            what=events.EventInput(
                f"FKK{fair.day:%y}", "Festival Karya Kemandirian Kupang", "Taman Nostalgia",
                fair.day, fair.day + timedelta(days=DAYS - 1), "Kupang Festival of Crafts",
            ),
        )  # fmt: skip
        for number, host in enumerate(hosts):
            what = events.StallInput(
                number + 1, LABELS[number], host.book.party, _qris(host, fair.day), 20_000
            )
            fair.stalls.append(
                events.add_stall(by=by, event=fair.event, host=host.facility, what=what)
            )
        events.invite_units(by=by, event=fair.event, facilities=[u.facility for u in fair.units])
    for host in hosts:
        with fair.step("policy.edit", host.facility, fair.at(-20, 9)) as by:
            set_cash_rounding(
                by=by, facility=host.facility, step_rp=500, valid_from=fair.day,
                legal_basis="Keputusan pengurus koperasi tentang kas stan",
            )  # fmt: skip


def _propose(fair: Festival, unit: Unit) -> None:
    assert fair.event is not None
    with fair.step("event.propose", unit.facility, fair.at(-21, 10)) as by:
        invitation = fair.event.invitations.get(facility=unit.facility)
        events.answer_invitation(by=by, invitation=invitation, is_coming=True)
        products = []
        for level in unit.levels:
            price = level.lot.variant.list_price_rp
            lowest = price * LOWEST_BP // 10_000 // 500 * 500 or price
            qty = min(Decimal(int(level.free_qty)), Decimal(MOST_QTY))
            products.append(events.ProposalInput(level.lot.variant, qty, price, lowest))
        events.propose_products(by=by, event=fair.event, facility=unit.facility, products=products)


def _choose(fair: Festival) -> None:
    """All but the last second product, which another unit brings already."""
    assert fair.event is not None
    host = fair.stalls[0].facility
    with fair.step("event.edit", host, fair.at(-18, 14)) as by:
        rows = list(ProductProposal.objects.filter(event=fair.event).order_by("pk"))
        second = [one for one in rows if _is_second(fair, one)][-1:]
        choices = [
            (one, one not in second, "Sudah banyak barang serupa." if one in second else "")
            for one in rows
        ]
        events.decide_proposals(by=by, event=fair.event, choices=choices)


def _is_second(fair: Festival, row: ProductProposal) -> bool:
    unit = next(one for one in fair.units if one.facility.pk == row.facility_id)
    return len(unit.levels) > 1 and unit.levels[1].lot.variant_id == row.variant_id


def _bring(fair: Festival, unit: Unit, stall: Stall) -> None:
    with fair.step("handout.make", unit.facility, fair.at(-2, 9)) as by:
        rows = ProductProposal.objects.filter(
            event=fair.event, facility=unit.facility, decision__is_chosen=True
        )
        chosen = {one.variant_id: one for one in rows}
        lines = [
            handouts.LineInput(level.lot, chosen[pk].qty, chosen[pk].price_rp, chosen[pk].lowest_rp)
            for level in unit.levels
            if (pk := level.lot.variant_id) in chosen
        ]
        made = handouts.make_hand_out(
            by=by, stall=stall, book=unit.book, from_place=unit.levels[0].place, lines=lines,
            day=fair.day - timedelta(days=1), carrier="Petugas Giatja", is_agreed=True,
            vehicle="Mobil dinas",
        )  # fmt: skip
    with fair.step("gate.approve", unit.facility, fair.at(-1, 8)) as by:
        approve_gate_pass(by=by, gate_pass=made.gate_pass)
    accepted = (made.accepted_by_id,) if made.accepted_by_id else ()
    with fair.stall_step("handout.receive", stall, fair.at(0, 6, 30), accepted) as by:
        counted = {one.pk: one.qty for one in HandOutLine.objects.filter(hand_out=made)}
        handouts.receive_hand_out(by=by, hand_out=made, counted=counted)


def _lose(fair: Festival) -> None:
    """One piece is torn on the last evening; its owner's officer confirms it."""
    stall = fair.stalls[0]
    with fair.stall_step("handout.receive", stall, fair.at(DAYS - 1, 21)) as by:
        rows = HandOutLine.objects.filter(
            hand_out__stall=stall, qty__gt=F("sold_qty"), lost_qty=0
        ).exclude(facility=stall.facility)
        line = rows.select_related("hand_out__stall__event", "variant").first()
        if line is None:
            return
        loss = report_loss(
            by=by, line=line, qty=Decimal(1), day=fair.day + timedelta(days=DAYS - 1),
            reason="Kemasannya sobek saat diperlihatkan kepada pembeli", borne_by="owner",
        )  # fmt: skip
    with fair.step("handout.make", line.facility, fair.at(DAYS, 9)) as by:
        decide_loss(by=by, loss=loss, is_confirmed=True)


def _go_home(fair: Festival) -> None:
    """What was not sold comes back into each owner's store."""
    for unit in fair.units:
        with fair.step("handout.make", unit.facility, fair.at(DAYS, 15)) as by:
            for made in HandOut.objects.filter(stall__event=fair.event, facility=unit.facility):
                lines = {one.pk: one.left_qty for one in made.lines.all() if one.left_qty}
                day = fair.day + timedelta(days=DAYS)
                if lines:
                    take_back(by=by, hand_out=made, lines=lines, day=day, note="Sisa festival")


def _settle(fair: Festival, stall: Stall) -> None:
    """Every owner of the stall: reckoned, approved and paid from the stall's cash."""
    books = [unit.book for n, unit in enumerate(fair.units) if fair.stalls[n % STALLS] == stall]
    for number, book in enumerate(books):
        with fair.stall_step("settlement.prepare", stall, fair.at(DAYS + 1, 9, number)) as by:
            made = prepare_settlement(by=by, stall=stall, book=book)
            but = (by.user_id,) if by.user_id else ()
        with fair.stall_step("settlement.approve", stall, fair.at(DAYS + 2, 10), but) as by:
            approve_settlement(by=by, settlement=made)
        if made.gross_rp:
            day = fair.day + timedelta(days=DAYS + 3)
            with fair.stall_step("settlement.pay", stall, fair.at(DAYS + 3, 11)) as by:
                # QRIS money may still be on its way: whichever has enough pays.
                has_cash = balance(stall.book, chart.CASH) >= made.payable_rp
                pay_settlement(
                    by=by, settlement=made, method="cash" if has_cash else "transfer", paid_on=day
                )
