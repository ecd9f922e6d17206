"""Participants (warga binaan): a code, a pseudonym, where they are placed and as what.

There is no column for a name, a register number, a NIK or a birth date, on purpose: who they are is
sealed apart (models/identity.py).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedRow, no_overlap
from berdaya.institutions.models import Facility


class Participant(models.Model):
    """A person known here only by code and pseudonym; `facility` registered them, for good."""

    code = models.CharField(max_length=32, unique=True)
    pseudonym = models.CharField(_lazy("nama samaran"), max_length=40)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["facility", "pseudonym"], name="people_participant_list")]
        constraints = [
            # A NIK has 16 digits and a register number many: no long number is a pseudonym.
            models.CheckConstraint(
                condition=~models.Q(pseudonym__regex=r"\d{4}"), name="people_participant_no_number"
            )
        ]

    def __str__(self) -> str:
        return self.pseudonym


class Placement(DatedRow):
    """A participant at a facility under a work number, for a while; opens their rows to it."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="placements")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    work_number = models.CharField(_lazy("nomor kerja"), max_length=16)

    class Meta:
        indexes = [models.Index(fields=["facility", "valid_from"], name="people_placement_place")]
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("people_placement_one_place", "participant"),
            no_overlap("people_placement_work_number", "facility", "work_number"),
            models.CheckConstraint(
                condition=~models.Q(work_number=""), name="people_placement_has_number"
            ),
        ]

    def __str__(self) -> str:
        return self.work_number


class Status(models.TextChoices):
    CONVICT = "convict", _lazy("Narapidana")
    DETAINEE = "detainee", _lazy("Tahanan")
    ANAK = "anak", _lazy("Anak")
    CLIENT = "client", _lazy("Klien")
    COMMUNITY_SERVICE = "community_service", _lazy("Pidana kerja sosial")
    RELEASED = "released", _lazy("Bebas")


class StatusPeriod(DatedRow):
    """As what a participant is held or guided, for a while, as `facility` recorded it."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="statuses")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    status = models.CharField(_lazy("status"), max_length=20, choices=Status.choices)

    class Meta:
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("people_statusperiod_one", "participant"),
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values), name="people_statusperiod_known"
            ),
        ]

    def __str__(self) -> str:
        return self.status
