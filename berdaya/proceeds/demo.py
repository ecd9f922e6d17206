"""A year of invented sales, payouts, deposits, two people who left, and one late refund.

Everything goes through the actions that people use, each step in its own transaction, by staff
who hold the ability there, in the order in which it would have happened.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from berdaya.core.demo import DemoContext
from berdaya.core.memo import remembering
from berdaya.core.money import share_bp
from berdaya.core.scope import Actor, acting, system_scope
from berdaya.institutions.models import Facility, Party, RevenueRegime, Staff
from berdaya.institutions.queries import actor_of, staff_with
from berdaya.ledger import chart
from berdaya.ledger.actions.books import open_book
from berdaya.ledger.models import Book
from berdaya.ledger.queries import balance
from berdaya.people.actions.participants import end_placement
from berdaya.people.models import Participant, Placement
from berdaya.proceeds.actions.consignments import ConsignmentInput, hand_over, settle_consignment
from berdaya.proceeds.actions.deposits import record_deposit
from berdaya.proceeds.actions.exits import settle_exit
from berdaya.proceeds.actions.obligations import settle_obligation
from berdaya.proceeds.actions.payments import PaymentInput
from berdaya.proceeds.actions.payouts import approve_payout, pay_payout, prepare_payout
from berdaya.proceeds.actions.policies import set_policy
from berdaya.proceeds.actions.refunds import refund_sale
from berdaya.proceeds.actions.releases import release_final
from berdaya.proceeds.actions.sales import SaleInput, SaleLineInput, record_sales
from berdaya.proceeds.actions.slips import issue_slips
from berdaya.proceeds.models import Obligation, PremiShare, Sale, Slip, SplitPolicy
from berdaya.proceeds.policies import VARIANTS
from berdaya.proceeds.queries import owed_sales, payable_shares
from berdaya.stock.models import Lot, Place, PlaceKind, StockLevel

# Units that divide by one of the other seeded variants; everybody else by the Kepmen of 1990.
OTHER_POLICIES = {"RT-MOF": "bukittinggi_2023", "LP-WKB": "klungkung_2026"}
SALES_A_MONTH = 4
PAYOUT_DAY, DEPOSIT_DAY, SETTLING_DAY = 5, 8, 9
SETTLED = ((Obligation.QRIS, chart.QRIS), (Obligation.COOPERATIVE, chart.COOPERATIVE))
LEAVING = ("LP-ATB", "LPP-KPG")
REFUNDED_LATE = "LP-KPG"
# (kind of sale, kind of buyer, part of the list price in basis points, how often)
CUSTOM = (
    ("gate", "public", 10_000, 5),
    ("gallery", "public", 10_000, 3),
    ("gate", "staff", 10_000, 2),
    ("outright", "dekranasda", 9_000, 1),
    ("outright", "cooperative", 9_000, 1),
)


@dataclass
class Shelf:
    """What of one lot still lies at one place, as the demo goes on selling it."""

    lot: Lot
    place: Place
    left: Decimal


@dataclass
class Unit:
    """One selling unit on its way through the year."""

    facility: Facility
    book: Book
    chance: random.Random
    today: date
    shelves: list[Shelf] = field(default_factory=list)
    deposits: int = 0
    cast: dict[tuple[str, tuple[int, ...]], Actor] = field(default_factory=dict)

    def at_work(self, ability: str, day: date, but: tuple[int, ...]) -> Actor:
        """Somebody who may do this here; the regional office where the unit lacks a person.

        Remembered for the year: the demo's decrees hold from before its first day.
        """
        if (ability, but) not in self.cast:
            here = [one for one in staff_with(ability, self.facility.pk, day) if one.pk not in but]
            region = Staff.objects.filter(username__startswith="kanwil").exclude(pk__in=but)
            self.cast[ability, but] = actor_of((here or region)[0], day)
        return self.cast[ability, but]

    @contextmanager
    def step(self, ability: str, day: date, but: tuple[int, ...] = ()) -> Iterator[Actor]:
        """One transaction of one person."""
        actor = self.at_work(ability, day, but)
        with acting(actor, ability):
            yield actor


def load(ctx: DemoContext) -> None:
    """Sell what the workshops made over the year; nothing where it was done before."""
    everywhere = list(Facility.objects.producing().order_by("code"))
    with system_scope("demo", [facility.pk for facility in everywhere]) as scope:
        if Sale.objects.exists():
            return
        units = [_open(scope.actor, facility, ctx) for facility in everywhere]
    # Policies, rates and regimes stand; nothing of the year changes them.
    with remembering():
        for unit in units:
            _year(unit)
    _late_refund([unit for unit in units if unit.facility.code == REFUNDED_LATE])
    for unit in units:
        if unit.facility.code in LEAVING:
            _leave(unit)
    ctx.say(f"sales: {sum(_count(unit) for unit in units)}")


def _open(by: Actor, facility: Facility, ctx: DemoContext) -> Unit:
    party = _seller(facility)
    book = Book.objects.filter(party=party).first()
    if book is None:
        since = RevenueRegime.objects.filter(party=party).earliest("valid_from").valid_from
        book = open_book(by=by, party=party, facility=facility, opened_on=since)
        if not SplitPolicy.objects.filter(party=party).exists():
            variant = VARIANTS[OTHER_POLICIES.get(facility.code, "kepmenkeh_1990")]
            set_policy(by=by, party=party, valid_from=since, terms=variant.terms())
    unit = Unit(facility, book, ctx.chance(f"proceeds:{facility.code}"), ctx.today)
    levels = StockLevel.objects.filter(facility=facility, on_hand__gt=0)
    for level in levels.select_related("lot__variant", "place").order_by("lot_id"):
        unit.shelves.append(Shelf(level.lot, level.place, level.on_hand))
    return unit


def _seller(facility: Facility) -> Party:
    """Who sells for the unit: its cooperative or partner, else the unit itself."""
    selling = Party.objects.filter(facility=facility, regimes__isnull=False)
    return selling.order_by("-is_demo", "pk")[0]


def _count(unit: Unit) -> int:
    with system_scope("demo", [unit.facility.pk], read_only=True):
        return Sale.objects.filter(facility=unit.facility).count()


def _year(unit: Unit) -> None:
    if not unit.shelves:
        return
    day = min(shelf.lot.made_on for shelf in unit.shelves).replace(day=1)
    while day <= unit.today:
        following = (day + timedelta(days=32)).replace(day=1)
        _pay(unit, day)
        _deposit(unit, day)
        _settle(unit, day)
        _month(unit, day, min(following, unit.today + timedelta(days=1)))
        if following < unit.today.replace(day=1):
            _slips(unit, day)
        day = following


def _slips(unit: Unit, month: date) -> None:
    with unit.step("slip.print", (month + timedelta(days=32)).replace(day=1)) as by:
        issue_slips(by=by, facility=unit.facility, month=month)


def load_late(ctx: DemoContext) -> None:
    """The last whole month's slips, when the rooms above have sold in it what they sell."""
    month = (ctx.today.replace(day=1) - timedelta(days=1)).replace(day=1)
    for facility in Facility.objects.producing().order_by("code"):
        with system_scope("demo", [facility.pk]):
            sale = Sale.objects.filter(facility=facility).select_related("book").first()
            is_told = Slip.objects.filter(facility=facility, month=month).exists()
        if sale is not None and not is_told:
            _slips(Unit(facility, sale.book, ctx.chance("slips"), ctx.today), month)


