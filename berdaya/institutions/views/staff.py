"""Who works where: the list by decree, one person, a new account, appoint, end."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.actions.staff import add_staff, appoint, end_appointment
from berdaya.institutions.forms import AppointmentForm, LastDayForm, StaffForm
from berdaya.institutions.models import Appointment, Facility, Office, Staff
from berdaya.institutions.own_facts import card_state
from berdaya.institutions.pages import Address, form_page
from berdaya.institutions.queries import reach_of, under
from berdaya.institutions.roles import ROLES
from berdaya.institutions.rules import Reach, may_anywhere
from berdaya.institutions.tables import WINDOWS, StaffTable, window_of


def _reach(request: HttpRequest, ability: str) -> Reach:
    return reach_of(request.actor, ability, clock.today())  # type: ignore[attr-defined]


def _appointments(reach: Reach) -> "QuerySet[Appointment]":
    rows = Appointment.objects.select_related("staff", "facility__office", "office")
    places = Q(facility__in=reach.facility_ids) | under(reach, "facility__office__path")
    return rows.filter(places | under(reach, "office__path"))


@ability_required("staff.view")
def staff(request: HttpRequest) -> HttpResponse:
    """Everybody appointed at the places in reach, now, before and later."""
    rows = _appointments(_reach(request, "staff.view"))
    chosen = request.facility  # type: ignore[attr-defined]
    if chosen:
        rows = rows.filter(facility=chosen)
    edits = may_anywhere(request.actor, "staff.edit")  # type: ignore[attr-defined]
    return StaffTable(request, rows).response(
        "look/list_page.html",
        {
            "new_url": reverse("institutions:new_staff") if edits else "",
            "new_label": _("Akun petugas baru"),
        },
    )


def _person(request: HttpRequest, pk: int) -> tuple[Staff, list[Appointment]]:
    """Somebody with an appointment in reach; who may edit also finds accounts that have none."""
    rows = list(
        _appointments(_reach(request, "staff.view")).filter(staff=pk).order_by("-valid_from")
    )
    if rows:
        return rows[0].staff, rows
    actor = request.actor  # type: ignore[attr-defined]
    if not may_anywhere(actor, "staff.edit"):
        raise Http404
    return get_object_or_404(Staff.objects.filter(appointments=None), pk=pk), []


def found_person(request: HttpRequest, pk: int) -> Staff:
    """Somebody in reach; 404 for those who are not."""
    return _person(request, pk)[0]


@ability_required("staff.view")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One member of staff with their decrees; those elsewhere stay elsewhere."""
    found, rows = _person(request, pk)
    actor = request.actor  # type: ignore[attr-defined]
    edits = may_anywhere(actor, "staff.edit") and found.pk != actor.user_id
    context = {
        "person": found,
        "appointments": [
            (row, ROLES[row.role], WINDOWS[window_of(row)], edits and window_of(row) != "over")
            for row in rows
        ],
        "can_edit": edits,
        "can_card": may_anywhere(actor, "card.issue") and found.pk != actor.user_id,
        "card": card_state(found),
    }
    return render(request, "institutions/person.html", context)


@ability_required("staff.edit", "GET POST")
def new_staff(request: HttpRequest) -> HttpResponse:
    """A new account; roles come by decree afterwards."""

    def make() -> forms.Form:
        return StaffForm(request.POST or None)  # type: ignore[return-value]

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        return "institutions:person", [add_staff(by=by, **facts).pk]

    return form_page(
        request, make=make, do=do, reason="staff.add", title=_("Akun petugas baru"),
        back=reverse("institutions:staff"),
        done=_("Akun dibuat. Catat penunjukannya dari SK, lalu buat undangannya."),
    )  # fmt: skip


@ability_required("staff.edit", "GET POST")
def new_appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role by decree, definitive or acting."""
    with reading(request):
        found, _rows = _person(request, pk)
        units, offices = _reach(request, "staff.edit"), _reach(request, "office.appoint")
        at = Q(pk__in=units.facility_ids) | under(units, "office__path")
        facilities = Facility.objects.filter(at).order_by("name")
        above = Office.objects.filter(under(offices, "path")).order_by("path")
    first = {"valid_from": clock.today(), "decree_on": clock.today()}
    form = AppointmentForm(
        request.POST or None, facilities=facilities.select_related("office"), offices=above,
        initial=first,
    )  # fmt: skip

    def do(by: Actor, _facts: dict[str, Any]) -> Address:
        appoint(by=by, staff=found, **form.facts())
        return "institutions:person", [pk]

    return form_page(
        request, make=lambda: form, do=do, reason="staff.appoint",
        title=_("Penunjukan baru: %(name)s") % {"name": found.display_name},
        back=reverse("institutions:person", args=[pk]), done=_("Penunjukan tercatat."),
    )  # fmt: skip


@ability_required("staff.edit", "GET POST")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day of an appointment."""
    with reading(request):
        row = get_object_or_404(_appointments(_reach(request, "staff.view")), pk=pk)
    form = LastDayForm(request.POST or None, initial={"last_day": clock.today()})

    def do(by: Actor, _facts: dict[str, Any]) -> Address:
        end_appointment(by=by, appointment=row, on=form.on)
        return "institutions:person", [row.staff_id]

    return form_page(
        request, make=lambda: form, do=do, reason="staff.end",
        title=_("Akhiri: %(role)s, %(place)s")
        % {"role": ROLES[row.role].label, "place": row.place},
        back=reverse("institutions:person", args=[row.staff_id]), done=_("Penunjukan berakhir."),
    )  # fmt: skip
