"""What a clause comes to: a commitment, its measures, its milestones, and who was told of delay."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedRow
from berdaya.core.names import named
from berdaya.institutions.models import Office, Region
from berdaya.programme.models.agreements import DIGEST, Agreement, Proposal, Side

STAFF = settings.AUTH_USER_MODEL


class Commitment(models.Model):
    """A deliverable with one responsible office on each side. Changed by an agreed proposal only.

    `clause_number` is the clause's in every version that has it: a renewal keeps its commitments.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="commitments")
    clause_number = models.PositiveSmallIntegerField(_lazy("klausul"))
    code = models.SlugField(_lazy("kode"), max_length=20)
    deliverable = models.CharField(_lazy("yang dijanjikan"), max_length=300)
    deliverable_en = models.CharField(max_length=300, blank=True)
    corrections_office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    umkm_office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    starts_on = models.DateField(_lazy("mulai"))
    due_on = models.DateField(_lazy("paling lambat"))
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="commitment")

    class Meta:
        ordering = ["clause_number", "code"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "code"], name="programme_commitment_code"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")) & ~Q(deliverable=""),
                name="programme_commitment_period",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> str:
        """What is promised, in the active language."""
        return named(self.deliverable, self.deliverable_en)


class Direction(models.TextChoices):
    AT_LEAST = "at_least", _lazy("paling sedikit")
    AT_MOST = "at_most", _lazy("paling banyak")


class Measure(models.Model):
    """An indicator by which a commitment is judged: its target for a year and a region.

    Not insight's Target, which one office sets for itself: this one binds both sides.
    """

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="measures")
    indicator = models.CharField(_lazy("indikator"), max_length=40)
    direction = models.CharField(_lazy("dibandingkan"), max_length=8, choices=Direction)
    year = models.PositiveSmallIntegerField(_lazy("tahun"))
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, related_name="+", verbose_name=_lazy("wilayah")
    )
    target = models.DecimalField(_lazy("target"), max_digits=18, decimal_places=1)
    basis = models.CharField(_lazy("dasar"), max_length=200)
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="measure")

    class Meta:
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "indicator", "year", "region"],
                name="programme_measure_once", nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(target__gte=0, direction__in=Direction.values) & ~Q(basis=""),
                name="programme_measure_said",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.indicator} {self.year}"


class Milestone(models.Model):
    """A deliverable that is a document: handed in by one side and accepted by both."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="milestones")
    title = models.CharField(_lazy("keluaran"), max_length=200)
    due_on = models.DateField(_lazy("paling lambat"))
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="milestone")

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "title"], name="programme_milestone_once"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="programme_milestone_said"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.title}"


class Acceptance(models.Model):
    """One side's yes to a milestone; the first brings the document that both accept."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="acceptances")
    side = models.CharField(max_length=11, choices=Side)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    accepted_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    accepted_on = models.DateField()
    document = models.CharField(max_length=160, blank=True)
    document_sha256 = models.CharField(max_length=64, blank=True)
    note = models.CharField(_lazy("catatan"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "side"], name="programme_acceptance_once_a_side"
            ),
            models.UniqueConstraint(
                fields=["milestone", "accepted_by"], name="programme_acceptance_two_people"
            ),
            models.CheckConstraint(
                condition=Q(document_sha256__regex=DIGEST), name="programme_acceptance_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone_id}: {self.side}"


class ProgressRule(DatedRow):
    """From when on a commitment is late, a risk is high, and the next level is told."""

    late_below_bp = models.PositiveSmallIntegerField()
    high_risk_from = models.PositiveSmallIntegerField()
    escalate_after_days = models.PositiveSmallIntegerField()
    legal_basis = models.CharField(max_length=200)

    class Meta:
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(late_below_bp__gte=1, late_below_bp__lte=10_000)
                & Q(high_risk_from__gte=1, high_risk_from__lte=9),
                name="programme_rule_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from}: {self.late_below_bp}"


class Telling(models.Model):
    """An office was told that a commitment is late: who was told, not the state itself.

    Level 0 are the responsible offices, level 1 those above them. `over_on`: late no more.
    """

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="tellings")
    level = models.PositiveSmallIntegerField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    late_since = models.DateField()
    told_on = models.DateField()
    seen_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    seen_on = models.DateField(null=True)
    over_on = models.DateField(null=True)

    class Meta:
        ordering = ["late_since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "office"], condition=Q(over_on__isnull=True),
                name="programme_telling_once",
            ),
            models.CheckConstraint(
                condition=Q(told_on__gte=F("late_since"), level__lte=1),
                name="programme_telling_known",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.late_since}: {self.office_id}"
