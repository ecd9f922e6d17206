"""Premi corrections: what a maker lacks for forgotten work; one proposes, another decides."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import not_after_recording
from berdaya.institutions.models import Facility
from berdaya.ledger.models import Book
from berdaya.people.models import Participant
from berdaya.proceeds.models.policies import Decision
from berdaya.proceeds.models.sales import PremiShare
from berdaya.workshop.models import Batch

STAFF = settings.AUTH_USER_MODEL


class PremiCorrection(models.Model):
    """What one book owes a maker of a closed batch whose sheet was corrected; it only ever gives.

    `weight_delta` is what the sheet had forgotten, in the batch's own weight.
    """

    code = models.CharField(_lazy("kode"), max_length=32, unique=True)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="premi_corrections")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    weight_delta = models.BigIntegerField()
    amount_rp = models.BigIntegerField(_lazy("jumlah (Rp)"))
    proposed_on = models.DateField(_lazy("diusulkan pada"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-proposed_on", "-pk"]
        indexes = [
            models.Index(fields=["facility", "-proposed_on"], name="proceeds_correction_list")
        ]
        constraints = [
            not_after_recording("proceeds_correction_day", "proposed_on"),
            models.UniqueConstraint(
                fields=["id", "recorded_by"], name="proceeds_correction_proposer"
            ),
            models.CheckConstraint(
                condition=Q(amount_rp__gt=0, weight_delta__gt=0), name="proceeds_correction_gives"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def state(self) -> str:
        """waiting, approved or refused."""
        return self.decision.outcome if hasattr(self, "decision") else "waiting"


class PremiCorrectionDecision(models.Model):
    """The second person. `proposed_by` copies the correction's; a key over both keeps it true."""

    correction = models.OneToOneField(PremiCorrection, models.PROTECT, related_name="decision")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    outcome = models.CharField(_lazy("keputusan"), max_length=8, choices=Decision.choices)
    reason = models.CharField(_lazy("alasan"), max_length=200, blank=True)
    decided_on = models.DateField(_lazy("diputuskan pada"))
    share = models.OneToOneField(
        PremiShare, models.PROTECT, null=True, related_name="correction_decision"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            not_after_recording("proceeds_decision_day", "decided_on"),
            models.CheckConstraint(
                condition=~Q(recorded_by=F("proposed_by")), name="proceeds_decision_two_people"
            ),
            models.CheckConstraint(
                condition=Q(outcome="approved", share__isnull=False)
                | Q(outcome="refused", share__isnull=True) & ~Q(reason=""),
                name="proceeds_decision_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.correction_id}: {self.outcome}"
