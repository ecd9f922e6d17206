"""Maintenance: what is planned, what was done, and what broke."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.equipment.models.calendar import Booking
from berdaya.equipment.models.register import Equipment
from berdaya.institutions.models import Facility

STAFF = settings.AUTH_USER_MODEL


class MaintenancePlan(models.Model):
    """Something to be done every so many days, or hours of use, whichever comes first.

    Both are counted from `last_done_on`, at first the day on which the plan begins.
    """

    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="plans")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    what = models.CharField(_lazy("apa yang dirawat"), max_length=120)
    every_days = models.PositiveSmallIntegerField(_lazy("setiap … hari"), null=True, blank=True)
    every_hours = models.PositiveSmallIntegerField(
        _lazy("setiap … jam pakai"), null=True, blank=True
    )
    last_done_on = models.DateField(_lazy("terakhir dirawat"))
    is_active = models.BooleanField(default=True)
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(every_days__gt=0) | Q(every_hours__gt=0),
                name="equipment_plan_rhythm",
            ),
            models.UniqueConstraint(
                fields=["equipment", "what"],
                condition=Q(is_active=True),
                name="equipment_plan_one",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class MaintenanceKind(models.TextChoices):
    PLANNED = "planned", _lazy("Perawatan berkala")
    BREAKDOWN = "breakdown", _lazy("Kerusakan")


class Maintenance(models.Model):
    """One piece of work on a machine: what, by whom, for how much; `booking` keeps its time.

    `done_by` is a firm or a post, never a person who is held. Open until `finished_at`.
    """

    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="maintenance")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    booking = models.OneToOneField(Booking, models.PROTECT, related_name="maintenance")
    plan = models.ForeignKey(MaintenancePlan, models.PROTECT, null=True, related_name="done")
    kind = models.CharField(_lazy("jenis"), max_length=12, choices=MaintenanceKind)
    what = models.CharField(_lazy("apa"), max_length=200)
    reported_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField()
    cost_rp = models.BigIntegerField(_lazy("biaya"), null=True)
    done_by = models.CharField(_lazy("dikerjakan oleh"), max_length=80, blank=True)
    result = models.CharField(_lazy("hasilnya"), max_length=200, blank=True)
    finished_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=MaintenanceKind.values) & ~Q(what=""),
                name="equipment_maintenance_known",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, cost_rp__isnull=True)
                | Q(finished_at__isnull=False, cost_rp__gte=0) & ~Q(done_by=""),
                name="equipment_maintenance_finished",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.equipment_id}: {self.what}"
