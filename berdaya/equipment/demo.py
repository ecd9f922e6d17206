"""A loom that three units share for a year, a production house's kitchen and roaster, and tools."""

import random
from datetime import date, datetime, time, timedelta
from typing import Any

from berdaya.core import clock
from berdaya.core.demo import DemoContext
from berdaya.core.locks import in_any_order
from berdaya.core.scope import Actor
from berdaya.equipment.actions.bookings import Ask, approve_booking, book, book_all
from berdaya.equipment.actions.care import (
    finish_maintenance,
    plan_maintenance,
    report_breakdown,
)
from berdaya.equipment.actions.register import open_share, register_equipment
from berdaya.equipment.actions.tools import (
    add_tool_set,
    confirm_missing,
    count_in,
    count_out,
    explain_missing,
)
from berdaya.equipment.calc import DAY, Slot, at
from berdaya.equipment.models import Equipment, MissingOutcome, ToolSet
from berdaya.institutions.demo import begin, demo_scope
from berdaya.institutions.models import Facility, FacilityKind, Office
from berdaya.training.models import Skill

DAYS = 330
# Who stands before the loom on which days of the week, and from when until when.
LOOM = "LPP-KPG"
WEAVERS = (("LPP-KPG", (0, 1, 2), 8, 16), ("LP-KPG", (3,), 8, 14), ("RT-KPG", (4,), 8, 12))
HOUSE, ROASTED_BY = "RPB-BJW", ("RT-BJW", "LP-ATB")
TOOLS = {"Pahat": 6, "Gunting": 4, "Palu": 3, "Obeng": 5}
TOOLS_OF = "LP-ATB"


def load(ctx: DemoContext) -> None:
    """Everything once; a second run adds nothing."""
    with demo_scope():
        if Equipment.objects.exists():
            return
        make_house(begin(ctx.today))
    with demo_scope() as scope, in_any_order():
        by, chance = scope.actor, ctx.chance("equipment")
        _loom(by, ctx.today, chance)
        _house(by, ctx.today, chance)
        _tools(by, ctx.today)
    ctx.say("equipment: a loom of three, a production house, tools")


def make_house(day: date) -> Facility:
    """The invented production house of the UMKM side in Bajawa; nobody is held there."""
    near = Facility.objects.get(code="RT-BJW")
    return Facility.objects.create(
        code=HOUSE, kind=FacilityKind.PRODUCTION_HOUSE, town=near.town, region=near.region,
        name="Rumah Produksi Bersama Contoh Bajawa", office=Office.objects.get(code="UMKM-MIKRO"),
        lat=near.lat, lon=near.lon, timezone=near.timezone, go_live_on=day,
    )  # fmt: skip


def _register(by: Actor, facility: Facility, today: date, **facts: Any) -> Equipment:
    return register_equipment(
        by=by, facility=facility, registered_on=begin(today),
        reason="Dilihat waktu dicatat.", **facts,
    )  # fmt: skip


def _unit(code: str) -> Facility:
    return Facility.objects.select_related("office").get(code=code)


def _skill(code: str) -> Skill:
    return Skill.objects.get(code=code)


def _hours(day: date, first: int, last: int) -> Slot:
    zone = clock.DEFAULT_ZONE
    return Slot(at(day, time(first), zone), at(day, time(last), zone))


def _loom(by: Actor, today: date, chance: random.Random) -> None:
    owner = _unit(LOOM)
    loom = _register(
        by, owner, today, name="ATBM Bersama", name_en="Shared loom", kind="loom",
        place="Ruang tenun", people_count=1, skill=_skill("tenun-dasar"),
    )  # fmt: skip
    for name in ("ATBM 2", "Mesin jahit 1"):
        kind = "loom" if name.startswith("ATBM") else "sewing"
        _register(by, owner, today, name=name, kind=kind, place="Ruang tenun", people_count=1)
    for code, agreement in (("LP-KPG", "PKS-CONTOH/TENUN/01"), ("RT-KPG", "")):
        open_share(
            by=by, equipment=loom, to=_unit(code), valid_from=begin(today),
            is_at_once=bool(agreement), agreement_no=agreement,
        )  # fmt: skip
    plan_maintenance(
        by=by, equipment=loom, what="Minyaki dan setel sisir", every_days=90,
        last_done_on=today - 93 * DAY,
    )  # fmt: skip
    for code, weekdays, first, last in WEAVERS:
        _book_days(by, _unit(code), loom, _days(today, weekdays, chance), first, last)
    book(
        by=by, facility=_unit("RT-KPG"), equipment=loom, purpose="Pesanan hari raya",
        slot=_hours(_next(today, 5), 8, 12),
    )  # fmt: skip


