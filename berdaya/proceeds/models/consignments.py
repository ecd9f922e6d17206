"""Consignments (*titip jual*): goods handed to somebody who sells them; sold when settled."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import not_after_recording
from berdaya.institutions.models import Facility
from berdaya.ledger.models import Book
from berdaya.proceeds.models.sales import BuyerKind
from berdaya.stock.models import Lot, Place


class Consignment(models.Model):
    """One hand-over to a consignee's place. What lies there is still ours."""

    code = models.CharField(_lazy("kode"), max_length=32, unique=True)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    from_place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    buyer_kind = models.CharField(max_length=12, choices=BuyerKind.choices)
    handed_on = models.DateField(_lazy("diserahkan pada"))
    note = models.CharField(_lazy("keterangan"), max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-handed_on", "-pk"]
        indexes = [
            models.Index(fields=["facility", "-handed_on"], name="proceeds_consignment_list")
        ]
        constraints = [not_after_recording("proceeds_consignment_day", "handed_on")]

    def __str__(self) -> str:
        return self.code


class ConsignmentLine(models.Model):
    """A part of one lot with its agreed price; sold and returned add up to what was handed over."""

    consignment = models.ForeignKey(Consignment, models.PROTECT, related_name="lines")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+")
    qty = models.DecimalField(max_digits=14, decimal_places=3)
    unit_price_rp = models.BigIntegerField()
    sold_qty = models.DecimalField(max_digits=14, decimal_places=3, default=0)
    returned_qty = models.DecimalField(max_digits=14, decimal_places=3, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consignment", "lot"], name="proceeds_consignmentline_one"
            ),
            models.CheckConstraint(
                condition=Q(
                    qty__gt=0,
                    sold_qty__gte=0,
                    returned_qty__gte=0,
                    qty__gte=F("sold_qty") + F("returned_qty"),
                    unit_price_rp__gte=0,
                ),
                name="proceeds_consignmentline_qty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consignment_id}: {self.lot_id}"
