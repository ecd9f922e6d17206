"""A mentor with every filter dropped: no person, and nothing but what was adopted."""

from datetime import date

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from berdaya.core import clock
from berdaya.core.reach import by_table, protected
from berdaya.core.scope import acting
from berdaya.core.walls import every_wall
from berdaya.goods.models import Product, Variant
from berdaya.institutions.actions.staff import appoint
from berdaya.institutions.queries import actor_of
from berdaya.mentoring.models import Adoption, Finding, Meeting
from berdaya.mentoring.queries import figures_of
from tests.mentoring.scene import PLAN, adopted, guided, proposed
from tests.proceeds.scene import build
from tests.web.desk import log_work
from tests.world import SINCE, World

# The goods' own names are shown to everybody (goods/walls.py); training says nothing of a person.
SHOWN_TO_ALL = {
    *("goods_product", "goods_variant"),
    *(f"training_{one}" for one in ("course", "courseunit", "session", "sessionday")),
    "training_sessioncount",
}


@pytest.fixture
def variant(world: World) -> Variant:
    with world.everywhere():
        made = build(world, costs=(100, 0, 0), work=lambda batch: log_work(world, batch))
        made.sell(1, 90_000)
        return made.variant


def count_of(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return int(cursor.fetchone()[0])


def test_a_mentor_reads_no_row_of_any_other_walled_table(world: World, variant: Variant) -> None:
    guided(world, variant)
    behind = [one for one in every_wall() if one.facility or one.guard]
    walled = [one.table for one in behind if "S" in one.rights]
    others = [one for one in walled if not one.startswith("mentoring_")]

    with acting(world.actor("mentor"), "test"):
        found = {table for table in others if count_of(table)}

    assert found <= SHOWN_TO_ALL | {"core_auditrow"}
    assert not found & (protected().keys() - {"core_auditrow"})


def test_no_table_of_this_room_reaches_a_person() -> None:
    own = {table for table in by_table() if table.startswith("mentoring_")}

    assert own
    assert not own & protected().keys()


def test_figures_of_what_is_not_adopted_are_not_told(world: World, variant: Variant) -> None:
    other = Variant(
        facility=world.atb, sku="LAIN", name="Lain", measure=variant.measure, list_price_rp=1
    )
    with world.everywhere():
        other.product = Product.objects.create(
            facility=world.atb, code="ATB-LAIN", name="Lain", category=variant.product.category,
            line_of_work="sabun",
        )  # fmt: skip
        other.save()
    running, waiting = adopted(world, variant), proposed(world)

    with acting(world.actor("mentor"), "test"):
        told = [one.variant_id for one in figures_of(running, date(2025, 1, 1))]

        assert told == [variant.pk]
        assert figures_of(waiting, date(2025, 1, 1)) == []


@pytest.mark.parametrize("function", ["mentoring_variants(1)", "stock_refuse_lpka()"])
def test_what_stands_behind_the_doors_is_not_called(world: World, function: str) -> None:
    with (
        acting(world.actor("mentor"), "test"),
        pytest.raises((ProgrammingError, DatabaseError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SELECT {function}")


def test_another_office_sees_nothing_of_it(world: World, variant: Variant) -> None:
    told = guided(world, variant)
    other = world.offices["IMIPAS"]
    with world.everywhere() as scope:
        staff = world.staff["nobody"]
        appoint(
            by=scope.actor, staff=staff, role="mentor", place=other, decree_no="SK-1",
            decree_on=SINCE, valid_from=SINCE,
        )  # fmt: skip

    assert not actor_of(staff).facility_ids
    with acting(actor_of(staff), "test"):
        assert not Adoption.objects.exists()
        assert not Meeting.objects.exists()
        assert figures_of(told.adoption, date(2025, 1, 1)) == []


def test_a_colleague_reads_but_does_not_write(world: World, variant: Variant) -> None:
    told = guided(world, variant)
    with world.everywhere() as scope:
        staff = world.staff["nobody"]
        appoint(
            by=scope.actor, staff=staff, role="mentor", place=world.offices["UMKM"],
            decree_no="SK-1", decree_on=SINCE, valid_from=SINCE,
        )  # fmt: skip

    with acting(actor_of(staff), "test"):
        assert Meeting.objects.get() == told.meeting
        assert Meeting.objects.update(done="lain") == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Finding.objects.create(
                adoption=told.adoption, facility=world.atb, found_on=clock.today(), before="x",
                remedy="y", recorded_at=clock.now(),
            )  # fmt: skip


def test_the_database_lets_no_mentor_answer_or_move_an_adoption(
    world: World, variant: Variant
) -> None:
    row = proposed(world)
    colleague = world.staff["umkm_officer"]

    for change in (
        {
            "state": "running", "product": variant.product, "line_of_work": "tenun",
            "answered_by": colleague, "answered_at": clock.now(), "began_on": clock.today(),
        },
        {"facility": world.kpg},
        {"side": "unit"},
    ):  # fmt: skip
        with (
            acting(world.actor("mentor"), "test"),
            pytest.raises(DatabaseError, match="mentoring_"),
            transaction.atomic(),
        ):
            Adoption.objects.filter(pk=row.pk).update(**change)

    with world.everywhere():
        assert Adoption.objects.get().state == "proposed"


def test_a_meeting_of_another_units_adoption_is_refused(world: World, variant: Variant) -> None:
    running = adopted(world, variant)

    with (
        acting(world.actor("mentor"), "test"),
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        Meeting.objects.create(
            adoption=running, facility=world.kpg, day=clock.today(), recorded_at=clock.now(), **PLAN
        )
        connection.check_constraints()
