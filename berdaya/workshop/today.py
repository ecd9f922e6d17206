"""What waits in the workshop: the last working day's sheet, batches that can be closed."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.clock import format_date
from berdaya.core.scope import Actor
from berdaya.institutions.rules import may
from berdaya.institutions.today import Item
from berdaya.people.models import WorkPlacement
from berdaya.workshop.models import Batch, QualityCheck, QualityResult, WorkSheet, Workshop

# A batch that has run so long is asked about, even without a quality check.
LONG_RUN = timedelta(days=60)
SUNDAY = 6


def last_working_day(today: date) -> date:
    """Yesterday, or Saturday on a Monday."""
    before = today - timedelta(days=1)
    return before - timedelta(days=1) if before.weekday() == SUNDAY else before


def missing_sheets(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Item]:
    """Workshops with people whose sheet of the last working day is not there: one query."""
    ids = [pk for pk in facility_ids if may(actor, "sheet.write", pk).ok]
    if not ids:
        return
    day = last_working_day(clock.today())
    filed = WorkSheet.objects.filter(workshop=OuterRef("pk"), day=day)
    people = WorkPlacement.objects.on(day).filter(
        facility=OuterRef("facility"), line_of_work=OuterRef("line_of_work")
    )
    shops = Workshop.objects.filter(~Exists(filed), Exists(people), facility_id__in=ids)
    for shop in shops.filter(is_active=True).select_related("facility").order_by("name"):
        yield Item(
            text=_("Daftar hadir %s belum diisi") % shop.label,
            url=reverse("workshop:sheet", args=[shop.pk, day.isoformat()]),
            age_on=day,
            detail=f"{shop.facility.name}, {format_date(day, get_language() or 'id')}",
            state="warn",
            state_text=_("isi"),
        )


def batches_to_close(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Item]:
    """Open batches whose goods were found good, or that have run for long: one query."""
    ids = [pk for pk in facility_ids if may(actor, "batch.close", pk).ok]
    if not ids:
        return
    found_good = QualityCheck.objects.filter(batch=OuterRef("pk"), result=QualityResult.GOOD)
    ready = Q(Exists(found_good)) | Q(started_on__lte=clock.today() - LONG_RUN)
    rows = Batch.objects.filter(ready, facility_id__in=ids, closing__isnull=True)
    for batch in rows.select_related("variant", "facility").order_by("started_on")[:50]:
        yield Item(
            text=_("Batch %s siap ditutup") % batch.code,
            url=reverse("workshop:closing", args=[batch.code]),
            age_on=batch.started_on,
            detail=f"{batch.variant.label}, {batch.facility.name}",
            state_text=_("tutup"),
        )
