"""Targets and seats: the list, and one form each."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core.scope import Actor
from berdaya.insight.actions.places import record_seat, set_target
from berdaya.insight.forms import SeatForm, TargetForm
from berdaya.insight.models import Target
from berdaya.insight.tables import TargetTable
from berdaya.institutions.access import ability_required
from berdaya.institutions.models import Facility, Region
from berdaya.institutions.pages import Address, form_page
from berdaya.institutions.rules import may_anywhere, places_of


@ability_required("programme.view")
def targets(request: HttpRequest) -> HttpResponse:
    """Every target."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = Target.objects.select_related("region")
    context = {"may_aim": may_anywhere(actor, "target.edit")}
    return TargetTable(request, rows).response("insight/targets.html", context)


def _regions(actor: Actor) -> Any:
    """Regencies of the units on view, and their provinces."""
    codes: set[str] = set()
    mine = Facility.objects.filter(pk__in=actor.facility_ids)
    for region, parent in mine.values_list("region_id", "region__parent_id"):
        codes |= {region, parent or region}
    return Region.objects.filter(pk__in=codes).order_by("name")


@ability_required("target.edit", "GET POST")
def new_target(request: HttpRequest) -> HttpResponse:
    """Aim at a value."""
    actor = request.actor  # type: ignore[attr-defined]

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        set_target(by=by, **facts)
        return "insight:targets", []

    return form_page(
        request, make=lambda: TargetForm(request.POST or None, regions=_regions(actor)), do=do,
        reason="target.set", title=_("Tetapkan target"), back=reverse("insight:targets"),
        done=_("Target tercatat; yang lama berakhir pada hari itu."),
    )  # fmt: skip


@ability_required("seat.edit", "GET POST")
def new_seat(request: HttpRequest) -> HttpResponse:
    """Where a unit belongs from a day on."""
    actor = request.actor  # type: ignore[attr-defined]
    units = Facility.objects.filter(pk__in=places_of(actor, "seat.edit", actor.facility_ids))

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        record_seat(by=by, **facts)
        return "insight:indicators", []

    return form_page(
        request, make=lambda: SeatForm(request.POST or None, units=units.order_by("name")), do=do,
        reason="seat.record", title=_("Catat kedudukan UPT"), back=reverse("insight:indicators"),
        done=_("Tercatat. Bulan-bulan sebelumnya tetap pada wilayah lamanya."),
    )  # fmt: skip
