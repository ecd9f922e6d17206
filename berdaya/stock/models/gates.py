"""Gate passes (surat izin keluar barang): what may leave the unit, carried by whom."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.institutions.models import Facility
from berdaya.papers.models import Document
from berdaya.stock.models.lots import Lot
from berdaya.stock.models.places import Place


class GatePass(models.Model):
    """Goods asked to leave; with `to_place` the approval also moves them there.

    Whoever asked may not approve. The number is drawn at approval, so numbers have no gaps; one
    that is withdrawn afterwards keeps its number and lets nothing out.
    """

    code = models.CharField(_lazy("kode"), max_length=32, unique=True)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    place = models.ForeignKey(
        Place, models.PROTECT, related_name="+", verbose_name=_lazy("keluar dari")
    )
    to_place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_lazy("dipindahkan ke"),
    )
    destination = models.CharField(pgettext_lazy("stock", "tujuan"), max_length=120)
    day = models.DateField(_lazy("tanggal keluar"))
    carrier = models.CharField(_lazy("pembawa"), max_length=80)
    vehicle = models.CharField(_lazy("kendaraan"), max_length=40, blank=True)
    reference = models.CharField(_lazy("rujukan"), max_length=80, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    requested_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    declined_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(_lazy("alasan"), max_length=200, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdraw_reason = models.CharField(_lazy("alasan"), max_length=200, blank=True)
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="gate_pass")

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("requested_by")),
                name="stock_gatepass_two_people",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, document__isnull=True)
                | Q(approved_at__isnull=False, document__isnull=False),
                name="stock_gatepass_approved_has_number",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(declined_at__isnull=True),
                name="stock_gatepass_one_decision",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True)
                | (Q(approved_at__isnull=False, to_place__isnull=True) & ~Q(withdraw_reason="")),
                name="stock_gatepass_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(to_place__isnull=True) | ~Q(to_place=F("place")),
                name="stock_gatepass_goes_elsewhere",
            ),
        ]
        indexes = [models.Index(fields=["facility", "-day"], name="stock_gatepass_list")]

    def __str__(self) -> str:
        return self.code

    @property
    def is_approved(self) -> bool:
        """Whether the goods may pass the gate."""
        return self.approved_at is not None and self.withdrawn_at is None

    @property
    def is_decided(self) -> bool:
        """Whether somebody said yes or no."""
        return self.approved_at is not None or self.declined_at is not None

    @property
    def state(self) -> str:
        """waiting, approved, declined or withdrawn."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.is_approved:
            return "approved"
        return "declined" if self.is_decided else "waiting"


class GatePassLine(models.Model):
    """A part of one lot on a gate pass."""

    gate_pass = models.ForeignKey(GatePass, models.PROTECT, related_name="lines")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+")
    qty = models.DecimalField(_lazy("jumlah"), max_digits=14, decimal_places=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gate_pass", "lot"], name="stock_gatepassline_one"),
            models.CheckConstraint(condition=Q(qty__gt=0), name="stock_gatepassline_something"),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id}: {self.qty}"