def _days(today: date, weekdays: tuple[int, ...], chance: random.Random) -> list[date]:
    """A year's days of these weekdays, some left out, and the two weeks to come."""
    first = today - DAYS * DAY
    every = (first + n * DAY for n in range(DAYS + 14))
    return [day for day in every if day.weekday() in weekdays and chance.random() < 0.85]


def _next(today: date, weekday: int) -> date:
    """The first such weekday after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _book_days(
    by: Actor, unit: Facility, one: Equipment, days: list[date], first: int, last: int
) -> None:
    asks = [Ask(one, _hours(day, first, last), "Produksi rutin") for day in days]
    for row in book_all(by=by, facility=unit, asks=asks, is_past=True):
        if row.state == "waiting":
            approve_booking(by=by, booking=row)


def _house(by: Actor, today: date, chance: random.Random) -> None:
    house = _unit(HOUSE)
    kitchen = _register(
        by, house, today, name="Dapur produksi", name_en="Production kitchen", kind="kitchen",
        place="Lantai satu", people_count=6,
    )  # fmt: skip
    roaster = _register(
        by, house, today, name="Mesin sangrai 5 kg", name_en="Roaster, 5 kg", kind="roaster",
        place="Lantai satu", capacity_qty=12, capacity_unit="kg", skill=_skill("kopi-sangrai"),
    )  # fmt: skip
    for code in ROASTED_BY:
        open_share(
            by=by, equipment=roaster, to=_unit(code), valid_from=begin(today), is_at_once=True,
            agreement_no="PKS-CONTOH/RPB/01",
        )  # fmt: skip
        open_share(by=by, equipment=kitchen, to=_unit(code), valid_from=begin(today))
    _book_days(by, _unit("RT-BJW"), roaster, _days(today, (1,), chance), 8, 14)
    _book_days(by, _unit("LP-ATB"), roaster, _days(today, (3,), chance), 9, 15)
    book(
        by=by, facility=_unit("LP-ATB"), equipment=kitchen, purpose="Kue kering pesanan",
        slot=_hours(_next(today, 2), 8, 13),
    )  # fmt: skip
    _break(by, roaster, _noon(today - 40 * DAY), is_over=True)
    _break(by, roaster, clock.now(), is_over=False)


def _noon(day: date) -> datetime:
    return at(day, time(12), clock.DEFAULT_ZONE)


def _break(by: Actor, one: Equipment, moment: datetime, *, is_over: bool) -> None:
    """A drum that sticks: once mended after three days, once still waiting."""
    with clock.travel(moment):
        work = report_breakdown(
            by=by, equipment=one, what="Drum macet saat berputar", state="light",
            back_at=moment + 5 * DAY,
        )  # fmt: skip
    if is_over:
        with clock.travel(moment + 3 * DAY):
            finish_maintenance(
                by=by, maintenance=work, state="good", done_by="Bengkel Contoh Bajawa",
                cost_rp=450_000, result="Bantalan drum diganti",
            )  # fmt: skip


def _tools(by: Actor, today: date) -> None:
    """A fortnight of counts: one chisel missing for an hour, and last a pair of scissors."""
    board = add_tool_set(
        by=by, facility=_unit(TOOLS_OF), name="Papan alat mebel", place="Lemari besi bengkel kayu",
        tools=TOOLS,
    )  # fmt: skip
    past = (today - n * DAY for n in range(14, 0, -1))
    days = [day for day in past if day.weekday() < 6]
    for day in days:
        lacking = "Pahat" if day == days[5] else "Gunting" if day == days[-1] else ""
        _one_day(by, board, day, lacking)


def _one_day(by: Actor, board: ToolSet, day: date, lacking: str) -> None:
    zone = clock.DEFAULT_ZONE
    with clock.travel(at(day, time(8), zone)):
        counts = {tool.pk: tool.qty for tool in board.tools.all()}
        count = count_out(by=by, tool_set=board, day=day, counts=counts)
    with clock.travel(at(day, time(15), zone)):
        lines = count.lines.select_related("tool")
        back = {line.pk: line.out_qty - (line.tool.name == lacking) for line in lines}
        missing = count_in(by=by, count=count, counts=back)
    if missing and lacking == "Pahat":
        found = at(day, time(16), zone)
        with clock.travel(found):
            row = explain_missing(
                by=by, missing=missing[0], outcome=MissingOutcome.FOUND, found_by="Regu jaga II",
                ended_at=found, reason="Terselip di bawah meja ketam",
            )  # fmt: skip
            confirm_missing(by=by, missing=row)
