"""Rules that change by date: split policies, payment fees, tax of sellers, when PNBP is due."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedRow, no_overlap, not_after_recording
from berdaya.core.money import WHOLE_BP
from berdaya.goods.models import Category
from berdaya.institutions.models import Facility, Party
from berdaya.proceeds.calc import Policy

PERIOD = Func(
    F("valid_from"),
    F("valid_until"),
    RangeBoundary(),
    function="daterange",
    output_field=DateRangeField(),
)


STAFF = settings.AUTH_USER_MODEL


class Decision(models.TextChoices):
    APPROVED = "approved", _lazy("Disetujui")
    REFUSED = "refused", _lazy("Ditolak")


class SplitBase(models.TextChoices):
    PROFIT = "profit", _lazy("keuntungan")
    TURNOVER = "turnover", _lazy("hasil penjualan")


class SplitTerms(models.Model):
    """How a rupiah is divided: of what, by which shares, into which pockets, in basis points.

    `final_after_days` counts from the hand-over to a courier. `floor_rp` is the monthly premi a
    person should reach; it is checked and shown, never paid out of nothing.
    """

    base = models.CharField(_lazy("dasar pembagian"), max_length=8, choices=SplitBase.choices)
    makers_bp = models.IntegerField(_lazy("pembuat"))
    capital_bp = models.IntegerField(_lazy("modal kerja"))
    state_bp = models.IntegerField("PNBP")
    cooperative_bp = models.IntegerField(_lazy("koperasi"), default=0)
    saved_bp = models.IntegerField(_lazy("tabungan"), default=7500)
    spendable_bp = models.IntegerField(_lazy("dapat dipakai"), default=2500)
    family_bp = models.IntegerField(_lazy("untuk keluarga"), default=0)
    floor_rp = models.BigIntegerField(_lazy("batas bawah sebulan (Rp)"), default=700_000)
    final_after_days = models.PositiveSmallIntegerField(
        _lazy("final sesudah (hari, lewat kurir)"), default=7
    )
    legal_basis = models.CharField(_lazy("dasar"), max_length=200)
    is_confirmed = models.BooleanField(_lazy("sudah dipastikan"), default=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.makers_bp / 100:g}/{self.capital_bp / 100:g}/{self.state_bp / 100:g}"

    def terms(self) -> Policy:
        """What the calculation needs of it."""
        return Policy(
            id=self.pk,
            is_turnover=self.base == SplitBase.TURNOVER,
            makers_bp=self.makers_bp,
            capital_bp=self.capital_bp,
            state_bp=self.state_bp,
            cooperative_bp=self.cooperative_bp,
            saved_bp=self.saved_bp,
            spendable_bp=self.spendable_bp,
            family_bp=self.family_bp,
        )


def _whole_shares(prefix: str) -> list[models.BaseConstraint]:
    """Shares and pockets each add up to the whole and none is negative."""
    return [
        models.CheckConstraint(
            condition=Q(
                makers_bp=Value(WHOLE_BP) - F("capital_bp") - F("state_bp") - F("cooperative_bp"),
                makers_bp__gte=0,
                capital_bp__gte=0,
                state_bp__gte=0,
                cooperative_bp__gte=0,
            ),
            name=f"{prefix}_shares",
            violation_error_message=_lazy("Bagian-bagian harus berjumlah 100 %."),
        ),
        models.CheckConstraint(
            condition=Q(
                saved_bp=Value(WHOLE_BP) - F("spendable_bp") - F("family_bp"),
                saved_bp__gte=0,
                spendable_bp__gte=0,
                family_bp__gte=0,
            ),
            name=f"{prefix}_pockets",
            violation_error_message=_lazy("Kantong-kantong harus berjumlah 100 %."),
        ),
        models.CheckConstraint(
            condition=Q(base__in=SplitBase.values, floor_rp__gte=0), name=f"{prefix}_base"
        ),
    ]


class SplitPolicy(DatedRow, SplitTerms):
    """How a party's sales of a category are divided for a while.

    Without party: what holds where a party has none of its own. Without category: for all its
    goods.
    """

    party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="split_policies"
    )
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = "split policies"
        ordering = ["-valid_from", "pk"]
        constraints = [
            *DatedRow.Meta.constraints,
            ExclusionConstraint(
                name="proceeds_policy_one",
                expressions=[
                    (Coalesce("party", Value(0)), RangeOperators.EQUAL),
                    (Coalesce("category", Value(0)), RangeOperators.EQUAL),
                    (PERIOD, RangeOperators.OVERLAPS),
                ],
                violation_error_code="period_overlap",
                violation_error_message=_lazy("Untuk masa itu sudah ada kebijakan."),
            ),
            *_whole_shares("proceeds_policy"),
        ]


class PolicyProposal(SplitTerms):
    """A policy that somebody proposes for a party; it holds once another person agrees."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField(_lazy("berlaku mulai"))
    proposed_on = models.DateField(_lazy("diusulkan pada"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-proposed_on", "-pk"]
        indexes = [models.Index(fields=["facility", "-proposed_on"], name="proceeds_proposal_list")]
        constraints = [
            not_after_recording("proceeds_proposal_day", "proposed_on"),
            models.UniqueConstraint(
                fields=["id", "recorded_by"], name="proceeds_proposal_proposer"
            ),
            *_whole_shares("proceeds_proposal"),
        ]

    @property
    def state(self) -> str:
        """waiting, approved or refused."""
        return self.decision.outcome if hasattr(self, "decision") else "waiting"


class PolicyDecision(models.Model):
    """The second person. `proposed_by` copies the proposal's; a key over both keeps it true."""

    proposal = models.OneToOneField(PolicyProposal, models.PROTECT, related_name="decision")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    outcome = models.CharField(_lazy("keputusan"), max_length=8, choices=Decision.choices)
    reason = models.CharField(_lazy("alasan"), max_length=200, blank=True)
    decided_on = models.DateField(_lazy("diputuskan pada"))
    policy = models.OneToOneField(SplitPolicy, models.PROTECT, null=True, related_name="decision")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            not_after_recording("proceeds_policydecision_day", "decided_on"),
            models.CheckConstraint(
                condition=~Q(recorded_by=F("proposed_by")),
                name="proceeds_policydecision_two_people",
            ),
            models.CheckConstraint(
                condition=Q(outcome="approved", policy__isnull=False)
                | Q(outcome="refused", policy__isnull=True) & ~Q(reason=""),
                name="proceeds_policydecision_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.outcome}"


class FeeRate(DatedRow):
    """What a payment of a method costs the seller, from an amount on (QRIS: the MDR)."""

    method = models.CharField(max_length=10)
    above_rp = models.BigIntegerField(default=0)
    rate_bp = models.IntegerField()
    legal_basis = models.CharField(max_length=200)

    class Meta:
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("proceeds_feerate_one", "method", "above_rp"),
            models.CheckConstraint(
                condition=Q(rate_bp__gte=0, above_rp__gte=0), name="proceeds_feerate_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.rate_bp}"


class SellerTax(DatedRow):
    """The effective PPN inside the prices of a party that must charge it; most charge none."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    rate_bp = models.IntegerField()
    legal_basis = models.CharField(max_length=200)

    class Meta:
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("proceeds_sellertax_one", "party"),
            models.CheckConstraint(condition=Q(rate_bp__gte=0), name="proceeds_sellertax_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.rate_bp}"


class DueKind(models.TextChoices):
    SAME_DAY = "same_day", _lazy("pada hari penerimaan")
    NEXT_WORKING_DAY = "next_working_day", _lazy("hari kerja berikutnya")
    NEXT_MONTH = "next_month", _lazy("tanggal tertentu bulan berikutnya")


class DepositRule(DatedRow):
    """When received PNBP must reach the state; a party with the treasury's approval has its own."""

    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=16, choices=DueKind.choices)
    day_of_month = models.PositiveSmallIntegerField(default=0)
    legal_basis = models.CharField(max_length=200)

    class Meta:
        constraints = [
            *DatedRow.Meta.constraints,
            ExclusionConstraint(
                name="proceeds_depositrule_one",
                expressions=[
                    (Coalesce("party", Value(0)), RangeOperators.EQUAL),
                    (PERIOD, RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DueKind.values, day_of_month__lte=28),
                name="proceeds_depositrule_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.kind
