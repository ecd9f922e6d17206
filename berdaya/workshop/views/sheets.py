"""The officer's sheets: which are missing, one sheet to fill, and the person who is on it."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused, Verdict
from berdaya.institutions.access import ability_required
from berdaya.institutions.rules import may
from berdaya.workshop import sheet_page
from berdaya.workshop.actions.sheets import SheetRefused, record_sheet
from berdaya.workshop.assigning import ROLL_BACK
from berdaya.workshop.models import WorkSheet, Workshop
from berdaya.workshop.tables import SheetTable
from berdaya.workshop.views.common import on_view

DAYS_SHOWN = 7
# Empty lines at the end, for a person who worked on two batches.
EXTRA_LINES = 2


def a_day(text: str) -> date:
    """A day from an address; 404 for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


def workshop_or_404(pk: int) -> Workshop:
    return get_object_or_404(Workshop.objects.select_related("facility"), pk=pk)


@ability_required("people.view")
def sheets(request: HttpRequest) -> HttpResponse:
    """The last seven days of each workshop, and every sheet ever filed."""
    ids = on_view(request)
    present = Q(logs__mark="present")
    rows = WorkSheet.objects.filter(facility_id__in=ids).select_related("workshop")
    counted = {
        "people": Count("logs__participant", filter=present, distinct=True),
        "minutes": Sum("logs__minutes"),
        "pieces": Sum("logs__pieces"),
    }
    return SheetTable(request, rows, reckoned=counted).response(
        "workshop/sheets.html", {"strips": _strips(ids, rows)}
    )


def _strips(ids: frozenset[int], rows: QuerySet[WorkSheet]) -> list[dict[str, Any]]:
    today = clock.today()
    days = [today - timedelta(days=n) for n in range(DAYS_SHOWN - 1, -1, -1)]
    filed = set(rows.filter(day__gte=days[0]).values_list("workshop_id", "day"))
    shops = Workshop.objects.filter(facility_id__in=ids, is_active=True).order_by("name")
    return [
        {
            "workshop": shop,
            "days": [{"day": day, "is_filed": (shop.pk, day) in filed} for day in days],
        }
        for shop in shops
    ]


@ability_required("people.view", "GET POST")
@never_cache
def sheet(request: HttpRequest, workshop: int, day: str) -> HttpResponse:
    """One workshop's sheet of one day; POST files it, or files it anew."""
    when = a_day(day)
    if request.method == "POST":
        return _file(request, workshop, when)
    shop = workshop_or_404(workshop)
    if when > clock.today(shop.facility.timezone):
        raise Http404
    page = sheet_page.load(shop, when, from_template=request.GET.get("isi") == "sebelumnya")
    return show_sheet(request, page)


def _file(request: HttpRequest, workshop: int, day: date) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    typed = sheet_page.read_typed(request.POST)
    rows, unread = sheet_page.to_rows(typed)
    refused, general = unread, Verdict()
    try:
        with acting(actor, "sheet.file"):
            shop = workshop_or_404(workshop)
            if not unread:
                record_sheet(
                    by=actor,
                    workshop=shop,
                    day=day,
                    rows=rows,
                    keyed_late=day < clock.today(shop.facility.timezone),
                    reason=request.POST.get("alasan", "").strip()[:200],
                )
    except SheetRefused as refusal:
        refused = refusal.of_day(day)
    except Refused as refusal:
        general = refusal.verdict
    if not refused and general.ok:
        messages.success(request, _("Daftar hadir tersimpan."))
        where = reverse("workshop:sheet", args=[workshop, day.isoformat()])
        return redirect(f"{where}?tersimpan=1")
    with reading(request):
        page = sheet_page.load(workshop_or_404(workshop), day, typed=typed, refused=refused)
        return show_sheet(request, page, general, status=422)


def show_sheet(
    request: HttpRequest,
    page: sheet_page.SheetPage,
    general: Verdict | None = None,
    status: int = 200,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page of a sheet, once or again."""
    shop, day = page.workshop, page.day
    today = clock.today(shop.facility.timezone)
    context = {
        "page": page,
        "facility": shop.facility,
        "verdict": general if general is not None and not general.ok else None,
        "reason": request.POST.get("alasan", ""),
        "refused_count": sum(1 for line in page.lines if not line.refused.ok),
        "can_write": may(request.actor, "sheet.write", shop.facility_id).ok,  # type: ignore
        "is_late": day < today,
        "day_before": day - timedelta(days=1),
        "day_after": day + timedelta(days=1) if day < today else None,
        "monday": day - timedelta(days=day.weekday()),
        "is_just_saved": "tersimpan" in request.GET,
        "extra": range(len(page.lines), len(page.lines) + EXTRA_LINES),
        "row_count": len(page.lines) + EXTRA_LINES,
        "can_open": may(request.actor, "identity.roll", shop.facility_id).ok  # type: ignore
        and day >= today - ROLL_BACK,
        **(more or {}),
    }
    return render(request, "workshop/sheet.html", context, status=status)
