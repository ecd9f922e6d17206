"""Books, one per party, their accounts and the months that are closed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.names import named
from berdaya.institutions.models import Facility, Party


class Book(models.Model):
    """The one book of a party; no entry spans two."""

    party = models.OneToOneField(Party, models.PROTECT, related_name="book")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    code = models.CharField(max_length=32, unique=True)
    opened_on = models.DateField(_lazy("dibuka pada"))

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["id", "facility"], name="ledger_book_of_facility")
        ]

    def __str__(self) -> str:
        return self.code


class AccountKind(models.TextChoices):
    ASSET = "asset", _lazy("harta")
    LIABILITY = "liability", _lazy("utang")
    EQUITY = "equity", _lazy("modal")
    INCOME = "income", _lazy("pendapatan")
    EXPENSE = "expense", _lazy("beban")


class Account(models.Model):
    """One account of a book; `code` is from the chart that every book opens with."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="accounts")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    code = models.CharField(max_length=8)
    kind = models.CharField(max_length=10, choices=AccountKind.choices)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["book", "code"], name="ledger_account_code"),
            models.CheckConstraint(
                condition=Q(kind__in=AccountKind.values), name="ledger_account_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"

    @property
    def label(self) -> str:
        """The name in the active language."""
        return named(self.name, self.name_en)


class PeriodClose(models.Model):
    """A month in which nothing is booked any more (*tutup buku*)."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="closed_months")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    month = models.DateField(_lazy("bulan"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "month"], name="ledger_periodclose_one"),
            models.CheckConstraint(condition=Q(month__day=1), name="ledger_periodclose_first"),
        ]

    def __str__(self) -> str:
        return f"{self.book_id} {self.month:%Y-%m}"
