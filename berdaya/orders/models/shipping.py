"""Flat shipping rates by zone and weight, payment terms, and the shipment itself."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedRow, no_overlap
from berdaya.institutions.models import Facility
from berdaya.orders.models.orders import Order
from berdaya.proceeds.models import Sale


class ShippingRate(DatedRow):
    """What a parcel costs from one place to another, by the longest matching prefixes.

    Prefixes are Kemendagri codes (`53`, `53.71`) or empty for everywhere. The first kilogram has
    its price, each further one begun another. Days are those on the way.
    """

    origin = models.CharField(max_length=8, blank=True)
    destination = models.CharField(max_length=8, blank=True)
    zone = models.CharField(_lazy("zona"), max_length=60)
    zone_en = models.CharField(max_length=60)
    first_kg_rp = models.BigIntegerField(_lazy("kilogram pertama (Rp)"))
    next_kg_rp = models.BigIntegerField(_lazy("kilogram berikutnya (Rp)"))
    days_from = models.PositiveSmallIntegerField()
    days_until = models.PositiveSmallIntegerField()
    legal_basis = models.CharField(_lazy("dasar"), max_length=200)

    class Meta:
        ordering = ["origin", "destination", "-valid_from"]
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("orders_shippingrate_one", "origin", "destination"),
            models.CheckConstraint(
                condition=Q(first_kg_rp__gte=0, next_kg_rp__gte=0, days_until__gte=F("days_from")),
                name="orders_shippingrate_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.origin or '*'} → {self.destination or '*'}"


class PaymentTerm(DatedRow):
    """How long a buyer has to pay by a method, up to which amount, and when claims are answered.

    Above `most_rp` the method is not offered (QRIS: the limit of a transaction). Where too little
    came, the rest is waited for no longer than `rest_days` after the first money. Of one phone, or
    one cart, so many checkouts (`most_unpaid`) may wait for money at a time.
    """

    method = models.CharField(max_length=10)
    minutes_to_pay = models.PositiveIntegerField()
    most_rp = models.BigIntegerField(null=True)
    answer_hours = models.PositiveSmallIntegerField()
    rest_days = models.PositiveSmallIntegerField(default=7)
    most_unpaid = models.PositiveSmallIntegerField(default=3)
    legal_basis = models.CharField(_lazy("dasar"), max_length=200)

    class Meta:
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("orders_paymentterm_one", "method"),
            models.CheckConstraint(
                condition=Q(method__in=["qris", "transfer"], minutes_to_pay__gt=0),
                name="orders_paymentterm_known",
            ),
        ]

    def __str__(self) -> str:
        return self.method


class Shipment(models.Model):
    """An order handed over: to a courier with a tracking number, or to the buyer at the counter.

    The sale is made in the same transaction. `delivered_on` completes it.
    """

    order = models.OneToOneField(Order, models.PROTECT, related_name="shipment")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    sale = models.OneToOneField(Sale, models.PROTECT, related_name="shipment")
    courier = models.CharField(_lazy("kurir"), max_length=40, blank=True)
    tracking_no = models.CharField(_lazy("nomor resi"), max_length=40, blank=True)
    handed_on = models.DateField(_lazy("diserahkan pada"))
    delivered_on = models.DateField(_lazy("sampai pada"), null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(delivered_on__isnull=True) | Q(delivered_on__gte=F("handed_on")),
                name="orders_shipment_delivered",
            ),
            models.UniqueConstraint(
                fields=["courier", "tracking_no"],
                condition=~Q(tracking_no=""),
                name="orders_shipment_tracking",
            ),
        ]

    def __str__(self) -> str:
        return self.tracking_no or str(self.order_id)
