"""What keeps people safe at work: holds, hazardous lines of work, insurance."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedRow, no_overlap
from berdaya.institutions.models import Facility
from berdaya.people.models.participants import Participant


class Hold(DatedRow):
    """A stop from a day on, until the head lifts it with a note; then `valid_until` is set."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    reason = models.CharField(_lazy("sebab"), max_length=160)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    placed_at = models.DateTimeField()
    lift_note = models.CharField(_lazy("catatan pencabutan"), max_length=200, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(reason="") & (Q(valid_until__isnull=True) | ~Q(lift_note="")),
                name="%(app_label)s_%(class)s_told",
            ),
        ]


class SafetyHold(Hold):
    """A person who does not work for now; the reason says what happened, never an illness."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="holds")

    class Meta:
        constraints = [
            *Hold.Meta.constraints,
            no_overlap("people_safetyhold_one", "participant", "facility"),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.valid_from}"


class HazardousLine(DatedRow):
    """A line of work that asks for a clinician's own certificate, for a while."""

    line_of_work = models.CharField(_lazy("bidang kerja"), max_length=60)
    legal_basis = models.CharField(_lazy("dasar hukum"), max_length=200)

    class Meta:
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("people_hazardousline_one", "line_of_work"),
        ]

    def __str__(self) -> str:
        return self.line_of_work


class InsuranceScheme(models.TextChoices):
    BPJS_JKK = "bpjs_jkk", _lazy("BPJS Ketenagakerjaan, JKK")
    OTHER = "other", _lazy("Asuransi kecelakaan lain")


class WorkInsurance(DatedRow):
    """Cover for accidents at work, of everybody at the facility or of one person.

    `policy_no` is the unit's number of participation or the policy's; never a person's NIK.
    """

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    participant = models.ForeignKey(
        Participant, models.PROTECT, null=True, blank=True, related_name="insurances"
    )
    scheme = models.CharField(_lazy("jaminan"), max_length=12, choices=InsuranceScheme)
    policy_no = models.CharField(_lazy("nomor kepesertaan atau polis"), max_length=40)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(policy_no="") & ~Q(policy_no__regex=r"^\D*(\d\D*){16}$"),
                name="people_workinsurance_no_nik",
            ),
        ]

    def __str__(self) -> str:
        return self.policy_no
