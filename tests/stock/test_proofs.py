"""The checks find what is broken, the thread leads both ways, the demo stands on both."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection

from berdaya.core.demo import DemoContext
from berdaya.core.links import find_node, links_of
from berdaya.goods import demo as goods_demo
from berdaya.goods.models import Category, Product, Variant
from berdaya.institutions.models import Facility
from berdaya.look.goods import KINDS
from berdaya.papers import checks as papers_checks
from berdaya.papers.actions.documents import issue_document
from berdaya.stock import checks
from berdaya.stock import demo as stock_demo
from berdaya.stock.models import Lot, Place
from tests import databases
from tests.stock.shelves import make_shelf, stocked
from tests.world import TODAY, World, make_world

CHECKS = {check.code: check for check in (*checks.CHECKS, *papers_checks.CHECKS)}

BREAKS = {
    "stock_levels": "UPDATE stock_stocklevel SET on_hand = on_hand + 1",
    "stock_sold": (
        "INSERT INTO stock_stockmovement SELECT gen_random_uuid(), day, -11, 'sold', '', '', NULL,"
        " recorded_at, facility_id, lot_id, place_id, NULL FROM stock_stockmovement"
    ),
    "stock_made": (
        "INSERT INTO stock_stockmovement SELECT gen_random_uuid(), day, qty, 'received', '', '',"
        " NULL, recorded_at, facility_id, lot_id, place_id, NULL FROM stock_stockmovement"
    ),
    "stock_pairs": (
        "INSERT INTO stock_stockmovement SELECT gen_random_uuid(), day, 1, 'transfer', '', '',"
        " gen_random_uuid(), recorded_at, facility_id, lot_id, place_id, NULL"
        " FROM stock_stockmovement"
    ),
    "stock_lpka": "UPDATE institutions_facility SET kind = 'lpka' WHERE code = 'LP-ATB'",
    "papers_gaps": "UPDATE papers_document SET number = 7",
}


@pytest.fixture
def committed(real_db: str) -> Iterator[World]:
    """A lot and a document that the owner's connection can see, and break."""
    world = make_world()
    with world.acting():
        stocked(world, make_shelf(world.atb))
        issue_document(
            by=world.actor("officer"), type="SIKB", facility=world.atb, day=TODAY, subject_ref="x:1"
        )
    return world


@pytest.mark.parametrize("code", BREAKS)
def test_check_is_clean_until_something_breaks(committed: World, real_db: str, code: str) -> None:
    with committed.everywhere():
        before = CHECKS[code].rows()

    with databases.owner_connection(real_db) as owner:
        columns = "id, day, qty, kind, reference, note, pair, recorded_at, facility_id, lot_id"
        columns += ", place_id, recorded_by_id"
        owner.execute(BREAKS[code].replace("movement SELECT", f"movement ({columns}) SELECT"))

    with committed.everywhere():
        assert before == []
        assert len(CHECKS[code].rows()) == 1
    connection.close()


def test_every_check_runs_on_an_untouched_world(committed: World) -> None:
    with committed.everywhere():
        assert {code: check.rows() for code, check in CHECKS.items()} == {key: [] for key in CHECKS}


def test_thread_leads_from_a_lot_and_from_its_public_code(world: World) -> None:
    with world.acting():
        lot = stocked(world, make_shelf(world.atb))

        (by_code,) = find_node(lot.code.lower())
        (by_public,) = find_node(lot.public_code_text)
        kinds = {node.kind for _relation, node in links_of(by_code)}

    assert by_code == by_public
    assert {"product", "item", "movement"} <= kinds


def test_demo_shelf_is_sixty_products_of_real_units(world: World) -> None:
    lines = list(goods_demo.shelf())

    assert len(lines) == 60
    assert {line.category for line in lines} <= set(Category.objects.values_list("code", flat=True))
    assert not any(line.facility.startswith(("LPKA", "BP")) for line in lines)
    assert all(line.name_en for line in lines)
    assert {row.drawing for row in Category.objects.all()} <= KINDS.keys()


def test_demo_loads_once_and_leaves_lpka_and_bapas_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = [line for line in goods_demo.shelf() if line.facility in ("LP-ATB", "LP-KPG")]
    monkeypatch.setattr(goods_demo, "shelf", lambda: iter(here))
    ctx = DemoContext(date(2026, 11, 23))

    for _time in range(2):
        goods_demo.load(ctx)
        stock_demo.load(ctx)
        stock_demo.load_late(ctx)

    with world.everywhere():
        assert Product.objects.count() == len(here)
        assert Variant.objects.filter(facility=world.atb, name="Sabun cuci piring 500 ml").exists()
        barren = Facility.objects.exclude(pk__in=Facility.objects.producing())
        assert not Place.objects.filter(facility__in=barren).exists()
        assert Place.objects.filter(facility=world.atb).count() == 3
        assert not Lot.objects.exists()