def _month(unit: Unit, first: date, until: date) -> None:
    days = sorted(
        first + timedelta(days=unit.chance.randrange((until - first).days))
        for _ in range(SALES_A_MONTH)
    )
    sold = [sale for day in days if (sale := _sale(unit, day))]
    # What one place sold in a month is written up together, as units do that keep a paper book.
    for place in dict.fromkeys(place for place, _sale in sold):
        mine = [sale for where, sale in sold if where == place]
        with unit.step("sale.record", mine[-1].sold_on) as by:
            record_sales(by=by, facility=unit.facility, place=place, sales=mine, book=unit.book)
    if unit.chance.random() < 0.3:
        _consign(unit, days[0], days[-1])


def _ready(unit: Unit, day: date) -> list[Shelf]:
    return [
        shelf
        for shelf in unit.shelves
        if shelf.left >= 1
        and shelf.lot.made_on <= day
        and (shelf.lot.expires_on is None or shelf.lot.expires_on > day)
    ]


def _sale(unit: Unit, day: date) -> tuple[Place, SaleInput] | None:
    """What is sold on a day, and where; nothing where no shelf has anything."""
    ready = _ready(unit, day)
    if not ready:
        return None
    kind, buyer, price_bp = _custom(unit.chance)
    place = unit.chance.choice(ready).place
    here = [shelf for shelf in ready if shelf.place.pk == place.pk]
    lines = [
        _line(unit, shelf, kind, price_bp)
        for shelf in unit.chance.sample(here, min(len(here), unit.chance.choice((1, 1, 2))))
    ]
    total = sum(int(line.qty) * line.unit_price_rp for line in lines)
    method = unit.chance.choice(("cash", "cash", "qris", "transfer"))
    paid = [PaymentInput(method, total)] if unit.chance.random() > 0.06 else []
    return place, SaleInput(kind, buyer, day, lines, paid)


