"""The calendar: a week, a booking from asking to deciding, and how much is used in a month."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.equipment.actions import bookings as actions
from berdaya.equipment.board import heat_of, week_of
from berdaya.equipment.calc import DAY
from berdaya.equipment.forms import BookingForm, MoveForm, ReasonForm, slot_initial
from berdaya.equipment.models import Booking, BookingKind, Equipment
from berdaya.equipment.queries import reachable
from berdaya.equipment.tables import BOOKING_STATES, BookingTable
from berdaya.equipment.views.shared import asked_day, machine_or_404
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, act, can, form_page, one_unit, seen
from berdaya.institutions.rules import may

# A week's page shows no more machines than this; the filter by place leads to the rest.
MOST = 40


@ability_required("equipment.view")
def week(request: HttpRequest) -> HttpResponse:
    """Seven days of every machine one may use, or of one place."""
    rows = reachable(seen(request)).exclude(condition="written_off")
    places = list(rows.order_by("place").values_list("place", flat=True).distinct()[:60])
    place = request.GET.get("tempat", "")
    shown = rows.filter(place=place) if place in places else rows
    machines = list(shown.order_by("place", "name", "pk")[:MOST])
    context = {
        "tab": "calendar",
        "week": week_of(request.actor, machines, asked_day(request, "minggu")),  # type: ignore
        "places": places,
        "place": place,
        "can_book": can(request, "equipment.book"),
        "can_edit": can(request, "equipment.edit"),
    }
    return render(request, "equipment/week.html", context)


@ability_required("equipment.view")
def bookings(request: HttpRequest) -> HttpResponse:
    """Bookings of the facilities on view and on their machines; `sarana` and `dari` narrow."""
    ids = seen(request)
    mine = Booking.objects.filter(facility__in=ids) | Booking.objects.filter(owner_facility__in=ids)
    rows = mine.select_related("equipment", "facility")
    note = ""
    if code := request.GET.get("sarana", ""):
        rows = rows.filter(equipment__code=code)
        note = code
    if request.GET.get("dari"):
        first = asked_day(request, "dari")
        last = max(asked_day(request, "sampai"), first) if request.GET.get("sampai") else first
        rows = rows.touching(clock.start_of(first), clock.start_of(last + DAY))
        note = f"{note} · {_span(first, last)}"
    return BookingTable(request, rows).response(
        "equipment/list.html", {"tab": "bookings", "note": note}
    )


def _span(first: date, last: date) -> str:
    from berdaya.look.templatetags.look import day

    return day(first) if first == last else f"{day(first)} – {day(last)}"


@ability_required("equipment.book", "GET POST")
def new_booking(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a time on a machine, for the chosen facility."""
    with reading(request):
        one = machine_or_404(code)
    facility = one_unit(request)
    first = slot_initial(one, asked_day(request, "hari"))

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        made = actions.book(by=by, facility=facility, equipment=one, **facts)
        return "equipment:booking", [made.pk]

    return form_page(
        request,
        make=lambda: BookingForm(request.POST or None, initial=first, zone=one.facility.timezone),
        do=do, reason="booking.ask", title=_("Pesan %(name)s") % {"name": one.label},
        back=reverse("equipment:machine", args=[code]), done=_("Waktunya dicatat."),
    )  # fmt: skip


def _find(pk: int) -> Booking:
    rows = Booking.objects.select_related(
        "equipment__facility", "facility__office", "owner_facility", "booked_by", "approved_by",
        "declined_by", "cancelled_by",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


@ability_required("equipment.view")
def booking(request: HttpRequest, pk: int) -> HttpResponse:
    """One booking: when, for whom, who said yes."""
    return _page(request, _find(pk), ReasonForm())


def _page(request: HttpRequest, row: Booking, form: forms.Form) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    is_use = row.kind == BookingKind.USE
    is_open = is_use and row.holds_time and row.ends_at > clock.now()
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "row": row,
        "state": BOOKING_STATES[row.state],
        "zone": row.equipment.facility.timezone,
        "can_decide": row.state == "waiting"
        and may(actor, "booking.approve", row.owner_facility_id).ok
        and row.booked_by_id != actor.user_id,
        "can_change": is_open and actions.may_change(actor, row),
        "can_see": row.hit_by_id is not None
        and row.seen_at is None
        and may(actor, "equipment.book", row.facility_id).ok,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "equipment/booking.html", context, status=status)


