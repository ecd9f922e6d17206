"""The joint report of a quarter: drawn up as a frozen snapshot, agreed by both sides, locked."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.institutions.models import Office
from berdaya.programme.models.agreements import Agreement, Side

STAFF = settings.AUTH_USER_MODEL


class QuarterState(models.TextChoices):
    DRAFT = "draft", _lazy("Menunggu kedua pihak")
    HALF = "half", _lazy("Disetujui satu pihak")
    AGREED = "agreed", _lazy("Disetujui kedua pihak")
    RETURNED = "returned", _lazy("Dikembalikan")


class QuarterReport(models.Model):
    """One quarter of one agreement from the day on which it was drawn up."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="reports")
    quarter = models.DateField(_lazy("triwulan"))
    state = models.CharField(max_length=8, choices=QuarterState, default=QuarterState.DRAFT)
    drawn_on = models.DateField()

    class Meta:
        ordering = ["-quarter"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "quarter"], name="programme_report_once"),
            models.CheckConstraint(
                condition=Q(quarter__day=1, quarter__month__in=(1, 4, 7, 10))
                & Q(state__in=QuarterState.values),
                name="programme_report_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.quarter:%Y-%m}"

    @property
    def code(self) -> str:
        """How the quarter is written in addresses: `2026-Q3`."""
        return f"{self.quarter.year}-Q{self.quarter.month // 3 + 1}"


class QuarterVersion(models.Model):
    """What both sides are asked to agree to: frozen with its SHA-256 hash. Never edited."""

    report = models.ForeignKey(QuarterReport, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    snapshot = models.JSONField()
    digest = models.CharField(max_length=64)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    drawn_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    drawn_on = models.DateField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"], name="programme_quarterversion_number"
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"),
                name="programme_quarterversion_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"


class QuarterOutcome(models.TextChoices):
    AGREED = "agreed", pgettext_lazy("programme", "Disetujui")
    RETURNED = "returned", _lazy("Dikembalikan")


class QuarterAnswer(models.Model):
    """One side's yes, or what has to be put right, by its own office."""

    version = models.ForeignKey(QuarterVersion, models.PROTECT, related_name="answers")
    side = models.CharField(max_length=11, choices=Side)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=QuarterOutcome)
    comment = models.CharField(_lazy("catatan"), max_length=500, blank=True)
    answered_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    answered_on = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "side"], name="programme_answer_once_a_side"
            ),
            models.UniqueConstraint(
                fields=["version", "answered_by"], name="programme_answer_two_people"
            ),
            models.CheckConstraint(
                condition=Q(outcome="agreed") | (Q(outcome="returned") & ~Q(comment="")),
                name="programme_answer_said",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.side} {self.outcome}"
