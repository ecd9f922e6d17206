"""The desk's way of a workbook: upload, look, teach, decide, book or put away."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from berdaya.core.http import reading
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused, Verdict
from berdaya.institutions.access import ability_required
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.intake import report as reports
from berdaya.intake.actions import imports as actions
from berdaya.intake.forms import UploadForm
from berdaya.intake.letter import TITLES
from berdaya.intake.models import ImportState, WorkbookImport
from berdaya.intake.progress import progress_of
from berdaya.intake.tables import ImportTable
from berdaya.intake.words import FIELD_LABELS, FIELDS, IGNORE, KIND_LABELS
from berdaya.look.parts import Figure


@ability_required("import.run")
def imports(request: HttpRequest) -> HttpResponse:
    """Every workbook of the facilities in view."""
    rows = WorkbookImport.objects.select_related("facility").defer("report", "choices", "left_out")
    chosen = request.facility  # type: ignore[attr-defined]
    if chosen:
        rows = rows.filter(facility=chosen)
    return ImportTable(request, rows).response("intake/imports.html", {"can_upload": bool(chosen)})


@ability_required("import.run", "GET POST")
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; POST reads it and shows what it would become."""
    facility: Facility | None = request.facility  # type: ignore[attr-defined]
    if facility is None:
        messages.info(request, _("Pilih dulu satu UPT."))
        return redirect("institutions:account")
    needs = facility.go_live_on is None
    may_seal = may(request.actor, "identity.record", facility.pk).ok  # type: ignore[attr-defined]
    form = UploadForm(
        request.POST or None, request.FILES or None, needs_go_live=needs, may_seal=may_seal
    )
    if request.method != "POST":
        return render(request, "intake/upload.html", {"form": form})
    if form.is_valid():
        try:
            return _stage(request, facility, form)
        except Refused as refused:
            return _upload_again(request, form, refused.verdict)
    return _upload_again(request, form)


def _stage(request: HttpRequest, facility: Facility, form: UploadForm) -> HttpResponse:
    file = form.cleaned_data["file"]
    with acting(request.actor, "workbook.upload") as scope:  # type: ignore[attr-defined]
        workbook = actions.stage_workbook(
            by=scope.actor,
            facility=facility,
            data=file.read(),
            name=file.name,
            go_live_on=form.cleaned_data.get("go_live_on"),
            seals=form.cleaned_data.get("seals", False),
        )
    return redirect("intake:import", workbook.pk)


def _upload_again(
    request: HttpRequest, form: UploadForm, verdict: Verdict | None = None
) -> HttpResponse:
    with reading(request):
        context = {"form": form, "verdict": verdict}
        return render(request, "intake/upload.html", context, status=422)


def _find(workbook_id: int) -> WorkbookImport:
    return get_object_or_404(WorkbookImport.objects.select_related("facility"), pk=workbook_id)


@ability_required("import.run")
def workbook(request: HttpRequest, workbook_id: int) -> HttpResponse:
    """The dry run, or how the booking goes, or what was booked."""
    found = _find(workbook_id)
    context: dict[str, Any] = {"workbook": found, "facility": found.facility}
    if found.state == ImportState.QUEUED:
        done, total = progress_of(found.pk) or (0, found.report.get("fresh", 1))
        return render(request, "intake/running.html", {**context, "done": done, "total": total})
    if found.state == ImportState.DISCARDED:
        return render(request, "intake/discarded.html", context)
    kept = found.report
    sections = [
        {"level": level, "title": title, "remarks": reports.remarks(kept, level)}
        for level, title in TITLES.items()
    ]
    figures = [
        Figure(row["label"], str(row["count"]), row["detail"]) for row in reports.kept_figures(kept)
    ]
    context |= {
        "sections": [section for section in sections if section["remarks"]],
        "figures": figures,
        "batches": [_dated(batch) for batch in kept.get("batches", [])],
        "fresh": kept.get("fresh", 0),
        "sheets": kept.get("sheets", []),
        "reasons": kept.get("reasons", []),
    }
    return render(request, "intake/workbook.html", context)


def _dated(batch: dict[str, Any]) -> dict[str, Any]:
    days = {name: date.fromisoformat(batch[name]) for name in ("starts_on", "ends_on")}
    return {**batch, **days}


@ability_required("import.run", "POST")
def choices(request: HttpRequest, workbook_id: int) -> HttpResponse:
    """Keep what was decided and work everything out again."""
    picked = {
        name.removeprefix("choice:"): str(value)
        for name, value in request.POST.items()
        if name.startswith("choice:")
    }
    with acting(request.actor, "workbook.decide") as scope:  # type: ignore[attr-defined]
        actions.choose(by=scope.actor, workbook=_find(workbook_id), choices=picked)
    messages.success(request, _("Pilihan disimpan dan dihitung ulang."))
    return redirect("intake:import", workbook_id)


@ability_required("import.run", "GET POST")
def columns(request: HttpRequest, workbook_id: int) -> HttpResponse:
    """What each sheet is and each column means; POST remembers it for the facility."""
    found = None
    if request.method == "POST":
        with acting(request.actor, "workbook.teach") as scope:  # type: ignore[attr-defined]
            found = _find(workbook_id)
            sheets, meanings = _taught(request, found)
            actions.teach(by=scope.actor, workbook=found, sheets=sheets, columns=meanings)
        messages.success(request, _("Arti lembar dan kolom diingat untuk UPT ini."))
        return redirect("intake:columns", workbook_id)
    found = _find(workbook_id)
    sheets_shown = [
        {**sheet, "fields": _fields(sheet["kind"]), "place": place}
        for place, sheet in enumerate(found.report.get("sheets", []))
    ]
    context = {
        "workbook": found,
        "facility": found.facility,
        "sheets": sheets_shown,
        "kinds": list(KIND_LABELS.items()),
        "ignore": IGNORE,
    }
    return render(request, "intake/columns.html", context)


def _fields(kind: str) -> list[tuple[str, Any]]:
    return [(name, FIELD_LABELS[name]) for name in FIELDS.get(kind, {})]


def _taught(
    request: HttpRequest, found: WorkbookImport
) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    """Only what was changed: a sheet under another kind, or columns with another meaning."""
    kinds: dict[str, str] = {}
    meanings: list[tuple[str, str, str]] = []
    for place, sheet in enumerate(found.report.get("sheets", [])):
        kind = request.POST.get(f"kind:{place}", sheet["kind"])
        if kind != sheet["kind"]:
            kinds[sheet["name"]] = kind
            continue
        for number, column in enumerate(sheet["columns"]):
            meaning = request.POST.get(f"field:{place}:{number}", column["field"])
            if meaning != column["field"]:
                meanings.append((kind, column["header"], meaning))
    return kinds, meanings


@ability_required("import.run", "POST")
def booking(request: HttpRequest, workbook_id: int) -> HttpResponse:
    """Let it be booked in the background."""
    with acting(request.actor, "workbook.book") as scope:  # type: ignore[attr-defined]
        actions.confirm_import(by=scope.actor, workbook=_find(workbook_id))
    return redirect("intake:import", workbook_id)


@ability_required("import.run", "POST")
def discarding(request: HttpRequest, workbook_id: int) -> HttpResponse:
    """Put it away without booking."""
    with acting(request.actor, "workbook.discard") as scope:  # type: ignore[attr-defined]
        actions.discard_import(by=scope.actor, workbook=_find(workbook_id))
    messages.info(request, _("Buku kerja dibatalkan; isinya sudah dihapus."))
    return redirect("intake:imports")
