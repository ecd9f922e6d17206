"""The clean template for units that start fresh, as one workbook or a CSV for each sheet."""

from django.http import Http404, HttpRequest, HttpResponse

from berdaya.institutions.access import ability_required
from berdaya.intake.blank import SHEETS, csv_template, xlsx_template

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@ability_required("import.run")
def workbook_template(request: HttpRequest) -> HttpResponse:
    """templat-buku-kerja.xlsx, every sheet with its help."""
    response = HttpResponse(xlsx_template(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="templat-buku-kerja.xlsx"'
    return response


@ability_required("import.run")
def sheet_template(request: HttpRequest, kind: str) -> HttpResponse:
    """One sheet as CSV."""
    if kind not in SHEETS:
        raise Http404
    response = HttpResponse(csv_template(kind), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{SHEETS[kind].name.lower()}.csv"'
    return response
