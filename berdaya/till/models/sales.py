"""Notas of a stall: what was sold to one buyer, whose goods they were, how it was paid."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.ids import uuid7
from berdaya.goods.models import Variant
from berdaya.institutions.models import Facility
from berdaya.ledger.models import Book
from berdaya.proceeds.models import Sale
from berdaya.till.models.events import Stall
from berdaya.till.models.handouts import HandOutLine
from berdaya.till.models.sessions import StallSession

STAFF = settings.AUTH_USER_MODEL


class StallMethod(models.TextChoices):
    CASH = "cash", _lazy("Tunai")
    QRIS = "qris", "QRIS"


class QrisProof(models.TextChoices):
    """What proves that QRIS money came; a picture on the buyer's phone proves nothing."""

    NONE = "none", _lazy("tunai")
    OPEN = "open", _lazy("belum terbukti")
    APP = "app", _lazy("tampak di aplikasi merchant")
    NOTICE = "notice", _lazy("ada notifikasi")
    SOUNDBOX = "soundbox", _lazy("terdengar dari soundbox")
    MATCHED = "matched", _lazy("dicocokkan bendahara")
    MISSING = "missing", _lazy("tidak pernah masuk")


# What a seller may tick; the treasurer's matching is another step.
SEEN = (QrisProof.APP, QrisProof.NOTICE, QrisProof.SOUNDBOX)


class SaleClaim(models.Model):
    """The id under which a device posts a sale, claimed first; `digest` is of what it asked."""

    id = models.UUIDField(primary_key=True, editable=False)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.id)


class StallSale(models.Model):
    """One nota; its number runs without gaps for a stall and year, a void one keeps it.

    `facility` is the stall's host, `book` the cash-taker's. Cash: received = amount + rounding,
    change = tendered - received.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(_lazy("nota"), max_length=48, unique=True)
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="sales")
    session = models.ForeignKey(StallSession, models.PROTECT, related_name="sales")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    year = models.IntegerField()
    number = models.IntegerField()
    day = models.DateField(_lazy("tanggal"))
    sold_at = models.DateTimeField(_lazy("pukul"))
    method = models.CharField(_lazy("cara bayar"), max_length=8, choices=StallMethod.choices)
    amount_rp = models.BigIntegerField(_lazy("jumlah"))
    own_rp = models.BigIntegerField(default=0)
    rounding_rp = models.IntegerField(default=0)
    tendered_rp = models.BigIntegerField(default=0)
    qris_reference = models.CharField(_lazy("angka akhir rujukan"), max_length=12, blank=True)
    qris_at = models.DateTimeField(null=True)
    proof = models.CharField(_lazy("bukti QRIS"), max_length=10, choices=QrisProof.choices)
    proof_note = models.CharField(_lazy("catatan QRIS"), max_length=200, blank=True)
    proved_at = models.DateTimeField(null=True)
    proved_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")

    # Set on a nota that an earlier arrival of the same sale had made.
    is_repeat = False

    class Meta:
        ordering = ["-year", "-number", "-stall"]
        constraints = [
            models.UniqueConstraint(fields=["stall", "year", "number"], name="till_sale_number"),
            models.CheckConstraint(
                condition=Q(number__gt=0, amount_rp__gt=0, own_rp__gte=0)
                & Q(own_rp__lte=F("amount_rp")),
                name="till_sale_positive",
            ),
            models.CheckConstraint(
                condition=Q(
                    method="cash",
                    proof="none",
                    qris_reference="",
                    tendered_rp__gte=F("amount_rp") + F("rounding_rp"),
                )
                | Q(method="qris", rounding_rp=0, tendered_rp=0) & ~Q(proof="none"),
                name="till_sale_paid",
            ),
            models.CheckConstraint(
                condition=~Q(proof="matched") | ~Q(proved_by=F("recorded_by")),
                name="till_sale_matched_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["facility", "-sold_at"], name="till_sale_list"),
            models.Index(fields=["session"], condition=Q(proof="open"), name="till_sale_unproven"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def received_rp(self) -> int:
        """What the buyer paid: the amount, in cash as rounded."""
        return self.amount_rp + self.rounding_rp

    @property
    def change_rp(self) -> int:
        """What went back over the counter."""
        return self.tendered_rp - self.received_rp if self.method == StallMethod.CASH else 0


class StallSalePart(models.Model):
    """What of a nota belongs to one owner: a sale in that owner's book.

    `facility` and `book` are the owner's; the host reads it too.
    """

    stall_sale = models.ForeignKey(StallSale, models.PROTECT, related_name="parts")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    host = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    sale = models.OneToOneField(Sale, models.PROTECT, related_name="stall_part")
    sale_code = models.CharField(max_length=32)
    is_own = models.BooleanField(default=False)
    amount_rp = models.BigIntegerField()
    fee_rp = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["stall_sale", "book"], name="till_part_one"),
            models.CheckConstraint(
                condition=Q(amount_rp__gt=0, fee_rp__gte=0), name="till_part_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stall_sale_id}: {self.sale_code}"


class StallSaleLine(models.Model):
    """One variant of one lot on a nota, with the price agreed; below the usual one says why."""

    part = models.ForeignKey(StallSalePart, models.PROTECT, related_name="lines")
    stall_sale = models.ForeignKey(StallSale, models.PROTECT, related_name="lines")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    host = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    hand_out_line = models.ForeignKey(HandOutLine, models.PROTECT, related_name="sold_lines")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+")
    lot_code = models.CharField(_lazy("lot"), max_length=32)
    lot_public_code = models.CharField(max_length=16)
    qty = models.DecimalField(_lazy("jumlah"), max_digits=14, decimal_places=3)
    price_rp = models.BigIntegerField()
    unit_price_rp = models.BigIntegerField(_lazy("harga"))
    amount_rp = models.BigIntegerField()
    reason = models.CharField(_lazy("alasan"), max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["stall_sale", "hand_out_line"], name="till_line_one"),
            models.CheckConstraint(
                condition=Q(qty__gt=0, unit_price_rp__gt=0, amount_rp__gt=0),
                name="till_line_positive",
            ),
            models.CheckConstraint(
                condition=Q(unit_price_rp__gte=F("price_rp")) | ~Q(reason=""),
                name="till_line_bargained",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stall_sale_id}: {self.qty}"

    @property
    def is_bargained(self) -> bool:
        """Whether it went for less than was asked."""
        return self.unit_price_rp < self.price_rp


class StallVoid(models.Model):
    """A nota that was wrong and is reversed on its own day, by another person, with the reason."""

    stall_sale = models.OneToOneField(StallSale, models.PROTECT, related_name="void")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    reason = models.CharField(_lazy("alasan"), max_length=200)
    voided_at = models.DateTimeField()
    sold_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    voided_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="till_void_reason"),
            models.CheckConstraint(
                condition=~Q(voided_by=F("sold_by")), name="till_void_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stall_sale_id}: {self.reason}"