def _custom(chance: random.Random) -> tuple[str, str, int]:
    kind, buyer, price_bp, _often = chance.choices(CUSTOM, [row[3] for row in CUSTOM])[0]
    return kind, buyer, price_bp


def _line(unit: Unit, shelf: Shelf, kind: str, price_bp: int) -> SaleLineInput:
    most = int(shelf.left)
    share = unit.chance.uniform(0.1, 0.5 if kind == "outright" else 0.25)
    qty = Decimal(min(most, max(1, round(most * share))))
    shelf.left -= qty
    price = share_bp(shelf.lot.variant.list_price_rp, price_bp)
    return SaleLineInput(shelf.lot.variant_id, qty, price, lot_id=shelf.lot.pk)


def _consign(unit: Unit, day: date, settled: date) -> None:
    # The action takes the first to expire: only goods of which no lot is yet to be made.
    later = {shelf.lot.variant_id for shelf in unit.shelves if shelf.lot.made_on > day}
    ready = [
        shelf
        for shelf in _ready(unit, day)
        if shelf.left >= 4 and shelf.lot.variant_id not in later
    ]
    if not ready:
        return
    shelf = unit.chance.choice(ready)
    qty = Decimal(int(shelf.left) // 2)
    price = share_bp(shelf.lot.variant.list_price_rp, 9_000)
    with unit.step("sale.record", day) as by:
        consignee = _consignee(unit.facility)
        given = hand_over(
            by=by,
            facility=unit.facility,
            from_place=shelf.place,
            place=consignee,
            handed_on=day,
            lines=[ConsignmentInput(shelf.lot.variant_id, qty, price)],
            book=unit.book,
        )
        rows = list(given.lines.all())
    # What went may be older lots of the same goods: take it off wherever it was taken from.
    for row in rows:
        for other in unit.shelves:
            if other.lot.pk == row.lot_id and other.place.pk == shelf.place.pk:
                other.left -= row.qty
    sold = {row.pk: Decimal(int(row.qty) * 3 // 4) for row in rows if int(row.qty) * 3 // 4}
    if settled > day and sold:
        with unit.step("sale.record", settled) as by:
            settle_consignment(by=by, consignment=given, settled_on=settled, sold=sold)


def _consignee(facility: Facility) -> Place:
    name = f"Toko Contoh {facility.town}"
    return Place.objects.get_or_create(facility=facility, kind=PlaceKind.CONSIGNEE, name=name)[0]


def _pay(unit: Unit, first: date) -> None:
    """On the fifth: what was payable at the end of the month before, by three people."""
    day = first.replace(day=PAYOUT_DAY)
    if day > unit.today:
        return
    until = first - timedelta(days=1)
    with system_scope("nightly", [unit.facility.pk]) as scope:
        release_final(by=scope.actor, today=until)
        if not payable_shares(unit.book.pk, until).exists():
            return
    with unit.step("payout.prepare", day) as by:
        run = prepare_payout(by=by, book=unit.book, until=until, prepared_on=day)
        preparer = by.user_id or 0
    if _is_last(unit, first) and unit.chance.random() < 0.5:
        return  # waits for the head, so that the demo's Hari Ini shows one
    with unit.step("payout.approve", day, (preparer,)) as by:
        approve_payout(by=by, run=run, approved_on=day)
        approver = by.user_id or 0
    if _is_last(unit, first):
        return  # waits for the treasurer
    with unit.step("payout.pay", day, (preparer, approver)) as by:
        pay_payout(
            by=by,
            run=run,
            paid_on=day + timedelta(days=1),
            channels={line.pk: _channel(unit, line.participant_id) for line in run.lines.all()},
        )


def _is_last(unit: Unit, first: date) -> bool:
    return (unit.today - first).days < 31


def _channel(unit: Unit, person: int) -> tuple[str, str]:
    """The same channel for a person every month; a made-up reference where one is needed."""
    channel = random.Random(f"{unit.facility.code}:{person}").choices(  # noqa: S311
        ("bank", "register_d", "awaiting_account"), (7, 2, 1)
    )[0]
    number = unit.chance.randrange(10**6)
    return channel, "" if channel == "awaiting_account" else f"CONTOH-{number:06d}"


def _deposit(unit: Unit, first: date) -> None:
    """On the eighth: what is owed to the state up to the month before."""
    day = first.replace(day=DEPOSIT_DAY)
    if day > unit.today or (_is_last(unit, first) and unit.chance.random() < 0.5):
        return
    with system_scope("demo", [unit.facility.pk], read_only=True):
        owing = owed_sales().filter(book=unit.book, sold_on__lt=first)
        amount = sum(sale.state_owed_rp for sale in owing)
    if not amount:
        return
    unit.deposits += 1
    with unit.step("deposit.record", day) as by:
        record_deposit(
            by=by,
            book=unit.book,
            amount_rp=amount,
            deposited_on=day,
            billing_code=f"820{unit.facility.pk:04d}{day:%y%m}{unit.deposits:04d}",
            account_code="425699",
            ntpn=f"C0NT0H{unit.facility.pk:04d}{day:%y%m}{unit.deposits:02d}",
        )


def _settle(unit: Unit, first: date) -> None:
    """On the ninth: QRIS money has reached the bank, and the cooperative gets its share."""
    day = first.replace(day=SETTLING_DAY)
    if day > unit.today:
        return
    for obligation, account in SETTLED:
        with unit.step("obligation.settle", day) as by:
            amount = balance(unit.book, account, until=first - timedelta(days=1))
            if amount > 0:
                settle_obligation(
                    by=by, book=unit.book, obligation=obligation, source="bank",
                    amount_rp=amount, settled_on=day, reference=f"CONTOH-{first:%Y%m}",
                )  # fmt: skip


def _late_refund(units: list[Unit]) -> None:
    """One sale goes back weeks after its makers were paid: the return reserve bears it."""
    for unit in units:
        with unit.step("sale.refund", unit.today):
            paid = PremiShare.objects.filter(
                facility=unit.facility, payout_line__paid_on__isnull=False, sale__paid_rp__gt=0
            )
            share = paid.select_related("sale").order_by("-sale__sold_on").first()
        if share is None or share.sale is None:
            continue
        seller = share.sale.recorded_by_id or 0
        with unit.step("sale.refund", unit.today, but=(seller,)) as by:
            refund_sale(
                by=by,
                sale=share.sale,
                refunded_on=unit.today - timedelta(days=2),
                reason="Barang cacat, ditemukan pembeli setelah dua minggu (contoh)",
                method="transfer",
            )


def _leave(unit: Unit) -> None:
    """Somebody leaves today and is settled the same day."""
    with unit.step("leaving.settle", unit.today) as by:
        owed = (
            PremiShare.objects.filter(facility=unit.facility, payout_line__isnull=True)
            .filter(exit_settlement__isnull=True, amount_rp__gt=0)
            .order_by("participant_id")
        )
        here = Placement.objects.on(unit.today).filter(facility=unit.facility)
        share = owed.filter(participant__in=here.values("participant")).first()
        if share is None:
            return
        person = Participant.objects.get(pk=share.participant_id)
        settle_exit(
            by=by,
            facility=unit.facility,
            participant=person,
            left_on=unit.today,
            exit_kind="release",
            method="bank",
            reference="CONTOH-BEBAS",
        )
    with unit.step("participant.edit", unit.today) as by:
        end_placement(
            by=by,
            participant=person,
            facility=unit.facility,
            on=unit.today + timedelta(days=1),
            status="released",
        )
