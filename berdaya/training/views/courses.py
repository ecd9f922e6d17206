"""Courses: the list, one of them, and what is typed about them."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, can, form_page, one_unit
from berdaya.training.actions.courses import add_course, change_course, open_session
from berdaya.training.forms import CourseForm, SessionForm
from berdaya.training.models import Course, CourseUnit, Session
from berdaya.training.tables import CourseTable
from berdaya.training.views.shared import course_of_ours, readable

SESSIONS_SHOWN = 12


@ability_required("training.sessions")
def courses(request: HttpRequest) -> HttpResponse:
    """What is taught at the chosen unit, or everywhere for whoever sees no unit's people."""
    rows = readable(request, Course.objects.select_related("skill", "provider", "facility"))
    chosen = request.facility  # type: ignore[attr-defined]
    if chosen is not None:
        rows = rows.filter(facility=chosen)
    context = {
        "tab": "courses",
        "new_url": reverse("training:new_course") if can(request, "training.edit") else "",
    }
    counted = {"session_count": Count("sessions")}
    return CourseTable(request, rows, reckoned=counted).response("training/list.html", context)


@ability_required("training.sessions")
def course(request: HttpRequest, code: str) -> HttpResponse:
    """One course: its units and criteria, its sessions."""
    rows = Course.objects.select_related("skill", "provider", "facility")
    row = get_object_or_404(readable(request, rows), code=code)
    units = CourseUnit.objects.filter(course=row).select_related("unit")
    context = {
        "facility": row.facility,
        "course": row,
        "units": [one.unit for one in units.prefetch_related("unit__criteria")],
        "sessions": Session.objects.filter(course=row).select_related("seats")[:SESSIONS_SHOWN],
        "can_edit": can(request, "training.edit", row.facility_id),
    }
    return render(request, "training/course.html", context)


@ability_required("training.edit", "GET POST")
def new_course(request: HttpRequest) -> HttpResponse:
    """A new course of the chosen unit."""
    facility = one_unit(request)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        made = add_course(by=by, facility=facility, **facts)
        return "training:course", [made.code]

    return form_page(
        request, make=lambda: CourseForm(request.POST or None, facility=facility), do=do,
        reason="course.add", title=_("Pelatihan baru"), back=reverse("training:courses"),
        done=_("Tercatat. Jadwalkan sesinya dari halaman ini."),
    )  # fmt: skip


@ability_required("training.edit", "GET POST")
def edit_course(request: HttpRequest, code: str) -> HttpResponse:
    """Change a course."""
    with reading(request):
        row = course_of_ours(request, code)

    def make() -> CourseForm:
        return CourseForm(request.POST or None, instance=row, facility=row.facility)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        change_course(by=by, course=row, **facts)
        return "training:course", [code]

    return form_page(
        request, make=make, do=do, reason="course.change", title=row.label,
        back=reverse("training:course", args=[code]), done=_("Tersimpan."),
    )  # fmt: skip


@ability_required("training.edit", "GET POST")
def new_session(request: HttpRequest, code: str) -> HttpResponse:
    """A session of a course: its days, places and instructor."""
    with reading(request):
        row = course_of_ours(request, code)
    today = clock.today(row.facility.timezone)
    first = {"first_day": today, "cost_rp": row.cost_rp, "funding": row.funding, "places": 20}
    form = SessionForm(request.POST or None, initial=first)

    def do(by: Actor, _facts: dict[str, Any]) -> Address:
        made = open_session(by=by, course=row, **form.facts())
        return "training:session", [made.code]

    return form_page(
        request, make=lambda: form, do=do, reason="session.open",
        title=_("Sesi baru: %s") % row.label, back=reverse("training:course", args=[code]),
        done=_("Sesi dibuka. Daftarkan pesertanya."),
    )  # fmt: skip
