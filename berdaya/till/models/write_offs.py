"""QRIS money that never came: asked by the treasurer, decided by the head, borne by the book."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility
from berdaya.till.models.sales import StallSale

STAFF = settings.AUTH_USER_MODEL


class QrisWriteOff(models.Model):
    """One request to give up the QRIS of a nota; refused, it may be asked again.

    Neither who sold nor who asked decides it. The owners of the goods are paid all the same.
    """

    stall_sale = models.ForeignKey(StallSale, models.PROTECT, related_name="write_offs")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    reason = models.CharField(_lazy("alasan"), max_length=200)
    sold_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    is_granted = models.BooleanField(null=True)
    decision_note = models.CharField(_lazy("catatan keputusan"), max_length=200, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["stall_sale"],
                condition=Q(is_granted__isnull=True) | Q(is_granted=True),
                name="till_writeoff_one",
            ),
            models.CheckConstraint(
                condition=~Q(reason="")
                & (
                    Q(decided_at__isnull=True, is_granted__isnull=True)
                    | Q(decided_at__isnull=False, is_granted=True)
                    | Q(decided_at__isnull=False, is_granted=False) & ~Q(decision_note="")
                ),
                name="till_writeoff_decided",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="till_writeoff_two_people",
            ),
            models.CheckConstraint(
                condition=Q(sold_by__isnull=True)
                | (Q(asked_by__isnull=True) | ~Q(asked_by=F("sold_by")))
                & (Q(decided_by__isnull=True) | ~Q(decided_by=F("sold_by"))),
                name="till_writeoff_not_by_seller",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stall_sale_id}: {self.reason}"
