"""What buyers order and how it goes on; the money goes from them to the seller directly."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core.codes import public_code
from berdaya.market.models.goods import Product
from berdaya.market.models.shops import Shop


class OrderState(models.TextChoices):
    PLACED = "placed", pgettext_lazy("market", "Menunggu pembayaran")
    CLAIMED = "claimed", _lazy("Menunggu penjual")
    PAID = "paid", pgettext_lazy("market", "Lunas")
    PACKED = "packed", pgettext_lazy("market", "Dikemas")
    HANDED_OVER = "handed_over", pgettext_lazy("market", "Diserahkan")
    EXPIRED = "expired", pgettext_lazy("market", "Kedaluwarsa")
    CANCELLED = "cancelled", pgettext_lazy("market", "Dibatalkan")
    REFUNDED = "refunded", _lazy("Uang dikembalikan")


UNPAID = (OrderState.PLACED, OrderState.CLAIMED)
# The seller has, or had, the money: the own book says so once.
PAID_ONCE = (
    OrderState.PAID,
    OrderState.PACKED,
    OrderState.HANDED_OVER,
    OrderState.REFUNDED,
)
ENDED = (
    OrderState.HANDED_OVER,
    OrderState.EXPIRED,
    OrderState.CANCELLED,
    OrderState.REFUNDED,
)


class Method(models.TextChoices):
    QRIS = "qris", "QRIS"
    TRANSFER = "transfer", _lazy("Transfer bank")


class Order(models.Model):
    """One buyer's order at one shop. Who knows the code may read it and act on it.

    How to pay is kept as it stood when it was placed: a seller who changes a QRIS changes no order.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=15, unique=True, default=public_code)
    request_key = models.UUIDField(unique=True)
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="orders")
    state = models.CharField(max_length=12, choices=OrderState.choices, default=OrderState.PLACED)
    method = models.CharField(max_length=10, choices=Method.choices)
    payee = models.CharField(max_length=600)
    is_pickup = models.BooleanField()
    goods_rp = models.BigIntegerField()
    delivery_rp = models.BigIntegerField(default=0)
    total_rp = models.BigIntegerField()
    language = models.CharField(max_length=2, default="id")
    placed_at = models.DateTimeField()
    pay_until = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-placed_at"]
        indexes = [models.Index(fields=["shop", "state"], name="market_order_of_shop")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OrderState.values), name="market_order_state"
            ),
            models.CheckConstraint(
                condition=Q(method__in=Method.values), name="market_order_method"
            ),
            models.CheckConstraint(
                condition=Q(total_rp=F("goods_rp") + F("delivery_rp"), goods_rp__gt=0),
                name="market_order_total",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=PAID_ONCE) | Q(paid_at__isnull=False),
                name="market_order_paid_at",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, ended_at__isnull=False)
                | (~Q(state__in=ENDED) & Q(ended_at__isnull=True)),
                name="market_order_ended_at",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def is_overdue(self, now: datetime) -> bool:
        """Whether its time to pay is over, whether or not anybody has written so yet."""
        return self.state in UNPAID and self.pay_until <= now


class OrderContact(models.Model):
    """Who ordered and where it goes; blank 30 days after the order ended."""

    order = models.OneToOneField(Order, models.PROTECT, primary_key=True, related_name="contact")
    name = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=200, blank=True)
    masked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.order_id)


class OrderLine(models.Model):
    """So many of one product, at the price and under the name it had."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="lines")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    price_rp = models.BigIntegerField()
    qty = models.PositiveIntegerField()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["order", "product"], name="market_line_once"),
            models.CheckConstraint(condition=Q(qty__gt=0), name="market_line_qty"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def amount_rp(self) -> int:
        """Price times quantity."""
        return self.price_rp * self.qty
