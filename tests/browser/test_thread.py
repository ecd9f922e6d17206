"""The golden thread in Chromium, through pages only: from the day sheet to the slip."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import sync_playwright

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.goods.models import Category, Measure, Product, Variant
from berdaya.ledger.actions.books import open_book
from berdaya.people.models import Participant
from berdaya.stock.models import Place
from berdaya.workshop.actions.materials import receive_material
from berdaya.workshop.models import Material, Workshop
from tests.browser.desk import Desk, served, started
from tests.workshop.scene import give_papers
from tests.world import SINCE, World, make_world

pytestmark = pytest.mark.browser
MAKERS = ("cendana", "lontar")


@pytest.fixture
def unit(real_db: str) -> World:
    """A unit on the morning of its first day: papers, a workshop, material, a book, places."""
    world = make_world()
    for name in ("officer", "head", "receipts", "payments", "cooperative"):
        world.give_card(name)
    with world.everywhere():
        for name in MAKERS:
            give_papers(Participant.objects.get(pk=world.people[name].pk), world.atb, SINCE)
        equip(world, world.actor("officer"))
    return world


def equip(world: World, by: Actor) -> None:
    """What stands in the workshop and in the books before anybody works."""
    here, pieces = world.atb, Measure.objects.get(code="pcs")
    open_book(by=by, party=world.parties["coop_atb"], facility=here, opened_on=SINCE)
    Workshop.objects.create(facility=here, code="TEN", name="Bengkel tenun", line_of_work="tenun")
    Place.objects.create(facility=here, kind="gallery", name="Galeri depan")
    scarf = Product.objects.create(
        facility=here,
        code="ATB-SELENDANG",
        name="Selendang tenun",
        category=Category.objects.get(code="tenun"),
        line_of_work="tenun",
    )
    Variant.objects.create(
        product=scarf,
        facility=here,
        sku="SEL-60",
        name="Selendang tenun",
        measure=pieces,
        list_price_rp=350_000,
    )
    yarn = Material.objects.create(
        facility=here, name="Benang katun", measure=Measure.objects.get(code="kg")
    )
    receive_material(
        by=by,
        facility=here,
        material=yarn,
        source="purchase",
        reference="N-12",
        qty=Decimal(5),
        total_rp=500_000,
        received_on=SINCE,
    )


def make(officer: Desk, today: date) -> str:
    """A batch is started, worked on, fed, looked at and closed; its code."""
    officer.goto("/desk/batches/new/", "batch-mulai")
    officer.send("batch", workshop="Bengkel tenun", variant="Selendang tenun", pay_basis="per jam")
    batch = officer.code()
    officer.goto("/desk/sheets/", "daftar-hadir")
    officer.open(officer.page.locator(".sheet-days a").last, "lembar-kosong")
    keys = officer.page.keyboard
    officer.page.focus("[name=jam-0]")
    for hours in ("5,5", "4"):
        keys.type(hours)
        keys.press("Enter")
    officer.send("lembar")
    assert [officer.page.input_value(f"[name=jam-{n}]") for n in (0, 1)] == ["5,5", "4"]
    shop = officer.page.url.split("/sheets/")[1].split("/")[0]
    assert officer.printed(f"/desk/sheets/{shop}/{today}/filled/")[:4] == b"%PDF"
    officer.goto(f"/desk/batches/{batch}/", "batch-kerja")
    officer.follow("Pakai bahan", "bahan")
    lot = officer.page.locator("[name=material_lot] option").last.inner_text()
    officer.send("batch-bahan", material_lot=lot, qty="1,5")
    officer.follow("Periksa mutu", "mutu")
    officer.send("batch-mutu", good_qty="6")
    officer.follow("Tutup batch", "penutupan")
    assert officer.page.input_value("[name=good_qty]") == "6"
    officer.send("batch-tutup", input_qty="6", place="Galeri depan")
    assert officer.printed(f"/desk/batches/{batch}/record/")[:4] == b"%PDF"
    return batch


def sell(officer: Desk) -> str:
    """Two are sold at the list price; the code of the sale."""
    officer.goto("/desk/sales/", "penjualan")
    officer.follow("Catat penjualan", "jual")
    goods = officer.page.locator("[name=baris-0-variant] option").last.inner_text()
    officer.send("nota", **{"baris-0-variant": goods, "baris-0-qty": "2"})
    code = officer.code()
    assert "Rp700.000" in officer.page.inner_text("main")
    for paper in ("a6", "58mm"):
        assert officer.paper(f"/desk/sales/{code}/receipt/?paper={paper}")[:4] == b"%PDF"
    return code


def pay(treasurer: Desk, head: Desk, payer: Desk) -> None:
    """Three people walk one list, the head on a phone; one maker has no account yet."""
    treasurer.goto("/desk/payouts/new/", "daftar-baru")
    treasurer.send("daftar")
    run = treasurer.code()
    head.goto("/desk/", "hari-ini-menunggu")
    head.goto(f"/desk/payouts/{run}/", "persetujuan")
    head.follow("Setujui", "disetujui")
    payer.goto(f"/desk/payouts/{run}/", "daftar-disetujui")
    payer.follow("Tandai dibayar", "bayar")
    row = payer.page.locator("tr", has_text="Lontar")
    row.locator("select").select_option(label="Menunggu rekening")
    payer.send("dibayar", reference="TRF-9")
    assert payer.page.inner_text("main").count("TRF-9") == 1
    assert payer.printed(f"/desk/payouts/{run}/printing/")[:4] == b"%PDF"


def deposit(treasurer: Desk) -> None:
    """The share of the state is deposited, as its receipt shows it."""
    treasurer.goto("/desk/deposits/", "setoran-terutang")
    owed = treasurer.page.locator(".figures").inner_text().split("Rp")[1].split()[0]
    treasurer.follow("Catat setoran", "setoran-baru")
    treasurer.send("setoran", amount_rp=owed, billing_code="8" * 15, ntpn="A1B2C3D4E5F6G7H8")


def tell(officer: Desk, today: date) -> str:
    """The month's slips are made; the code of the first."""
    officer.goto("/desk/slips/new/", "slip-baru")
    officer.send("slip-daftar", month=str(today))
    officer.open(officer.page.locator("tbody th a").first, "slip")
    slip = officer.code()
    for paper in ("a5", "80mm"):
        assert officer.paper(f"/desk/slips/{slip}/print/?paper={paper}")[:4] == b"%PDF"
    return slip


