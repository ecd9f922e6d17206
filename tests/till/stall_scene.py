"""A stall at a festival: Atambua hosts it and takes the cash, Kupang gave goods too."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from django.db.models import Sum

from berdaya.core import clock
from berdaya.core.scope import Actor, acting
from berdaya.goods.models import Category, Measure, Product, Variant
from berdaya.institutions.actions.staff import appoint
from berdaya.institutions.models import QrisAccount
from berdaya.ledger.actions.books import open_book
from berdaya.ledger.models import Book, Leg
from berdaya.papers.actions.documents import issue_document
from berdaya.people.models import Participant
from berdaya.stock.actions.movements import move_between
from berdaya.stock.models import GatePass, Lot, Place
from berdaya.till.actions.opening import ShownQris, open_session
from berdaya.till.actions.selling import BasketLine, StallPayment, sell_at_stall
from berdaya.till.mandates import at_stall
from berdaya.till.models import (
    CashRounding,
    Event,
    HandOut,
    HandOutLine,
    Stall,
    StallSale,
    StallSession,
)
from berdaya.workshop.models import Workshop
from tests.proceeds.scene import Scene, build, make_lot
from tests.world import SINCE, World

PAYLOAD = (
    "00020101021126660016ID.CO.CONTOH.WWW01189360001400000000180213CTH00000000010303UMI51440014"
    "ID.CO.QRIS.WWW0215ID10200000000010303UMI5204599953033605802ID5913KARYA WBP NTT6006KUPANG61058"
    "511162090705POS01630478AF"
)
NMID, NAME = "ID1020000000001", "KARYA WBP NTT"


@dataclass
class Fair:
    """The stall, its lines (own first, then the other unit's) and whoever works there."""

    world: World
    scene: Scene
    other: Scene
    stall: Stall
    lines: list[HandOutLine] = field(default_factory=list)

    def actor(self, name: str = "seller") -> Actor:
        """Somebody of the host who reaches the owners."""
        return at_stall(self.world.actor(name), self.stall)

    def open(self, name: str = "seller", float_rp: int = 200_000, **more: object) -> StallSession:
        """Open the stall with its QRIS checked."""
        more.setdefault("shown", ShownQris(payload=PAYLOAD))
        with acting(self.world.actor(name), "test") as scope:
            return open_session(by=scope.actor, stall=self.stall, float_rp=float_rp, **more)  # type: ignore[arg-type]

    def basket(self, *qty: int) -> list[BasketLine]:
        """So many of each line."""
        return [
            BasketLine(line.pk, Decimal(count))
            for line, count in zip(self.lines, qty, strict=False)
            if count
        ]

    def sell(
        self,
        session: StallSession,
        *qty: int,
        name: str = "seller",
        sale_id: UUID | None = None,
        payment: StallPayment | None = None,
        basket: Sequence[BasketLine] | None = None,
    ) -> StallSale:
        """One nota, in cash to the rupiah unless said otherwise."""
        with acting(self.seller_scope(name), "test") as scope:
            return sell_at_stall(
                by=scope.actor, session=session, sale_id=sale_id or uuid4(),
                basket=self.basket(*qty) if basket is None else basket,
                payment=payment or StallPayment("cash"),
            )  # fmt: skip

    def actor_of(self, name: str) -> Actor:
        """Somebody in their own roles."""
        return self.world.actor(name)

    def seller_scope(self, name: str) -> Actor:
        with acting(self.world.actor(name), "look", read_only=True):
            return self.actor(name)


def open_fair(world: World, *, qty: int = 40, days: int = 3) -> Fair:
    """Inside a scope over everything: goods of two units counted in at one stall, from today."""
    scene = build(world)
    other = build_other(world)
    today = clock.today()
    event = Event.objects.create(
        code="FEST26", name="Festival Contoh", venue="Lapangan Contoh",
        region=world.atb.region, office=world.atb.office, timezone="Asia/Makassar",
        begins_on=today, ends_on=today + timedelta(days=days - 1), recorded_at=clock.now(),
    )  # fmt: skip
    stall = Stall.objects.create(
        event=event, facility=world.atb, number=3, label="Karya Belu",
        cash_taker=world.parties["coop_atb"], book=scene.book, qris=register_qris(world),
        recorded_at=clock.now(),
    )  # fmt: skip
    CashRounding.objects.create(
        facility=world.atb, step_rp=500, valid_from=today, legal_basis="SK", recorded_at=clock.now()
    )
    fair = Fair(world, scene, other, stall)
    fair.lines = [
        hand_out(fair, scene, price=100_000, lowest=85_000, qty=qty),
        hand_out(fair, other, price=37_250, lowest=37_250, qty=qty),
    ]
    appoint_second(world)
    return fair


def appoint_second(world: World) -> None:
    """The officer helps at the stall: two people, so that one can take the other's nota back."""
    with world.everywhere() as scope:
        appoint(
            by=scope.actor, staff=world.staff["humas"], role="seller", place=world.atb,
            decree_no="SK-9", decree_on=SINCE, valid_from=SINCE,
        )  # fmt: skip


def register_qris(world: World) -> QrisAccount:
    """The stall's registered account, confirmed by a second person."""
    return QrisAccount.objects.create(
        owner=world.parties["coop_atb"], owner_kind="cooperative", nmid=NMID, merchant_name=NAME,
        payload_text=PAYLOAD, valid_from=SINCE, registered_at=clock.now(),
        registered_by=world.staff["cooperative"], decided_at=clock.now(),
        decided_by=world.staff["head"],
    )  # fmt: skip


def build_other(world: World) -> Scene:
    """The other unit's goods, book and maker."""
    facility = world.kpg
    by = Actor("system:tests", None, frozenset(one.pk for one in world.facilities.values()))
    book = open_book(by=by, party=world.parties["coop_kpg"], facility=facility, opened_on=SINCE)
    product = Product.objects.create(
        facility=facility, code="KPG-SABUN", name="Sabun kelapa",
        category=Category.objects.get(code="anyaman"), line_of_work="sabun",
    )  # fmt: skip
    variant = Variant.objects.create(
        product=product, facility=facility, sku="SAB-100", name="100 g",
        measure=Measure.objects.get(code="pcs"), list_price_rp=37_250,
    )  # fmt: skip
    place = Place.objects.create(facility=facility, kind="gallery", name="Galeri")
    workshop = Workshop.objects.create(
        facility=facility, code="SAB", name="Sabun", line_of_work="sabun"
    )
    scene = Scene(world, facility, by, book, variant, place, workshop, Lot())
    makers: dict[Participant, int] = {world.people["waru"]: 1}
    scene.lot = make_lot(scene, makers)
    return scene


def hand_out(fair: Fair, scene: Scene, *, price: int, lowest: int, qty: int) -> HandOutLine:
    """Goods of one owner, counted in at the stall."""
    today, now = clock.today(), clock.now()
    place = Place.objects.create(facility=scene.facility, kind="stall", name="Stan 3 FEST26")
    move_between(
        by=scene.by, lot=scene.lot, from_place=scene.place, to_place=place, qty=Decimal(qty),
        day=today, reference="FEST26",
    )  # fmt: skip
    document = issue_document(
        by=scene.by, type="BAST", facility=scene.facility, day=today,
        subject_ref=f"handout:{scene.facility.code}", signers=[],
    )  # fmt: skip
    handed = HandOut.objects.create(
        code=f"{scene.facility.code}-26-HO0001", stall=fair.stall, host=fair.stall.facility,
        facility=scene.facility, book=scene.book, from_place=scene.place, place=place,
        gate_pass=gate_pass(scene, place, today), handed_on=today, agreement_version=1,
        accepted_at=now, received_at=now, document=document,
    )  # fmt: skip
    return HandOutLine.objects.create(
        hand_out=handed, facility=scene.facility, host=fair.stall.facility,
        variant=scene.variant, lot=scene.lot, qty=qty, received_qty=qty, price_rp=price,
        lowest_rp=lowest,
    )  # fmt: skip


def gate_pass(scene: Scene, place: Place, day: date) -> GatePass:
    """What let the goods out."""
    document = issue_document(
        by=scene.by, type="SIKB", facility=scene.facility, day=day,
        subject_ref=f"gate:{scene.facility.code}", signers=[],
    )  # fmt: skip
    return GatePass.objects.create(
        code=f"{scene.facility.code}-26-K0001", facility=scene.facility, place=scene.place,
        to_place=place, destination="Festival Contoh", day=day, carrier="Giatja",
        requested_at=clock.now(), approved_at=clock.now(), document=document,
    )  # fmt: skip


def balance(book: Book, code: str) -> int:
    """What an account says on the debit side."""
    sums = Leg.objects.filter(account__book=book, account__code=code).aggregate(
        d=Sum("debit_rp", default=0), c=Sum("credit_rp", default=0)
    )
    return int(sums["d"] - sums["c"])


def qris_paid(reference: str = "7781", seen: str = "app") -> StallPayment:
    """A QRIS payment that the seller saw come, unless `seen` is empty."""
    return StallPayment("qris", reference=reference, seen=seen)
