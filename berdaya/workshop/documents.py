"""How the papers room numbers, prints and finds the workshop's documents."""

from datetime import date

from django.urls import reverse

from berdaya.look.paper import Paper
from berdaya.papers.models import Document
from berdaya.people.models import Participant
from berdaya.workshop import prints
from berdaya.workshop.models import Batch, Workshop

BATCH_RECORD, SHEET, CARD = prints.BATCH_RECORD, "DHHK", "KK"
BLANK, FILLED = "kosong", "isi"


def _code(document: Document) -> str:
    return document.subject_ref.partition(":")[2]


def print_batch(document: Document, paper: Paper) -> bytes:
    """The record of production that this document numbers."""
    rows = Batch.objects.select_related(
        "workshop", "variant__measure", "variant__product", "closing__lot", "facility"
    )
    return prints.batch_record_pdf(document, rows.get(code=_code(document)), paper)


def page_of_batch(document: Document) -> str:
    """The batch's own page."""
    return reverse("workshop:batch", args=[_code(document)])


def sheet_subject(workshop: Workshop, day: date, kind: str) -> str:
    """What a sheet is about; the one to fill by pen and the one as filed are two papers."""
    return f"sheet:{workshop.pk}:{day}:{kind}"


def print_sheet(document: Document, paper: Paper) -> bytes:
    """The sheet of a workshop's day, to fill by pen or as filed."""
    _sheet, workshop, day, kind = document.subject_ref.split(":")
    shop = Workshop.objects.get(pk=workshop)
    when = date.fromisoformat(day)
    return prints.sheet_pdf(document, shop, when, paper, is_blank=kind == BLANK)


def page_of_sheet(document: Document) -> str:
    """The sheet on the screen."""
    return reverse("workshop:sheet", args=document.subject_ref.split(":")[1:3])


def card_subject(person: Participant, monday: date) -> str:
    """What a work card is about: a person's week."""
    return f"card:{person.code}:{monday}"


def print_card(document: Document, paper: Paper) -> bytes:
    """One person's work card."""
    return prints.cards_pdf([document], paper)


def page_of_card(document: Document) -> str:
    """The person's own page of work."""
    return reverse("people:work", args=[document.subject_ref.split(":")[1]])
