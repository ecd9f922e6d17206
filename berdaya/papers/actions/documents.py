"""Issuing documents, printing them and keeping the signed scan."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.db.models import F

from berdaya.core import clock
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor, required
from berdaya.core.uploads import SCAN, accept, store
from berdaya.core.verdicts import require
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.papers import calc, prints
from berdaya.papers.models import Document, DocumentType, UnitNumbering
from berdaya.papers.models.documents import SCANS
from berdaya.papers.queries import signers_for


def issue_document(
    *,
    by: Actor,
    type: DocumentType | str,
    facility: Facility,
    day: date,
    subject_ref: str,
    signers: Sequence[dict[str, str]] | None = None,
) -> Document:
    """The document of this kind about this subject: a new one with the next number, or the same.

    Without `signers` those of the kind's roles on that day are frozen. Draws the number, so call
    it last. Of two who issue at once both get the same document.
    """
    required()
    kind = DocumentType.objects.get(code=type) if isinstance(type, str) else type
    issued = Document.objects.filter(type=kind, facility=facility, subject_ref=subject_ref)
    found = issued.first()
    if found is not None:
        return found
    if signers is None:
        signers = signers_for(facility, kind.signer_roles, day, by.user_id)
    try:
        with transaction.atomic():
            return _number(by, kind, facility, day, subject_ref, list(signers))
    except IntegrityError:
        return issued.get()


def _number(
    by: Actor,
    kind: DocumentType,
    facility: Facility,
    day: date,
    subject_ref: str,
    signers: list[dict[str, str]],
) -> Document:
    own = UnitNumbering.objects.filter(facility=facility, type=kind).first()
    pattern = own.number_pattern if own else kind.number_pattern
    number = draw(f"paper:{kind.code}:{facility.code}", day.year)
    return Document.objects.create(
        type=kind,
        facility=facility,
        year=day.year,
        number=number,
        number_text=calc.number_text(
            pattern, number=number, code=kind.code, unit=facility.code, day=day
        ),
        day=day,
        subject_ref=subject_ref,
        signers=signers,
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )


def record_print(*, by: Actor, document: Document, pdf: bytes | None = None) -> Document:
    """Count a print; from the second on `is_copy` says SALINAN. The first PDF's hash is kept."""
    required()
    require(may(by, document.type.ability, document.facility_id))
    Document.objects.filter(pk=document.pk).update(printed_count=F("printed_count") + 1)
    if pdf is not None:
        _keep_first_hash(document, pdf)
    document.refresh_from_db(fields=["printed_count", "pdf_sha256"])
    return document


def _keep_first_hash(document: Document, pdf: bytes) -> None:
    digest = hashlib.sha256(pdf).hexdigest()
    Document.objects.filter(pk=document.pk, pdf_sha256="").update(pdf_sha256=digest)


def print_document(*, by: Actor, document: Document, paper: str = "") -> bytes:
    """The PDF of one more print, counted; see record_print and prints.render."""
    counted = record_print(by=by, document=document)
    pdf = prints.render(counted, paper)
    _keep_first_hash(counted, pdf)
    return pdf


def print_subject(
    *,
    by: Actor,
    type: str,
    facility: Facility,
    day: date,
    subject_ref: str,
    paper: str = "",
    signers: Sequence[dict[str, str]] | None = None,
) -> bytes:
    """The PDF of the document about this subject, numbered now or before; see issue_document."""
    document = issue_document(
        by=by, type=type, facility=facility, day=day, subject_ref=subject_ref, signers=signers
    )
    return print_document(by=by, document=document, paper=paper)


def print_together(
    *, by: Actor, documents: Sequence[Document], render: Callable[[Sequence[Document]], bytes]
) -> bytes:
    """One PDF with a print of each document, all counted; see record_print."""
    for document in documents:
        record_print(by=by, document=document)
    pdf = render(documents)
    for document in documents:
        _keep_first_hash(document, pdf)
    return pdf


def attach_scan(*, by: Actor, document: Document, file: BinaryIO) -> Document:
    """Keep the scan of the signed paper with its hash; a later one takes its place (audited).

    The hash is of what is kept: a picture is encoded anew, a PDF stays as it came. Refused before
    anything is stored: whatever core.uploads.accept finds.
    """
    required()
    require(may(by, document.type.ability, document.facility_id))
    accepted = accept(file, SCAN)
    document.scan.name = store(accepted, f"{SCANS}/{document.facility_id}/{document.year}")
    document.scan_sha256 = accepted.digest
    document.scanned_at, document.scanned_by_id = clock.now(), by.user_id
    document.save(update_fields=["scan", "scan_sha256", "scanned_at", "scanned_by"])
    return document
