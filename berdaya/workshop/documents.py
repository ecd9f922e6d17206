"""How the papers room prints and finds the workshop's numbered documents."""

from django.urls import reverse

from berdaya.papers.models import Document
from berdaya.workshop import prints
from berdaya.workshop.models import Batch

BATCH_RECORD = prints.BATCH_RECORD


def _code(document: Document) -> str:
    return document.subject_ref.partition(":")[2]


def print_batch(document: Document) -> bytes:
    """The record of production that this document numbers."""
    rows = Batch.objects.select_related(
        "workshop", "variant__measure", "variant__product", "closing__lot", "facility"
    )
    return prints.batch_record_pdf(document, rows.get(code=_code(document)))


def page_of_batch(document: Document) -> str:
    """The batch's own page."""
    return reverse("workshop:batch", args=[_code(document)])
