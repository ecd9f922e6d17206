"""Money of orders: what buyers say they paid, what came in, what went back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.ids import uuid7
from berdaya.institutions.models import Facility
from berdaya.ledger.models import Book
from berdaya.orders.models.orders import Order

STAFF = settings.AUTH_USER_MODEL


class ClaimOutcome(models.TextChoices):
    OPEN = "open", _lazy("menunggu pencocokan")
    FOUND = "found", _lazy("uang ditemukan")
    NOT_FOUND = "not_found", _lazy("uang tidak ditemukan")


class PaymentClaim(models.Model):
    """ "Saya sudah bayar": holds the stock until the treasurer decides, promised for `decide_by`.

    `phone_key` and `device_key` are keyed hashes: at most two claims may be open for each.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="claims")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    phone_key = models.CharField(max_length=32)
    device_key = models.CharField(max_length=32, blank=True)
    claimed_at = models.DateTimeField()
    decide_by = models.DateTimeField()
    outcome = models.CharField(
        max_length=10, choices=ClaimOutcome.choices, default=ClaimOutcome.OPEN
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["claimed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(outcome="open"), name="orders_claim_one_open"
            ),
            models.CheckConstraint(
                condition=Q(outcome="open", decided_at__isnull=True)
                | (Q(outcome__in=["found", "not_found"]) & Q(decided_at__isnull=False)),
                name="orders_claim_decided",
            ),
        ]
        indexes = [
            models.Index(fields=["phone_key"], condition=Q(outcome="open"), name="orders_claim_who")
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.outcome}"


class MoneyIn(models.Model):
    """Money that reached a registered account; without an order it waits to be matched.

    `reference` is the bank's or the QRIS switch's own; a line of a statement counts once.
    `fee_rp` is what its coming costs the seller, also where it is given back.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="money_in")
    method = models.CharField(_lazy("cara bayar"), max_length=10)
    payee_key = models.CharField(max_length=24)
    amount_rp = models.BigIntegerField(_lazy("jumlah (Rp)"))
    fee_rp = models.BigIntegerField(default=0)
    received_on = models.DateField(_lazy("diterima pada"))
    reference = models.CharField(_lazy("rujukan"), max_length=80)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-received_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["payee_key", "reference"], name="orders_moneyin_reference"
            ),
            models.CheckConstraint(
                condition=Q(amount_rp__gt=0, fee_rp__gte=0) & ~Q(reference=""),
                name="orders_moneyin_something",
            ),
        ]
        indexes = [
            models.Index(fields=["facility", "-received_on", "-id"], name="orders_moneyin_list"),
            models.Index(
                fields=["facility"], condition=Q(order__isnull=True), name="orders_moneyin_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.amount_rp}"


class MoneyBack(models.Model):
    """Money returned to a buyer before any sale: too much, late, twice, or cancelled."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="money_back")
    money_in = models.ForeignKey(MoneyIn, models.PROTECT, null=True, related_name="returned")
    method = models.CharField(_lazy("cara"), max_length=10)
    amount_rp = models.BigIntegerField(_lazy("jumlah (Rp)"))
    returned_on = models.DateField(_lazy("dikembalikan pada"))
    reference = models.CharField(_lazy("rujukan"), max_length=80)
    reason = models.CharField(_lazy("alasan"), max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-returned_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["book", "reference"], name="orders_moneyback_reference"
            ),
            models.CheckConstraint(
                condition=Q(amount_rp__gt=0) & ~Q(reference="") & ~Q(reason=""),
                name="orders_moneyback_something",
            ),
            models.CheckConstraint(
                condition=Q(order__isnull=False, money_in__isnull=True)
                | Q(order__isnull=True, money_in__isnull=False),
                name="orders_moneyback_whose",
            ),
        ]

    def __str__(self) -> str:
        return f"-{self.amount_rp}"
