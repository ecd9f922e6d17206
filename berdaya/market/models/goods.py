"""What a shop offers, how many there are, and its photos under names of their own."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.codes import public_code
from berdaya.market.models.shops import EATEN, Shop, Trade


class Product(models.Model):
    """A thing at a price. `held` of `on_hand` are promised to orders that still run."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=15, unique=True, default=public_code)
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="products")
    name = models.CharField(_lazy("nama barang"), max_length=80)
    about = models.CharField(max_length=600, blank=True)
    trade = models.CharField(max_length=10, choices=Trade.choices)
    is_fresh = models.BooleanField(default=False)
    price_rp = models.BigIntegerField()
    on_hand = models.IntegerField(default=0)
    held = models.IntegerField(default=0)
    is_shown = models.BooleanField(default=True)

    class Meta:
        ordering = ["name", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(held__gte=0, held__lte=F("on_hand")), name="market_product_held"
            ),
            models.CheckConstraint(
                condition=Q(price_rp__gt=0, price_rp__lte=10_000_000), name="market_product_price"
            ),
            models.CheckConstraint(
                condition=Q(trade__in=Trade.values), name="market_product_trade"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def free(self) -> int:
        """How many may still be ordered."""
        return self.on_hand - self.held

    @property
    def needs_permit(self) -> bool:
        """Whether it may be offered only under a food number: domain, P-IRT."""
        return self.trade in EATEN and not self.is_fresh


class Picture(models.Model):
    """A photo, encoded anew at the one size that all have; its name is chance and says nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=32, unique=True)
    product = models.ForeignKey(Product, models.PROTECT, related_name="pictures")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name
