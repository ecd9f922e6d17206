"""Refunds: what went back to the buyer, and from whom it was taken with the frozen ratios."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import not_after_recording
from berdaya.core.ids import uuid7
from berdaya.institutions.models import Facility
from berdaya.people.models import Participant
from berdaya.proceeds.models.sales import Allocation, PaymentMethod, PremiShare, Sale


class Refund(models.Model):
    """One refund of a sale; `method` empty where the buyer had not paid and only owes less."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sale = models.ForeignKey(Sale, models.PROTECT, related_name="refunds")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    refunded_on = models.DateField(_lazy("tanggal"))
    amount_rp = models.BigIntegerField()
    claim_rp = models.BigIntegerField(default=0)
    reserve_rp = models.BigIntegerField(default=0)
    method = models.CharField(max_length=10, choices=PaymentMethod.choices, blank=True)
    reason = models.CharField(_lazy("alasan"), max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            not_after_recording("proceeds_refund_day", "refunded_on"),
            models.CheckConstraint(
                condition=Q(amount_rp__gt=0, claim_rp__gte=0, reserve_rp__gte=0),
                name="proceeds_refund_positive",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="proceeds_refund_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.sale_id}: -{self.amount_rp}"


class RefundPart(models.Model):
    """What one refund took back from one allocation, component by component."""

    refund = models.ForeignKey(Refund, models.PROTECT, related_name="parts")
    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="refund_parts")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    returned_qty = models.DecimalField(max_digits=14, decimal_places=3, default=0)
    amount_rp = models.BigIntegerField()
    loss_rp = models.BigIntegerField()
    tax_rp = models.BigIntegerField()
    fee_rp = models.BigIntegerField()
    material_rp = models.BigIntegerField()
    packing_rp = models.BigIntegerField()
    makers_rp = models.BigIntegerField()
    capital_rp = models.BigIntegerField()
    state_rp = models.BigIntegerField()
    cooperative_rp = models.BigIntegerField()
    undivided_rp = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["refund", "allocation"], name="proceeds_refundpart_one"
            ),
            models.CheckConstraint(
                condition=Q(amount_rp__gt=0, returned_qty__gte=0),
                name="proceeds_refundpart_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.allocation_id}: -{self.amount_rp}"


class PremiReversal(models.Model):
    """What a refund took from a maker's pending share; payable shares are never touched."""

    refund = models.ForeignKey(Refund, models.PROTECT, related_name="reversals")
    share = models.ForeignKey(PremiShare, models.PROTECT, related_name="reversals")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    saved_rp = models.BigIntegerField()
    spendable_rp = models.BigIntegerField()
    family_rp = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(saved_rp__gte=0, spendable_rp__gte=0, family_rp__gte=0),
                name="proceeds_reversal_positive",
            )
        ]

    def __str__(self) -> str:
        return f"{self.share_id}: -{self.saved_rp + self.spendable_rp + self.family_rp}"
