"""Lots, their movements (the truth) and levels (the cached total)."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core.codes import format_code
from berdaya.core.ids import uuid7
from berdaya.goods.models import Variant
from berdaya.institutions.models import Facility
from berdaya.stock.models.places import Place


class Lot(models.Model):
    """What one closed batch brought: quantity and cost, frozen for good (a trigger says so).

    `material_total_rp` and `packing_total_rp` are deducted before the split, `donated_total_rp`
    is valued only. `makes_premi` is false for history from before the unit's go-live day.
    `is_prison_made`: some step was done in custody or SAE, or nobody knows. `is_made_in_prison`:
    the place is a prison, whoever worked there (domain.md 3.1: New Zealand bars that too).
    """

    code = models.CharField(_lazy("kode produksi"), max_length=32, unique=True)
    public_code = models.CharField(max_length=16, unique=True)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="lots")
    made_on = models.DateField(_lazy("selesai dibuat"))
    expires_on = models.DateField(_lazy("baik dipakai sebelum"), null=True, blank=True)
    made_qty = models.DecimalField(_lazy("jumlah jadi"), max_digits=14, decimal_places=3)
    material_total_rp = models.BigIntegerField(default=0)
    donated_total_rp = models.BigIntegerField(default=0)
    packing_total_rp = models.BigIntegerField(default=0)
    is_prison_made = models.BooleanField(default=True)
    is_made_in_prison = models.BooleanField(default=True)
    makes_premi = models.BooleanField(default=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["id", "facility"], name="stock_lot_of_facility"),
            models.CheckConstraint(condition=Q(made_qty__gt=0), name="stock_lot_made_something"),
            models.CheckConstraint(
                condition=Q(material_total_rp__gte=0)
                & Q(donated_total_rp__gte=0)
                & Q(packing_total_rp__gte=0),
                name="stock_lot_costs_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("made_on")),
                name="stock_lot_expires_after_made",
            ),
        ]
        indexes = [
            models.Index(fields=["facility", "-made_on"], name="stock_lot_list"),
            models.Index(fields=["variant", "expires_on", "made_on"], name="stock_lot_fefo"),
        ]

    def __str__(self) -> str:
        return self.code

    def is_over(self, day: date) -> bool:
        """Whether it has expired by this day."""
        return self.expires_on is not None and self.expires_on <= day

    @property
    def public_code_text(self) -> str:
        """The public code as printed, in groups."""
        return format_code(self.public_code)

    @property
    def deductible_total_rp(self) -> int:
        """What the whole lot's sales bear before the split."""
        return self.material_total_rp + self.packing_total_rp


class MovementKind(models.TextChoices):
    RECEIVED = "received", _lazy("masuk dari produksi")
    OPENING = "opening", _lazy("saldo awal")
    SOLD = "sold", _lazy("terjual")
    RETURNED = "returned", _lazy("kembali dari pembeli")
    TRANSFER = "transfer", _lazy("pindah tempat")
    COUNT = "count", _lazy("selisih opname")
    LOSS = "loss", _lazy("rusak atau hilang")
    HANDED_OUT = "handed_out", _lazy("contoh atau pemberian")


class StockMovement(models.Model):
    """A change of what lies where; never edited. `pair` joins both halves of a transfer."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    day = models.DateField(_lazy("tanggal"))
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="movements")
    place = models.ForeignKey(Place, models.PROTECT, related_name="movements")
    qty = models.DecimalField(_lazy("jumlah"), max_digits=14, decimal_places=3)
    kind = models.CharField(_lazy("jenis"), max_length=12, choices=MovementKind.choices)
    reference = models.CharField(_lazy("rujukan"), max_length=80, blank=True)
    note = models.CharField(_lazy("keterangan"), max_length=200, blank=True)
    pair = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(qty=0), name="stock_movement_moves"),
            models.CheckConstraint(
                condition=Q(kind__in=MovementKind.values), name="stock_movement_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind="transfer", pair__isnull=False)
                | (~Q(kind="transfer") & Q(pair__isnull=True)),
                name="stock_movement_transfer_has_pair",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["sold", "loss", "handed_out"]) | Q(qty__lt=0),
                name="stock_movement_outward",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["received", "opening", "returned"]) | Q(qty__gt=0),
                name="stock_movement_inward",
            ),
        ]
        indexes = [
            models.Index(fields=["lot", "place", "day"], name="stock_movement_lot"),
            models.Index(fields=["facility", "day"], name="stock_movement_day"),
            models.Index(fields=["place", "day"], name="stock_movement_place"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.qty}"


class StockLevel(models.Model):
    """How much of a lot lies at a place now: the sum of its movements, kept by the same actions."""

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="levels")
    place = models.ForeignKey(Place, models.PROTECT, related_name="levels")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    on_hand = models.DecimalField(_lazy("ada"), max_digits=14, decimal_places=3, default=0)
    reserved = models.DecimalField(
        pgettext_lazy("stock", "dipesan"), max_digits=14, decimal_places=3, default=0
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lot", "place"], name="stock_level_one"),
            models.CheckConstraint(
                condition=Q(reserved__gte=0) & Q(reserved__lte=F("on_hand")),
                name="stock_level_never_negative",
            ),
        ]
        indexes = [models.Index(fields=["place"], name="stock_level_place")]

    def __str__(self) -> str:
        return f"{self.lot_id}@{self.place_id}"

    @property
    def free_qty(self) -> Decimal:
        """What may still be taken or promised."""
        return self.on_hand - self.reserved
