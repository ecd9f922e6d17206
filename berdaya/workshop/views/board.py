"""The week board of a workshop, its open work, and how long its goods take."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, can, form_page
from berdaya.workshop.actions import work as actions
from berdaya.workshop.board import board_of
from berdaya.workshop.forms_equipment import EndForm
from berdaya.workshop.forms_planning import OutcomeForm, PlaceForm, TimeForm, WorkForm
from berdaya.workshop.models import StandardTime, WorkOrder, Workshop
from berdaya.workshop.planning import DAY, SUNDAY, shops_to_plan, times_of


def _workshop(pk: int) -> Workshop:
    return get_object_or_404(Workshop.objects.select_related("facility__office"), pk=pk)


@ability_required("people.view")
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Days with what is free, and the open work where it begins; `week` is any day of it."""
    shop = get_object_or_404(shops_to_plan(), pk=pk)
    today = clock.today(shop.facility.timezone)
    # On a Sunday nothing is left of the week: the one that begins is what one comes for.
    first = today + DAY if today.weekday() == SUNDAY else today
    context = {
        "facility": shop.facility,
        "shop": shop,
        "board": board_of(shop, _asked(request, first)),
        "can_edit": can(request, "batch.start", shop.facility_id),
    }
    return render(request, "workshop/board.html", context)


def _asked(request: HttpRequest, otherwise: date) -> date:
    """The day that was asked for; not so far away that nothing could be reckoned."""
    try:
        asked = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        return otherwise
    return asked if abs((asked - otherwise).days) <= 366 else otherwise


@ability_required("batch.start", "GET POST")
def new_work(request: HttpRequest, pk: int) -> HttpResponse:
    """Goods for our own stock, at the end of the queue."""
    with reading(request):
        shop = _workshop(pk)
    today = clock.today(shop.facility.timezone)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.add_work(by=by, workshop=shop, **facts)
        return "workshop:board", [pk]

    return form_page(
        request, make=lambda: WorkForm(request.POST or None, workshop=shop, today=today), do=do,
        reason="work.add", title=_("Pekerjaan untuk stok: %(shop)s") % {"shop": shop.label},
        back=reverse("workshop:board", args=[pk]), done=_("Masuk antrean."),
    )  # fmt: skip


def _work(pk: int) -> WorkOrder:
    return get_object_or_404(WorkOrder.objects.select_related("workshop", "facility"), pk=pk)


@ability_required("batch.start", "POST")
def work_place(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down, or a day; then back to the week it was moved on."""
    with reading(request):
        row = _work(pk)
    form = PlaceForm(request.POST)
    if form.is_valid():
        with acting(request.actor, "work.move") as scope:  # type: ignore[attr-defined]
            if step := form.cleaned_data["step"]:
                actions.move_work(by=scope.actor, work=row, step=step)
            else:
                actions.plan_work(by=scope.actor, work=row, day=form.cleaned_data["day"])
    return _back(row, form)


@ability_required("batch.start", "POST")
def work_ending(request: HttpRequest, pk: int) -> HttpResponse:
    """Own stock is made, or no longer wanted."""
    with reading(request):
        row = _work(pk)
    form = OutcomeForm(request.POST)
    if form.is_valid():
        with acting(request.actor, "work.end") as scope:  # type: ignore[attr-defined]
            actions.end_work(by=scope.actor, work=row, outcome=form.cleaned_data["outcome"])
    return _back(row, form)


def _back(row: WorkOrder, form: Any) -> HttpResponse:
    week = form.cleaned_data.get("week")
    page = reverse("workshop:board", args=[row.workshop_id])
    return redirect(f"{page}?week={week:%Y-%m-%d}#kerja-{row.pk}" if week else page)


@ability_required("people.view")
def times(request: HttpRequest, pk: int) -> HttpResponse:
    """How long each of the goods takes here."""
    shop = _workshop(pk)
    context = {
        "facility": shop.facility,
        "shop": shop,
        "times": times_of(shop, clock.today(shop.facility.timezone)),
        "can_edit": can(request, "batch.start", shop.facility_id),
    }
    return render(request, "workshop/times.html", context)


@ability_required("batch.start", "GET POST")
def new_time(request: HttpRequest, pk: int) -> HttpResponse:
    """From a day on a piece takes so long."""
    with reading(request):
        shop = _workshop(pk)
    first = {"valid_from": clock.today(shop.facility.timezone)}

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.add_standard_time(by=by, workshop=shop, **facts)
        return "workshop:times", [pk]

    return form_page(
        request, make=lambda: TimeForm(request.POST or None, initial=first, workshop=shop), do=do,
        reason="work.time", title=_("Waktu baku: %(shop)s") % {"shop": shop.label},
        back=reverse("workshop:times", args=[pk]), done=_("Tercatat."),
    )  # fmt: skip


@ability_required("batch.start", "GET POST")
def time_ending(request: HttpRequest, pk: int) -> HttpResponse:
    """From a day on it no longer holds."""
    with reading(request):
        rows = StandardTime.objects.select_related("variant__product")
        row = get_object_or_404(rows, pk=pk)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.end_standard_time(by=by, time=row, **facts)
        return "workshop:times", [row.workshop_id]

    return form_page(
        request, make=lambda: EndForm(request.POST or None), do=do, reason="work.time_end",
        title=_("Akhiri waktu baku: %(what)s") % {"what": row.variant.full_label},
        back=reverse("workshop:times", args=[row.workshop_id]), done=_("Tercatat."),
    )  # fmt: skip
