"""Administrative regions of Indonesia, as published, with the edition they came from."""

from django.db import models
from django.utils.translation import gettext_lazy as _lazy


class ReferenceSet(models.Model):
    """One published list as it was loaded: which edition, from whom, under which licence."""

    name = models.CharField(max_length=40, unique=True)
    edition = models.CharField(max_length=120)
    source = models.CharField(max_length=200)
    licence = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    row_count = models.IntegerField()
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} ({self.edition})"


class RegionLevel(models.TextChoices):
    PROVINCE = "province", _lazy("provinsi")
    REGENCY = "regency", _lazy("kabupaten atau kota")
    DISTRICT = "district", _lazy("kecamatan")


class Region(models.Model):
    """A region under its Kemendagri code: `53`, `53.71` or `53.71.01`."""

    code = models.CharField(max_length=8, primary_key=True)
    name = models.CharField(max_length=100)
    level = models.CharField(max_length=8, choices=RegionLevel.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    reference = models.ForeignKey(ReferenceSet, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["level", "name"], name="institutions_region_level")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level="province", parent__isnull=True)
                | (~models.Q(level="province") & models.Q(parent__isnull=False)),
                name="institutions_region_parent",
            )
        ]

    def __str__(self) -> str:
        return self.name
