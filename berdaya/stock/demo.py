"""The stock of the demo world: places first; movements, counts and passes when goods are there."""

import random
from datetime import date
from decimal import Decimal

from berdaya.core.demo import DemoContext
from berdaya.core.locks import in_any_order
from berdaya.core.scope import Actor, acting
from berdaya.institutions.demo import demo_scope
from berdaya.institutions.models import Facility, Party
from berdaya.institutions.queries import actor_of, staff_with
from berdaya.stock.actions.counts import count_stock
from berdaya.stock.actions.gates import (
    approve_gate_pass,
    issue_delivery_note,
    request_gate_pass,
)
from berdaya.stock.actions.movements import record_loss
from berdaya.stock.models import Place, PlaceKind, StockCount, StockLevel

STORE, GALLERY, CONSIGNEE = "Gudang", "Galeri", "Titip jual Dekranasda Contoh"
# The units whose counts of last month found something amiss.
MISCOUNTED = ("LP-ATB", "LPP-KPG", "RT-BJW", "LP-WGP")
# The unit whose head has not yet decided.
UNDECIDED = "LP-ATB"


def load(ctx: DemoContext) -> None:
    """Store, gallery and a consignee's shelf for every producing unit; no place anywhere else."""
    with demo_scope():
        shop = Party.objects.filter(code="DEKRA-NTT").first()
        made = sum(_places(facility, shop) for facility in Facility.objects.producing())
    ctx.say(f"places: {made}")


def _places(facility: Facility, shop: Party | None) -> int:
    wanted: list[tuple[str, str, Party | None]] = [
        (STORE, PlaceKind.STORE, None),
        (GALLERY, PlaceKind.GALLERY, None),
        (CONSIGNEE, PlaceKind.CONSIGNEE, shop),
    ]
    made = 0
    for name, kind, party in wanted:
        facts = {"kind": kind, "party": party}
        made += Place.objects.get_or_create(facility=facility, name=name, defaults=facts)[1]
    return made


def load_late(ctx: DemoContext) -> None:
    """After a year of making and selling: counts, losses, passes. Twice adds nothing."""
    with demo_scope():
        if StockCount.objects.exists():
            return
        facilities = list(Facility.objects.producing().order_by("code"))
    chance = ctx.chance("stock")
    for facility in facilities:
        _last_month(facility, ctx.today, chance)
    ctx.say(f"counts and gate passes: {len(facilities)} units")


def _last_month(facility: Facility, today: date, chance: random.Random) -> None:
    officer, head = (_who(facility, name, today) for name in ("stock.edit", "gate.approve"))
    if officer is None:
        return
    with acting(officer, "demo"), in_any_order():
        store = Place.objects.get(facility=facility, name=STORE)
        levels = list(
            StockLevel.objects.filter(place=store, on_hand__gt=0)
            .exclude(lot__variant__product__category__is_service=True)
            .select_related("lot", "place")
            .order_by("-lot__made_on", "lot_id")[:6]
        )
        if not levels:
            return
        _count(officer, facility, levels, today, chance)
    _send(officer, head, facility, levels[0], today)


def _who(facility: Facility, ability: str, today: date) -> Actor | None:
    staff = staff_with(ability, facility.pk, today)
    return actor_of(staff[0], today) if staff else None


def _count(
    by: Actor, facility: Facility, levels: list[StockLevel], day: date, chance: random.Random
) -> None:
    counts = {level.lot_id: level.on_hand for level in levels}
    reason = ""
    if facility.code in MISCOUNTED and levels[-1].free_qty >= 1:
        counts[levels[-1].lot_id] -= 1
        reason = "Satu rusak di rak, ditemukan waktu opname."
    count_stock(by=by, place=levels[0].place, day=day, counts=counts, reason=reason)
    spare = levels[len(levels) // 2]
    if len(levels) > 2 and spare.free_qty >= 2 and chance.random() < 0.5:
        record_loss(
            by=by, lot=spare.lot, place=spare.place, qty=Decimal(1), day=day,
            reason="Contoh untuk Dinas Perindustrian.", kind="handed_out",
        )  # fmt: skip


def _send(
    officer: Actor, head: Actor | None, facility: Facility, level: StockLevel, today: date
) -> None:
    """A part of the newest lot goes to the consignee, when the head allows it."""
    half = (level.free_qty / 2).quantize(Decimal(1))
    if half < 1 or half >= level.free_qty:
        return
    with acting(officer, "demo"):
        shelf = Place.objects.get(facility=facility, name=CONSIGNEE)
        asked = request_gate_pass(
            by=officer, place=level.place, to_place=shelf, lines={level.lot_id: half},
            destination="Dekranasda Contoh NTT, Kupang", day=today, carrier="Petugas Contoh",
            vehicle="Mobil dinas",
        )  # fmt: skip
    if head is None or facility.code == UNDECIDED:
        return
    with acting(head, "demo"), in_any_order():
        approved = approve_gate_pass(by=head, gate_pass=asked)
    with acting(officer, "demo"):
        issue_delivery_note(by=officer, gate_pass=approved)
