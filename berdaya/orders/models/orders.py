"""Orders: what was promised to a buyer, which lots are held for it, and how it went on."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.catalog.models import ListingVersion
from berdaya.core.ids import uuid7
from berdaya.goods.models import Variant
from berdaya.institutions.models import BankAccount, Facility, QrisAccount, Region
from berdaya.ledger.models import Book
from berdaya.orders.models.carts import Checkout
from berdaya.stock.models import Lot, Place

STAFF = settings.AUTH_USER_MODEL


class OrderState(models.TextChoices):
    PLACED = "placed", _lazy("Menunggu pembayaran")
    CLAIMED = "claimed", _lazy("Menunggu pencocokan")
    PAID = "paid", _lazy("Lunas")
    PACKED = "packed", _lazy("Dikemas")
    HANDED_OVER = "handed_over", _lazy("Diserahkan")
    COMPLETED = "completed", pgettext_lazy("orders", "Selesai")
    EXPIRED = "expired", _lazy("Kedaluwarsa")
    CANCELLED = "cancelled", _lazy("Dibatalkan")


# While an order is in one of these its amount stands open at the payee's account.
AWAITING_MONEY = (OrderState.PLACED, OrderState.CLAIMED)
HANDED = (OrderState.HANDED_OVER, OrderState.COMPLETED)
UNSOLD = (OrderState.EXPIRED, OrderState.CANCELLED)
ENDED = (OrderState.COMPLETED, OrderState.EXPIRED, OrderState.CANCELLED)


class Order(models.Model):
    """What one seller owes one buyer: one facility, one book, one payee account.

    payable = goods + shipping - lowered; the lowering (1 to 999 rupiah) makes the amount unique
    among open orders of the account, so that a statement line finds its order. `paid_rp` is the
    sum of money in less money back; `shipping_back_rp` was given back with goods that returned.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(_lazy("kode"), max_length=32, unique=True)
    checkout = models.ForeignKey(Checkout, models.PROTECT, related_name="orders")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    state = models.CharField(
        _lazy("keadaan"), max_length=12, choices=OrderState.choices, default=OrderState.PLACED
    )
    method = models.CharField(_lazy("cara bayar"), max_length=10)
    qris = models.ForeignKey(QrisAccount, models.PROTECT, null=True, related_name="+")
    bank_account = models.ForeignKey(BankAccount, models.PROTECT, null=True, related_name="+")
    payee_key = models.CharField(max_length=24)
    goods_rp = models.BigIntegerField(_lazy("barang (Rp)"))
    shipping_rp = models.BigIntegerField(_lazy("ongkir (Rp)"))
    lowered_rp = models.BigIntegerField()
    payable_rp = models.BigIntegerField(_lazy("harus dibayar (Rp)"))
    paid_rp = models.BigIntegerField(_lazy("dibayar (Rp)"), default=0)
    shipping_back_rp = models.BigIntegerField(default=0)
    weight_g = models.PositiveIntegerField()
    is_pickup = models.BooleanField(default=False)
    pickup_place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    days_from = models.PositiveSmallIntegerField(default=0)
    days_until = models.PositiveSmallIntegerField(default=0)
    placed_at = models.DateTimeField(_lazy("dipesan"))
    pay_until = models.DateTimeField(_lazy("dibayar paling lambat"))

    class Meta:
        ordering = ["-placed_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["id", "facility"], name="orders_order_of_facility"),
            models.UniqueConstraint(
                fields=["payee_key", "payable_rp"],
                condition=Q(state__in=["placed", "claimed"]),
                name="orders_order_amount_one",
            ),
            models.CheckConstraint(
                condition=Q(
                    payable_rp=F("goods_rp") + F("shipping_rp") - F("lowered_rp"),
                    goods_rp__gt=0,
                    shipping_rp__gte=0,
                    lowered_rp__gte=0,
                    lowered_rp__lte=999,
                    payable_rp__gt=0,
                    paid_rp__gte=0,
                ),
                name="orders_order_amounts",
            ),
            models.CheckConstraint(
                condition=Q(shipping_back_rp__gte=0, shipping_back_rp__lte=F("shipping_rp")),
                name="orders_order_shipping_back",
            ),
            models.CheckConstraint(
                condition=Q(method="qris", qris__isnull=False, bank_account__isnull=True)
                | Q(method="transfer", qris__isnull=True, bank_account__isnull=False),
                name="orders_order_payee",
            ),
            models.CheckConstraint(
                condition=Q(is_pickup=True, pickup_place__isnull=False, shipping_rp=0)
                | Q(is_pickup=False, pickup_place__isnull=True),
                name="orders_order_pickup",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OrderState.values), name="orders_order_state"
            ),
        ]
        indexes = [
            models.Index(fields=["facility", "-placed_at", "-id"], name="orders_order_list"),
            models.Index(fields=["facility", "state"], name="orders_order_waiting"),
            models.Index(
                fields=["pay_until"], condition=Q(state="placed"), name="orders_order_deadline"
            ),
            models.Index(fields=["book", "payable_rp"], name="orders_order_amount"),
            models.Index(fields=["payee_key", "payable_rp"], name="orders_order_payee_amount"),
            # Where the money is not what the order asks for: somebody must decide.
            models.Index(
                fields=["facility"],
                condition=Q(paid_rp__gt=0)
                & (
                    Q(state__in=["placed", "claimed", "expired", "cancelled"])
                    | Q(paid_rp__gt=F("payable_rp") - F("shipping_back_rp"))
                ),
                name="orders_order_money_odd",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def is_overdue(self, now: datetime) -> bool:
        """Past its deadline without a claim, whether or not anybody has freed its stock yet."""
        return self.state == OrderState.PLACED and self.pay_until <= now

    @property
    def is_told_stopped(self) -> bool:
        """Whether its buyer was told last that the law stopped it; reads the steps."""
        kinds = [step.kind for step in self.steps.all() if step.kind in (STOPPED, RESUMED)]
        return bool(kinds) and kinds[-1] == STOPPED

    @property
    def due_rp(self) -> int:
        """What is still to be paid; below zero too much came."""
        return self.payable_rp - self.paid_rp

    @property
    def returnable_rp(self) -> int:
        """What of the buyer's money the order does not keep: all of it, until it is paid or where
        it ended unsold, else what came too much."""
        if self.state in (*AWAITING_MONEY, OrderState.EXPIRED, OrderState.CANCELLED):
            return self.paid_rp
        return max(self.paid_rp - self.payable_rp + self.shipping_back_rp, 0)


class OrderContact(models.Model):
    """Who buys and where it goes. Desk side only, masked 30 days after delivery.

    `phone` is E.164. `gift_note` goes on a card that is written outside.
    """

    order = models.OneToOneField(Order, models.PROTECT, related_name="contact")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    name = models.CharField(_lazy("nama"), max_length=80)
    phone = models.CharField(_lazy("telepon"), max_length=20)
    email = models.EmailField(_lazy("surel"), max_length=120, blank=True)
    address = models.CharField(_lazy("alamat"), max_length=240, blank=True)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, related_name="+", verbose_name=_lazy("kecamatan")
    )
    postcode = models.CharField(_lazy("kode pos"), max_length=5, blank=True)
    gift_note = models.CharField(_lazy("pesan hadiah"), max_length=200, blank=True)
    masked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["phone"], condition=~Q(phone=""), name="orders_contact_phone")
        ]

    def __str__(self) -> str:
        return str(self.order_id)


