"""Who may hold, sell or be paid: parties, how their revenue is treated, and their accounts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedRow, no_overlap
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
SELLER_KINDS = ("satker_upt", "cooperative", "foundation", "partner_business", "released_maker")


class Party(models.Model):
    """A legal holder, seller, partner or cooperative; its kind never changes."""

    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=PartyKind.choices)
    name = models.CharField(max_length=160)
    facility = models.ForeignKey(Facility, models.PROTECT, null=True, related_name="parties")
    town = models.CharField(max_length=80, blank=True)
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


class Account(DatedRow):
    """What bank account and QRIS share: owner, approval, dates. `owner_kind` copies the party's.

    A foreign key over (owner, owner_kind) keeps the copy true, so that the constraint can refuse
    private persons without asking another table.
    """

    owner = models.ForeignKey(Party, models.PROTECT, related_name="%(class)ss")
    owner_kind = models.CharField(max_length=20, choices=PartyKind.choices)
    approval_no = models.CharField(max_length=80, blank=True)
    approved_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            *DatedRow.Meta.constraints,
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


class BankAccount(Account):
    """A bank account as registered; a unit's own needs the treasury's approval (KPPN)."""

    bank = models.CharField(max_length=40)
    number = models.CharField(max_length=40)
    holder_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            *Account.Meta.constraints,
            no_overlap("institutions_bankaccount_one", "bank", "number"),
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
            no_overlap("institutions_qrisaccount_one", "nmid"),
        ]

    def __str__(self) -> str:
        return f"{self.merchant_name} ({self.nmid})"
