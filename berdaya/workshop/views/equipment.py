"""What a workshop needs of the equipment, its sets of tools, and what is booked for a batch."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, act, can, form_page
from berdaya.workshop.actions import equipment as actions
from berdaya.workshop.forms_equipment import EndForm, FromForm, NeedForm, ToolsForm
from berdaya.workshop.models import Batch, EquipmentNeed, Workshop, WorkshopToolSet
from berdaya.workshop.queries import needs_on


def _workshop(pk: int) -> Workshop:
    return get_object_or_404(Workshop.objects.select_related("facility"), pk=pk)


@ability_required("people.view")
def needs(request: HttpRequest, pk: int) -> HttpResponse:
    """What a batch here needs today, and whose count holds the day."""
    shop = _workshop(pk)
    rows = EquipmentNeed.objects.current_from(clock.today(shop.facility.timezone))
    tools = WorkshopToolSet.objects.filter(workshop=shop).select_related("tool_set")
    context = {
        "facility": shop.facility,
        "shop": shop,
        "needs": rows.filter(workshop=shop)
        .select_related("variant__product")
        .order_by("kind", "variant", "valid_from"),
        "tools": tools.order_by("tool_set__name"),
        "can_edit": can(request, "batch.start", shop.facility_id),
    }
    return render(request, "workshop/needs.html", context)


@ability_required("batch.start", "GET POST")
def new_need(request: HttpRequest, pk: int) -> HttpResponse:
    """From a day on a batch needs something."""
    with reading(request):
        shop = _workshop(pk)
    first = {"valid_from": clock.today(shop.facility.timezone)}

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.add_need(by=by, workshop=shop, **facts)
        return "workshop:needs", [pk]

    return form_page(
        request, make=lambda: NeedForm(request.POST or None, initial=first, workshop=shop), do=do,
        reason="workshop.need", title=_("Keperluan sarana: %(shop)s") % {"shop": shop.label},
        back=reverse("workshop:needs", args=[pk]), done=_("Tercatat."),
    )  # fmt: skip


@ability_required("batch.start", "GET POST")
def need_ending(request: HttpRequest, pk: int) -> HttpResponse:
    """From a day on batches no longer need it."""
    with reading(request):
        row = get_object_or_404(EquipmentNeed.objects.select_related("workshop"), pk=pk)
    form = EndForm(request.POST or None)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.end_need(by=by, need=row, **facts)
        return "workshop:needs", [row.workshop_id]

    return form_page(
        request, make=lambda: form, do=do, reason="workshop.need_end",
        title=_("Akhiri: %(what)s") % {"what": row.get_kind_display()},
        back=reverse("workshop:needs", args=[row.workshop_id]), done=_("Tercatat."),
    )  # fmt: skip


@ability_required("batch.start", "GET POST")
def new_tool_set(request: HttpRequest, pk: int) -> HttpResponse:
    """A set of tools that this workshop's day uses."""
    with reading(request):
        shop = _workshop(pk)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.use_tool_set(by=by, workshop=shop, **facts)
        return "workshop:needs", [pk]

    return form_page(
        request, make=lambda: ToolsForm(request.POST or None, workshop=shop), do=do,
        reason="workshop.tools", title=_("Papan alat: %(shop)s") % {"shop": shop.label},
        back=reverse("workshop:needs", args=[pk]),
        done=_("Hitungannya kini menahan daftar hadir bengkel ini."),
    )  # fmt: skip


@ability_required("batch.start", "POST")
def tools_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """The set no longer belongs to the workshop's day."""
    with reading(request):
        row = get_object_or_404(WorkshopToolSet, pk=pk)
    shop = row.workshop_id

    def do(by: Actor) -> Address:
        actions.drop_tool_set(by=by, link=row)
        return "workshop:needs", [shop]

    return act(request, "workshop.tools_drop", do, _("Dilepas dari bengkel ini."))


@ability_required("batch.start", "GET POST")
def batch_equipment(request: HttpRequest, code: str) -> HttpResponse:
    """Take everything a batch needs from a moment on, or nothing."""
    with reading(request):
        rows = Batch.objects.select_related("facility", "workshop", "variant__product")
        one = get_object_or_404(rows, code=code)
        needed = needs_on(one.workshop_id, one.variant_id, one.started_on)
    zone = one.facility.timezone
    told = ", ".join(
        _("%(qty)s × %(kind)s, %(hours)s jam")
        % {"qty": row.qty, "kind": row.get_kind_display(), "hours": row.hours}
        for row in needed
    )

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.book_for_batch(by=by, batch=one, **facts)
        return "workshop:batch", [code]

    return form_page(
        request,
        make=lambda: FromForm(
            request.POST or None, initial={"day": clock.today(zone)}, zone=zone
        ),
        do=do, reason="batch.equipment", title=_("Pesan sarana untuk %(code)s") % {"code": code},
        back=reverse("workshop:batch", args=[code]), done=_("Sarana dipesan."),
        context={"note": told or _("Bengkel ini belum menulis keperluannya.")},
    )  # fmt: skip
