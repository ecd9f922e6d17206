"""A loom and a kitchen in Atambua, a production house of the UMKM side, and hours to book."""

from datetime import date, datetime, time, timedelta
from typing import Any

from berdaya.core import clock
from berdaya.equipment.actions.bookings import book
from berdaya.equipment.actions.register import open_share, register_equipment
from berdaya.equipment.actions.tools import add_tool_set
from berdaya.equipment.calc import Slot, at
from berdaya.equipment.models import Booking, Equipment, Share, ToolSet
from berdaya.institutions.models import Facility
from tests.world import SINCE, World

DAY = timedelta(days=1)


def monday() -> date:
    """The Monday after next: open, and not over whatever the day of the test is."""
    today = clock.today()
    return today + timedelta(days=14 - today.weekday())


def hours(first: int, last: int, day: date | None = None) -> Slot:
    """Whole hours of one day on Atambua's clock."""
    on = day or monday()
    return Slot(at(on, time(first), clock.DEFAULT_ZONE), at(on, time(last), clock.DEFAULT_ZONE))


def machine(world: World, facility: Facility | None = None, **facts: Any) -> Equipment:
    """A loom of Atambua, or something else of somebody else."""
    told = {"name": "ATBM 1", "kind": "loom", "place": "Ruang tenun"} | facts
    with world.everywhere() as scope:
        return register_equipment(
            by=scope.actor, facility=facility or world.atb, registered_on=SINCE,
            reason="Dilihat waktu dicatat.", **told,
        )  # fmt: skip


def shared(world: World, one: Equipment, to: Any = None, *, at_once: bool = False) -> Share:
    """The machine opened to Kupang, or to whomever."""
    with world.everywhere() as scope:
        return open_share(
            by=scope.actor, equipment=one, to=to or world.kpg, valid_from=SINCE,
            is_at_once=at_once, agreement_no="PKS-1" if at_once else "",
        )  # fmt: skip


def booked(
    world: World, one: Equipment, slot: Slot, who: str = "officer", facility: Facility | None = None
) -> Booking:
    """A time taken by a member of the cast."""
    with world.acting(who) as scope:
        return book(
            by=scope.actor, facility=facility or world.atb, equipment=one, slot=slot,
            purpose="Rahasia pesanan",
        )  # fmt: skip


def house(world: World) -> Facility:
    """A production house below the UMKM ministry: no people, only machines."""
    like = world.atb
    with world.everywhere():
        return Facility.objects.create(
            code="RPB-BJW", kind="production_house", name="Rumah Produksi Bersama Contoh",
            town="Bajawa", region=like.region, office=world.offices["UMKM"], lat="-8.79",
            lon="120.98",
        )  # fmt: skip


def board(world: World) -> ToolSet:
    """Eight tools of Atambua's carpenters."""
    with world.acting() as scope:
        return add_tool_set(
            by=scope.actor, facility=world.atb, name="Papan kayu", place="Lemari 2",
            tools={"Pahat": 5, "Gunting": 3},
        )  # fmt: skip


def instant(day: date, hour: int) -> datetime:
    return at(day, time(hour), clock.DEFAULT_ZONE)
