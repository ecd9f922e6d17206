"""Supervision (*bimbingan*) of a client outside, until *akhir bimbingan*; and the safe exit."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedRow, no_overlap
from berdaya.institutions.models import Facility, Region
from berdaya.people.models import Participant

STAFF = settings.AUTH_USER_MODEL


class Release(models.TextChoices):
    """The form in which somebody is outside; never for what they were sentenced."""

    PB = "pb", _lazy("Pembebasan bersyarat (PB)")
    CB = "cb", _lazy("Cuti bersyarat (CB)")
    CMB = "cmb", _lazy("Cuti menjelang bebas (CMB)")


class Supervision(DatedRow):
    """From the day outside until the day after *akhir bimbingan*; lives in one regency, no closer.

    `facility` is the Bapas. Follow-ups are counted from `valid_from`.
    """

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="supervisions")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    release = models.CharField(_lazy("bentuk"), max_length=3, choices=Release)
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="+", verbose_name=_lazy("kabupaten atau kota")
    )
    has_report_duty = models.BooleanField(_lazy("wajib lapor tiap bulan"), default=True)
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["facility", "valid_from"], name="aftercare_supervision_list")
        ]
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("aftercare_supervision_one", "participant"),
            models.CheckConstraint(
                condition=models.Q(release__in=Release.values, valid_until__isnull=False),
                name="aftercare_supervision_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.valid_from}"


class SafeExit(models.Model):
    """At the client's word, no reason asked: nobody follows them any more. The report duty, while
    it lasts, is the law's and stays.
    """

    supervision = models.OneToOneField(Supervision, models.PROTECT, related_name="safe_exit")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    asked_on = models.DateField(_lazy("diminta pada"))
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.asked_on)
