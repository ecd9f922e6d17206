"""What the units of one office were together, so that a wide board reads few rows."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from berdaya.institutions.models import Office, Region


class OfficeSum(models.Model):
    """Figures of an office's units in one region and month, added up; written by triggers alone.

    `office` is the unit's present one, `region` that of its seat in the month; a second row tells
    all of a province together (`is_province`). Read only by who
    sees every unit of the office (insight_whole_offices). `denominator` and `days` are empty where
    no figure has them; `places` counts the room of the units that have this figure.
    """

    # Copied from units and seats, which hold their office and region fast: asked once more for each
    # of a thousand rows a night and unit, that was most of what writing them took.
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_constraint=False)
    is_province = models.BooleanField()
    month = models.DateField()
    indicator = models.CharField(max_length=40)
    part = models.CharField(max_length=20, blank=True)
    numerator = models.DecimalField(max_digits=22, decimal_places=3)
    denominator = models.DecimalField(max_digits=22, decimal_places=3, null=True)
    places = models.BigIntegerField()
    days = ArrayField(models.BigIntegerField(null=True), null=True)
    reckoned_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_province", "office", "indicator", "month", "region", "part"],
                name="insight_officesum_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.month:%Y-%m} {self.indicator}: {self.numerator}"
