"""Materials and their lots: where each came from, what it cost, how much of it is left."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.goods.models import Measure
from berdaya.institutions.models import Facility
from berdaya.workshop.models.batches import Batch


class Material(models.Model):
    """What is worked with, counted in one measure; packing is told apart for the split."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    name = models.CharField(_lazy("nama bahan"), max_length=80)
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    is_packing = models.BooleanField(_lazy("kemasan"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["facility", "name"], name="workshop_material_name")
        ]

    def __str__(self) -> str:
        return self.name


class MaterialSource(models.TextChoices):
    PURCHASE = "purchase", _lazy("Pembelian")
    DONATION = "donation", _lazy("Bantuan")
    PARTNER = "partner", _lazy("Milik mitra")
    OWN_GARDEN = "own_garden", _lazy("Kebun sendiri")


class MaterialLot(models.Model):
    """One receipt of a material. `qty` and `remaining_qty` are in the material's own measure."""

    code = models.CharField(max_length=32, unique=True)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    material = models.ForeignKey(Material, models.PROTECT, related_name="lots")
    source = models.CharField(_lazy("asal"), max_length=12, choices=MaterialSource)
    received_on = models.DateField(_lazy("diterima pada"))
    qty = models.DecimalField(_lazy("banyaknya"), max_digits=14, decimal_places=3)
    remaining_qty = models.DecimalField(max_digits=14, decimal_places=3)
    total_rp = models.BigIntegerField(_lazy("nilai seluruhnya"))
    reference = models.CharField(_lazy("nomor nota atau BAST"), max_length=80, blank=True)
    supplier = models.CharField(_lazy("dari"), max_length=120, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["facility", "-received_on"], name="workshop_materiallot_list")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(remaining_qty__gte=0, remaining_qty__lte=F("qty"), qty__gt=0),
                name="workshop_materiallot_qty",
            ),
            models.CheckConstraint(condition=Q(total_rp__gte=0), name="workshop_materiallot_value"),
            models.CheckConstraint(
                condition=Q(source__in=MaterialSource.values), name="workshop_materiallot_source"
            ),
            # A purchase shows its nota, a donation its handover record (BAST).
            models.CheckConstraint(
                condition=~Q(source__in=["purchase", "donation"]) | ~Q(reference=""),
                name="workshop_materiallot_reference",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_deductible(self) -> bool:
        """Whether its cost is taken off before the split; a donation is valued, never deducted."""
        return self.source != MaterialSource.DONATION

    @property
    def unit_cost_rp(self) -> Decimal:
        """Rupiah per one of the material's measure, for reading; sums go by `cost_between`."""
        return Decimal(self.total_rp) / self.qty


class MaterialUse(models.Model):
    """What a batch took from a material lot; the costs of all uses of a lot sum to its value."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="material_uses")
    material_lot = models.ForeignKey(MaterialLot, models.PROTECT, related_name="uses")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    qty = models.DecimalField(_lazy("banyaknya"), max_digits=14, decimal_places=3)
    cost_rp = models.BigIntegerField()
    is_deductible = models.BooleanField()
    is_packing = models.BooleanField()
    used_on = models.DateField(_lazy("dipakai pada"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(qty__gt=0, cost_rp__gte=0), name="workshop_materialuse_positive"
            )
        ]

    def __str__(self) -> str:
        return f"{self.qty} of {self.material_lot_id}"
