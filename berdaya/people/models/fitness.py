"""Fitness for work (*Surat Keterangan Sehat*): what a clinician found, for how long."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedRow, no_overlap
from berdaya.institutions.models import Facility
from berdaya.people.models.participants import Participant


class ClinicianRole(models.TextChoices):
    UNIT_DOCTOR = "unit_doctor", _lazy("Dokter UPT")
    UNIT_NURSE = "unit_nurse", _lazy("Perawat UPT")
    HEALTH_CENTRE = "health_centre", _lazy("Puskesmas")
    HOSPITAL = "hospital", _lazy("Rumah sakit")


class FitnessCertificate(DatedRow):
    """Fit or unfit for work for a while; restrictions say what to avoid, never the illness."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="fitness")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    clinician_role = models.CharField(_lazy("diperiksa oleh"), max_length=20, choices=ClinicianRole)
    is_fit = models.BooleanField(_lazy("layak bekerja"), default=True)
    restrictions = models.CharField(_lazy("pembatasan"), max_length=200, blank=True)
    # Written by a clinician's own account, not copied by an officer from a paper.
    is_by_clinician = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["facility", "valid_until"], name="people_fitness_ends")]
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("people_fitnesscertificate_one", "participant"),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from}: {'fit' if self.is_fit else 'unfit'}"
