"""A festival: Kupang hosts a stall, Atambua's goods are chosen, handed out and sold there."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from berdaya.core import clock
from berdaya.core.locks import in_any_order
from berdaya.core.scope import Actor, acting
from berdaya.institutions.actions.staff import appoint
from berdaya.ledger import chart
from berdaya.ledger.actions.books import open_book
from berdaya.ledger.actions.entries import credit, debit, post_entry
from berdaya.ledger.models import Book
from berdaya.proceeds.actions.sales import SaleLineInput, record_sale
from berdaya.proceeds.models import Sale
from berdaya.stock.actions.gates import approve_gate_pass
from berdaya.stock.actions.movements import move_between
from berdaya.stock.models import Place
from berdaya.till.actions import events, handouts
from berdaya.till.actions.hand_backs import take_back
from berdaya.till.actions.lines import claim
from berdaya.till.actions.losses import report_loss
from berdaya.till.mandates import at_stall
from berdaya.till.models import (
    Event,
    HandBack,
    HandOut,
    HandOutLine,
    HandOutLoss,
    Settlement,
    Stall,
)
from tests.proceeds.scene import MADE, Scene, build
from tests.world import SINCE, World, join_cast

DAY = clock.today()
BEGINS, ENDS = DAY - timedelta(days=1), DAY + timedelta(days=1)
HOSTS = (
    ("kpg_seller", "seller"),
    ("kpg_cooperative", "cooperative_officer"),
    ("kpg_head", "head"),
    ("kpg_officer", "officer"),
)


@dataclass
class Festival:
    """One event with one stall; `scene` is the owner's goods, `host_book` the cash-taker's."""

    world: World
    scene: Scene
    event: Event
    stall: Stall
    host_book: Book

    def at(self, name: str) -> Actor:
        """A member of the host's cast with the reach that the stall gives."""
        actor = self.world.actor(name)
        with acting(actor, "look", read_only=True):
            return at_stall(actor, self.stall)

    def hand_out(self, qty: int = 10, price: int = 100_000, lowest: int = 80_000) -> HandOut:
        """The owner's officer hands goods of the scene's lot out; its head lets them leave."""
        with self.world.acting() as scope:
            made = handouts.make_hand_out(
                by=scope.actor, stall=self.stall, book=self.scene.book,
                from_place=self.scene.place, day=DAY, carrier="Giatja", is_agreed=True,
                lines=[handouts.LineInput(self.scene.lot, Decimal(qty), price, lowest)],
            )  # fmt: skip
        with self.world.acting("head") as scope:
            approve_gate_pass(by=scope.actor, gate_pass=made.gate_pass)
        return made

    def receive(
        self, made: HandOut, counted: int | None = None, note: str = "", who: str = "kpg_seller"
    ) -> HandOut:
        """The host's seller counts the goods in."""
        with acting(self.at(who), "receive") as scope:
            rows = HandOutLine.objects.filter(hand_out=made)
            told = {one.pk: one.qty if counted is None else Decimal(counted) for one in rows}
            return handouts.receive_hand_out(by=scope.actor, hand_out=made, counted=told, note=note)

    def line(self, made: HandOut) -> HandOutLine:
        """The one line of a hand-out, fresh."""
        with self.world.everywhere():
            return HandOutLine.objects.get(hand_out=made)

    def sell(self, made: HandOut, qty: int = 1, price: int = 100_000, fee: int = 0) -> Sale:
        """A sale of the owner's goods whose money the host took in cash, as a nota books it."""
        with acting(self.at("kpg_seller"), "sell") as scope:
            line = HandOutLine.objects.select_related("lot").get(hand_out=made)
            assert claim("sold_qty", {line.pk: Decimal(qty)}) is None
            sale = record_sale(
                by=scope.actor, facility=self.scene.facility, kind="consignment",
                buyer_kind="public", sold_on=DAY, place=made.place, book=self.scene.book,
                lines=[SaleLineInput(line.variant_id, Decimal(qty), price, lot_id=line.lot_id)],
                **({"fee_rp": fee} if fee else {}),
            )  # fmt: skip
            self._take_cash(scope.actor, sale)
        return sale

    def _take_cash(self, by: Actor, sale: Sale) -> None:
        amount = sale.amount_rp
        post_entry(
            by=by, book=self.host_book, kind="stall_sale", booked_on=DAY, reference=sale.code,
            subject=f"nota:{sale.pk}",
            legs=[debit(chart.CASH, amount), credit(chart.CONSIGNORS, amount)],
        )  # fmt: skip


