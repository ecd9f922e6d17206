"""Carts and checkouts: random keys and goods, nothing about who buys."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from berdaya.catalog.models import Listing


class Cart(models.Model):
    """What a browser has put aside; its id is a secret that only that browser's cookie holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["touched_at"], name="orders_cart_old")]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d}"


class CartLine(models.Model):
    """How many of a listing, and the price that was shown when it was put in."""

    cart = models.ForeignKey(Cart, models.CASCADE, related_name="lines")
    listing = models.ForeignKey(Listing, models.PROTECT, related_name="+")
    qty = models.PositiveIntegerField()
    seen_price_rp = models.BigIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["cart", "listing"], name="orders_cartline_one"),
            models.CheckConstraint(
                condition=Q(qty__gt=0, qty__lte=999, seen_price_rp__gte=0),
                name="orders_cartline_qty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.qty}"


class Checkout(models.Model):
    """One form that a buyer posted: all its orders or none. `code` is its unguessable address.

    `request_key` is claimed first, so that the same form posted again returns the same orders.
    `facility_ids` says which scope its page must open.
    """

    code = models.CharField(max_length=16, unique=True)
    request_key = models.UUIDField(unique=True)
    cart = models.ForeignKey(Cart, models.PROTECT, null=True, related_name="checkouts")
    facility_ids = ArrayField(models.BigIntegerField(), default=list)
    language = models.CharField(max_length=2)
    placed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code
