"""Sessions: planned, noted, their steps; and the report made of them."""

from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, act, form_page
from berdaya.mentoring.actions.meetings import finish_step, note_meeting, plan_meeting
from berdaya.mentoring.forms import MeetingForm, NotesForm
from berdaya.mentoring.models import Meeting, NextStep
from berdaya.mentoring.queries import today_of
from berdaya.mentoring.tables import ReportTable
from berdaya.mentoring.views.shared import adoption_or_404, part_of, readable, row_or_404


@ability_required("mentoring.view")
def report(request: HttpRequest) -> HttpResponse:
    """Noted sessions in PK2UMK's fields, to look at and to export; no person in it."""
    rows = readable(request, Meeting.objects.filter(noted_at__isnull=False))
    rows = rows.select_related("adoption").annotate(
        follow_up=StringAgg("steps__text", Value("; "), order_by="steps__due_on")
    )
    return ReportTable(request, rows).response("mentoring/list.html", {"tab": "report"})


@ability_required("mentoring.lead", "GET POST")
def new_meeting(request: HttpRequest, code: str) -> HttpResponse:
    """Plan a session, or write down one that was."""
    with reading(request):
        row = adoption_or_404(request, code)
        first = {
            "day": today_of(row), "provider": row.office.label, "location": row.facility.name,
            "title": _("Pendampingan %s") % row.label,
        }  # fmt: skip

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        made = plan_meeting(by=by, adoption=row, **facts)
        return "mentoring:meeting", [made.pk]

    return form_page(
        request, make=lambda: MeetingForm(request.POST or None, initial=first), do=do,
        reason="mentoring.plan", title=_("Sesi baru"),
        back=reverse("mentoring:adoption", args=[code]),
        done=_("Tercatat. Sesudah sesinya, catat hasilnya di sini."),
    )  # fmt: skip


@ability_required("mentoring.view")
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One session: what for, what was done, what comes next."""
    row = row_or_404(request, Meeting, pk)
    today = today_of(row.adoption)
    context = {
        **part_of(request, row.adoption),
        "meeting": row,
        "day_here": today,
        "is_past": row.day <= today,
        "steps": NextStep.objects.filter(meeting=row),
    }
    return render(request, "mentoring/meeting.html", context)


@ability_required("mentoring.lead", "GET POST")
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done, about how many were there, what comes next."""
    with reading(request):
        row = row_or_404(request, Meeting, pk)
    form = NotesForm(request.POST or None)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        note_meeting(
            by=by, meeting=row, done=facts["done"], people=facts["people"], steps=form.steps
        )
        return "mentoring:meeting", [pk]

    return form_page(
        request, make=lambda: form, do=do, reason="mentoring.note",
        title=_("Hasil sesi: %s") % row.title, back=reverse("mentoring:meeting", args=[pk]),
        done=_("Tercatat dan masuk laporan."),
    )  # fmt: skip


@ability_required("mentoring.work", "POST")
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """A step is done."""
    with reading(request):
        row = row_or_404(request, NextStep, pk)

    def do(by: Actor) -> Address:
        finish_step(by=by, step=row)
        return "mentoring:adoption", [row.adoption.code]

    return act(request, "mentoring.step", do, _("Selesai."))
