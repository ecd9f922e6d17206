"""Photos: encoded anew, looked at by a second pair of eyes, pulled back at once."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.catalog.models.listings import ListingVersion
from berdaya.institutions.models import Facility
from berdaya.institutions.photo_checks import CHECKS

STAFF = settings.AUTH_USER_MODEL


class PhotoQuerySet(models.QuerySet["Photo", Any]):
    """Which photos may be seen by whom is decided here and nowhere else."""

    def public(self) -> "PhotoQuerySet":
        """Approved by a second person and not pulled back."""
        return self.filter(review__outcome=PhotoOutcome.SAFE, withdrawal__isnull=True)

    def waiting(self) -> "PhotoQuerySet":
        """Looked at by nobody but the uploader yet, and not pulled back."""
        return self.filter(review__isnull=True, withdrawal__isnull=True)

    def usable(self) -> "PhotoQuerySet":
        """Neither refused nor pulled back: may stand on a version, reviewed or not."""
        refused = Q(review__outcome=PhotoOutcome.REFUSED)
        return self.exclude(refused).filter(withdrawal__isnull=True)


class PhotoOutcome(models.TextChoices):
    SAFE = "safe", _lazy("Aman")
    REFUSED = "refused", _lazy("Ditolak")


class Photo(models.Model):
    """One photo in its sizes; `digest` is the SHA-256 of the largest and names its files."""

    FOLDER = "foto"

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(_lazy("keterangan gambar"), max_length=160)
    alt_en = models.CharField(_lazy("keterangan dalam bahasa Inggris"), max_length=160, blank=True)
    uploaded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()

    objects: ClassVar[PhotoQuerySet] = PhotoQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["facility", "digest"], name="catalog_photo_one"),
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0), name="catalog_photo_size"
            ),
        ]

    def __str__(self) -> str:
        return self.digest[:12]

    @property
    def state(self) -> str:
        """withdrawn, waiting, safe or refused; ask with review and withdrawal selected."""
        if getattr(self, "withdrawal", None) is not None:
            return "withdrawn"
        review = getattr(self, "review", None)
        return review.outcome if review else "waiting"

    @classmethod
    def file_name(cls, digest: str, width: int) -> str:
        """Where the storage keeps a size of a photo (core.uploads.store)."""
        return f"{cls.FOLDER}/{digest[:2]}/{digest}-{width}.webp"


class PhotoReview(models.Model):
    """What a second person saw on a photo, once and for good.

    A trigger copies `uploaded_by` and `facility` from the photo, whatever was given, so that the
    constraint can refuse the uploader without trusting anybody.
    """

    photo = models.OneToOneField(Photo, models.PROTECT, related_name="review")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=PhotoOutcome.choices)
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
                name="catalog_photoreview_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(outcome="safe", reason="", **dict.fromkeys(CHECKS, True))
                | (Q(outcome="refused") & ~Q(reason="")),
                name="catalog_photoreview_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.photo_id}: {self.outcome}"


class PhotoWithdrawal(models.Model):
    """A photo pulled back everywhere, for good; its files go with the night."""

    photo = models.OneToOneField(Photo, models.PROTECT, related_name="withdrawal")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    reason = models.CharField(_lazy("alasan"), max_length=200)
    withdrawn_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="catalog_photowithdrawal_reason")
        ]

    def __str__(self) -> str:
        return f"{self.photo_id}: {self.withdrawn_at:%Y-%m-%d}"


class VersionPhoto(models.Model):
    """A photo on a version, in its order."""

    version = models.ForeignKey(ListingVersion, models.PROTECT, related_name="photos")
    photo = models.ForeignKey(Photo, models.PROTECT, related_name="on")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"], name="catalog_versionphoto_position"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.photo_id}"
