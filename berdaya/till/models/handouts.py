"""Goods handed out to a stall by their owner, what came back, what was lost."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core.ids import uuid7
from berdaya.goods.models import Variant
from berdaya.institutions.models import Facility
from berdaya.ledger.models import Book
from berdaya.papers.models import Document
from berdaya.proceeds.models import Sale
from berdaya.stock.models import GatePass, Lot, Place
from berdaya.till.models.events import Stall


class HandOut(models.Model):
    """Goods of one owner (`facility`, `book`) on their way to a stall of `host`.

    They lie at `place`, the owner's own place at that stall, once the gate pass is approved. One
    person accepts the agreement for the owner, another counts the goods in for the stall.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(_lazy("kode"), max_length=32, unique=True)
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="hand_outs")
    host = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    from_place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    gate_pass = models.OneToOneField(GatePass, models.PROTECT, related_name="hand_out")
    handed_on = models.DateField(pgettext_lazy("till", "diserahkan pada"))
    agreement_version = models.PositiveSmallIntegerField()
    accepted_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    receipt_note = models.CharField(_lazy("catatan saat diterima"), max_length=200, blank=True)
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-handed_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["id", "facility", "host"], name="till_handout_of_owner_and_host"
            ),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True, document__isnull=True)
                | Q(received_at__isnull=False, document__isnull=False),
                name="till_handout_received_has_paper",
            ),
            models.CheckConstraint(
                condition=Q(received_by__isnull=True) | ~Q(received_by=F("accepted_by")),
                name="till_handout_two_people",
            ),
        ]
        indexes = [models.Index(fields=["facility", "-handed_on"], name="till_handout_list")]

    def __str__(self) -> str:
        return self.code


class HandOutLine(models.Model):
    """A part of one lot with its prices; handed out = returned + lost + sold + still there.

    The three totals change only by one conditional UPDATE each (`claim`), never after the line is
    closed by its settlement: then nothing is still there.
    """

    hand_out = models.ForeignKey(HandOut, models.PROTECT, related_name="lines")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    host = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+")
    qty = models.DecimalField(pgettext_lazy("till", "diserahkan"), max_digits=14, decimal_places=3)
    price_rp = models.BigIntegerField(_lazy("harga (Rp)"))
    lowest_rp = models.BigIntegerField(_lazy("harga terendah (Rp)"))
    received_qty = models.DecimalField(
        _lazy("dihitung"), max_digits=14, decimal_places=3, null=True
    )
    returned_qty = models.DecimalField(_lazy("kembali"), max_digits=14, decimal_places=3, default=0)
    lost_qty = models.DecimalField(_lazy("hilang"), max_digits=14, decimal_places=3, default=0)
    sold_qty = models.DecimalField(_lazy("terjual"), max_digits=14, decimal_places=3, default=0)
    is_closed = models.BooleanField(default=False)

    class Meta:
        ordering = ["hand_out", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["hand_out", "lot"], name="till_handoutline_one"),
            models.CheckConstraint(
                condition=Q(
                    qty__gt=0,
                    returned_qty__gte=0,
                    lost_qty__gte=0,
                    sold_qty__gte=0,
                    qty__gte=F("returned_qty") + F("lost_qty") + F("sold_qty"),
                ),
                name="till_handoutline_qty",
            ),
            models.CheckConstraint(
                condition=Q(is_closed=False)
                | Q(qty=F("returned_qty") + F("lost_qty") + F("sold_qty")),
                name="till_handoutline_closed_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(lowest_rp__gt=0, price_rp__gte=F("lowest_rp")),
                name="till_handoutline_prices",
            ),
            models.CheckConstraint(
                condition=Q(received_qty__isnull=True)
                | Q(received_qty__gte=0, received_qty__lte=F("qty")),
                name="till_handoutline_received",
            ),
            # Nothing is sold before it was counted in.
            models.CheckConstraint(
                condition=Q(sold_qty=0) | Q(received_qty__isnull=False),
                name="till_handoutline_sold_after_receipt",
            ),
        ]
        indexes = [models.Index(fields=["host", "variant"], name="till_handoutline_stall")]

    def __str__(self) -> str:
        return f"{self.hand_out_id}: {self.lot_id}"

    @property
    def left_qty(self) -> Decimal:
        """What still lies at the stall."""
        return self.qty - self.returned_qty - self.lost_qty - self.sold_qty


class HandBack(models.Model):
    """Goods of one hand-out that came back into the owner's store, counted there."""

    code = models.CharField(_lazy("kode"), max_length=32, unique=True)
    hand_out = models.ForeignKey(HandOut, models.PROTECT, related_name="hand_backs")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    host = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    day = models.DateField(_lazy("kembali pada"))
    note = models.CharField(_lazy("keterangan"), max_length=200, blank=True)
    document = models.OneToOneField(Document, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["day", "pk"]

    def __str__(self) -> str:
        return self.code


class HandBackLine(models.Model):
    """The part of one line that came back."""

    hand_back = models.ForeignKey(HandBack, models.PROTECT, related_name="lines")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    host = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    line = models.ForeignKey(HandOutLine, models.PROTECT, related_name="hand_back_lines")
    qty = models.DecimalField(_lazy("jumlah"), max_digits=14, decimal_places=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hand_back", "line"], name="till_handbackline_one"),
            models.CheckConstraint(condition=Q(qty__gt=0), name="till_handbackline_something"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.qty}"


class Bearer(models.TextChoices):
    OWNER = "owner", _lazy("pemilik barang")
    STALL = "stall", _lazy("pemegang kas stan")


class HandOutLoss(models.Model):
    """Pieces broken or missing at a stall, said by one person and confirmed by the owner's.

    They cannot be sold from the moment it is said; stock is written off when it is confirmed. Where
    another cash-taker bears it, that is `sale`: it buys them at the lowest price, owed until
    settlement.
    """

    line = models.ForeignKey(HandOutLine, models.PROTECT, related_name="losses")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    host = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    qty = models.DecimalField(_lazy("jumlah"), max_digits=14, decimal_places=3)
    day = models.DateField(_lazy("tanggal"))
    reason = models.CharField(_lazy("apa yang terjadi"), max_length=200)
    borne_by = models.CharField(_lazy("ditanggung"), max_length=6, choices=Bearer.choices)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    is_confirmed = models.BooleanField(null=True)
    sale = models.OneToOneField(Sale, models.PROTECT, null=True, related_name="stall_loss")

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sale__isnull=True) | Q(borne_by="stall", is_confirmed=True),
                name="till_loss_bought",
            ),
            models.CheckConstraint(
                condition=Q(qty__gt=0, borne_by__in=Bearer.values) & ~Q(reason=""),
                name="till_loss_reasoned",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, is_confirmed__isnull=True)
                | Q(decided_at__isnull=False, is_confirmed__isnull=False),
                name="till_loss_decided",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("recorded_by")),
                name="till_loss_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.qty}"
