"""Maintenance: the history, plans, planned work, breakdowns, and the end of both."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.equipment.actions import care as actions
from berdaya.equipment.calc import DAY
from berdaya.equipment.forms import (
    BreakdownForm,
    CareForm,
    FinishForm,
    PlanForm,
    slot_initial,
)
from berdaya.equipment.models import Equipment, Maintenance
from berdaya.equipment.tables import MaintenanceTable
from berdaya.equipment.views.register import machine_form
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, form_page, seen


@ability_required("equipment.view")
def works(request: HttpRequest) -> HttpResponse:
    """What was repaired and kept up at the facilities on view."""
    rows = Maintenance.objects.filter(facility__in=seen(request)).select_related("equipment")
    return MaintenanceTable(request, rows).response("equipment/list.html", {"tab": "works"})


@ability_required("equipment.edit", "GET POST")
def plans(request: HttpRequest, code: str) -> HttpResponse:
    """Something to be done again and again."""

    def make(one: Equipment) -> PlanForm:
        first = {"last_done_on": clock.today(one.facility.timezone)}
        return PlanForm(request.POST or None, initial=first)

    def do(by: Actor, one: Equipment, facts: dict[str, Any]) -> None:
        actions.plan_maintenance(by=by, equipment=one, **facts)

    return machine_form(
        request, code, _("Rencanakan perawatan"), "equipment.plan", make, do, _("Tercatat.")
    )


@ability_required("equipment.edit", "GET POST")
def care(request: HttpRequest, code: str) -> HttpResponse:
    """Keep a time for work that was foreseen."""

    def make(one: Equipment) -> CareForm:
        zone = one.facility.timezone
        first = slot_initial(one, clock.today(zone))
        return CareForm(request.POST or None, initial=first, zone=zone, equipment=one)

    def do(by: Actor, one: Equipment, facts: dict[str, Any]) -> None:
        actions.start_maintenance(by=by, equipment=one, **facts)

    return machine_form(
        request, code, _("Jadwalkan perawatan"), "equipment.care", make, do, _("Terjadwal.")
    )


@ability_required("equipment.edit", "GET POST")
def breakdowns(request: HttpRequest, code: str) -> HttpResponse:
    """It broke: off the calendar at once."""

    def make(one: Equipment) -> BreakdownForm:
        first = {"back_on": clock.today(one.facility.timezone) + 7 * DAY}
        return BreakdownForm(request.POST or None, initial=first)

    def do(by: Actor, one: Equipment, facts: dict[str, Any]) -> None:
        back_at = clock.start_of(facts.pop("back_on"), one.facility.timezone)
        actions.report_breakdown(by=by, equipment=one, back_at=back_at, **facts)

    return machine_form(
        request, code, _("Laporkan rusak"), "equipment.breakdown", make, do,
        _("Tercatat. Pemesan yang kena membacanya di Hari Ini."),
    )  # fmt: skip


@ability_required("equipment.edit", "GET POST")
def finishing(request: HttpRequest, pk: int) -> HttpResponse:
    """The work is done."""
    with reading(request):
        rows = Maintenance.objects.select_related("equipment__facility")
        row = get_object_or_404(rows, pk=pk)
    form = FinishForm(request.POST or None, initial={"state": "good"})

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.finish_maintenance(by=by, maintenance=row, **facts)
        return "equipment:machine", [row.equipment.code]

    return form_page(
        request, make=lambda: form, do=do, reason="equipment.finish",
        title=_("Selesai dirawat: %(name)s") % {"name": row.equipment.label},
        back=reverse("equipment:machine", args=[row.equipment.code]),
        done=_("Selesai. Sisa waktunya bebas lagi."), context={"note": row.what},
    )  # fmt: skip
