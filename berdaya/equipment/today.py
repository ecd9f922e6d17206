"""What of the equipment waits on Hari Ini: requests, breakdowns, maintenance due, tools missing."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.names import named
from berdaya.core.scope import Actor
from berdaya.equipment.models import (
    Booking,
    Maintenance,
    MaintenanceKind,
    MissingTool,
    ToolCount,
)
from berdaya.equipment.queries import due_plans
from berdaya.institutions.rules import places_of
from berdaya.institutions.today import Item, Waiting, waits

MACHINE = ("equipment__code", "equipment__name", "equipment__name_en")


def register() -> None:
    """Put the six on Hari Ini."""
    waits("equipment.bookings", bookings_to_decide)
    waits("equipment.hits", times_lost)
    waits("equipment.plans", maintenance_due)
    waits("equipment.breakdowns", breakdowns_open)
    waits("equipment.missing", tools_missing)
    waits("equipment.out", tools_out)


def _name(row: dict[str, Any]) -> str:
    return named(row["equipment__name"], row["equipment__name_en"])


def _day(text: str) -> date:
    return clock.local(datetime.fromisoformat(text)).date()


def _when(text: str) -> str:
    moment = datetime.fromisoformat(text)
    return clock.format_instant(moment, lang=get_language() or "id")


def bookings_to_decide(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Each request of a foreign unit for a machine whose calendar is kept here."""
    ids = places_of(actor, "booking.approve", facility_ids)
    if ids:
        rows = Booking.objects.holding().filter(
            owner_facility__in=ids, approved_at__isnull=True, ends_at__gt=clock.now()
        )
        told = rows.exclude(booked_by=actor.user_id).order_by("starts_at")[:20]
        names = ("pk", "booked_at", "starts_at", "facility__name", *MACHINE)
        yield Waiting(told.values(*names), _to_decide)


def _to_decide(row: dict[str, Any]) -> Item:
    return Item(
        text=_("%(who)s meminta %(name)s") % {"who": row["facility__name"], "name": _name(row)},
        url=reverse("equipment:booking", args=[row["pk"]]),
        age_on=_day(row["booked_at"]),
        detail=_when(row["starts_at"]),
        state="warn",
        state_text=_("Putuskan"),
    )


def times_lost(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Each booking of this unit whose time a breakdown took."""
    ids = places_of(actor, "equipment.book", facility_ids)
    if ids:
        rows = Booking.objects.filter(facility__in=ids, hit_by__isnull=False, seen_at__isnull=True)
        # The maintenance behind it is the owner's row, so it is not asked for.
        lost = rows.annotate(lost_at=Coalesce("cancelled_at", "ends_at")).order_by("lost_at")[:20]
        yield Waiting(lost.values("pk", "starts_at", "reason", "lost_at", *MACHINE), _lost)


def _lost(row: dict[str, Any]) -> Item:
    return Item(
        text=_("%(name)s rusak, pesanan Anda gugur") % {"name": _name(row)},
        url=reverse("equipment:booking", args=[row["pk"]]),
        age_on=_day(row["lost_at"]),
        detail=f"{_when(row['starts_at'])}. {row['reason']}",
        state="bad",
        state_text=_("Pilih waktu lain"),
    )


def maintenance_due(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Each plan whose days or hours are over."""
    ids = places_of(actor, "equipment.edit", facility_ids)
    if ids:
        rows = due_plans(ids, clock.today()).order_by("last_done_on")[:20]
        yield Waiting(rows.values("what", "last_done_on", *MACHINE), _due)


def _due(row: dict[str, Any]) -> Item:
    return Item(
        text=_("%(name)s perlu dirawat: %(what)s") % {"name": _name(row), "what": row["what"]},
        url=reverse("equipment:care", args=[row["equipment__code"]]),
        age_on=date.fromisoformat(row["last_done_on"]),
        state="warn",
        state_text=_("Jadwalkan"),
    )


def breakdowns_open(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Each breakdown that nobody has finished."""
    ids = places_of(actor, "equipment.edit", facility_ids)
    if ids:
        rows = Maintenance.objects.filter(
            facility__in=ids, kind=MaintenanceKind.BREAKDOWN, finished_at__isnull=True
        )
        told = rows.order_by("reported_at")[:20]
        yield Waiting(told.values("pk", "what", "reported_at", *MACHINE), _broken)


def _broken(row: dict[str, Any]) -> Item:
    return Item(
        text=_("%(name)s rusak: %(what)s") % {"name": _name(row), "what": row["what"]},
        url=reverse("equipment:finishing", args=[row["pk"]]),
        age_on=_day(row["reported_at"]),
        state="bad",
        state_text=_("Selesaikan"),
    )


def tools_missing(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Each missing tool, above all else until somebody searched; then for whoever confirms it."""
    search = places_of(actor, "tools.search", facility_ids)
    confirm = places_of(actor, "tools.resolve", facility_ids)
    if search or confirm:
        theirs = Q(facility__in=search, explained_at__isnull=True) | Q(facility__in=confirm)
        rows = MissingTool.objects.filter(theirs, confirmed_at__isnull=True)
        told = ("pk", "qty", "reported_at", "explained_at", "line__tool__name", "facility__name")
        yield Waiting(rows.order_by("reported_at")[:20].values(*told), _missing)


def _missing(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Alat hilang: %(qty)s %(tool)s")
        % {"qty": row["qty"], "tool": row["line__tool__name"]},
        url=reverse("equipment:missing_tool", args=[row["pk"]]),
        age_on=_day(row["reported_at"]),
        detail=row["facility__name"],
        state="warn" if row["explained_at"] else "bad",
        state_text=_("Sahkan") if row["explained_at"] else _("Cari sekarang"),
        is_urgent=not row["explained_at"],
    )


def tools_out(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Each set that went out and was not counted in, today's too."""
    ids = places_of(actor, "tools.count", facility_ids)
    if ids:
        rows = ToolCount.objects.filter(facility__in=ids, in_at__isnull=True).order_by("day")
        yield Waiting(rows[:20].values("pk", "day", "tool_set__name", "tool_set__place"), _out)


def _out(row: dict[str, Any]) -> Item:
    day = date.fromisoformat(row["day"])
    is_late = day < clock.today()
    return Item(
        text=_("%(name)s belum dihitung masuk") % {"name": row["tool_set__name"]},
        url=reverse("equipment:tool_count", args=[row["pk"]]),
        age_on=day,
        detail=row["tool_set__place"],
        state="bad" if is_late else "warn",
        state_text=pgettext("equipment", "Hitung"),
    )
