"""Caseload: which counsellor (*Pembimbing Kemasyarakatan*) guides which client, for a while."""

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
