"""Plots of the demo's coffee, goods of a Bapas' clients, a pack and answers of countries."""

from datetime import date, timedelta
from decimal import Decimal

from berdaya.core.demo import DemoContext
from berdaya.core.locks import in_any_order
from berdaya.core.scope import Actor
from berdaya.evidence.actions.declarations import declare_export, print_declaration
from berdaya.evidence.actions.packs import ask_pack
from berdaya.evidence.actions.plots import PlotInput, record_plot, set_plots
from berdaya.evidence.geojson import read_pasted
from berdaya.evidence.models import Plot
from berdaya.evidence.queries import for_eudr_goods
from berdaya.goods.models import Category, Measure, Product, Variant
from berdaya.institutions.demo import demo_scope
from berdaya.institutions.models import Facility, Region
from berdaya.people.actions.papers import place_in_work, record_consent, record_fitness
from berdaya.people.models import Participant, Placement, Status, StatusPeriod
from berdaya.stock.models import Lot, Place, PlaceKind
from berdaya.workshop.actions.batches import close_batch, start_batch
from berdaya.workshop.actions.sheets import DaySheet, SheetRow, record_sheets
from berdaya.workshop.models import MaterialLot, Workshop

BAJAWA, RUTENG, BAPAS = "RT-BJW", "RT-RTG", "BP-KPG"
# Invented plots where coffee really grows: a corner a line, latitude first.
LARGE = (
    "-8.801200, 120.991500\n-8.801350, 120.994800\n-8.804100, 120.995100\n"
    "-8.804600, 120.992000\n-8.801200, 120.991500"
)
LARGE_HA = Decimal("11.800")
POINT, RUTENG_POINT = "-8.793450, 120.976310", "-8.623410, 120.471200"
LINE, CLIENTS, DAYS = "kerajinan", 2, 10


def load(ctx: DemoContext) -> None:
    """Once; a world that has plots keeps them."""
    with demo_scope() as scope, in_any_order():
        if Plot.objects.exists():
            return
        _coffee(scope.actor, ctx.today)
        _clients(scope.actor, ctx.today)
    ctx.say("evidence: plots, packs and answers of countries")


def _coffee(by: Actor, today: date) -> None:
    """Bajawa knows all its beans but the newest; Ruteng one receipt alone."""
    bajawa = Facility.objects.filter(code=BAJAWA).first()
    ruteng = Facility.objects.filter(code=RUTENG).first()
    if bajawa is None or ruteng is None:
        return
    plots = [
        _plot(by, bajawa, "Kelompok Tani Contoh Bajawa", "53.09", LARGE, LARGE_HA, today),
        _plot(by, bajawa, "Kelompok Tani Contoh Golewa", "53.09", POINT, Decimal("1.750"), today),
    ]
    _link(by, bajawa, plots, leave=1)
    known = _plot(
        by, ruteng, "MPIG Contoh Manggarai", "53.10", RUTENG_POINT, Decimal("2.400"), today, "mpig"
    )
    _link(by, ruteng, [known], leave=2)
    _ask(by, bajawa, today)


def _plot(
    by: Actor, facility: Facility, group: str, region: str, shape: str, hectares: Decimal,
    today: date, kind: str = "farmer_group",
) -> Plot:  # fmt: skip
    told = PlotInput(
        kind=kind, group_name=group, region=Region.objects.get(code=region), hectares=hectares,
        shape=read_pasted(shape), legal_basis="Surat keterangan desa (contoh)", since_year=1997,
        stated_on=today - timedelta(days=200),
    )  # fmt: skip
    plot = record_plot(by=by, facility=facility, told=told)
    Plot.objects.filter(pk=plot.pk).update(is_demo=True)
    return plot


def _link(by: Actor, facility: Facility, plots: list[Plot], leave: int) -> None:
    """Every receipt of beans is from these plots, but for the newest `leave`."""
    rows = for_eudr_goods(MaterialLot.objects.filter(facility=facility))
    for lot in list(rows.order_by("-received_on", "-pk"))[leave:]:
        set_plots(by=by, material_lot=lot, plots=plots)