def leave(treasurer: Desk, today: date) -> None:
    """A maker leaves and is settled the same day."""
    treasurer.goto("/desk/exits/new/", "keluar")
    who = treasurer.page.locator("[name=participant] option", has_text="Lontar").inner_text()
    treasurer.page.select_option("[name=participant]", label=who)
    treasurer.follow("Lihat haknya", "haknya")
    treasurer.send("serah-terima", left_on=str(today), reference="BA-1")
    assert treasurer.printed(f"/desk/exits/{treasurer.code()}/printing/")[:4] == b"%PDF"


def walk(host: str, today: date) -> list[str]:
    """All of it; what anybody ran into on the way."""
    with sync_playwright() as playwright:
        browser = started(playwright)
        people = {
            name: Desk(browser, host, name, 360 if name == "head" else 1280)
            for name in ("officer", "head", "receipts", "payments", "cooperative")
        }
        batch = make(people["officer"], today)
        sale = sell(people["officer"])
        pay(people["cooperative"], people["head"], people["payments"])
        deposit(people["receipts"])
        slip = tell(people["officer"], today)
        people["payments"].goto(f"/desk/traces/{slip}/", "telusur")
        found = people["payments"].page.inner_text("main")
        leave(people["payments"], today)
        browser.close()
    assert batch in found
    assert sale in found
    return [trouble for one in people.values() for trouble in one.troubles]


def test_rupiah_walks_from_the_sheet_to_the_slip(unit: World) -> None:
    with served() as host:
        troubles = walk(host, clock.today(unit.atb.timezone))

    assert "\n".join(troubles) == ""
    told = StringIO()
    call_command("check_books", stdout=told, stderr=told)
    assert "agree" in told.getvalue()