def _found(request: HttpRequest, pk: int) -> Booking:
    with reading(request):
        return _find(pk)


@ability_required("booking.approve", "POST")
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """The owner says yes."""
    row = _found(request, pk)

    def do(by: Actor) -> Address:
        actions.approve_booking(by=by, booking=row)
        return "equipment:booking", [pk]

    return act(request, "booking.approve", do, _("Disetujui. Pemesannya melihatnya di kalender."))


@ability_required("booking.approve", "POST")
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """The owner says no, with a reason."""
    row, form = _found(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        with reading(request):
            return _page(request, row, form)

    def do(by: Actor) -> Address:
        actions.decline_booking(by=by, booking=row, **form.cleaned_data)
        return "equipment:booking", [pk]

    return act(request, "booking.decline", do, _("Ditolak. Waktunya bebas lagi."))


@ability_required("equipment.view", "GET POST")
def moving(request: HttpRequest, pk: int) -> HttpResponse:
    """Another time; who may is asked inside, for two sides may."""
    row = _found(request, pk)
    zone = row.equipment.facility.timezone
    begins, ends = clock.local(row.starts_at, zone), clock.local(row.ends_at, zone)
    first = {
        "starts_on": begins.date(), "starts_at": begins.time(),
        "ends_on": ends.date(), "ends_at": ends.time(),
    }  # fmt: skip

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.move_booking(by=by, booking=row, **facts)
        return "equipment:booking", [pk]

    return form_page(
        request, make=lambda: MoveForm(request.POST or None, initial=first, zone=zone), do=do,
        reason="booking.move", title=_("Pindahkan %(name)s") % {"name": row.equipment.label},
        back=reverse("equipment:booking", args=[pk]), done=_("Dipindahkan."),
    )  # fmt: skip


@ability_required("equipment.view", "GET POST")
def cancellation(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the time back; who may is asked inside."""
    row, form = _found(request, pk), ReasonForm(request.POST or None)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.cancel_booking(by=by, booking=row, **facts)
        return "equipment:booking", [pk]

    return form_page(
        request, make=lambda: form, do=do, reason="booking.cancel",
        title=_("Batalkan %(name)s") % {"name": row.equipment.label},
        back=reverse("equipment:booking", args=[pk]), done=_("Dibatalkan. Waktunya bebas lagi."),
    )  # fmt: skip


@ability_required("equipment.book", "POST")
def seeing(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever booked has read that the time is gone."""
    row = _found(request, pk)

    def do(by: Actor) -> Address:
        actions.see_hit(by=by, booking=row)
        return "equipment:machine", [row.equipment.code]

    return act(request, "booking.seen", do, _("Baik. Pilih waktu lain di bawah."))


@ability_required("equipment.view")
def use(request: HttpRequest) -> HttpResponse:
    """How much of the open hours of one's own machines was used in a month."""
    try:
        month = date.fromisoformat(request.GET.get("bulan", "") + "-01")
    except ValueError:
        month = clock.today().replace(day=1)
    by_week = request.GET.get("per") != "hari"
    own = Equipment.objects.filter(facility__in=seen(request)).select_related("facility")
    machines = list(own.order_by("place", "name", "pk")[:MOST])
    context = {
        "tab": "use",
        "heat": heat_of(machines, month, by_week=by_week),
        "by_week": by_week,
    }
    return render(request, "equipment/use.html", context)
