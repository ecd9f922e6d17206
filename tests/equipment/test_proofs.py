"""What check_books proves of machines and tools, and how the thread leads to them and back."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection

from berdaya.core import clock
from berdaya.core.links import find_node, links_of, walk
from berdaya.core.verdicts import Refused
from berdaya.equipment import checks
from berdaya.equipment.actions.register import end_share
from berdaya.equipment.models import Share
from berdaya.workshop import checks as workshop_checks
from berdaya.workshop.actions.equipment import use_tool_set
from berdaya.workshop.actions.sheets import record_sheet
from berdaya.workshop.models import Batch, Workshop
from tests import databases
from tests.equipment.scene import board, booked, hours, machine, monday, shared
from tests.equipment.test_tools import back, out
from tests.equipment.test_use import MONTH, fill
from tests.stock.shelves import make_shelf
from tests.workshop.test_equipment import need, start
from tests.world import World, make_world

OF_WORKSHOP = {"workshop_tools", "workshop_bookings"}
CHECKS = {
    **{check.code: check for check in checks.CHECKS},
    **{check.code: check for check in workshop_checks.CHECKS if check.code in OF_WORKSHOP},
}
UNGUARDED = "ALTER TABLE equipment_booking DISABLE TRIGGER USER;"
BREAKS = {
    "equipment_calendar": "ALTER TABLE equipment_booking DROP CONSTRAINT equipment_booking_one;"
    " UPDATE equipment_booking SET starts_at = starts_at - interval '2 hours'"
    " WHERE facility_id <> owner_facility_id",
    "equipment_shares": "UPDATE equipment_share SET valid_from = '2030-01-01'",
    "equipment_tools": "UPDATE equipment_missingtool SET qty = qty + 1",
    "workshop_tools": "UPDATE workshop_worksheet SET recorded_at = now() + interval '1 hour'",
    "workshop_bookings": f"{UNGUARDED} UPDATE equipment_booking SET facility_id ="
    " (SELECT id FROM institutions_facility WHERE code = 'LPKA-KPG')"
    " WHERE id IN (SELECT booking_id FROM workshop_batchbooking)",
}


def furnish(world: World) -> Batch:
    """A batch on a loom that another unit uses after it, a filed day, and a chisel missing."""
    with world.acting() as scope:
        shop = Workshop.objects.create(
            facility=world.atb, code="TEN", name="Tenun", line_of_work="tenun"
        )
        variant = make_shelf(world.atb).variant
        record_sheet(by=scope.actor, workshop=shop, day=clock.today(), rows=[])
    loom = machine(world)
    need(world, shop, hours=2)
    batch = start(world, shop, variant)
    shared(world, loom)
    booked(world, loom, hours(10, 12), "outsider", world.kpg)
    tools = board(world)
    with world.acting() as scope:
        use_tool_set(by=scope.actor, workshop=shop, tool_set=tools)
    back(world, out(world, tools), lacking=1)
    return batch


@pytest.fixture
def committed(real_db: str) -> Iterator[World]:
    """What the owner's connection can see, and break."""
    world = make_world()
    furnish(world)
    return world


@pytest.mark.parametrize("code", BREAKS)
def test_check_is_clean_until_something_breaks(committed: World, real_db: str, code: str) -> None:
    with committed.everywhere():
        before = {name: check.rows() for name, check in CHECKS.items()}

    with databases.owner_connection(real_db) as owner:
        owner.execute(BREAKS[code])

    with committed.everywhere():
        assert before == {name: [] for name in CHECKS}
        assert len(CHECKS[code].rows()) == 1
    connection.close()


def test_use_is_counted_again_without_our_own_code(world: World) -> None:
    machines = [machine(world), machine(world, name="Oven", kind="oven", open_days=7)]
    with world.everywhere():
        fill(world, machines)
        last = MONTH + timedelta(days=28)
        counted = checks.counted(MONTH, last)
        with clock.travel(hours(9, 10, last).start):
            wrong = CHECKS["equipment_use"].rows()

    assert wrong == []
    assert len(counted) > 40
    assert {pk for pk, _day in counted} == {one.pk for one in machines}


def test_share_does_not_end_before_today(world: World) -> None:
    share = shared(world, machine(world))

    with world.acting() as scope, pytest.raises(Refused) as refusal:
        end_share(by=scope.actor, share=share, day=clock.today() - timedelta(days=1))

    assert refusal.value.verdict.codes == ("share_ended_past",)
    with world.acting():
        assert Share.objects.get().valid_until is None


def test_thread_leads_from_a_batch_to_its_machine_and_back(world: World) -> None:
    batch = furnish(world)
    with world.acting():
        (node,) = find_node(batch.code)
        near = {one.kind: one for relation, one in links_of(node) if relation}
        (loom,) = find_node(near["machine"].code)
        steps = walk([loom])

    assert {"booking", "machine"} <= near.keys()
    assert monday().strftime("%Y") in near["booking"].label
    assert near["machine"].label == "ATBM 1, Ruang tenun"
    assert node in {step.node for step in steps}


def test_thread_leads_from_a_sheet_to_the_tools_of_its_day(world: World) -> None:
    furnish(world)
    with world.acting():
        shop = Workshop.objects.get(code="TEN")
        (sheet,) = find_node(f"{shop.pk}@{clock.today().isoformat()}")
        tools = [one for _relation, one in links_of(sheet) if one.kind == "tool_count"]
        (count,) = tools
        back_again = [one for _relation, one in links_of(count)]

    assert count.label.startswith("Papan kayu")
    assert sheet in back_again
