"""Letters of assignment (*surat tugas*): what an auditor may look into, and until when."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedQuerySet, DatedRow
from berdaya.institutions.models.offices import Facility, Office
from berdaya.institutions.models.staff import Staff


class LetterQuerySet(DatedQuerySet["AssignmentLetter"]):
    def with_places(self) -> "LetterQuerySet":
        """Everything a page says of a letter, in two queries whatever the number of rows."""
        rows = self.select_related("auditor", "office", "recorded_by")
        return rows.prefetch_related("places__facility")  # type: ignore[return-value]


class AssignmentLetter(DatedRow):
    """One auditor's task, by a numbered letter; without one in force an auditor opens nothing.

    Its places are an office with everything below it, or single facilities. `examined_from` and
    `examined_until` (the first day no longer) name the period whose books are looked into.
    """

    auditor = models.ForeignKey(Staff, models.PROTECT, related_name="letters")
    number = models.CharField(_lazy("nomor surat tugas"), max_length=80)
    issued_on = models.DateField(_lazy("tanggal surat"))
    purpose = models.CharField(_lazy("tujuan pemeriksaan"), max_length=300)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    examined_from = models.DateField(null=True)
    examined_until = models.DateField(null=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    objects: ClassVar[Any] = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_until__isnull=False), name="institutions_letter_ends"
            ),
            models.CheckConstraint(
                condition=~Q(recorded_by=F("auditor")), name="institutions_letter_not_own"
            ),
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(purpose=""), name="institutions_letter_says_why"
            ),
            models.CheckConstraint(
                condition=Q(examined_until__isnull=True)
                | Q(examined_from__isnull=False, examined_until__gt=F("examined_from")),
                name="institutions_letter_examined",
            ),
            models.UniqueConstraint(
                fields=["auditor", "number"], name="institutions_letter_number"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def examined(self) -> tuple[date | None, date | None]:
        """The first and the last day of the period whose books are looked into."""
        last = self.examined_until
        return self.examined_from, date.fromordinal(last.toordinal() - 1) if last else None


class LetterFacility(models.Model):
    """One facility that a letter names."""

    letter = models.ForeignKey(AssignmentLetter, models.PROTECT, related_name="places")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "letter facilities"
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "facility"], name="institutions_letterfacility_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.letter_id}: {self.facility_id}"
