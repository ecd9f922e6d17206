"""What waits in the workshop: sheets, batches to close, stops to lift, open points of safety."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.clock import format_date
from berdaya.core.names import named
from berdaya.core.scope import Actor
from berdaya.institutions.rules import places_of
from berdaya.institutions.today import Item, Waiting
from berdaya.people.models import WorkPlacement
from berdaya.workshop.models import (
    Batch,
    QualityCheck,
    QualityResult,
    WorkSheet,
    Workshop,
    WorkshopHold,
)
from berdaya.workshop.safety import open_points

# A batch that has run so long is asked about, even without a quality check.
LONG_RUN = timedelta(days=60)
SUNDAY = 6


def last_working_day(today: date) -> date:
    """Yesterday, or Saturday on a Monday."""
    before = today - timedelta(days=1)
    return before - timedelta(days=1) if before.weekday() == SUNDAY else before


def missing_sheets(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Workshops with people whose sheet of the last working day is not there."""
    ids = places_of(actor, "sheet.write", facility_ids)
    if not ids:
        return
    day = last_working_day(clock.today())
    filed = WorkSheet.objects.filter(workshop=OuterRef("pk"), day=day)
    people = WorkPlacement.objects.on(day).filter(
        facility=OuterRef("facility"), line_of_work=OuterRef("line_of_work")
    )
    shops = Workshop.objects.filter(~Exists(filed), Exists(people), facility_id__in=ids)
    rows = shops.filter(is_active=True).order_by("name")
    yield Waiting(rows.values("pk", "name", "name_en", "facility__name"), _missing_sheet)


def _missing_sheet(shop: dict[str, Any]) -> Item:
    day = last_working_day(clock.today())
    return Item(
        text=_("Daftar hadir %s belum diisi") % named(shop["name"], shop["name_en"]),
        url=reverse("workshop:sheet", args=[shop["pk"], day.isoformat()]),
        age_on=day,
        detail=f"{shop['facility__name']}, {format_date(day, get_language() or 'id')}",
        state="warn",
        state_text=pgettext("workshop", "Isi"),
    )


def batches_to_close(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Open batches whose goods were found good, or that have run for long."""
    ids = places_of(actor, "batch.close", facility_ids)
    if not ids:
        return
    found_good = QualityCheck.objects.filter(batch=OuterRef("pk"), result=QualityResult.GOOD)
    ready = Q(Exists(found_good)) | Q(started_on__lte=clock.today() - LONG_RUN)
    rows = Batch.objects.filter(ready, facility_id__in=ids, closing__isnull=True)
    shown = ("code", "started_on", "variant__name", "variant__name_en", "facility__name")
    yield Waiting(rows.order_by("started_on")[:50].values(*shown), _ready_batch)


def _ready_batch(batch: dict[str, Any]) -> Item:
    goods = named(batch["variant__name"], batch["variant__name_en"])
    return Item(
        text=_("Batch %s siap ditutup") % batch["code"],
        url=reverse("workshop:closing", args=[batch["code"]]),
        age_on=date.fromisoformat(batch["started_on"]),
        detail=f"{goods}, {batch['facility__name']}",
        state_text=_("Tutup"),
    )


def workshops_stopped(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Each workshop that is stopped, for whoever may open it again."""
    ids = places_of(actor, "safety.lift", facility_ids)
    if ids:
        rows = WorkshopHold.objects.on(clock.today()).filter(facility_id__in=ids)
        told = ("workshop_id", "workshop__name", "workshop__name_en", "valid_from", "reason")
        yield Waiting(rows.order_by("valid_from")[:20].values(*told), _stopped)


def _stopped(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Bengkel %s dihentikan") % named(row["workshop__name"], row["workshop__name_en"]),
        url=reverse("workshop:safety", args=[row["workshop_id"]]),
        age_on=date.fromisoformat(row["valid_from"]),
        detail=row["reason"],
        state="bad",
        state_text=_("Periksa"),
    )


def points_open(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Each workshop whose latest check found something not in order."""
    ids = places_of(actor, "safety.record", facility_ids)
    if ids:
        shop = "safety_check__workshop"
        told = (f"{shop}_id", f"{shop}__name", f"{shop}__name_en", "facility__name")
        rows = open_points(ids).order_by().values(*told)
        yield Waiting(rows.annotate(n=Count("pk"), day=Min("safety_check__checked_on")), _points)


def _points(row: dict[str, Any]) -> Item:
    shop = named(row["safety_check__workshop__name"], row["safety_check__workshop__name_en"])
    text = ngettext(
        "%(n)s butir keselamatan terbuka di %(shop)s",
        "%(n)s butir keselamatan terbuka di %(shop)s",
        row["n"],
    )
    return Item(
        text=text % {"n": row["n"], "shop": shop},
        url=reverse("workshop:safety", args=[row["safety_check__workshop_id"]]),
        age_on=date.fromisoformat(row["day"]),
        detail=row["facility__name"],
        state="warn",
        state_text=_("Bereskan"),
    )
