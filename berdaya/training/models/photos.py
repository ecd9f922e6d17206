"""Photos of the piece made for an assessment: looked at by a second pair of eyes, never public."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility
from berdaya.institutions.photo_checks import CHECKS
from berdaya.training.models.assessments import Assessment

STAFF = settings.AUTH_USER_MODEL


class PiecePhoto(models.Model):
    """One photo of a piece; `digest` is the SHA-256 of the largest size and names its files."""

    FOLDER = "latihan"

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="photos")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "digest"], name="training_piecephoto_one")
        ]

    def __str__(self) -> str:
        return self.digest[:12]

    @property
    def state(self) -> str:
        """waiting, safe or refused; ask with the review selected."""
        review = getattr(self, "review", None)
        return review.outcome if review else "waiting"

    @classmethod
    def file_name(cls, digest: str, width: int) -> str:
        """Where the storage keeps a size (core.uploads.store)."""
        return f"{cls.FOLDER}/{digest[:2]}/{digest}-{width}.webp"


class PieceOutcome(models.TextChoices):
    SAFE = "safe", _lazy("Aman")
    REFUSED = "refused", _lazy("Ditolak")


class PieceReview(models.Model):
    """What a second person saw on it, once and for good; a trigger copies `uploaded_by`."""

    photo = models.OneToOneField(PiecePhoto, models.PROTECT, related_name="review")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=PieceOutcome)
    no_face = models.BooleanField(default=False)
    no_tattoo = models.BooleanField(default=False)
    no_place = models.BooleanField(default=False)
    no_uniform = models.BooleanField(default=False)
    no_document = models.BooleanField(default=False)
    no_child = models.BooleanField(default=False)
    reason = models.CharField(_lazy("alasan"), max_length=200, blank=True)
    uploaded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    reviewed_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("uploaded_by")),
                name="training_piecereview_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(outcome="safe", reason="", **dict.fromkeys(CHECKS, True))
                | (Q(outcome="refused") & ~Q(reason="")),
                name="training_piecereview_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.photo_id}: {self.outcome}"
