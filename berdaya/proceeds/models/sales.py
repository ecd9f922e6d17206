"""Sales as facts: lines, allocations to lots, makers' shares, payments."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import not_after_recording
from berdaya.core.ids import uuid7
from berdaya.goods.models import Variant
from berdaya.institutions.models import Facility
from berdaya.ledger.models import Book
from berdaya.people.models import Participant
from berdaya.stock.models import Lot, Place


class SaleKind(models.TextChoices):
    GATE = "gate", _lazy("Di pintu unit")
    GALLERY = "gallery", _lazy("Galeri")
    OUTRIGHT = "outright", _lazy("Beli putus")
    CONSIGNMENT = "consignment", _lazy("Titip jual")
    COURIER = "courier", _lazy("Dikirim lewat kurir")
    STALL = "stall", _lazy("Di stan acara")


class BuyerKind(models.TextChoices):
    PUBLIC = "public", _lazy("Umum")
    STAFF = "staff", _lazy("Petugas")
    COOPERATIVE = "cooperative", _lazy("Koperasi")
    SHOP = "shop", _lazy("Toko")
    DEKRANASDA = "dekranasda", _lazy("Dekranasda")
    AGENCY = "agency", _lazy("Instansi")


class Sale(models.Model):
    """Goods from lots handed over. `calculation` freezes every number of its division.

    `destination` is where they go (ISO 3166): what leaves the country was judged by its law.
    `final_on` is the day from which its premi is payable, `released_on` when that was booked.
    State columns: owed = state - back - deposited; what was deposited and refunded is a claim.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(_lazy("kode"), max_length=32, unique=True)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    kind = models.CharField(_lazy("jenis"), max_length=12, choices=SaleKind.choices)
    buyer_kind = models.CharField(_lazy("pembeli"), max_length=12, choices=BuyerKind.choices)
    buyer_label = models.CharField(_lazy("keterangan pembeli"), max_length=80, blank=True)
    sold_on = models.DateField(_lazy("tanggal"))
    destination = models.CharField(_lazy("negara tujuan"), max_length=2, default="ID")
    final_on = models.DateField()
    released_on = models.DateField(null=True)
    receipt_no = models.CharField(_lazy("nomor nota"), max_length=40)
    own_receipt_no = models.CharField(_lazy("nomor nota sendiri"), max_length=40, blank=True)
    regime = models.CharField(max_length=16)
    amount_rp = models.BigIntegerField()
    refunded_rp = models.BigIntegerField(default=0)
    paid_rp = models.BigIntegerField(default=0)
    state_rp = models.BigIntegerField(default=0)
    state_back_rp = models.BigIntegerField(default=0)
    state_deposited_rp = models.BigIntegerField(default=0)
    state_claim_rp = models.BigIntegerField(default=0)
    calculation = models.JSONField()
    is_history = models.BooleanField(default=False)
    source_ref = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    # Set on a sale that an earlier arrival of the same form had made.
    is_repeat = False

    class Meta:
        ordering = ["-sold_on", "-id"]
        constraints = [
            not_after_recording("proceeds_sale_day", "sold_on"),
            models.CheckConstraint(
                condition=Q(released_on__isnull=True) | Q(released_on__gte=F("final_on")),
                name="proceeds_sale_released",
            ),
            models.UniqueConstraint(fields=["book", "receipt_no"], name="proceeds_sale_receipt"),
            models.UniqueConstraint(
                fields=["facility", "source_ref"],
                condition=~Q(source_ref=""),
                name="proceeds_sale_source",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=SaleKind.values, buyer_kind__in=BuyerKind.values),
                name="proceeds_sale_known",
            ),
            models.CheckConstraint(
                condition=Q(amount_rp__gte=0, refunded_rp__gte=0, refunded_rp__lte=F("amount_rp")),
                name="proceeds_sale_refunded",
            ),
            models.CheckConstraint(
                condition=Q(
                    state_back_rp__gte=0,
                    state_deposited_rp__gte=0,
                    state_rp__gte=F("state_back_rp") + F("state_deposited_rp"),
                    state_claim_rp__gte=0,
                    state_claim_rp__lte=F("state_deposited_rp"),
                ),
                name="proceeds_sale_state",
            ),
            models.CheckConstraint(
                condition=Q(final_on__gte=F("sold_on")), name="proceeds_sale_final"
            ),
        ]
        indexes = [
            models.Index(fields=["facility", "-sold_on", "-id"], name="proceeds_sale_list"),
            models.Index(
                fields=["book", "final_on"],
                condition=Q(released_on__isnull=True),
                name="proceeds_sale_pending",
            ),
            models.Index(
                fields=["book", "sold_on", "id"],
                condition=Q(state_rp__gt=F("state_back_rp") + F("state_deposited_rp")),
                name="proceeds_sale_state_owed",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def due_rp(self) -> int:
        """What the buyer still owes; below zero money must go back."""
        return self.amount_rp - self.refunded_rp - self.paid_rp

    @property
    def state_owed_rp(self) -> int:
        """What of the state's share is not deposited yet."""
        return self.state_rp - self.state_back_rp - self.state_deposited_rp


class SaleRequest(models.Model):
    """A form that was posted: its key is claimed first, so that arriving twice counts once.

    No sale where a consignee only gave goods back.
    """

    key = models.CharField(primary_key=True, max_length=80)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    sale = models.OneToOneField(Sale, models.PROTECT, null=True, related_name="request")

    def __str__(self) -> str:
        return self.key


class SaleLine(models.Model):
    """One variant on a sale; amount = price x quantity - discount, half a rupiah up."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sale = models.ForeignKey(Sale, models.PROTECT, related_name="lines")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    day = models.DateField()
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+")
    qty = models.DecimalField(_lazy("jumlah"), max_digits=14, decimal_places=3)
    unit_price_rp = models.BigIntegerField(_lazy("harga satuan (Rp)"))
    discount_rp = models.BigIntegerField(_lazy("potongan (Rp)"), default=0)
    amount_rp = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(qty__gt=0, unit_price_rp__gte=0, discount_rp__gte=0, amount_rp__gte=0),
                name="proceeds_saleline_positive",
            )
        ]
        indexes = [models.Index(fields=["variant", "day"], name="proceeds_saleline_variant")]

    def __str__(self) -> str:
        return f"{self.sale_id}: {self.qty}"


COST_COLUMNS = ("tax_rp", "fee_rp", "material_rp", "packing_rp")
SHARE_COLUMNS = ("makers_rp", "capital_rp", "state_rp", "cooperative_rp", "undivided_rp")


class Allocation(models.Model):
    """The part of a line that one lot filled, and how its money is divided, for good.

    amount + loss = tax + fee + material + packing + makers + capital + state + cooperative
    + undivided (history from before the unit's first day in this program).
    """

    line = models.ForeignKey(SaleLine, models.PROTECT, related_name="allocations")
    sale = models.ForeignKey(Sale, models.PROTECT, related_name="allocations")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+")
    policy_id = models.BigIntegerField()
    qty = models.DecimalField(max_digits=14, decimal_places=3)
    returned_qty = models.DecimalField(max_digits=14, decimal_places=3, default=0)
    amount_rp = models.BigIntegerField()
    tax_rp = models.BigIntegerField()
    fee_rp = models.BigIntegerField()
    material_rp = models.BigIntegerField()
    packing_rp = models.BigIntegerField()
    donated_rp = models.BigIntegerField()
    base_rp = models.BigIntegerField()
    loss_rp = models.BigIntegerField()
    makers_rp = models.BigIntegerField()
    capital_rp = models.BigIntegerField()
    state_rp = models.BigIntegerField()
    cooperative_rp = models.BigIntegerField()
    undivided_rp = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    amount_rp=F("tax_rp")
                    + F("fee_rp")
                    + F("material_rp")
                    + F("packing_rp")
                    + F("makers_rp")
                    + F("capital_rp")
                    + F("state_rp")
                    + F("cooperative_rp")
                    + F("undivided_rp")
                    - F("loss_rp")
                ),
                name="proceeds_allocation_explained",
            ),
            models.CheckConstraint(
                condition=Q(qty__gt=0, returned_qty__gte=0, returned_qty__lte=F("qty")),
                name="proceeds_allocation_qty",
            ),
            models.CheckConstraint(
                condition=Q(
                    **{
                        f"{name}__gte": 0
                        for name in (
                            *COST_COLUMNS,
                            *SHARE_COLUMNS,
                            "amount_rp",
                            "donated_rp",
                            "base_rp",
                            "loss_rp",
                        )
                    }
                ),
                name="proceeds_allocation_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.lot_id}"


class ShareKind(models.TextChoices):
    SHARE = "share", _lazy("bagian dari penjualan")
    CORRECTION = "correction", _lazy("perbaikan")


class PremiShare(models.Model):
    """One maker's part of one allocation, in three pockets; a debt of the book that sold.

    Pending until `released_on`, claimed by a payout line or an exit once. The `back_` columns are
    what refunds took while it was pending. A correction has an objection instead of a sale.
    """

    allocation = models.ForeignKey(Allocation, models.PROTECT, null=True, related_name="shares")
    sale = models.ForeignKey(Sale, models.PROTECT, null=True, related_name="shares")
    kind = models.CharField(max_length=10, choices=ShareKind.choices, default=ShareKind.SHARE)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    earned_on = models.DateField()
    weight = models.BigIntegerField(default=0)
    total_weight = models.BigIntegerField(default=0)
    amount_rp = models.BigIntegerField()
    saved_rp = models.BigIntegerField()
    spendable_rp = models.BigIntegerField()
    family_rp = models.BigIntegerField()
    back_saved_rp = models.BigIntegerField(default=0)
    back_spendable_rp = models.BigIntegerField(default=0)
    back_family_rp = models.BigIntegerField(default=0)
    reserve_rp = models.BigIntegerField(default=0)
    released_on = models.DateField(null=True)
    payout_line = models.ForeignKey("PayoutLine", models.PROTECT, null=True, related_name="shares")
    exit_settlement = models.ForeignKey(
        "ExitSettlement", models.PROTECT, null=True, related_name="shares"
    )
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(released_on__isnull=True) | Q(released_on__gte=F("earned_on")),
                name="proceeds_share_released",
            ),
            models.UniqueConstraint(
                fields=["allocation", "participant"], name="proceeds_share_one"
            ),
            models.CheckConstraint(
                condition=Q(
                    amount_rp__gte=0,
                    amount_rp=F("saved_rp") + F("spendable_rp") + F("family_rp"),
                    back_saved_rp__gte=0,
                    back_spendable_rp__gte=0,
                    back_family_rp__gte=0,
                    back_saved_rp__lte=F("saved_rp"),
                    back_spendable_rp__lte=F("spendable_rp"),
                    back_family_rp__lte=F("family_rp"),
                    reserve_rp__gte=0,
                ),
                name="proceeds_share_pockets",
            ),
            models.CheckConstraint(
                condition=Q(
                    amount_rp__gte=F("reserve_rp")
                    + F("back_saved_rp")
                    + F("back_spendable_rp")
                    + F("back_family_rp")
                ),
                name="proceeds_share_taken_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="share", allocation__isnull=False, sale__isnull=False)
                | Q(kind="correction", allocation__isnull=True, sale__isnull=True) & ~Q(reason=""),
                name="proceeds_share_source",
            ),
            # Only what is payable can be claimed, and only once.
            models.CheckConstraint(
                condition=Q(payout_line__isnull=True, exit_settlement__isnull=True)
                | Q(released_on__isnull=False, exit_settlement__isnull=True)
                | Q(released_on__isnull=False, payout_line__isnull=True),
                name="proceeds_share_claimed_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["book", "participant"],
                condition=Q(
                    payout_line__isnull=True,
                    exit_settlement__isnull=True,
                    released_on__isnull=False,
                ),
                name="proceeds_share_payable",
            ),
            models.Index(fields=["participant", "earned_on"], name="proceeds_share_person"),
            models.Index(fields=["facility", "earned_on"], name="proceeds_share_month"),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.amount_rp}"

    @property
    def left(self) -> dict[str, int]:
        """What is left of each pocket after refunds."""
        return {
            name: getattr(self, f"{name}_rp") - getattr(self, f"back_{name}_rp")
            for name in ("saved", "spendable", "family")
        }


class PaymentMethod(models.TextChoices):
    CASH = "cash", _lazy("Tunai")
    TRANSFER = "transfer", _lazy("Transfer")
    QRIS = "qris", "QRIS"


class Payment(models.Model):
    """Money received for a sale; back to the buyer it is below zero and hangs on a refund.

    `is_deposit`: it lay in the buyers' deposits before the hand-over, so nothing is posted for it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sale = models.ForeignKey(Sale, models.PROTECT, related_name="payments")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    method = models.CharField(_lazy("cara bayar"), max_length=10, choices=PaymentMethod.choices)
    amount_rp = models.BigIntegerField(_lazy("jumlah (Rp)"))
    fee_rp = models.BigIntegerField(default=0)
    paid_on = models.DateField(_lazy("dibayar pada"))
    reference = models.CharField(_lazy("rujukan"), max_length=80, blank=True)
    is_deposit = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["paid_on", "id"]
        constraints = [
            not_after_recording("proceeds_payment_day", "paid_on"),
            models.CheckConstraint(
                condition=Q(method__in=PaymentMethod.values) & ~Q(amount_rp=0),
                name="proceeds_payment_known",
            ),
            models.CheckConstraint(
                condition=Q(is_deposit=False) | Q(amount_rp__gt=0), name="proceeds_payment_deposit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.amount_rp}"
