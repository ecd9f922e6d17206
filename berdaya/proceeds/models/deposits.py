"""Deposits of PNBP with the state: billing code, account code, NTPN, and the sales they cover."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import not_after_recording
from berdaya.institutions.models import Facility
from berdaya.ledger.models import Book
from berdaya.proceeds.models.sales import Sale


class PnbpDeposit(models.Model):
    """One deposit (*Setoran PNBP*) as the state receipt (BPN) shows it."""

    code = models.CharField(_lazy("kode"), max_length=32, unique=True)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    billing_code = models.CharField(_lazy("kode billing"), max_length=15, unique=True)
    account_code = models.CharField(_lazy("kode akun"), max_length=6)
    ntpn = models.CharField("NTPN", max_length=16, unique=True)
    amount_rp = models.BigIntegerField(_lazy("jumlah (Rp)"))
    deposited_on = models.DateField(_lazy("disetor pada"))
    due_on = models.DateField(_lazy("jatuh tempo"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-deposited_on", "-pk"]
        indexes = [models.Index(fields=["facility", "-deposited_on"], name="proceeds_deposit_list")]
        constraints = [
            not_after_recording("proceeds_deposit_day", "deposited_on"),
            models.CheckConstraint(
                condition=Q(billing_code__regex=r"^\d{15}$"), name="proceeds_deposit_billing"
            ),
            models.CheckConstraint(
                condition=Q(account_code__regex=r"^\d{6}$"), name="proceeds_deposit_account"
            ),
            models.CheckConstraint(
                condition=Q(ntpn__regex=r"^[0-9A-Z]{16}$"), name="proceeds_deposit_ntpn"
            ),
            models.CheckConstraint(condition=Q(amount_rp__gt=0), name="proceeds_deposit_positive"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_late(self) -> bool:
        """Whether it came after it was due."""
        return self.deposited_on > self.due_on


class PnbpDepositLine(models.Model):
    """The part of a deposit that covers one sale's state share, oldest sales first."""

    deposit = models.ForeignKey(PnbpDeposit, models.PROTECT, related_name="lines")
    sale = models.ForeignKey(Sale, models.PROTECT, related_name="deposit_lines")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    amount_rp = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deposit", "sale"], name="proceeds_depositline_one"),
            models.CheckConstraint(
                condition=Q(amount_rp__gt=0), name="proceeds_depositline_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deposit_id}: {self.sale_id}"
