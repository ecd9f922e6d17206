"""Day sheets (*Daftar Hadir dan Hasil Kerja*): who worked, how long, what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core.ids import uuid7
from berdaya.institutions.models import Facility
from berdaya.people.models import Participant
from berdaya.workshop.models.batches import Batch
from berdaya.workshop.models.workshops import Workshop


class WorkSheet(models.Model):
    """One workshop's sheet of one day. `recorded_at` says when, `is_keyed_late` that it was later.

    `is_history`: a day before the unit's first day in this program; it makes no premi.
    """

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="sheets")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    day = models.DateField(_lazy("hari"))
    is_keyed_late = models.BooleanField(default=False)
    is_history = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["facility", "-day"], name="workshop_sheet_list")]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "day"], name="workshop_sheet_one")
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id} {self.day}"


class Mark(models.TextChoices):
    PRESENT = "present", _lazy("H")
    SICK = "sick", _lazy("S")
    LEAVE = "leave", _lazy("I")
    ABSENT = "absent", _lazy("A")


class LabourStatus(models.TextChoices):
    IN_CUSTODY = "in_custody", _lazy("Di dalam")
    SAE = "sae", _lazy("SAE")
    CLIENT = "client", _lazy("Klien")
    FREE = "free", pgettext_lazy("workshop", "Bebas")
    STAFF = "staff", _lazy("Petugas")


class WorkLog(models.Model):
    """One person's line on a sheet, for one batch. Triggers refuse who may never work here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sheet = models.ForeignKey(WorkSheet, models.PROTECT, related_name="logs")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    day = models.DateField()
    mark = models.CharField(max_length=8, choices=Mark)
    minutes = models.IntegerField(default=0)
    pieces = models.DecimalField(max_digits=10, decimal_places=3, default=0)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="logs")
    labour_status = models.CharField(max_length=12, choices=LabourStatus)

    class Meta:
        indexes = [models.Index(fields=["participant", "day"], name="workshop_worklog_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "participant", "batch"],
                nulls_distinct=False,
                name="workshop_worklog_one",
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(0, 1440), pieces__gte=0), name="workshop_worklog_amount"
            ),
            models.CheckConstraint(
                condition=Q(mark="present") | Q(minutes=0, pieces=0),
                name="workshop_worklog_present",
            ),
            models.CheckConstraint(
                condition=Q(mark__in=Mark.values) & Q(labour_status__in=LabourStatus.values),
                name="workshop_worklog_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.mark}"
