"""Returns: what a buyer sends back after the goods were handed over."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility
from berdaya.orders.models.orders import Order, OrderLine
from berdaya.proceeds.models import Refund

STAFF = settings.AUTH_USER_MODEL


class GoodsReturn(models.Model):
    """Asked by the buyer or the desk; accepted it is a refund with the sale's frozen ratios."""

    code = models.CharField(_lazy("kode"), max_length=32, unique=True)
    order = models.ForeignKey(Order, models.PROTECT, related_name="returns")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    reason = models.CharField(_lazy("alasan"), max_length=200)
    asked_at = models.DateTimeField(_lazy("diajukan"))
    # Nobody where the buyer asked.
    asked_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(
        max_length=8,
        choices=[
            ("", _lazy("menunggu")),
            ("accepted", _lazy("diterima")),
            ("refused", _lazy("ditolak")),
        ],
        default="",
        blank=True,
    )
    answer = models.CharField(_lazy("jawaban"), max_length=200, blank=True)
    refund = models.OneToOneField(Refund, models.PROTECT, null=True, related_name="goods_return")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(outcome=""), name="orders_return_one_open"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", refund__isnull=True, decided_at__isnull=True)
                | Q(outcome="accepted", refund__isnull=False, decided_at__isnull=False)
                | Q(outcome="refused", refund__isnull=True, decided_at__isnull=False)
                & ~Q(answer=""),
                name="orders_return_decided",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("asked_by")), name="orders_return_two_people"
            ),
        ]
        indexes = [models.Index(fields=["facility", "-asked_at"], name="orders_return_list")]

    def __str__(self) -> str:
        return self.code


class GoodsReturnLine(models.Model):
    """How much of a line comes back."""

    goods_return = models.ForeignKey(GoodsReturn, models.PROTECT, related_name="lines")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    qty = models.DecimalField(_lazy("jumlah"), max_digits=14, decimal_places=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["goods_return", "line"], name="orders_returnline_one"),
            models.CheckConstraint(condition=Q(qty__gt=0), name="orders_returnline_something"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.qty}"