def open_festival(world: World) -> Festival:
    """Event, stall, invitation answered, one product chosen; in the test's transaction."""
    with world.everywhere() as scope:
        scene = build(world)
        scene.place = Place.objects.create(facility=world.atb, kind="store", name="Gudang")
        old = scene.lot.levels.get().place
        move_between(
            by=scope.actor, lot=scene.lot, from_place=old, to_place=scene.place, qty=Decimal(100),
            day=MADE, reference="start",
        )  # fmt: skip
        host_book = open_book(
            by=scope.actor, party=world.parties["coop_kpg"], facility=world.kpg, opened_on=SINCE
        )
        for name, role in HOSTS:
            appoint(
                by=scope.actor, staff=join_cast(world, scope.actor, name), role=role,
                place=world.kpg, decree_no=f"SK-{name}", decree_on=SINCE, valid_from=SINCE,
                kind="plh" if role == "head" else "definitive",
            )  # fmt: skip
    event, stall = _organise(world)
    with world.acting() as scope:
        (invitation,) = event.invitations.filter(facility=world.atb)
        events.answer_invitation(by=scope.actor, invitation=invitation, is_coming=True)
        (proposal,) = events.propose_products(
            by=scope.actor, event=event, facility=world.atb,
            products=[events.ProposalInput(scene.variant, Decimal(50), 100_000, 80_000)],
        )  # fmt: skip
    with world.acting("regional") as scope:
        events.decide_proposals(by=scope.actor, event=event, choices=[(proposal, True, "")])
    return Festival(world, scene, event, stall, host_book)


def _organise(world: World) -> tuple[Event, Stall]:
    with world.acting("regional") as scope:
        event = events.create_event(
            by=scope.actor, office=world.offices["NTT-KWL"], region=world.atb.region,
            timezone="Asia/Makassar",
            what=events.EventInput("FES26", "Festival Karya", "Lapangan", BEGINS, ENDS, "Fair"),
        )  # fmt: skip
        stall = events.add_stall(
            by=scope.actor, event=event, host=world.kpg,
            what=events.StallInput(1, "Timur", world.parties["coop_kpg"]),
        )  # fmt: skip
        events.invite_units(by=scope.actor, event=event, facilities=[world.atb])
    return event, stall


@dataclass
class Market:
    """Something of everything at a stall that a unit hosts and fills itself."""

    event: Event
    stall: Stall
    hand_out: HandOut
    back: HandBack
    loss: HandOutLoss
    settlement: Settlement


def own_stall(scene: Scene) -> Market:
    """Atambua at its own stall, nothing settled; in a scope over everything."""
    by, world, facility = scene.by, scene.world, scene.facility
    event = events.create_event(
        by=by, office=world.offices["NTT-KWL"], region=facility.region, timezone="Asia/Makassar",
        what=events.EventInput("PAS26", "Pasar Karya", "Alun-alun", BEGINS, ENDS),
    )  # fmt: skip
    taker = events.StallInput(1, "Barat", scene.book.party)
    stall = events.add_stall(by=by, event=event, host=facility, what=taker)
    (invitation,) = events.invite_units(by=by, event=event, facilities=[facility])
    events.answer_invitation(by=by, invitation=invitation, is_coming=True)
    offer = events.ProposalInput(scene.variant, Decimal(9), 100_000, 80_000)
    chosen = events.propose_products(by=by, event=event, facility=facility, products=[offer])
    events.decide_proposals(by=by, event=event, choices=[(chosen[0], True, "")])
    made = handouts.make_hand_out(
        by=by, stall=stall, book=scene.book, from_place=scene.place, day=DAY, carrier="Giatja",
        lines=[handouts.LineInput(scene.lot, Decimal(9), 100_000, 80_000)], is_agreed=True,
    )  # fmt: skip
    approve_gate_pass(by=by, gate_pass=made.gate_pass)
    line = made.lines.get()
    with in_any_order():
        made = handouts.receive_hand_out(by=by, hand_out=made, counted={line.pk: Decimal(9)})
        back = take_back(by=by, hand_out=made, lines={line.pk: Decimal(1)}, day=DAY)
        loss = report_loss(
            by=by, line=made.lines.get(), qty=Decimal(1), day=DAY, reason="Sobek", borne_by="owner"
        )
    settlement = Settlement.objects.create(
        code="LP-ATB-26-SP0001", stall=stall, host=facility, facility=facility, book=scene.book,
        reckoned_on=DAY, gross_rp=0, fee_rp=0, payable_rp=0, prepared_at=clock.now(),
    )  # fmt: skip
    return Market(event, stall, made, back, loss, settlement)
