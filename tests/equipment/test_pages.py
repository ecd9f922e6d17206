"""The desk's pages of equipment: budget with one row and with three, doors, journeys."""

import pytest
from django.test import Client

from berdaya.core import clock
from berdaya.equipment.actions.care import plan_maintenance, start_maintenance
from berdaya.equipment.actions.tools import count_in, count_out
from berdaya.equipment.models import Booking, Equipment, Maintenance, MissingTool
from tests.counting import at_most
from tests.equipment.scene import DAY, board, booked, hours, machine, monday, shared
from tests.world import World

LISTS = (
    "/desk/equipment/", "/desk/calendar/", "/desk/bookings/", "/desk/equipment-use/",
    "/desk/equipment-use/?per=hari", "/desk/maintenance/", "/desk/tool-sets/",
    "/desk/tool-counts/", "/desk/missing-tools/",
)  # fmt: skip


def furnish(world: World, number: int) -> Equipment:
    """One machine with everything that hangs on it."""
    one = machine(world, name=f"ATBM {number}")
    shared(world, one)
    day = monday()
    booked(world, one, hours(8, 10, day))
    booked(world, one, hours(10, 12, day), "outsider", world.kpg)
    with world.acting() as scope:
        by = scope.actor
        plan_maintenance(by=by, equipment=one, what="Minyaki", every_days=9, last_done_on=day)
        start_maintenance(by=by, equipment=one, slot=hours(13, 14, day), what="Setel")
    return one


def lose(world: World) -> MissingTool:
    tools = board(world)
    with world.acting() as scope:
        given = {one.pk: one.qty for one in tools.tools.all()}
        count = count_out(by=scope.actor, tool_set=tools, day=clock.today(), counts=given)
        return count_in(by=scope.actor, count=count, counts={})[0]


def single(world: World, one: Equipment, missing: MissingTool) -> list[str]:
    with world.everywhere():
        booking = Booking.objects.filter(facility=world.atb, kind="use").earliest("pk")
        work, count = Maintenance.objects.earliest("pk"), missing.line.count
    start = f"/desk/equipment/{one.code}/"
    return [
        start, f"{start}details/", f"{start}conditions/", f"{start}shares/", f"{start}plans/",
        f"{start}maintenance/", f"{start}breakdowns/", f"{start}bookings/",
        f"/desk/bookings/{booking.pk}/", f"/desk/bookings/{booking.pk}/moving/",
        f"/desk/bookings/{booking.pk}/cancellation/", f"/desk/maintenance/{work.pk}/finishing/",
        f"/desk/tool-sets/{count.tool_set_id}/", f"/desk/tool-counts/{count.pk}/",
        f"/desk/missing-tools/{missing.pk}/", f"/desk/missing-tools/{missing.pk}/explanation/",
    ]  # fmt: skip


@pytest.mark.parametrize("rows", [1, 3])
def test_every_page_opens_within_its_budget(world: World, rows: int) -> None:
    for number in range(rows):
        one = furnish(world, number)
    missing = lose(world)
    client = world.client()

    for path in (*LISTS, *single(world, one, missing)):
        with at_most(12):
            assert client.get(path).status_code == 200, path
    assert client.get("/en/desk/calendar/").status_code == 200


def test_outsiders_and_strangers_find_nothing(world: World) -> None:
    unshared = machine(world, name="Oven", kind="oven")
    mine = booked(world, unshared, hours(8, 9))
    missing = lose(world)
    paths = (
        f"/desk/equipment/{unshared.code}/", f"/desk/bookings/{mine.pk}/",
        f"/desk/tool-sets/{missing.line.count.tool_set_id}/",
        f"/desk/missing-tools/{missing.pk}/",
    )  # fmt: skip

    outsider = world.client("outsider")

    assert {outsider.get(path).status_code for path in paths} == {404}
    assert {Client().get(path).status_code for path in paths} == {302}


def test_calendar_tells_a_foreign_unit_who_and_when_and_no_purpose(world: World) -> None:
    one = machine(world)
    shared(world, one)
    booked(world, one, hours(8, 12, clock.today() + 7 * DAY))

    page = world.client("outsider").get(
        f"/desk/calendar/?minggu={clock.today() + 7 * DAY:%Y-%m-%d}"
    )

    text = page.content.decode()
    assert "08.00–12.00" in text
    assert "LP-ATB" in text
    assert "Rahasia" not in text
    assert "/desk/bookings/1" not in text


def test_unit_asks_and_owner_approves_at_the_desk(world: World) -> None:
    one = machine(world)
    shared(world, one)
    typed = {
        "starts_on": f"{monday():%Y-%m-%d}", "starts_at": "08:00", "ends_at": "12:00",
        "purpose": "Selendang",
    }  # fmt: skip

    asked = world.client("outsider").post(f"/desk/equipment/{one.code}/bookings/", typed)
    head = world.client("head")
    today = head.get("/desk/").content.decode()
    approved = head.post(f"{asked['Location']}approval/")

    assert "meminta ATBM 1" in today
    assert approved.status_code == 302
    with world.everywhere():
        assert Booking.objects.get().state == "approved"


def test_taken_time_is_refused_with_a_page_that_names_the_next(world: World) -> None:
    one = machine(world)
    booked(world, one, hours(8, 12))
    typed = {
        "starts_on": f"{monday():%Y-%m-%d}", "starts_at": "09:00", "ends_at": "10:00",
        "purpose": "Selendang",
    }  # fmt: skip

    page = world.client().post(f"/desk/equipment/{one.code}/bookings/", typed)

    assert page.status_code == 409
    assert "12.00 WITA" in page.content.decode()
    with world.everywhere():
        assert Booking.objects.count() == 1


def test_form_of_a_machine_offers_no_owner_of_another_unit(world: World) -> None:
    page = world.client().get("/desk/equipment/new/").content.decode()

    assert "Koperasi Contoh Atambua" in page
    assert "Koperasi Contoh Kupang" not in page
