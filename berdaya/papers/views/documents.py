"""The register of documents: look, print, keep the signed scan."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from berdaya.core.http import reading
from berdaya.core.scope import acting
from berdaya.core.uploads.serving import private_file
from berdaya.core.verdicts import require
from berdaya.institutions.access import ability_required
from berdaya.institutions.rules import may
from berdaya.look.paper import pdf_response
from berdaya.papers import prints
from berdaya.papers.actions.documents import attach_scan, print_document
from berdaya.papers.forms import ScanForm
from berdaya.papers.models import Document
from berdaya.papers.tables import DocumentTable


def _find(request: HttpRequest, pk: int) -> Document:
    rows = Document.objects.select_related("type", "facility__office", "scanned_by")
    return get_object_or_404(rows, pk=pk)


@ability_required("stock.view")
def documents(request: HttpRequest) -> HttpResponse:
    """Every document of the facilities on view: number, kind, day, whether it was signed."""
    rows = Document.objects.select_related("type", "facility")
    facility = request.facility  # type: ignore[attr-defined]
    if facility:
        rows = rows.filter(facility=facility)
    return DocumentTable(request, rows).response("papers/documents.html", {"facility": facility})


@ability_required("stock.view")
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: who signs, how often it was printed, its scan."""
    row = _find(request, pk)
    return _page(request, row, ScanForm())


@ability_required("stock.view", "POST")
def printing(request: HttpRequest, pk: int) -> HttpResponse:
    """Print it: the first is the original, every later one says SALINAN."""
    with acting(request.actor, "document.print") as scope:  # type: ignore[attr-defined]
        row = _find(request, pk)
        pdf = print_document(by=scope.actor, document=row, paper=request.POST.get("paper", ""))
    return pdf_response(pdf, row.number_text)


@ability_required("stock.view", "POST")
def scans(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the scan of the signed paper."""
    form = ScanForm(request.POST, request.FILES)
    if not form.is_valid():
        with reading(request):
            return _page(request, _find(request, pk), form)
    with acting(request.actor, "document.scan") as scope:  # type: ignore[attr-defined]
        row = _find(request, pk)
        attach_scan(by=scope.actor, document=row, file=form.cleaned_data["scan"])
    messages.success(request, _("Pindaian disimpan."))
    return redirect("papers:document", pk)


@ability_required("stock.view")
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """The scan itself, for those who may handle this kind of document."""
    row = _find(request, pk)
    require(may(request.actor, row.type.ability, row.facility_id))  # type: ignore
    if not row.scan:
        raise Http404
    return private_file(row.scan.name, title=row.number_text)


def _page(request: HttpRequest, row: Document, form: ScanForm) -> HttpResponse:
    context = {
        "facility": row.facility,
        "document": row,
        "form": form,
        "can_handle": may(request.actor, row.type.ability, row.facility_id).ok,  # type: ignore
        "can_print": prints.can_print(row),
        "papers": " ".join(row.type.papers),
        "origin": prints.page_of(row),
    }
    status = 422 if form.is_bound else 200
    return render(request, "papers/document.html", context, status=status)
