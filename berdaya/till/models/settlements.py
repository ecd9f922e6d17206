"""What the cash-taker of a stall owes one owner: reckoned, approved, paid."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.goods.models import Variant
from berdaya.institutions.models import Facility
from berdaya.ledger.models import Book
from berdaya.papers.models import Document
from berdaya.proceeds.models import Payment, Sale
from berdaya.till.models.events import Stall


class PayMethod(models.TextChoices):
    TRANSFER = "transfer", _lazy("Transfer")
    CASH = "cash", _lazy("Tunai")


class Settlement(models.Model):
    """One reckoning between a stall and the owner of a `book`, frozen when it is prepared.

    payable = gross - fee: what buyers paid by QRIS cost the owner the fee in force on the day.
    `loss_rp` of the gross is what the cash-taker itself owes for pieces lost at its cost.
    The cash-taker's own goods were paid at once, so nothing is payable for them.
    """

    code = models.CharField(_lazy("kode"), max_length=32, unique=True)
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="settlements")
    host = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    reckoned_on = models.DateField(_lazy("dihitung pada"))
    gross_rp = models.BigIntegerField(_lazy("penjualan (Rp)"))
    loss_rp = models.BigIntegerField(_lazy("barang hilang yang diganti (Rp)"), default=0)
    fee_rp = models.BigIntegerField(_lazy("biaya QRIS (Rp)"))
    payable_rp = models.BigIntegerField(_lazy("dibayarkan (Rp)"))
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="+")
    declined_at = models.DateTimeField(null=True)
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decline_reason = models.CharField(_lazy("alasan"), max_length=200, blank=True)
    paid_on = models.DateField(_lazy("dibayar pada"), null=True)
    paid_at = models.DateTimeField(null=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    method = models.CharField(
        _lazy("cara bayar"), max_length=10, choices=PayMethod.choices, blank=True
    )
    reference = models.CharField(_lazy("rujukan"), max_length=80, blank=True)

    class Meta:
        ordering = ["-reckoned_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["stall", "book"],
                condition=Q(declined_at__isnull=True),
                name="till_settlement_one",
            ),
            models.CheckConstraint(
                condition=Q(gross_rp__gte=0, fee_rp__gte=0, payable_rp=F("gross_rp") - F("fee_rp")),
                name="till_settlement_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(loss_rp__gte=0, loss_rp__lte=F("gross_rp")),
                name="till_settlement_loss",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, document__isnull=True)
                | Q(approved_at__isnull=False, document__isnull=False, declined_at__isnull=True),
                name="till_settlement_approved_has_paper",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("prepared_by")),
                name="till_settlement_two_people",
            ),
            models.CheckConstraint(
                condition=Q(declined_at__isnull=True) | ~Q(decline_reason=""),
                name="till_settlement_declined_says_why",
            ),
            models.CheckConstraint(
                condition=Q(paid_at__isnull=True, paid_on__isnull=True, method="")
                | Q(
                    paid_at__isnull=False,
                    paid_on__isnull=False,
                    method__in=PayMethod.values,
                    approved_at__isnull=False,
                ),
                name="till_settlement_paid_after_approval",
            ),
        ]
        indexes = [models.Index(fields=["facility", "-reckoned_on"], name="till_settlement_list")]

    def __str__(self) -> str:
        return self.code

    @property
    def sold_rp(self) -> int:
        """What buyers paid for the owner's goods."""
        return self.gross_rp - self.loss_rp

    @property
    def state(self) -> str:
        """waiting, declined, approved or paid; approved is all where nothing is payable."""
        if self.declined_at is not None:
            return "declined"
        if self.approved_at is None:
            return "waiting"
        return "paid" if self.paid_at is not None or not self.gross_rp else "approved"


class SettlementLine(models.Model):
    """One product of a settlement: handed out - returned - lost = sold."""

    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="lines")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    host = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+")
    qty = models.DecimalField(max_digits=14, decimal_places=3)
    returned_qty = models.DecimalField(max_digits=14, decimal_places=3)
    lost_qty = models.DecimalField(max_digits=14, decimal_places=3)
    sold_qty = models.DecimalField(max_digits=14, decimal_places=3)
    amount_rp = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["settlement", "variant"], name="till_settlementline_one"
            ),
            models.CheckConstraint(
                condition=Q(sold_qty=F("qty") - F("returned_qty") - F("lost_qty")),
                name="till_settlementline_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.settlement_id}: {self.variant_id}"


class SettlementSale(models.Model):
    """A sale that a settlement pays for, and the payment that did."""

    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="sales")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    host = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    sale = models.ForeignKey(Sale, models.PROTECT, related_name="stall_settlements")
    amount_rp = models.BigIntegerField()
    fee_rp = models.BigIntegerField()
    payment = models.OneToOneField(Payment, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["settlement", "sale"], name="till_settlementsale_one"),
            models.CheckConstraint(
                condition=Q(amount_rp__gt=0, fee_rp__gte=0, fee_rp__lte=F("amount_rp")),
                name="till_settlementsale_money",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.settlement_id}: {self.sale_id}"
