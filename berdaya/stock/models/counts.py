"""Stock counts (stok opname): what was found at a place on a day."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility
from berdaya.stock.models.lots import Lot
from berdaya.stock.models.places import Place


class StockCount(models.Model):
    """One count of one place; a second one on the same day loses the race and is told."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="counts")
    day = models.DateField(_lazy("tanggal"))
    reason = models.CharField(_lazy("alasan selisih"), max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["place", "day"], name="stock_count_one_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.day}"


class StockCountLine(models.Model):
    """What the book said and what was found of one lot."""

    count = models.ForeignKey(StockCount, models.PROTECT, related_name="lines")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+")
    book_qty = models.DecimalField(max_digits=14, decimal_places=3)
    counted_qty = models.DecimalField(max_digits=14, decimal_places=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["count", "lot"], name="stock_countline_one"),
            models.CheckConstraint(
                condition=Q(counted_qty__gte=0) & Q(book_qty__gte=0),
                name="stock_countline_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id}: {self.counted_qty}"

    @property
    def difference(self) -> Decimal:
        """Found minus book; below zero something is missing."""
        return self.counted_qty - self.book_qty
