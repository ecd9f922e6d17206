"""Events, their stalls, who is invited, and what a unit proposes to show there."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.names import named
from berdaya.goods.models import Variant
from berdaya.institutions.models import Facility, Office, Party, QrisAccount, Region
from berdaya.ledger.models import Book


class Event(models.Model):
    """A festival or market day; `begins_on` and `ends_on` are both days of selling."""

    code = models.CharField(_lazy("kode"), max_length=20, unique=True)
    name = models.CharField(_lazy("nama"), max_length=80)
    name_en = models.CharField(_lazy("nama dalam bahasa Inggris"), max_length=80, blank=True)
    venue = models.CharField(_lazy("tempat"), max_length=120)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    timezone = models.CharField(max_length=40)
    begins_on = models.DateField(_lazy("hari pertama"))
    ends_on = models.DateField(_lazy("hari terakhir"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-begins_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")), name="till_event_period"
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language."""
        return named(self.name, self.name_en)


class Stall(models.Model):
    """One stall of an event. `facility` is the host, whose people sell there.

    `cash_taker` takes all money (its `book` is the host's) and owes the other owners their part
    until settlement. A cash difference above `difference_limit_rp` is looked at by a second person.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="stalls")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_lazy("nomor stan"))
    label = models.CharField(_lazy("nama stan"), max_length=60)
    cash_taker = models.ForeignKey(Party, models.PROTECT, related_name="+")
    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    qris = models.ForeignKey(QrisAccount, models.PROTECT, null=True, blank=True, related_name="+")
    difference_limit_rp = models.PositiveIntegerField(
        _lazy("selisih kas yang diperiksa (Rp)"), default=0
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["event", "number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="till_stall_number"),
            models.UniqueConstraint(fields=["id", "facility"], name="till_stall_of_host"),
            models.CheckConstraint(condition=Q(number__gt=0), name="till_stall_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.label}"


class Answer(models.TextChoices):
    COMING = "coming", _lazy("ikut")
    NOT_COMING = "not_coming", _lazy("tidak ikut")


class Invitation(models.Model):
    """A unit is asked to take part; its answer may change until its goods are on the way."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="invitations")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answer = models.CharField(_lazy("jawaban"), max_length=12, choices=Answer.choices, blank=True)
    note = models.CharField(_lazy("keterangan"), max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["event", "facility__name"]
        constraints = [
            models.UniqueConstraint(fields=["event", "facility"], name="till_invitation_one"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | Q(answer__in=Answer.values, answered_at__isnull=False),
                name="till_invitation_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.facility_id}"


class ProductProposal(models.Model):
    """What a unit would bring: price on the tag, and the lowest at which it may go."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="proposals")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+")
    qty = models.DecimalField(_lazy("jumlah"), max_digits=14, decimal_places=3)
    price_rp = models.BigIntegerField(_lazy("harga (Rp)"))
    lowest_rp = models.BigIntegerField(_lazy("harga terendah (Rp)"))
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["event", "facility__name", "variant__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "variant"], name="till_proposal_one"),
            models.CheckConstraint(
                condition=Q(qty__gt=0, lowest_rp__gt=0, price_rp__gte=F("lowest_rp")),
                name="till_proposal_prices",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.variant_id}"


class ProposalDecision(models.Model):
    """The organiser's yes or no to one proposal; a no says why."""

    proposal = models.OneToOneField(ProductProposal, models.PROTECT, related_name="decision")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    is_chosen = models.BooleanField(_lazy("dipilih"))
    reason = models.CharField(_lazy("alasan"), max_length=200, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_chosen=True) | ~Q(reason=""), name="till_decision_reasoned"
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.is_chosen}"
