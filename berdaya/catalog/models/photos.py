"""Photos: encoded anew without anything the camera wrote, known by what they hold."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.catalog.models.listings import ListingVersion
from berdaya.institutions.models import Facility


class Photo(models.Model):
    """One photo in its sizes; `digest` is the SHA-256 of the largest and names its files."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(_lazy("keterangan gambar"), max_length=160)
    alt_en = models.CharField(_lazy("keterangan dalam bahasa Inggris"), max_length=160, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["facility", "digest"], name="catalog_photo_one"),
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0), name="catalog_photo_size"
            ),
        ]

    def __str__(self) -> str:
        return self.digest[:12]

    @staticmethod
    def file_name(digest: str, width: int) -> str:
        """Where the storage keeps a size of a photo."""
        return f"foto/{digest[:2]}/{digest}-{width}.webp"


class VersionPhoto(models.Model):
    """A photo on a version, in its order."""

    version = models.ForeignKey(ListingVersion, models.PROTECT, related_name="photos")
    photo = models.ForeignKey(Photo, models.PROTECT, related_name="+")
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
