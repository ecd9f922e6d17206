"""An agreement of two ministries, its versions and clauses, and how both sides change it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core.dated import DatedRow, no_overlap
from berdaya.core.names import named
from berdaya.institutions.models import Office, Region

STAFF = settings.AUTH_USER_MODEL
DIGEST = r"^([0-9a-f]{64})?$"
SCANS = "agreements"


class Side(models.TextChoices):
    CORRECTIONS = "corrections", _lazy("Pemasyarakatan")
    UMKM = "umkm", _lazy("UMKM")

    @property
    def other(self) -> "Side":
        return Side.UMKM if self is Side.CORRECTIONS else Side.CORRECTIONS


class AgreementKind(models.TextChoices):
    MOU = "mou", _lazy("Nota Kesepahaman (MoU)")
    PKS = "pks", _lazy("Perjanjian Kerja Sama (PKS)")


class Agreement(models.Model):
    """What two offices promised each other; its words, number and dates stand in its versions."""

    code = models.SlugField(_lazy("kode"), max_length=30, unique=True)
    kind = models.CharField(_lazy("jenis"), max_length=3, choices=AgreementKind)
    title = models.CharField(_lazy("judul"), max_length=200)
    title_en = models.CharField(_lazy("judul dalam bahasa Inggris"), max_length=200, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    corrections_office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    umkm_office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="mou", parent__isnull=True) | Q(kind="pks"),
                name="programme_agreement_mou_stands_first",
            ),
            models.CheckConstraint(
                condition=~Q(corrections_office=F("umkm_office")) & ~Q(title=""),
                name="programme_agreement_two_offices",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> str:
        """The title in the active language."""
        return named(self.title, self.title_en)


class ProposalKind(models.TextChoices):
    VERSION = "version", _lazy("Naskah kesepakatan")
    COMMITMENT = "commitment", _lazy("Komitmen")
    MEASURE = "measure", _lazy("Target komitmen")
    MILESTONE = "milestone", _lazy("Keluaran")


class ProposalOutcome(models.TextChoices):
    AGREED = "agreed", pgettext_lazy("programme", "Disepakati")
    REFUSED = "refused", _lazy("Tidak disepakati")
    WITHDRAWN = "withdrawn", _lazy("Ditarik pengusulnya")


class Proposal(models.Model):
    """One change that a side wants; it comes into being when the other side agrees.

    `facts` is what the form took, `subject` the commitment's code, empty for a version. Signed
    with side, office and person both times; answered once and never edited.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=10, choices=ProposalKind)
    subject = models.CharField(max_length=20, blank=True)
    facts = models.JSONField()
    side = models.CharField(max_length=11, choices=Side)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    outcome = models.CharField(max_length=9, choices=ProposalOutcome, blank=True)
    answer_side = models.CharField(max_length=11, choices=Side, blank=True)
    answer_office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    answered_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)
    comment = models.CharField(_lazy("catatan"), max_length=500, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", answered_by__isnull=True, answer_side="")
                | Q(outcome__in=ProposalOutcome.values, answered_by__isnull=False,
                    answer_office__isnull=False, answered_on__isnull=False),
                name="programme_proposal_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | (Q(outcome="withdrawn") & Q(answer_side=F("side")))
                | (~Q(outcome="withdrawn") & ~Q(answer_side=F("side"))),
                name="programme_proposal_two_sides",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | Q(outcome="withdrawn")
                | ~Q(answered_by=F("proposed_by")),
                name="programme_proposal_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="refused") | ~Q(comment=""), name="programme_proposal_said"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.kind} {self.subject}"

    @property
    def is_open(self) -> bool:
        return not self.outcome

    @property
    def about(self) -> str:
        """The commitment's code, a new one's too; empty for a version."""
        return self.subject or str(self.facts.get("code", ""))


class AgreementVersion(DatedRow):
    """The signed words for a while: the first, an amendment, or a renewal that follows it."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    number_text = models.CharField(_lazy("nomor naskah"), max_length=80, blank=True)
    signed_on = models.DateField(_lazy("ditandatangani"))
    place = models.CharField(_lazy("tempat"), max_length=80)
    source = models.CharField(_lazy("sumber"), max_length=200)
    scan = models.CharField(max_length=160, blank=True)
    scan_sha256 = models.CharField(max_length=64, blank=True)
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="version")

    class Meta:
        ordering = ["number"]
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("programme_version_one", "agreement"),
            models.UniqueConstraint(
                fields=["agreement", "number"], name="programme_version_number"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=False) & ~Q(source=""),
                name="programme_version_said",
            ),
            models.CheckConstraint(
                condition=Q(scan_sha256__regex=DIGEST), name="programme_version_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}/{self.number}"


class Clause(models.Model):
    """One clause in the words of one version. What was signed is never edited."""

    version = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="clauses")
    number = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=1000)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="programme_clause_number"),
            models.CheckConstraint(condition=~Q(words=""), name="programme_clause_said"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.number}"
