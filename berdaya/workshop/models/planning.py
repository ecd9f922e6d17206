"""Open work of a workshop: how long a piece takes, what is to be made, and how it is promised."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedRow, no_overlap
from berdaya.goods.models import Variant
from berdaya.institutions.models import Facility
from berdaya.workshop.models.workshops import Workshop


class PlanningRule(DatedRow):
    """How much is added to the days until work is finished, and how far ahead is reckoned."""

    buffer_bp = models.PositiveIntegerField()
    horizon_days = models.PositiveSmallIntegerField()
    legal_basis = models.CharField(_lazy("dasar"), max_length=200)

    class Meta:
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("workshop_planningrule_one", "horizon_days"),
            models.CheckConstraint(
                condition=Q(buffer_bp__lte=30_000, horizon_days__range=(7, 366)),
                name="workshop_planningrule_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from}: {self.buffer_bp}"


class StandardTime(DatedRow):
    """How long one variant takes where it is made: minutes of people for the set-up and a piece.

    `batch_qty` pieces are made in one run of the equipment that EquipmentNeed names.
    """

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="standard_times")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    variant = models.ForeignKey(
        Variant, models.PROTECT, related_name="+", verbose_name=_lazy("barang")
    )
    minutes_each = models.PositiveIntegerField(_lazy("menit tiap buah"))
    setup_minutes = models.PositiveIntegerField(_lazy("menit menyiapkan"), default=0)
    batch_qty = models.PositiveIntegerField(_lazy("buah sekali jalan"), default=1)

    class Meta:
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("workshop_standardtime_one", "variant"),
            models.CheckConstraint(
                condition=Q(
                    minutes_each__range=(1, 60_000),
                    setup_minutes__lte=60_000,
                    batch_qty__range=(1, 10_000),
                ),
                name="workshop_standardtime_some",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variant_id}: {self.minutes_each}"


class WorkSource(models.TextChoices):
    ORDER = "order", _lazy("Pesanan")
    STOCK = "stock", _lazy("Untuk stok")


class WorkOutcome(models.TextChoices):
    OPEN = "open", _lazy("Menunggu dibuat")
    DONE = "done", _lazy("Selesai")
    DROPPED = "dropped", _lazy("Batal")


class WorkOrder(models.Model):
    """So many of a variant to be made. Work is done by `position`, and not before `planned_on`.

    `reference` is the order's code; work for an order that nobody has paid yet holds its place, but
    is not begun (`is_confirmed`).
    """

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="work_orders")
    variant = models.ForeignKey(
        Variant, models.PROTECT, related_name="+", verbose_name=_lazy("barang")
    )
    qty = models.PositiveIntegerField(_lazy("jumlah"))
    source = models.CharField(max_length=8, choices=WorkSource)
    reference = models.CharField(max_length=40, blank=True)
    wanted_by = models.DateField(_lazy("diperlukan paling lambat"), null=True, blank=True)
    planned_on = models.DateField(_lazy("tidak sebelum"), null=True, blank=True)
    position = models.BigIntegerField()
    is_confirmed = models.BooleanField(default=True)
    outcome = models.CharField(max_length=8, choices=WorkOutcome, default=WorkOutcome.OPEN)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(qty__range=(1, 100_000), source__in=WorkSource.values),
                name="workshop_workorder_some",
            ),
            models.CheckConstraint(
                condition=Q(outcome="open", ended_at__isnull=True)
                | Q(outcome__in=["done", "dropped"], ended_at__isnull=False),
                name="workshop_workorder_ended",
            ),
            models.CheckConstraint(
                condition=Q(source="stock") | ~Q(reference=""), name="workshop_workorder_source"
            ),
        ]
        indexes = [
            models.Index(
                fields=["workshop", "position"],
                condition=Q(outcome="open"),
                name="workshop_workorder_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.qty} × {self.variant_id}"
