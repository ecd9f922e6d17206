"""Proof of attendance for whoever paid: codes and hours, no names, frozen on the day of issue."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility
from berdaya.papers.models import Document
from berdaya.training.models.enrolments import Enrolment
from berdaya.training.models.sessions import Session

STAFF = settings.AUTH_USER_MODEL


class AttendanceProof(models.Model):
    """One proof of one session for one funder; its lines never change."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="proofs")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    funder = models.CharField(_lazy("untuk"), max_length=120)
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(funder=""), name="training_proof_for_somebody")
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.funder}"


class ProofLine(models.Model):
    """One person's line: a code drawn for this proof alone, so that two proofs cannot be joined."""

    proof = models.ForeignKey(AttendanceProof, models.PROTECT, related_name="lines")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    code = models.CharField(max_length=8)
    days = models.PositiveSmallIntegerField()
    minutes = models.PositiveIntegerField()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["proof", "code"], name="training_proofline_code"),
            models.UniqueConstraint(fields=["proof", "enrolment"], name="training_proofline_one"),
        ]

    def __str__(self) -> str:
        return self.code
