"""A unit's monthly report: sent by its head as a frozen snapshot, answered by the region."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core.dated import DatedRow
from berdaya.institutions.models import Facility

STAFF = settings.AUTH_USER_MODEL


class ReportRule(DatedRow):
    """Until which day of the next month a report is due."""

    day_of_month = models.PositiveSmallIntegerField()
    legal_basis = models.CharField(max_length=200)

    class Meta:
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(day_of_month__gte=1, day_of_month__lte=28),
                name="insight_reportrule_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from}: {self.day_of_month}"


class ReportState(models.TextChoices):
    SENT = "sent", _lazy("Menunggu diperiksa")
    RETURNED = "returned", _lazy("Dikembalikan")
    ACCEPTED = "accepted", pgettext_lazy("insight", "Diterima")


class Report(models.Model):
    """One month of one facility from the day on which its head sends it; before, it is due."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    month = models.DateField(_lazy("bulan"))
    due_on = models.DateField(_lazy("paling lambat"))
    first_sent_on = models.DateField(_lazy("dikirim"))
    state = models.CharField(max_length=8, choices=ReportState, default=ReportState.SENT)

    class Meta:
        ordering = ["-month", "facility"]
        constraints = [
            models.UniqueConstraint(fields=["facility", "month"], name="insight_report_once"),
            models.UniqueConstraint(fields=["id", "facility"], name="insight_report_of_unit"),
            models.CheckConstraint(
                condition=Q(month__day=1, first_sent_on__gt=F("month"), due_on__gt=F("month"))
                & Q(state__in=ReportState.values),
                name="insight_report_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.facility_id} {self.month:%Y-%m}"

    @property
    def was_late(self) -> bool:
        """Sent after the day on which it was due."""
        return self.first_sent_on > self.due_on


class ReportVersion(models.Model):
    """What was sent: the month's values frozen with their SHA-256 hash. Never edited."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="versions")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    snapshot = models.JSONField()
    digest = models.CharField(max_length=64)
    note = models.CharField(_lazy("catatan kepala UPT"), max_length=500, blank=True)
    sent_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="insight_version_number"),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="insight_version_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"


class Outcome(models.TextChoices):
    ACCEPTED = "accepted", pgettext_lazy("insight", "Diterima")
    RETURNED = "returned", _lazy("Dikembalikan")


class ReportAnswer(models.Model):
    """The region's yes, or what has to be put right; `sent_by` copies the version's."""

    version = models.OneToOneField(ReportVersion, models.PROTECT, related_name="answer")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome)
    comment = models.CharField(_lazy("catatan"), max_length=500, blank=True)
    sent_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    answered_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("sent_by")),
                name="insight_reportanswer_two_people",
            ),
            models.CheckConstraint(
                condition=Q(outcome="accepted") | (Q(outcome="returned") & ~Q(comment="")),
                name="insight_reportanswer_said",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.outcome}"
