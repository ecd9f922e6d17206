"""Closing a stall's day: cash counted against what was expected, then handed to the treasurer."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility
from berdaya.papers.models import Document
from berdaya.till.models.sessions import StallSession

STAFF = settings.AUTH_USER_MODEL


class StallClosing(models.Model):
    """What was counted. The difference has its reason and its own account, never a maker's."""

    session = models.OneToOneField(StallSession, models.PROTECT, related_name="closing")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    denominations = models.JSONField()
    counted_rp = models.BigIntegerField(_lazy("uang dihitung"))
    expected_rp = models.BigIntegerField(_lazy("uang seharusnya"))
    difference_rp = models.BigIntegerField(_lazy("selisih kas"))
    reason = models.CharField(_lazy("alasan selisih"), max_length=200, blank=True)
    qris_rp = models.BigIntegerField(default=0)
    qris_open_rp = models.BigIntegerField(default=0)
    nota_count = models.IntegerField(default=0)
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(difference_rp=F("counted_rp") - F("expected_rp"), counted_rp__gte=0),
                name="till_closing_difference",
            ),
            models.CheckConstraint(
                condition=Q(difference_rp=0) | ~Q(reason=""), name="till_closing_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.counted_rp}"


class CashHandover(models.Model):
    """The counted cash on its way to the treasurer; who handed it in never confirms it."""

    closing = models.OneToOneField(StallClosing, models.PROTECT, related_name="handover")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    amount_rp = models.BigIntegerField(_lazy("jumlah"))
    handed_at = models.DateTimeField()
    handed_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_rp__gt=0), name="till_handover_something"),
            models.CheckConstraint(
                condition=Q(received_by__isnull=True) | ~Q(received_by=F("handed_by")),
                name="till_handover_two_people",
            ),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True, document__isnull=True)
                | Q(received_at__isnull=False, document__isnull=False),
                name="till_handover_received",
            ),
        ]
        indexes = [
            models.Index(
                fields=["facility"], condition=Q(received_at__isnull=True), name="till_cash_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.closing_id}: {self.amount_rp}"