def _ask(by: Actor, facility: Facility, today: date) -> None:
    """A pack of an older lot whose beans are known, Japan's yes and America's no."""
    rows = Lot.objects.filter(facility=facility, variant__product__category__code="coffee")
    lot = rows.order_by("made_on", "pk").first()
    if lot is None:
        return
    ask_pack(by=by, lot=lot, countries=["JP", "DE", "US"])
    told = declare_export(by=by, lot=lot, country="JP")
    print_declaration(by=by, declaration=told)
    declare_export(by=by, lot=lot, country="US")


def _clients(by: Actor, today: date) -> None:
    """Two clients of a Bapas carve key rings: no step of it was done in custody."""
    bapas = Facility.objects.filter(code=BAPAS).first()
    first = today - timedelta(days=DAYS * 2)
    people = _free_clients(bapas, first) if bapas else []
    if bapas is None or len(people) < CLIENTS:
        return
    for person in people:
        _papers(by, bapas, person, first)
    declare_export(by=by, lot=_carved(by, bapas, people, first), country="US")


def _free_clients(bapas: Facility, since: date) -> list[Participant]:
    """Who has been guided there long enough, by work number."""
    guided = StatusPeriod.objects.on(since).filter(status=Status.CLIENT, valid_until__isnull=True)
    rows = Placement.objects.on(since - timedelta(days=10)).filter(
        facility=bapas, valid_until__isnull=True, participant__in=guided.values("participant")
    )
    chosen = rows.select_related("participant").order_by("work_number")[:CLIENTS]
    return [row.participant for row in chosen]


def _papers(by: Actor, facility: Facility, person: Participant, since: date) -> None:
    day = since - timedelta(days=3)
    record_consent(
        by=by, participant=person, facility=facility, given_on=day, text_version="2025-1",
        language="id", witness_role="counsellor",
    )  # fmt: skip
    record_fitness(
        by=by, participant=person, facility=facility, valid_from=day,
        valid_until=day + timedelta(days=365), clinician_role="health_centre",
    )  # fmt: skip
    place_in_work(
        by=by, participant=person, facility=facility, line_of_work=LINE, decree_no="TPP-CONTOH",
        valid_from=day,
    )  # fmt: skip


def _carved(by: Actor, bapas: Facility, people: list[Participant], first: date) -> Lot:
    workshop = Workshop.objects.create(
        facility=bapas, code="GRIYA", name="Griya Abhipraya", name_en="Griya Abhipraya",
        line_of_work=LINE,
    )  # fmt: skip
    place = Place.objects.create(facility=bapas, kind=PlaceKind.STORE, name="Gudang Griya")
    batch = start_batch(by=by, workshop=workshop, variant=_key_ring(bapas), started_on=first)
    days = [first + timedelta(days=n) for n in range(DAYS)]
    sheets = [
        DaySheet(day, [SheetRow(one.pk, minutes=300, batch_id=batch.pk) for one in people])
        for day in days
        if day.weekday() < 5
    ]
    record_sheets(by=by, workshop=workshop, sheets=sheets, keyed_late=True)
    closing = close_batch(
        by=by, batch=batch, closed_on=days[-1], good_qty=Decimal(120), place=place
    )
    if closing.lot is None:
        raise ValueError("a batch with output has a lot")
    return closing.lot


def _key_ring(bapas: Facility) -> Variant:
    product = Product.objects.create(
        facility=bapas, code=f"{bapas.code}-GANTUNGAN", name="Gantungan kunci kayu",
        name_en="Wooden key ring", category=Category.objects.get(code="handicraft"),
        line_of_work=LINE,
    )  # fmt: skip
    return Variant.objects.create(
        product=product, facility=bapas, sku="GANTUNGAN-1", name="satuan", name_en="single",
        measure=Measure.objects.get(code="pcs"), list_price_rp=15_000,
    )  # fmt: skip
