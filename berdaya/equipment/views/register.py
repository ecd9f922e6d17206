"""The register: machines, one machine, its condition, who may share it."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.equipment.actions import register as actions
from berdaya.equipment.board import week_of
from berdaya.equipment.forms import (
    ConditionForm,
    DayForm,
    EquipmentForm,
    NewEquipmentForm,
    ShareForm,
)
from berdaya.equipment.models import Equipment, Share
from berdaya.equipment.queries import plans, reachable
from berdaya.equipment.tables import CONDITIONS, EquipmentTable
from berdaya.equipment.views.shared import asked_day, machine_or_404, own_machine
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, can, form_page, one_unit, seen


@ability_required("equipment.view")
def equipment(request: HttpRequest) -> HttpResponse:
    """Machines of the facilities on view, and those shared with them."""
    context = {
        "tab": "equipment",
        "new_url": reverse("equipment:new_machine") if can(request, "equipment.edit") else "",
        "new_label": _("Catat sarana"),
    }
    table = EquipmentTable(request, reachable(seen(request)))
    return table.response("equipment/list.html", context)


@ability_required("equipment.edit", "GET POST")
def new_machine(request: HttpRequest) -> HttpResponse:
    """Put a machine of the chosen facility on the register."""
    facility = one_unit(request)
    first = {"registered_on": clock.today(facility.timezone)}
    found: dict[str, forms.Form] = {}

    def make() -> forms.Form:
        found["form"] = NewEquipmentForm(request.POST or None, initial=first, facility=facility)  # type: ignore
        return found["form"]

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        return "equipment:machine", [
            actions.register_equipment(by=by, facility=facility, **facts).code
        ]

    return form_page(
        request, make=make, do=do, reason="equipment.register", title=_("Catat sarana"),
        back=reverse("equipment:equipment"), done=_("Sarana tercatat."),
    )  # fmt: skip


@ability_required("equipment.view")
def machine(request: HttpRequest, code: str) -> HttpResponse:
    """One machine: its week, condition, shares, maintenance."""
    one = machine_or_404(code)
    day = asked_day(request, "minggu")
    actor = request.actor  # type: ignore[attr-defined]
    is_ours = one.facility_id in actor.facility_ids
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "one": one,
        "state": CONDITIONS[one.condition],
        "week": week_of(actor, [one], day),
        "conditions": one.conditions.select_related("recorded_by")[:8],
        "is_ours": is_ours,
        "can_edit": can(request, "equipment.edit", one.facility_id),
        "can_book": can(request, "equipment.book"),
        **(_owners_part(one) if is_ours else {}),
    }
    return render(request, "equipment/machine.html", context)


def _owners_part(one: Equipment) -> dict[str, Any]:
    """What is the owner's alone: shares, plans, work: three statements."""
    shares = Share.objects.current_from(clock.today()).filter(equipment=one)
    return {
        "shares": shares.select_related("to_facility", "to_office").order_by("valid_from", "pk"),
        "plans": plans([one.facility_id]).filter(equipment=one).order_by("what"),
        "works": one.maintenance.select_related("booking")[:6],
    }


def machine_form(
    request: HttpRequest, code: str, title: str, reason: str, make: Any, do: Any, done: str
) -> HttpResponse:
    """A form about one machine of one's own, back on its page."""
    with reading(request):
        one = own_machine(request, code)

    def act(by: Actor, facts: dict[str, Any]) -> Address:
        do(by, one, facts)
        return "equipment:machine", [code]

    return form_page(
        request, make=lambda: make(one), do=act, reason=reason,
        title=f"{title}: {one.label}", back=reverse("equipment:machine", args=[code]), done=done,
    )  # fmt: skip


@ability_required("equipment.edit", "GET POST")
def details(request: HttpRequest, code: str) -> HttpResponse:
    """What is described of a machine; a single row, so the form saves it."""
    found: dict[str, EquipmentForm] = {}

    def make(one: Equipment) -> EquipmentForm:
        found["form"] = EquipmentForm(request.POST or None, instance=one, facility=one.facility)
        return found["form"]

    def do(_by: Actor, _one: Equipment, _facts: dict[str, Any]) -> None:
        with transaction.atomic():
            found["form"].save()

    return machine_form(
        request, code, _("Ubah"), "equipment.edit", make, do, _("Sarana tersimpan.")
    )


@ability_required("equipment.edit", "GET POST")
def conditions(request: HttpRequest, code: str) -> HttpResponse:
    """In which state it was found."""

    def make(one: Equipment) -> ConditionForm:
        first = {"since_on": clock.today(one.facility.timezone)}
        return ConditionForm(request.POST or None, initial=first)

    def do(by: Actor, one: Equipment, facts: dict[str, Any]) -> None:
        actions.note_condition(by=by, equipment=one, **facts)

    return machine_form(
        request, code, _("Catat kondisi"), "equipment.condition", make, do, _("Kondisi tercatat.")
    )


@ability_required("equipment.edit", "GET POST")
def shares(request: HttpRequest, code: str) -> HttpResponse:
    """Open a machine to others."""

    def make(one: Equipment) -> ShareForm:
        first = {"valid_from": clock.today(one.facility.timezone)}
        return ShareForm(request.POST or None, equipment=one, initial=first)

    def do(by: Actor, one: Equipment, facts: dict[str, Any]) -> None:
        actions.open_share(by=by, equipment=one, **facts)

    return machine_form(
        request, code, _("Buka untuk unit lain"), "equipment.share", make, do,
        _("Terbuka. Mereka kini melihat kalendernya."),
    )  # fmt: skip


@ability_required("equipment.edit", "GET POST")
def share_ending(request: HttpRequest, pk: int) -> HttpResponse:
    """From a day on they may no longer book."""
    with reading(request):
        rows = Share.objects.filter(facility__in=request.actor.facility_ids)  # type: ignore
        row = get_object_or_404(
            rows.select_related("equipment__facility", "to_facility", "to_office"), pk=pk
        )
    form = DayForm(request.POST or None)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.end_share(by=by, share=row, **facts)
        return "equipment:machine", [row.equipment.code]

    return form_page(
        request, make=lambda: form, do=do, reason="equipment.unshare",
        title=_("Tutup bagi %(who)s") % {"who": row.with_whom},
        back=reverse("equipment:machine", args=[row.equipment.code]),
        done=_("Tercatat. Yang sudah dipesan tetap jadi."),
    )  # fmt: skip
