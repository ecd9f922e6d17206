"""Issued documents: a number for good, who signs, the signed scan, how often printed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility
from berdaya.papers.models.types import DocumentType

# Scans lie below it by facility, year and digest (core/uploads).
SCANS = "papers"


def scan_path(document: Any, filename: str) -> str:
    """Named by the first migration; attach_scan stores a scan itself, under its digest."""
    raise NotImplementedError


class Document(models.Model):
    """One numbered document about one subject (`gate_pass:12`); the number never changes.

    `signers` is a frozen list of {role, post, name, nip, acting} as on the day of issue.
    """

    type = models.ForeignKey(DocumentType, models.PROTECT, related_name="documents")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    number_text = models.CharField(_lazy("nomor"), max_length=160)
    day = models.DateField(_lazy("tanggal"))
    subject_ref = models.CharField(max_length=80)
    signers = models.JSONField(default=list)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    printed_count = models.PositiveIntegerField(default=0)
    scan = models.FileField(_lazy("pindaian bertanda tangan"), upload_to=scan_path, blank=True)
    scan_sha256 = models.CharField(max_length=64, blank=True)
    scanned_at = models.DateTimeField(null=True, blank=True)
    scanned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["type", "facility", "year", "number"], name="papers_document_number"
            ),
            models.UniqueConstraint(
                fields=["type", "facility", "subject_ref"], name="papers_document_one_per_subject"
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0) & ~Q(subject_ref=""), name="papers_document_is_numbered"
            ),
            models.CheckConstraint(
                condition=Q(scan="", scan_sha256="") | (~Q(scan="") & ~Q(scan_sha256="")),
                name="papers_document_scan_has_hash",
            ),
        ]
        indexes = [models.Index(fields=["facility", "-day"], name="papers_document_list")]

    def __str__(self) -> str:
        return self.number_text

    @property
    def is_copy(self) -> bool:
        """Whether the print now in hand is a reprint, which bears SALINAN."""
        return self.printed_count > 1
