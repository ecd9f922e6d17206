"""A year of the demo's work: workshops, material, sheets, batches and their lots."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import override

from berdaya.core.demo import DemoContext
from berdaya.core.locks import in_any_order
from berdaya.core.scope import Actor
from berdaya.goods.models import Measure, Variant
from berdaya.institutions.demo import demo_scope
from berdaya.institutions.models import Facility
from berdaya.people.demo_work import make_papers
from berdaya.people.models import Participant, line_label
from berdaya.stock.models import Place, PlaceKind
from berdaya.workshop.actions.batches import close_batch, start_batch
from berdaya.workshop.actions.counts import publish_counts
from berdaya.workshop.actions.materials import receive_material, use_material
from berdaya.workshop.actions.sheets import DaySheet, SheetRow, record_sheets
from berdaya.workshop.demo_safety import make_safe
from berdaya.workshop.demo_skills import ask_for_skills
from berdaya.workshop.models import Batch, Mark, Material, MaterialLot, Workshop

DAYS = 365
# Workers of a unit, spread over its lines; a batch takes so many days, longer where lines share.
WORKERS, SMALLEST = 7, 2
PACE, SLOWEST = 20, 45
FILED_TOGETHER = 6
# What an hour of work brings in sales on average, and the material's part of it.
WORTH_PER_HOUR_RP = 9_000
MATERIAL_PART = (22, 34)
# Lines in which every other receipt is a donation (yarn from Dekranasda, timber from the office).
DONATED = {"tenun", "mebel"}
STUFF = {
    "tenun": ("Benang katun", "kg"),
    "anyaman": ("Daun lontar", "ikat"),
    "kerajinan": ("Kayu sisa", "kg"),
    "jahit": ("Kain katun", "m"),
    "kopi": ("Biji kopi", "kg"),
    "boga": ("Tepung dan gula", "kg"),
    "sabun": ("Minyak kelapa", "L"),
    "mebel": ("Papan jati", "m"),
    "las": ("Besi batang", "kg"),
    "pertanian": ("Bibit dan pupuk", "kg"),
    "jasa": ("Sabun cuci", "kg"),
}
PACKED = {"kopi", "boga", "sabun"}


@dataclass
class Shop:
    """One workshop with its people and what it makes."""

    workshop: Workshop
    place: Place
    people: list[Participant]
    variants: list[Variant]
    material: Material
    packing: Material | None
    chance: random.Random
    pace: int
    turn: int = 0

    def next_variant(self) -> Variant:
        """The variants in turn, so that each gets lots."""
        self.turn += 1
        return self.variants[(self.turn - 1) % len(self.variants)]


def load(ctx: DemoContext) -> None:
    """Everything, one transaction a facility; a second run adds nothing."""
    if _is_there():
        return
    start = ctx.today - timedelta(days=DAYS)
    chance = ctx.chance("workshop")
    made = 0
    for facility, lines in _lines_by_facility().items():
        with demo_scope() as scope, in_any_order():
            shops = _open_shops(scope.actor, facility, lines, start, ctx.today, chance)
            for shop in shops:
                _year(scope.actor, shop, start, ctx.today)
            _tell_months(scope.actor, facility, start, ctx.today)
            pairs = [(shop.workshop, shop.people) for shop in shops]
            make_safe(scope.actor, facility, pairs, ctx.today)
            ask_for_skills(scope.actor, pairs, ctx.today)
            made += len(shops)
    ctx.say(f"workshops: {made}")


def _tell_months(by: Actor, facility: Facility, start: date, today: date) -> None:
    """The months that are over, as the task of each sixth would have told them."""
    month = start.replace(day=1)
    while month < today.replace(day=1):
        publish_counts(by=by, facility=facility, month=month)
        month = (month + timedelta(days=32)).replace(day=1)


def _is_there() -> bool:
    with demo_scope():
        return Workshop.objects.exists()


def _lines_by_facility() -> dict[Facility, dict[str, list[Variant]]]:
    """What each producing facility makes: line of work -> its variants."""
    found: dict[Facility, dict[str, list[Variant]]] = {}
    with demo_scope():
        rows = Variant.objects.filter(is_active=True).select_related(
            "facility", "product__category", "measure", "content_measure"
        )
        for variant in rows.order_by("facility__code", "product__line_of_work", "sku"):
            if variant.facility.is_producing:
                lines = found.setdefault(variant.facility, defaultdict(list))
                lines[variant.product.line_of_work].append(variant)
    return found


def _open_shops(
    by: Actor,
    facility: Facility,
    lines: dict[str, list[Variant]],
    start: date,
    today: date,
    chance: random.Random,
) -> list[Shop]:
    people = make_papers(
        by=by,
        facility=facility,
        lines=list(lines),
        size=max(WORKERS // len(lines), SMALLEST),
        start=start,
        today=today,
        chance=chance,
    )
    place = Place.objects.filter(facility=facility, kind=PlaceKind.STORE).order_by("pk").first()
    place = place or Place.objects.create(facility=facility, kind=PlaceKind.STORE, name="Gudang")
    return [
        _open_shop(facility, line, variants, people[line], place, chance, len(lines))
        for line, variants in lines.items()
        if people[line]
    ]


def _open_shop(
    facility: Facility,
    line: str,
    variants: list[Variant],
    people: list[Participant],
    place: Place,
    chance: random.Random,
    line_count: int,
) -> Shop:
    workshop = Workshop.objects.create(
        facility=facility,
        code=line[:6].upper(),
        name=f"Bengkel {line_label(line)}",
        name_en=f"{_in_english(line)} workshop",
        line_of_work=line,
        pay_basis=variants[0].pay_basis,
        custom_loss_bp=1800 if line == "kopi" else 500,
        is_open_site=line == "pertanian",
    )
    return Shop(
        workshop=workshop,
        place=place,
        people=people,
        variants=variants,
        material=_material(facility, *STUFF.get(line, ("Bahan lain", "kg"))),
        packing=_material(facility, "Kemasan", "pcs", True) if line in PACKED else None,
        chance=chance,
        pace=min(PACE * line_count, SLOWEST),
    )


def _in_english(line: str) -> str:
    with override("en"):
        return line_label(line)


def _material(facility: Facility, name: str, measure: str, is_packing: bool = False) -> Material:
    made, _new = Material.objects.get_or_create(
        facility=facility,
        name=name,
        defaults={"measure": Measure.objects.get(code=measure), "is_packing": is_packing},
    )
    return made


@dataclass
class Run:
    """One batch of the year: its days [begins, ends) and what was worked on them."""

    batch: Batch
    begins: date
    ends: date
    sheets: list[DaySheet] = field(default_factory=list)

    @property
    def worth_rp(self) -> int:
        """What the hours bring in sales on average."""
        minutes = sum(row.minutes for sheet in self.sheets for row in sheet.rows)
        return minutes * WORTH_PER_HOUR_RP // 60


def _year(by: Actor, shop: Shop, start: date, today: date) -> None:
    """Batch after batch, filed a few at a time; the last one is still open today."""
    begins = start
    while begins < today:
        runs = []
        while begins < today and len(runs) < FILED_TOGETHER:
            ends = min(begins + timedelta(days=shop.chance.randint(-3, 3) + shop.pace), today)
            runs.append(_plan(by, shop, begins, ends))
            begins = ends
        _work_through(by, shop, runs, today)


def _plan(by: Actor, shop: Shop, begins: date, ends: date) -> Run:
    variant = shop.next_variant()
    batch = start_batch(by=by, workshop=shop.workshop, variant=variant, started_on=begins)
    days = (begins + timedelta(days=n) for n in range((ends - begins).days))
    sheets = (_sheet(shop, batch, day) for day in days)
    return Run(batch, begins, ends, [sheet for sheet in sheets if sheet is not None])


def _work_through(by: Actor, shop: Shop, runs: list[Run], today: date) -> None:
    if runs[-1].ends >= today and runs[-1].sheets:
        # The last sheet is still to be written: it waits on Hari Ini.
        runs[-1].sheets.pop()
    sheets = [sheet for run in runs for sheet in run.sheets]
    if sheets:
        is_late = shop.chance.random() < 0.1
        record_sheets(by=by, workshop=shop.workshop, sheets=sheets, keyed_late=is_late)
    for run in runs:
        if run.sheets:
            _take_materials(by, shop, run)
        if run.sheets and run.ends < today:
            _close(by, shop, run)


def _sheet(shop: Shop, batch: Batch, day: date) -> DaySheet | None:
    """Monday to Friday in full, some Saturdays for half a day; Sundays are free."""
    if day.weekday() == 6 or (day.weekday() == 5 and shop.chance.random() < 0.7):
        return None
    longest = 4 if day.weekday() == 5 else 7
    rows = [_row(shop, batch, person, longest) for person in shop.people]
    return DaySheet(day, rows)


def _row(shop: Shop, batch: Batch, person: Participant, longest: int) -> SheetRow:
    luck = shop.chance.random()
    if luck < 0.06:
        mark = Mark.SICK if luck < 0.03 else Mark.LEAVE if luck < 0.05 else Mark.ABSENT
        return SheetRow(person.pk, mark)
    minutes = 60 * longest - 30 * shop.chance.randint(0, 4)
    pieces = _pieces(batch, minutes) if batch.pay_basis == "pieces" else Decimal(0)
    return SheetRow(person.pk, Mark.PRESENT, minutes, pieces, batch.pk)


def _pieces(batch: Batch, minutes: int) -> Decimal:
    worth = minutes * WORTH_PER_HOUR_RP // 60
    return max(Decimal("0.5"), round(Decimal(worth) / max(batch.variant.list_price_rp, 1), 1))


def _take_materials(by: Actor, shop: Shop, run: Run) -> None:
    part = shop.chance.randint(*MATERIAL_PART)
    lot = _receive(by, shop, shop.material, run.begins, run.worth_rp * part // 100)
    taken = lot.qty if shop.chance.random() < 0.5 else round(lot.qty * Decimal("0.9"), 1)
    use_material(by=by, batch=run.batch, material_lot=lot, qty=taken, used_on=run.begins)
    if shop.packing is not None:
        lot = _receive(by, shop, shop.packing, run.begins, run.worth_rp * 4 // 100)
        use_material(by=by, batch=run.batch, material_lot=lot, qty=lot.qty, used_on=run.begins)


def _receive(by: Actor, shop: Shop, material: Material, day: date, total_rp: int) -> MaterialLot:
    is_gift = shop.workshop.line_of_work in DONATED and shop.turn % 2 == 0
    own = shop.workshop.line_of_work == "pertanian" and not material.is_packing
    source = "donation" if is_gift else "own_garden" if own else "purchase"
    papers = {
        "donation": f"BAST-{day:%m}/{day.year}",
        "purchase": f"N-{day:%m%d}",
        "own_garden": "",
    }
    total = max(total_rp // 100 * 100, 1000)
    return receive_material(
        by=by,
        facility=shop.workshop.facility,
        material=material,
        source=source,
        qty=max(round(Decimal(total) / shop.chance.randint(18, 60) / 1000, 1), Decimal("0.5")),
        total_rp=total,
        received_on=day,
        reference=papers.get(source, ""),
        supplier={"donation": "Dekranasda", "purchase": "Toko Contoh"}.get(source, ""),
    )


def _close(by: Actor, shop: Shop, run: Run) -> None:
    """As much as the hours were worth; a little of it is rejected, once in a while much is lost."""
    good = max(run.worth_rp // max(run.batch.variant.list_price_rp, 1), 1)
    rejected = good * shop.chance.randint(0, 3) // 100
    lost = good * shop.chance.choice((0, 1, 2, 3, 9)) // 100
    close_batch(
        by=by,
        batch=run.batch,
        closed_on=run.ends - timedelta(days=1),
        good_qty=Decimal(good),
        rejected_qty=Decimal(rejected),
        input_qty=Decimal(good + rejected + lost),
        loss_reason="Cuaca lembap, banyak yang rusak" if lost * 20 > good else "",
        place=shop.place,
    )