class OrderLine(models.Model):
    """One listing as promised: its version, price and quantity are frozen.

    `ready_by`: a made-to-order line gets its lot until then, as it was first promised; empty where
    stock is held.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="lines")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+")
    version = models.ForeignKey(ListingVersion, models.PROTECT, related_name="+")
    qty = models.DecimalField(_lazy("jumlah"), max_digits=14, decimal_places=3)
    unit_price_rp = models.BigIntegerField(_lazy("harga satuan (Rp)"))
    amount_rp = models.BigIntegerField()
    ready_by = models.DateField(_lazy("siap paling lambat"), null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "variant"], name="orders_orderline_one"),
            models.CheckConstraint(
                condition=Q(qty__gt=0, unit_price_rp__gt=0, amount_rp__gt=0),
                name="orders_orderline_positive",
            ),
        ]
        indexes = [models.Index(fields=["variant"], name="orders_orderline_variant")]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.qty}"

    @property
    def due_on(self) -> date | None:
        """The day told last where rows came through `queries.with_told`, else as first promised."""
        told: date | None = getattr(self, "told_on", None)
        return told or self.ready_by


class HeldOutcome(models.TextChoices):
    OPEN = "open", _lazy("ditahan")
    FREED = "freed", _lazy("dilepas")
    SOLD = "sold", _lazy("diserahkan")


class Hold(models.Model):
    """Part of a lot at a place that nobody else may take: StockLevel.reserved counts it."""

    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="holds")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    qty = models.DecimalField(max_digits=14, decimal_places=3)
    outcome = models.CharField(max_length=6, choices=HeldOutcome.choices, default=HeldOutcome.OPEN)
    held_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(qty__gt=0)
                & (
                    Q(outcome="open", ended_at__isnull=True)
                    | (Q(outcome__in=["freed", "sold"]) & Q(ended_at__isnull=False))
                ),
                name="orders_hold_state",
            )
        ]
        indexes = [
            models.Index(
                fields=["lot", "place"], condition=Q(outcome="open"), name="orders_hold_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.lot_id}: {self.qty}"


class LotSwap(models.Model):
    """While packing another lot was taken than was held; who, when and why."""

    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="swaps")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    from_lot = models.ForeignKey(Lot, models.PROTECT, null=True, related_name="+")
    to_lot = models.ForeignKey(Lot, models.PROTECT, related_name="+")
    qty = models.DecimalField(max_digits=14, decimal_places=3)
    reason = models.CharField(_lazy("alasan"), max_length=200)
    swapped_at = models.DateTimeField()
    swapped_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(qty__gt=0) & ~Q(reason=""), name="orders_lotswap_whole"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_lot_id} → {self.to_lot_id}"


# The kind of a step by which a buyer was told a later day; its note is that day.
SLIPPED = "slipped"
# Steps by which a buyer was told that a permit of the goods ended, and that one holds again.
STOPPED, RESUMED = "stopped", "resumed"


class OrderStep(models.Model):
    """Something happened to an order; append-only. `kind` is a state it entered, or an event.

    `by` is empty for the buyer and for the program; `note` never holds anything about the buyer.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="steps")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["order", "at"], name="orders_step_list")]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.kind}"
