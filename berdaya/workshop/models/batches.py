"""Batches from start to closing: quality, the frozen lot and weights, later corrections."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.goods.models import PayBasis, Variant
from berdaya.institutions.models import Facility
from berdaya.people.models import Participant
from berdaya.stock.models import Lot
from berdaya.workshop.models.workshops import Workshop


class Batch(models.Model):
    """One production run of one variant, or one job of a service. It is open until it is closed."""

    code = models.CharField(max_length=32, unique=True)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="batches")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+")
    pay_basis = models.CharField(_lazy("dasar bagi premi"), max_length=8, choices=PayBasis)
    started_on = models.DateField(pgettext_lazy("workshop", "mulai"))
    planned_qty = models.DecimalField(
        _lazy("rencana hasil"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    is_service = models.BooleanField(default=False)
    note = models.CharField(_lazy("catatan"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "batches"
        indexes = [models.Index(fields=["facility", "-started_on"], name="workshop_batch_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(pay_basis__in=PayBasis.values), name="workshop_batch_basis"
            ),
            models.CheckConstraint(
                condition=Q(planned_qty__isnull=True) | Q(planned_qty__gt=0),
                name="workshop_batch_plan",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_closed(self) -> bool:
        """Whether its closing stands; reads the closing if it was not loaded."""
        return hasattr(self, "closing")


class QualityResult(models.TextChoices):
    GOOD = "good", _lazy("Baik")
    REWORK = "rework", _lazy("Perlu diperbaiki")
    REJECTED = "rejected", pgettext_lazy("workshop", "Ditolak")


class QualityCheck(models.Model):
    """What a look at the goods found on a day; a rework may be followed by another look."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="quality_checks")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    result = models.CharField(_lazy("hasil"), max_length=10, choices=QualityResult)
    good_qty = models.DecimalField(_lazy("baik"), max_digits=14, decimal_places=3)
    rejected_qty = models.DecimalField(
        pgettext_lazy("workshop", "ditolak"), max_digits=14, decimal_places=3, default=0
    )
    checked_on = models.DateField(_lazy("diperiksa pada"))
    note = models.CharField(_lazy("catatan"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(good_qty__gte=0, rejected_qty__gte=0), name="workshop_quality_qty"
            ),
            models.CheckConstraint(
                condition=Q(result__in=QualityResult.values), name="workshop_quality_result"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checked_on}: {self.result}"


class BatchClosing(models.Model):
    """The end of a batch (*BA Hasil Produksi*): frozen quantity, costs and weights.

    `input_qty` is what went in, told in the variant's own measure; `yield_loss_bp` the part of it
    that neither came out good nor was rejected. `is_history`: closed before the unit's first day
    in this program, makes no premi.
    """

    batch = models.OneToOneField(Batch, models.PROTECT, related_name="closing")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    closed_on = models.DateField()
    good_qty = models.DecimalField(max_digits=14, decimal_places=3)
    rejected_qty = models.DecimalField(max_digits=14, decimal_places=3)
    input_qty = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    yield_loss_bp = models.IntegerField(null=True)
    loss_reason = models.CharField(max_length=200, blank=True)
    lot = models.OneToOneField(Lot, models.PROTECT, null=True, related_name="+")
    material_total_rp = models.BigIntegerField()
    donated_total_rp = models.BigIntegerField()
    packing_total_rp = models.BigIntegerField()
    is_history = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(good_qty__gt=0, lot__isnull=False) | Q(good_qty=0, lot__isnull=True),
                name="workshop_closing_lot",
            ),
            models.CheckConstraint(
                condition=Q(rejected_qty__gte=0)
                & Q(material_total_rp__gte=0, donated_total_rp__gte=0, packing_total_rp__gte=0),
                name="workshop_closing_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.closed_on}"


class BatchWeight(models.Model):
    """A maker's frozen part of a batch: minutes, thousandths of a piece, or 1."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="weights")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    weight = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "participant"], name="workshop_weight_one"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="workshop_weight_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.weight}"


class BatchCorrection(models.Model):
    """What a closed batch's sheet should have said: kept beside it, nothing is divided anew.

    `day` is the day of the sheet, `booked_on` the open day on which it was found.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="corrections")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    day = models.DateField()
    booked_on = models.DateField()
    minutes_delta = models.IntegerField(default=0)
    pieces_delta = models.DecimalField(max_digits=10, decimal_places=3, default=0)
    reason = models.CharField(_lazy("alasan"), max_length=200)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(minutes_delta=0, pieces_delta=0), name="workshop_correction_changes"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="workshop_correction_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.day}"
