"""Caseload: which counsellor (*Pembimbing Kemasyarakatan*) guides which client, for a while.

And who stands in for them on named days, at a *Pos Bapas* or while they are away.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedRow, no_overlap
from berdaya.institutions.models import Facility
from berdaya.people.models.participants import Participant


class Caseload(DatedRow):
    """One client of one counsellor at a Bapas; a person has one counsellor at a time."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="caseloads")
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_lazy("pembimbing"),
    )
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["staff", "valid_from"], name="people_caseload_staff")]
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("people_caseload_one", "participant"),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id}: {self.participant_id}"


class CaseCover(models.Model):
    """On this one day somebody else opens and follows this client too; the counsellor stays."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="covers")
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_lazy("pengganti")
    )
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    day = models.DateField(_lazy("hari"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["facility", "day"], name="people_casecover_day")]
        constraints = [
            models.UniqueConstraint(fields=["participant", "day"], name="people_casecover_one")
        ]

    def __str__(self) -> str:
        return f"{self.staff_id}: {self.participant_id} {self.day}"
