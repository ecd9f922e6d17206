"""Utilisation is what a plain recount says, minute by minute."""

import random
from datetime import date, timedelta

from berdaya.core import clock
from berdaya.equipment.board import heat_of
from berdaya.equipment.calc import DAY
from berdaya.equipment.models import Booking, Equipment
from tests.equipment.scene import hours, machine
from tests.world import World

MONTH = date(2026, 3, 1)
QUARTER = timedelta(minutes=15)


def fill(world: World, machines: list[Equipment]) -> None:
    """A month of bookings, some of them declined, waiting, or maintenance."""
    chance = random.Random(7)
    now, rows = clock.now(), []
    for one in machines:
        moment = hours(0, 1, MONTH - DAY).start
        while moment < hours(0, 1, MONTH + 32 * DAY).start:
            length = QUARTER * chance.randint(1, 60)
            luck = chance.random()
            rows.append(
                Booking(
                    equipment=one, facility=world.atb, owner_facility=world.atb, purpose="tenun",
                    starts_at=moment, ends_at=moment + length, booked_at=now, reason="x",
                    kind="maintenance" if luck < 0.1 else "use",
                    approved_at=None if 0.1 <= luck < 0.3 else now,
                    declined_at=now if 0.1 <= luck < 0.2 else None,
                    cancelled_at=now if luck > 0.9 else None,
                )
            )  # fmt: skip
            moment += length + QUARTER * chance.randint(0, 20)
    Booking.objects.bulk_create(rows)


def recount(one: Equipment, day: date) -> tuple[int, int]:
    """Open and used minutes of a day, a quarter of an hour at a time."""
    if day.weekday() >= one.open_days:
        return 0, 0
    moment = hours(one.opens_at.hour, 23, day).start
    used = total = 0
    while moment < hours(one.closes_at.hour, 23, day).start:
        taken = Booking.objects.filter(
            equipment=one, kind="use", approved_at__isnull=False, declined_at__isnull=True,
            cancelled_at__isnull=True, starts_at__lte=moment, ends_at__gt=moment,
        )  # fmt: skip
        used += 15 * taken.exists()
        total += 15
        moment += QUARTER
    return total, used


def test_heat_equals_a_recount(world: World) -> None:
    machines = [machine(world), machine(world, name="Oven", kind="oven", open_days=7)]
    with world.everywhere():
        fill(world, machines)

    with world.acting():
        heat = heat_of(machines, MONTH, by_week=False)
        weeks = heat_of(machines, MONTH, by_week=True)

        for row, by_week in zip(heat.rows, weeks.rows, strict=True):
            told = [(cell.use.open_minutes, cell.use.used_minutes) for cell in row.cells]
            assert told == [recount(row.machine, cell.first) for cell in row.cells]
            sums = sum(used for _open, used in told)
            assert sums == row.whole.use.used_minutes > 0
            assert sums == sum(cell.use.used_minutes for cell in by_week.cells)
    assert len(heat.spans) == 31
    assert [cell.last.day for cell in weeks.rows[0].cells] == [1, 8, 15, 22, 29, 31]
