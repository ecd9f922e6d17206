"""Maintenance: a breakdown clears the calendar and tells whom it hit; plans come due."""

from datetime import timedelta

import pytest

from berdaya.core import clock
from berdaya.core.verdicts import Refused
from berdaya.equipment.actions.bookings import see_hit
from berdaya.equipment.actions.care import (
    finish_maintenance,
    plan_maintenance,
    report_breakdown,
    start_maintenance,
)
from berdaya.equipment.calc import DAY
from berdaya.equipment.models import Booking, Condition, Equipment, Maintenance, MaintenancePlan
from berdaya.equipment.queries import due_plans
from berdaya.institutions.today import waiting
from tests.equipment.scene import booked, hours, machine, monday, shared
from tests.world import World


@pytest.fixture
def loom(world: World) -> Equipment:
    return machine(world)


def broken(world: World, loom: Equipment, state: str = "light") -> Maintenance:
    with world.acting() as scope:
        return report_breakdown(
            by=scope.actor, equipment=loom, what="Sisir patah", state=state,
            back_at=clock.start_of(monday() + 3 * DAY),
        )  # fmt: skip


def told(world: World, name: str, facility: object) -> list[str]:
    with world.acting(name) as scope:
        return [str(one.text) for one in waiting(scope.actor, frozenset({facility.pk}))]


def test_breakdown_takes_the_time_and_tells_whom_it_hit(world: World, loom: Equipment) -> None:
    shared(world, loom, at_once=True)
    hit = booked(world, loom, hours(8, 12), "outsider", world.kpg)
    later = booked(world, loom, hours(8, 12, monday() + 4 * DAY), "outsider", world.kpg)

    broken(world, loom)

    with world.acting("outsider"):
        assert {one.pk: one.state for one in Booking.objects.all()} == {
            hit.pk: "hit", later.pk: "approved",
        }  # fmt: skip
    assert "ATBM 1 rusak, pesanan Anda gugur" in told(world, "outsider", world.kpg)
    assert "ATBM 1 rusak: Sisir patah" in told(world, "officer", world.atb)
    with world.acting("outsider") as scope:
        assert see_hit(by=scope.actor, booking=hit) == 1
        assert see_hit(by=scope.actor, booking=hit) == 0
    assert "ATBM 1 rusak, pesanan Anda gugur" not in told(world, "outsider", world.kpg)


def test_broken_time_cannot_be_booked_until_it_is_finished(world: World, loom: Equipment) -> None:
    work = broken(world, loom, "heavy")
    with pytest.raises(Refused) as refusal:
        booked(world, loom, hours(8, 12))

    with world.acting() as scope:
        finish_maintenance(
            by=scope.actor, maintenance=work, state="good", done_by="Bengkel Contoh",
            cost_rp=150_000, result="Sisir diganti",
        )  # fmt: skip

    assert refusal.value.verdict.codes == ("equipment_out_of_service",)
    assert booked(world, loom, hours(8, 12)).holds_time
    with world.acting():
        assert list(Condition.objects.values_list("state", flat=True)) == ["good", "heavy", "good"]


def test_maintenance_is_finished_once(world: World, loom: Equipment) -> None:
    work = broken(world, loom)
    facts = {
        "maintenance": work,
        "state": "good",
        "done_by": "Toko",
        "cost_rp": 0,
        "result": "beres",
    }
    with world.acting() as scope:
        finish_maintenance(by=scope.actor, **facts)

    with world.acting() as scope, pytest.raises(Refused) as refusal:
        finish_maintenance(by=scope.actor, **(facts | {"cost_rp": 9}))

    assert refusal.value.verdict.codes == ("maintenance_finished",)
    with world.acting():
        assert Maintenance.objects.get().cost_rp == 0


def test_planned_maintenance_collides_like_a_booking(world: World, loom: Equipment) -> None:
    booked(world, loom, hours(8, 12))

    with world.acting() as scope, pytest.raises(Refused) as refusal:
        start_maintenance(by=scope.actor, equipment=loom, slot=hours(10, 14), what="Minyaki")

    assert refusal.value.verdict.codes == ("equipment_taken",)
    with world.acting():
        assert Maintenance.objects.count() == 0


def test_plans_come_due_by_days_and_by_hours_of_use(world: World, loom: Equipment) -> None:
    today = clock.today()
    with world.acting() as scope:
        facts = {"by": scope.actor, "equipment": loom}
        plan_maintenance(**facts, what="Minyaki", every_days=30, last_done_on=today - 30 * DAY)
        plan_maintenance(**facts, what="Ganti sisir", every_hours=10, last_done_on=today - DAY)
        plan_maintenance(**facts, what="Setel", every_days=60, last_done_on=today - 30 * DAY)
    with world.acting():
        assert [one.what for one in due_plans([world.atb.pk], today)] == ["Minyaki"]
    start = clock.now() - timedelta(hours=11)
    with world.everywhere():
        Booking.objects.create(
            equipment=loom, facility=world.atb, owner_facility=world.atb, purpose="tenun",
            starts_at=start, ends_at=start + timedelta(hours=10), booked_at=start,
            approved_at=start,
        )  # fmt: skip

    with world.acting():
        due = sorted(one.what for one in due_plans([world.atb.pk], today))

    assert due == ["Ganti sisir", "Minyaki"]
    assert "ATBM 1 perlu dirawat: Minyaki" in told(world, "officer", world.atb)


def test_plan_needs_a_rhythm_and_stands_once(world: World, loom: Equipment) -> None:
    with world.acting() as scope:
        facts = {"by": scope.actor, "equipment": loom, "last_done_on": clock.today()}
        plan_maintenance(**facts, what="Minyaki", every_days=30)
        for more, code in (
            ({"what": "Setel"}, "plan_without_rhythm"),
            ({"what": "Minyaki", "every_days": 9}, "plan_exists"),
        ):
            with pytest.raises(Refused) as refusal:
                plan_maintenance(**facts, **more)
            assert refusal.value.verdict.codes == (code,)
        assert MaintenancePlan.objects.count() == 1
