"""How long what is kept for which purpose, and what the nightly rounds did about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core.dated import DatedRow, no_overlap
from berdaya.institutions.models import Facility
from berdaya.people.models.participants import Participant

STAFF = settings.AUTH_USER_MODEL


class RetentionRule(DatedRow):
    """How many months one purpose lasts, from a day on; no months: until something happens.

    `purpose` is a code of `people/retention.py`; from what is counted stands there.
    """

    purpose = models.CharField(_lazy("tujuan"), max_length=24)
    months = models.PositiveSmallIntegerField(
        pgettext_lazy("people", "bulan"), null=True, blank=True
    )
    legal_basis = models.CharField(_lazy("dasar hukum"), max_length=200)
    is_confirmed = models.BooleanField(_lazy("sudah dipastikan"), default=False)

    class Meta:
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("people_retentionrule_one", "purpose"),
            models.CheckConstraint(
                condition=Q(months__isnull=True) | Q(months__gt=0),
                name="people_retentionrule_months",
            ),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="people_retentionrule_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.valid_from}"


class RetentionRun(models.Model):
    """One night at one facility; a second start on the same day finds it and adds nothing."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    day = models.DateField()
    finished_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["facility", "day"], name="people_retentionrun_one")
        ]

    def __str__(self) -> str:
        return f"{self.facility_id} {self.day}"


class RetentionCount(models.Model):
    """What a night found of one purpose. `reasons`: code of a reason -> rows held back by it."""

    run = models.ForeignKey(RetentionRun, models.PROTECT, related_name="counts")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=24)
    due = models.PositiveIntegerField()
    done = models.PositiveIntegerField()
    held = models.PositiveIntegerField()
    left = models.PositiveIntegerField()
    reasons = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "purpose"], name="people_retentioncount_one")
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.purpose}"


class RetentionProposal(models.Model):
    """An identity whose time has come: erased at a second person's word, or after the notice."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    due_on = models.DateField(_lazy("habis masa simpan"))
    proposed_at = models.DateTimeField()
    automatic_on = models.DateField(_lazy("dihapus otomatis pada"))

    class Meta:
        indexes = [models.Index(fields=["facility", "due_on"], name="people_proposal_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "due_on"], name="people_retentionproposal_one"
            ),
            models.CheckConstraint(
                condition=Q(automatic_on__gt=models.F("due_on")),
                name="people_retentionproposal_notice",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.due_on}"


class DecisionKind(models.TextChoices):
    ERASED = "erased", pgettext_lazy("people", "Dihapus")
    KEPT = "kept", _lazy("Ditahan sampai tanggal lain")
    LAPSED = "lapsed", _lazy("Tidak berlaku lagi")


class KeepGround(models.TextChoices):
    LEGAL_CLAIM = "legal_claim", _lazy("Ada perkara hukum")
    AUDIT = "audit", _lazy("Sedang diperiksa auditor")
    MONEY = "money", _lazy("Ada hak yang masih dibicarakan")
    ASKED = "asked", _lazy("Permintaan orang itu sendiri")


class RetentionDecision(models.Model):
    """How a proposal ended; nobody decided (`decided_by` empty) where the notice ran out."""

    proposal = models.OneToOneField(RetentionProposal, models.PROTECT, related_name="decision")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=DecisionKind.choices)
    ground = models.CharField(
        _lazy("alasan"), max_length=12, choices=KeepGround.choices, blank=True
    )
    keep_until = models.DateField(_lazy("ditahan sampai"), null=True)
    decided_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind=DecisionKind.KEPT,
                    ground__in=KeepGround.values,
                    keep_until__isnull=False,
                    decided_by__isnull=False,
                )
                | Q(kind__in=["erased", "lapsed"], ground="", keep_until__isnull=True),
                name="people_retentiondecision_sound",
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.kind}"
