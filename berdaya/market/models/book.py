"""A seller's own book: rows that are only ever added. It is no book of any unit or cooperative."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.market.models.orders import Order
from berdaya.market.models.shops import Shop


class RowKind(models.TextChoices):
    SALE = "sale", pgettext_lazy("market", "penjualan di toko ini")
    OTHER = "other", _lazy("penjualan di tempat lain")
    EXPENSE = "expense", pgettext_lazy("market", "pengeluaran")
    REVERSAL = "reversal", pgettext_lazy("market", "pembetulan")


class Expense(models.TextChoices):
    MATERIAL = "material", pgettext_lazy("market", "Bahan")
    PACKING = "packing", _lazy("Kemasan")
    TRANSPORT = "transport", _lazy("Ongkos kirim dan jalan")
    TOOLS = "tools", pgettext_lazy("market", "Alat")
    PERMITS = "permits", _lazy("Izin")
    OTHER = "other", pgettext_lazy("market", "Lainnya")


class BookRow(models.Model):
    """Money in (above 0) or out (under 0). A mistake is undone by the row that reverses it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="book")
    kind = models.CharField(max_length=10, choices=RowKind.choices)
    purpose = models.CharField(max_length=10, choices=Expense.choices, blank=True)
    day = models.DateField()
    amount_rp = models.BigIntegerField()
    note = models.CharField(max_length=120, blank=True)
    order = models.OneToOneField(Order, models.PROTECT, null=True, related_name="book_row")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversal")
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["shop", "day"], name="market_book_of_shop")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="sale", order__isnull=False, reverses__isnull=True)
                | Q(kind__in=["other", "expense"], order__isnull=True, reverses__isnull=True)
                | Q(kind="reversal", order__isnull=True, reverses__isnull=False),
                name="market_book_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["sale", "other"], amount_rp__gt=0)
                | Q(kind="expense", amount_rp__lt=0)
                | (Q(kind="reversal") & ~Q(amount_rp=0)),
                name="market_book_sign",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_rp}"
