"""Who may hold, sell or be paid: parties, how their revenue is treated, and their accounts."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedQuerySet, DatedRow, no_overlap
from berdaya.institutions.models.offices import Facility


class PartyKind(models.TextChoices):
    SATKER_UPT = "satker_upt", _lazy("UPT sebagai satker")
    COOPERATIVE = "cooperative", _lazy("koperasi")
    FOUNDATION = "foundation", _lazy("yayasan")
    PARTNER_BUSINESS = "partner_business", _lazy("mitra usaha")
    DEKRANASDA = "dekranasda", _lazy("Dekranasda")
    AGENCY = "agency", _lazy("dinas atau instansi")
    PERSON_STAFF = "person_staff", _lazy("pegawai, perorangan")
    PERSON_OTHER = "person_other", _lazy("perorangan lain")
    RELEASED_MAKER = "released_maker", _lazy("pembuat yang sudah bebas")


# A released maker is the one private person who may be paid on an account of their own.
PRIVATE_KINDS = ("person_staff", "person_other")
# An account that was turned down is no longer in the way of the right one.
KEPT = Q(decline_reason="")
SELLER_KINDS = ("satker_upt", "cooperative", "foundation", "partner_business", "released_maker")


class Party(models.Model):
    """A legal holder, seller, partner or cooperative; its kind never changes."""

    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=PartyKind.choices)
    name = models.CharField(max_length=160)
    facility = models.ForeignKey(Facility, models.PROTECT, null=True, related_name="parties")
    town = models.CharField(max_length=80, blank=True)
    contact = models.CharField(_lazy("kontak untuk pembeli"), max_length=120, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "parties"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=PartyKind.values), name="institutions_party_kind"
            ),
            models.CheckConstraint(
                condition=~Q(kind="satker_upt") | Q(facility__isnull=False),
                name="institutions_party_satker_has_facility",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_private(self) -> bool:
        """A private person who may hold no account here."""
        return self.kind in PRIVATE_KINDS


class RegimeKind(models.TextChoices):
    AGREEMENT_SHARE = "agreement_share", _lazy("bagi hasil menurut PKS")
    GROSS_PNBP = "gross_pnbp", _lazy("seluruhnya PNBP")


class RevenueRegime(DatedRow):
    """How a party's sales money is treated for a while (docs: design of money, books).

    `agreement_share`: split by policy under a numbered agreement (PKS). `gross_pnbp`: the unit
    sells for itself, all of it is state revenue; unconfirmed until the ministries say so.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="regimes")
    kind = models.CharField(max_length=20, choices=RegimeKind.choices)
    agreement_no = models.CharField(max_length=80, blank=True)
    agreement_on = models.DateField(null=True, blank=True)
    is_confirmed = models.BooleanField(default=True)
    legal_basis = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("institutions_revenueregime_one", "party"),
            models.CheckConstraint(
                condition=~Q(kind="agreement_share") | ~Q(agreement_no=""),
                name="institutions_regime_agreement",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.agreement_no}".strip()


class AccountQuerySet(DatedQuerySet[models.Model]):
    def waiting(self) -> "AccountQuerySet":
        """Registered by one person, and looked at by no second one yet."""
        return self.filter(decided_at__isnull=True)

    def confirmed(self) -> "AccountQuerySet":
        """Looked at by a second person, and not turned down."""
        return self.filter(decided_at__isnull=False, decline_reason="")

    def usable(self, day: date) -> "AccountQuerySet":
        """Confirmed, and holding on `day`: only here may money arrive."""
        return self.on(day).confirmed()


class Account(DatedRow):
    """What bank account and QRIS share: owner, approval, dates. `owner_kind` copies the party's.

    A foreign key over (owner, owner_kind) keeps the copy true, so that the constraint can refuse
    private persons without asking another table. One person registers, another decides: confirmed
    without a `decline_reason`, turned down with one.
    """

    owner = models.ForeignKey(Party, models.PROTECT, related_name="%(class)ss")
    owner_kind = models.CharField(max_length=20, choices=PartyKind.choices)
    approval_no = models.CharField(max_length=80, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decline_reason = models.CharField(max_length=200, blank=True)

    objects = AccountQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, decline_reason="")
                | Q(decided_at__isnull=False),
                name="%(app_label)s_%(class)s_decided",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("registered_by")),
                name="%(app_label)s_%(class)s_four_eyes",
            ),
            models.CheckConstraint(
                condition=~Q(owner_kind__in=PRIVATE_KINDS),
                name="%(app_label)s_%(class)s_no_private_owner",
            ),
            models.CheckConstraint(
                condition=~Q(owner_kind="satker_upt")
                | (~Q(approval_no="") & Q(approved_on__isnull=False)),
                name="%(app_label)s_%(class)s_state_approved",
            ),
        ]

    @property
    def state(self) -> str:
        """waiting, confirmed or declined."""
        if self.decided_at is None:
            return "waiting"
        return "declined" if self.decline_reason else "confirmed"


class BankAccount(Account):
    """A bank account as registered; a unit's own needs the treasury's approval (KPPN)."""

    bank = models.CharField(max_length=40)
    number = models.CharField(max_length=40)
    holder_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            *Account.Meta.constraints,
            no_overlap("institutions_bankaccount_one", "bank", "number", condition=KEPT),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.number}"


class QrisAccount(Account):
    """A QRIS merchant as registered: national merchant id, printed name, static payload."""

    nmid = models.CharField(max_length=20)
    merchant_name = models.CharField(max_length=60)
    payload_text = models.TextField(blank=True)

    class Meta:
        constraints = [
            *Account.Meta.constraints,
            no_overlap("institutions_qrisaccount_one", "nmid", condition=KEPT),
        ]

    def __str__(self) -> str:
        return f"{self.merchant_name} ({self.nmid})"
