"""A lot says who made it: one step in custody is enough, and the database holds it to that."""

from datetime import timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction

from berdaya.core import clock
from berdaya.core.codes import public_code
from berdaya.core.scope import acting, system_scope
from berdaya.institutions.models import Facility, Staff
from berdaya.stock import checks as stock_checks
from berdaya.stock.models import Lot, Place
from berdaya.workshop import calc, checks
from berdaya.workshop.actions import batches, sheets
from berdaya.workshop.models import Workshop
from tests import databases
from tests.workshop import scene as scenes
from tests.workshop.scene import LINE, MONDAY, Scene
from tests.workshop.test_batches import close, start, work

CHECKS = {check.code: check for check in (*checks.CHECKS, *stock_checks.CHECKS)}


@pytest.mark.parametrize(
    ("labour", "is_prison_made"),
    [
        (["client"], False),
        (["client", "free", "staff"], False),
        (["client", "in_custody"], True),
        (["sae", "free"], True),
        ([], True),
    ],
)
def test_one_step_inside_is_enough_and_unknown_work_counts_as_inside(
    labour: list[str], is_prison_made: bool
) -> None:
    assert calc.is_prison_made(labour) is is_prison_made


def at_a_bapas() -> Scene:
    """The same small world, with its workshop at a Bapas where clients work."""
    scene = scenes.build(people=0, with_workshop=False)
    with system_scope("tests", [scene.facility.pk]):
        bapas = scenes.facility("BP-KPG", scene.facility.office, scene.facility.region, "bapas")
        staff = Staff.objects.create(username="bapas", display_name="Bapas")
    scene.facility, scene.officer = bapas, scenes._actor(staff, bapas, "officer")
    with system_scope("tests", [bapas.pk]):
        scene.workshop = Workshop.objects.create(
            facility=bapas, code="TEN", name="Tenun", line_of_work=LINE
        )
        scene.variant = scenes.variant(bapas)
        scene.place = Place.objects.create(facility=bapas, kind="store", name="Gudang")
        scene.people = [scenes.person(bapas, number, status="client") for number in (1, 2)]
    return scene


def made(scene: Scene) -> Lot:
    batch = start(scene)
    work(scene, batch, (300, 240))
    lot = close(scene, batch).lot
    assert lot is not None
    return lot


def test_work_of_clients_alone_is_not_prison_made_and_work_inside_is(db: None) -> None:
    inside = scenes.build()

    lot = made(inside)

    assert (lot.is_prison_made, lot.is_made_in_prison) == (True, True)


def test_a_bapas_lot_of_clients_is_free_of_both(db: None) -> None:
    scene = at_a_bapas()

    lot = made(scene)

    assert (lot.is_prison_made, lot.is_made_in_prison) == (False, False)
    with acting(scene.officer, "look"):
        assert CHECKS["workshop_labour"].rows() == []
        assert CHECKS["stock_prison"].rows() == []


def test_an_open_site_is_still_custody(db: None) -> None:
    scene = scenes.build()
    with acting(scene.officer, "site"):
        Workshop.objects.filter(pk=scene.workshop.pk).update(is_open_site=True)
    scene.workshop.is_open_site = True

    assert made(scene).is_prison_made


def bare_lot(facility: Facility, variant: object, **more: bool) -> Lot:
    return Lot.objects.create(
        code=f"{facility.code}-26-L9999", public_code=public_code(), facility=facility,
        variant=variant, made_on=MONDAY, made_qty=Decimal(1), recorded_at=clock.now(), **more,
    )  # fmt: skip


def test_database_refuses_a_lapas_that_says_it_is_none(db: None) -> None:
    scene = scenes.build()

    with (
        pytest.raises(DatabaseError, match="prison_hidden"),
        acting(scene.officer, "lot"),
        transaction.atomic(),
    ):
        bare_lot(scene.facility, scene.variant, is_made_in_prison=False)

    with acting(scene.officer, "look"):
        assert not Lot.objects.exists()


def test_database_refuses_a_lot_that_hides_custody_or_that_no_sheet_tells_of(db: None) -> None:
    scene = at_a_bapas()

    with (
        pytest.raises(DatabaseError, match="labour_hidden"),
        acting(scene.officer, "lot"),
        transaction.atomic(),
    ):
        bare_lot(scene.facility, scene.variant, is_prison_made=False, is_made_in_prison=False)
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    with acting(scene.officer, "look"):
        assert not Lot.objects.exists()


def test_closing_that_lies_about_a_step_in_custody_is_refused(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = scenes.build()
    batch = start(scene)
    work(scene, batch, (300,))
    monkeypatch.setattr(calc, "is_prison_made", lambda labour: False)

    with pytest.raises(DatabaseError, match="labour_hidden"), acting(scene.officer, "close"):
        batches.close_batch(
            by=scene.officer, batch=batch, closed_on=MONDAY + timedelta(days=4),
            good_qty=Decimal(1), place=scene.place,
        )  # fmt: skip
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


# As migrate runs them: each in a transaction of its own.
FILLS = [
    import_module("berdaya.stock.migrations.0005_made_in_prison").FILL,
    import_module("berdaya.workshop.migrations.0009_labour").FILL,
]


@pytest.fixture
def old_rows(real_db: str) -> dict[str, int]:
    """Lots as the version before left them: by the facility's kind alone, place unknown."""
    scene = at_a_bapas()
    lots = {"clients": made(scene).pk}
    with acting(scene.officer, "sheet"):
        extra = sheets.SheetRow(scene.people[0].pk, minutes=60, pieces=Decimal(1))
        sheets.record_sheet(by=scene.officer, workshop=scene.workshop,
                            day=MONDAY + timedelta(days=1), rows=[extra])  # fmt: skip
        lots["opening"] = bare_lot(scene.facility, scene.variant).pk
    with databases.owner_connection(real_db) as owner:
        owner.execute("ALTER TABLE stock_lot DISABLE TRIGGER USER")
        owner.execute("UPDATE stock_lot SET is_prison_made = (id = %s), is_made_in_prison = true",
                      [lots["clients"]])  # fmt: skip
        owner.execute("ALTER TABLE stock_lot ENABLE TRIGGER USER")
    lots["facility"] = scene.facility.pk
    return lots


def test_lots_of_the_version_before_are_put_right(old_rows: dict[str, int], real_db: str) -> None:
    with system_scope("tests", [old_rows["facility"]]):
        broken = CHECKS["workshop_labour"].rows()

    with databases.owner_connection(real_db) as owner:
        for fill in FILLS:
            owner.execute(fill)

    with system_scope("tests", [old_rows["facility"]]):
        told = {lot.pk: (lot.is_prison_made, lot.is_made_in_prison) for lot in Lot.objects.all()}
        assert len(broken) == 2
        assert CHECKS["workshop_labour"].rows() == []
    assert told == {old_rows["clients"]: (False, False), old_rows["opening"]: (True, False)}
    connection.close()
