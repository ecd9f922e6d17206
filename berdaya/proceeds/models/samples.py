"""An auditor's sample: slips drawn by the system, once for a period; nobody picks people."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedRow, no_overlap
from berdaya.institutions.models import AssignmentLetter, Facility
from berdaya.people.models import Participant
from berdaya.proceeds.models.slips import Slip


class AuditSample(DatedRow):
    """One draw under a letter of assignment from the slips of [valid_from, valid_until).

    `seed` is random and recorded: whoever ranks the slips of the period by it gets the same ones.
    """

    code = models.CharField(_lazy("kode"), max_length=32, unique=True)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    letter = models.ForeignKey(AssignmentLetter, models.PROTECT, related_name="+")
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    seed = models.CharField(max_length=64)
    population = models.PositiveIntegerField(_lazy("slip dalam masa itu"))
    size = models.PositiveIntegerField(_lazy("slip terundi"))
    drawn_at = models.DateTimeField(_lazy("diundi pada"))

    class Meta:
        ordering = ["-drawn_at", "-pk"]
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("proceeds_auditsample_once", "facility", "letter"),
            models.CheckConstraint(
                condition=Q(size__gt=0, size__lte=F("population"), valid_until__isnull=False),
                name="proceeds_auditsample_size",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class AuditSampleLine(models.Model):
    """A slip that was drawn, in the order of the draw."""

    sample = models.ForeignKey(AuditSample, models.PROTECT, related_name="lines")
    slip = models.ForeignKey(Slip, models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "slip"], name="proceeds_auditsampleline_one")
        ]

    def __str__(self) -> str:
        return f"{self.sample_id}: {self.place}"
