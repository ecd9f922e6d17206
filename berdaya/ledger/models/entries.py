"""Entries and their legs: written once, in one transaction, corrected only by reversal."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility
from berdaya.ledger.models.books import Account, Book
from berdaya.people.models import Participant


class Entry(models.Model):
    """One booking of one book. `subject` names what it is about (`sale:<id>`).

    `xid` is the transaction it was made in; a trigger sets it and lets legs in only there.
    """

    book = models.ForeignKey(Book, models.PROTECT, related_name="entries")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    kind = models.CharField(_lazy("jenis"), max_length=20)
    reference = models.CharField(_lazy("rujukan"), max_length=80, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    booked_on = models.DateField(_lazy("tanggal buku"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversal")
    xid = models.BigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["book", "-booked_on", "-id"], name="ledger_entry_list"),
            models.Index(fields=["subject"], name="ledger_entry_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class Leg(models.Model):
    """One side of an entry, debit or credit; nothing ever points to it."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="legs")
    account = models.ForeignKey(Account, models.PROTECT, related_name="legs")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    booked_on = models.DateField()
    debit_rp = models.BigIntegerField(default=0)
    credit_rp = models.BigIntegerField(default=0)
    participant = models.ForeignKey(
        Participant, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(debit_rp__gt=0, credit_rp=0) | Q(debit_rp=0, credit_rp__gt=0),
                name="ledger_leg_one_side",
            )
        ]
        indexes = [
            models.Index(fields=["account", "booked_on"], name="ledger_leg_account"),
            models.Index(
                fields=["participant", "account"],
                condition=Q(participant__isnull=False),
                name="ledger_leg_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.debit_rp or -self.credit_rp}"
