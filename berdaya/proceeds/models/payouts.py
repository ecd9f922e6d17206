"""Payout lists (*Daftar Pembayaran Premi*): prepared, approved and paid by three people."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core.dated import not_after_recording
from berdaya.institutions.models import Facility
from berdaya.ledger.models import Book
from berdaya.people.models import Participant

STAFF = settings.AUTH_USER_MODEL


class Channel(models.TextChoices):
    BANK = "bank", _lazy("Rekening bank")
    E_MONEY = "e_money", _lazy("Uang elektronik")
    AWAITING_ACCOUNT = "awaiting_account", _lazy("Menunggu rekening")
    REGISTER_D = "register_d", _lazy("Titipan Register D")
    AT_RELEASE = "at_release", _lazy("Dibayar saat bebas")


# These leave the book, so they carry a reference; the others stay owed in the book.
PAID_OUT = (Channel.BANK, Channel.E_MONEY, Channel.REGISTER_D)


class PayoutRun(models.Model):
    """One list of one book: what was payable up to a day, claimed for these lines."""

    code = models.CharField(_lazy("kode"), max_length=32, unique=True)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    until = models.DateField(_lazy("premi sampai"))
    prepared_on = models.DateField(_lazy("disiapkan pada"))
    prepared_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    total_rp = models.BigIntegerField()
    line_count = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-prepared_on", "-pk"]
        indexes = [models.Index(fields=["facility", "-prepared_on"], name="proceeds_run_list")]
        constraints = [
            not_after_recording("proceeds_run_day", "prepared_on"),
            models.CheckConstraint(
                condition=Q(until__lte=F("prepared_on")), name="proceeds_run_order"
            ),
            models.UniqueConstraint(fields=["id", "prepared_by"], name="proceeds_run_preparer"),
            models.CheckConstraint(condition=Q(total_rp__gt=0), name="proceeds_run_positive"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def state(self) -> str:
        """prepared, returned, approved or paid."""
        if hasattr(self, "payment"):
            return "paid"
        if hasattr(self, "returned"):
            return "returned"
        return "approved" if hasattr(self, "approval") else "prepared"


class PayoutApproval(models.Model):
    """The second person. `prepared_by` copies the run's; a foreign key over both keeps it true."""

    run = models.OneToOneField(PayoutRun, models.PROTECT, related_name="approval")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    prepared_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    approved_on = models.DateField(_lazy("disetujui pada"))
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            not_after_recording("proceeds_approval_day", "approved_on"),
            models.CheckConstraint(
                condition=~Q(approved_by=F("prepared_by")), name="proceeds_approval_two_people"
            ),
            models.UniqueConstraint(
                fields=["run", "approved_by"], name="proceeds_approval_approver"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.approved_on}"


class PayoutPayment(models.Model):
    """The third person, who paid. Both earlier ones are copied, and differ."""

    run = models.OneToOneField(PayoutRun, models.PROTECT, related_name="payment")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    prepared_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    paid_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    paid_on = models.DateField(_lazy("dibayar pada"))
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            not_after_recording("proceeds_payoutpayment_day", "paid_on"),
            models.CheckConstraint(
                condition=~Q(paid_by=F("prepared_by"))
                & ~Q(paid_by=F("approved_by"))
                & ~Q(approved_by=F("prepared_by")),
                name="proceeds_payment_three_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.paid_on}"


class PayoutReturn(models.Model):
    """A list that was sent back before it was paid: its shares are free again."""

    run = models.OneToOneField(PayoutRun, models.PROTECT, related_name="returned")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    returned_on = models.DateField()
    reason = models.CharField(_lazy("alasan"), max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            not_after_recording("proceeds_return_day", "returned_on"),
            models.CheckConstraint(condition=~Q(reason=""), name="proceeds_return_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.returned_on}"


class PayoutLine(models.Model):
    """One person on a list, in three pockets, with the channel by which it is paid.

    `is_withdrawn`: the person left before the list was paid and was settled on leaving.
    """

    run = models.ForeignKey(PayoutRun, models.PROTECT, related_name="lines")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    amount_rp = models.BigIntegerField()
    saved_rp = models.BigIntegerField()
    spendable_rp = models.BigIntegerField()
    family_rp = models.BigIntegerField()
    channel = models.CharField(
        pgettext_lazy("proceeds", "cara"), max_length=16, choices=Channel.choices
    )
    reference = models.CharField(_lazy("rujukan"), max_length=80, blank=True)
    paid_on = models.DateField(null=True)
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "participant"], name="proceeds_payoutline_one"),
            models.CheckConstraint(
                condition=Q(
                    amount_rp=F("saved_rp") + F("spendable_rp") + F("family_rp"),
                    amount_rp__gt=0,
                    saved_rp__gte=0,
                    spendable_rp__gte=0,
                    family_rp__gte=0,
                    channel__in=Channel.values,
                ),
                name="proceeds_payoutline_pockets",
            ),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True)
                | ~Q(channel__in=[channel.value for channel in PAID_OUT])
                | ~Q(reference=""),
                name="proceeds_payoutline_reference",
            ),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True) | Q(is_withdrawn=False),
                name="proceeds_payoutline_withdrawn",
            ),
        ]
        indexes = [models.Index(fields=["participant"], name="proceeds_payoutline_person")]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.participant_id}"


class PayoutCompletion(models.Model):
    """A line that waited for an account, or for the release, and has now been paid."""

    line = models.OneToOneField(PayoutLine, models.PROTECT, related_name="completion")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=16, choices=Channel.choices)
    reference = models.CharField(_lazy("rujukan"), max_length=80)
    paid_on = models.DateField(_lazy("dibayar pada"))
    exit_settlement = models.ForeignKey(
        "ExitSettlement", models.PROTECT, null=True, related_name="completions"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            not_after_recording("proceeds_completion_day", "paid_on"),
            models.CheckConstraint(
                condition=Q(channel__in=[channel.value for channel in PAID_OUT]) & ~Q(reference=""),
                name="proceeds_completion_paid_out",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.paid_on}"
