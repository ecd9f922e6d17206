"""Settlements of what a book owes: cooperative, fees, tax, couriers; and QRIS money on its way."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import not_after_recording
from berdaya.institutions.models import Facility
from berdaya.ledger.models import Book
from berdaya.proceeds.models.sales import Sale


class Obligation(models.TextChoices):
    COOPERATIVE = "cooperative", _lazy("Bagian koperasi")
    FEES = "fees", _lazy("Biaya pembayaran")
    TAX = "tax", _lazy("Pajak")
    SHIPPING = "shipping", _lazy("Ongkos kirim")
    QRIS = "qris", _lazy("QRIS masuk ke bank")


class Source(models.TextChoices):
    BANK = "bank", _lazy("Bank")
    CASH = "cash", _lazy("Kas")
    QRIS = "qris", _lazy("Dipotong dari QRIS")


class ObligationSettlement(models.Model):
    """One payment of one obligation, or QRIS money that reached the bank; once a reference."""

    code = models.CharField(_lazy("kode"), max_length=32, unique=True)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    obligation = models.CharField(_lazy("kewajiban"), max_length=12, choices=Obligation.choices)
    source = models.CharField(_lazy("lewat"), max_length=6, choices=Source.choices)
    amount_rp = models.BigIntegerField(_lazy("jumlah (Rp)"))
    settled_on = models.DateField(_lazy("diselesaikan pada"))
    reference = models.CharField(_lazy("rujukan"), max_length=80)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-settled_on", "-pk"]
        indexes = [
            models.Index(fields=["facility", "-settled_on"], name="proceeds_obligation_list")
        ]
        constraints = [
            not_after_recording("proceeds_obligation_day", "settled_on"),
            models.UniqueConstraint(
                fields=["book", "obligation", "reference"], name="proceeds_obligation_once"
            ),
            models.CheckConstraint(
                condition=Q(amount_rp__gt=0) & ~Q(reference=""),
                name="proceeds_obligation_positive",
            ),
            models.CheckConstraint(
                condition=Q(obligation="qris", source="bank")
                | Q(obligation="fees", source__in=["bank", "cash", "qris"])
                | Q(obligation__in=["cooperative", "tax", "shipping"], source__in=["bank", "cash"]),
                name="proceeds_obligation_source",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ObligationLine(models.Model):
    """The part of a settlement that covers one sale, oldest sales first."""

    settlement = models.ForeignKey(ObligationSettlement, models.PROTECT, related_name="lines")
    sale = models.ForeignKey(Sale, models.PROTECT, related_name="obligation_lines")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    amount_rp = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["settlement", "sale"], name="proceeds_obligationline_one"
            ),
            models.CheckConstraint(
                condition=Q(amount_rp__gt=0), name="proceeds_obligationline_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.settlement_id}: {self.sale_id}"
