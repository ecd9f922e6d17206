"""The attendance sheet: filled on the screen for the whole group, or printed to fill by pen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused, Verdict
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import can
from berdaya.look.paper import pdf_response
from berdaya.papers.actions.documents import print_subject
from berdaya.training import documents, sheet
from berdaya.training.actions.attendance import AttendanceRefused, record_attendance
from berdaya.training.views.shared import session_of_ours


@ability_required("training.view", "GET POST")
@never_cache
def attendance(request: HttpRequest, code: str) -> HttpResponse:
    """People down, days across; POST files the sheet as it stands."""
    if request.method == "POST":
        return _file(request, code)
    return _show(request, sheet.load(session_of_ours(request, code)))


def _file(request: HttpRequest, code: str) -> HttpResponse:
    refused: dict[int, Verdict] = {}
    general = Verdict()
    try:
        with acting(request.actor, "attendance.file") as scope:  # type: ignore[attr-defined]
            row = session_of_ours(request, code)
            marks, refused = sheet.read_typed(sheet.load(row, typed=request.POST))
            if not refused:
                record_attendance(by=scope.actor, session=row, marks=marks)
    except AttendanceRefused as refusal:
        refused = refusal.people
    except Refused as refusal:
        general = refusal.verdict
    if not refused and general.ok:
        messages.success(request, _("Daftar hadir tersimpan."))
        return redirect(f"{reverse('training:attendance', args=[code])}?tersimpan=1")
    with reading(request):
        row = session_of_ours(request, code)
        grid = sheet.load(row, typed=request.POST, refused=refused)
        return _show(request, grid, general, status=422)


def _show(
    request: HttpRequest, grid: sheet.Grid, general: Verdict | None = None, status: int = 200
) -> HttpResponse:
    row = grid.session
    context = {
        "facility": row.facility,
        "session": row,
        "grid": grid,
        "today": clock.today(row.facility.timezone),
        "verdict": general if general is not None and not general.ok else None,
        "can_edit": can(request, "training.edit", row.facility_id),
        "is_just_saved": "tersimpan" in request.GET,
    }
    return render(request, "training/attendance.html", context, status=status)


@ability_required("training.view", "POST")
def attendance_print(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The sheet on paper: `kosong` to sign by pen, `isi` as filed."""
    with acting(request.actor, "attendance.print") as scope:  # type: ignore[attr-defined]
        row = session_of_ours(request, code)
        content = print_subject(
            by=scope.actor, type=documents.SHEET, facility=row.facility, day=row.starts_on,
            subject_ref=documents.sheet_subject(row, kind), paper=request.POST.get("paper", ""),
        )  # fmt: skip
    return pdf_response(content, f"daftar-hadir-{code}-{kind}")
