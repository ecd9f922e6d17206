"""Exit settlements (*serah terima saat keluar*): what a leaving person is owed, the same day."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core.dated import not_after_recording
from berdaya.institutions.models import Facility
from berdaya.ledger.models import Book
from berdaya.people.models import Participant


class ExitKind(models.TextChoices):
    RELEASE = "release", _lazy("Bebas")
    INTEGRATION = "integration", _lazy("PB, CMB atau CB")
    TRANSFER = "transfer", _lazy("Mutasi ke UPT lain")
    DETAINEE_OUT = "detainee_out", _lazy("Tahanan keluar")
    DEATH = "death", _lazy("Meninggal dunia")
    ESCAPE = "escape", _lazy("Melarikan diri")


class ExitMethod(models.TextChoices):
    BANK = "bank", _lazy("Rekening bank")
    E_MONEY = "e_money", _lazy("Uang elektronik")
    CASH_AT_GATE = "cash_at_gate", _lazy("Tunai saat keluar")
    HEIRS = "heirs", _lazy("Ahli waris")
    NEW_FACILITY = "new_facility", _lazy("Register D UPT tujuan")


class Receiver(models.TextChoices):
    """Who took the money, by relation and never by name; the name stands on the signed paper."""

    SELF = "self", _lazy("Yang bersangkutan sendiri")
    FAMILY = "family", _lazy("Keluarga, dengan surat kuasa")
    PROXY = "proxy", _lazy("Penerima kuasa lain, dengan surat kuasa")
    HEIR = "heir", _lazy("Ahli waris, dengan surat keterangan waris")
    FACILITY = "facility", _lazy("Petugas UPT tujuan")
    # Recorded before there was this list; nobody can choose it.
    ON_PAPER = "on_paper", _lazy("Tertulis pada berita acaranya")


# Who takes it for somebody else shows a paper that says so.
WITH_LETTER = (Receiver.FAMILY, Receiver.PROXY, Receiver.HEIR)


class PendingTreatment(models.TextChoices):
    PAY_NOW = "pay_now", _lazy("dibayar sekarang; bila ada retur, cadangan menanggung")
    PAY_LATER = "pay_later", _lazy("dibayar kemudian, sesudah penjualannya final")


class ExitSettlement(models.Model):
    """One person's leaving, with the sums of every pocket as they were settled.

    `settled_on` stands where it was not the day of leaving: nothing is paid before it was owed.
    """

    code = models.CharField(_lazy("kode"), max_length=32, unique=True)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    left_on = models.DateField(_lazy("keluar pada"))
    settled_on = models.DateField(_lazy("diselesaikan pada"), null=True, blank=True)
    exit_kind = models.CharField(_lazy("sebab"), max_length=14, choices=ExitKind.choices)
    method = models.CharField(
        pgettext_lazy("proceeds", "cara"), max_length=14, choices=ExitMethod.choices
    )
    reference = models.CharField(_lazy("rujukan"), max_length=80)
    pending_treatment = models.CharField(
        _lazy("premi belum final"), max_length=10, choices=PendingTreatment.choices
    )
    receiver = models.CharField(
        _lazy("diterima oleh"), max_length=8, choices=Receiver.choices, default=Receiver.SELF
    )
    receiver_letter = models.CharField(_lazy("nomor suratnya"), max_length=60, blank=True)
    amount_rp = models.BigIntegerField()
    pending_rp = models.BigIntegerField(default=0)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-left_on", "-pk"]
        constraints = [
            not_after_recording("proceeds_exit_day", "left_on"),
            not_after_recording("proceeds_exit_paid_day", "settled_on"),
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True) | Q(settled_on__gte=F("left_on")),
                name="proceeds_exit_order",
            ),
            models.UniqueConstraint(
                fields=["facility", "participant", "left_on"], name="proceeds_exit_one"
            ),
            models.CheckConstraint(
                condition=Q(receiver__in=Receiver.values)
                & (~Q(receiver__in=WITH_LETTER) | ~Q(receiver_letter="")),
                name="proceeds_exit_receiver",
            ),
            models.CheckConstraint(
                condition=~Q(exit_kind=ExitKind.DEATH, receiver=Receiver.SELF),
                name="proceeds_exit_dead",
            ),
            models.CheckConstraint(
                condition=Q(amount_rp__gte=0, pending_rp__gte=0) & ~Q(reference=""),
                name="proceeds_exit_amounts",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def paid_on(self) -> date:
        """The day on which it was paid and booked."""
        return self.settled_on or self.left_on


class ExitSettlementLine(models.Model):
    """What one book paid on the leaving, by pocket; waiting is what had waited for an account."""

    settlement = models.ForeignKey(ExitSettlement, models.PROTECT, related_name="lines")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    saved_rp = models.BigIntegerField()
    spendable_rp = models.BigIntegerField()
    family_rp = models.BigIntegerField()
    waiting_rp = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["settlement", "book"], name="proceeds_exitline_one"),
            models.CheckConstraint(
                condition=Q(
                    saved_rp__gte=0, spendable_rp__gte=0, family_rp__gte=0, waiting_rp__gte=0
                ),
                name="proceeds_exitline_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.settlement_id}: {self.book_id}"

    @property
    def amount_rp(self) -> int:
        """All pockets together."""
        return self.saved_rp + self.spendable_rp + self.family_rp + self.waiting_rp
