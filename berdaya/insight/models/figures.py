"""What an indicator was in a month at a facility: as reckoned, and as it was told to everybody."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from berdaya.institutions.models import Facility

FIRST_OF_MONTH = Q(month__day=1)


class Figure(models.Model):
    """One indicator of one facility and month, reckoned from the rows; reckoned again each night.

    `part` is empty for the whole, else a value of the indicator's disaggregation. `denominator`
    is empty where the indicator is no ratio. `people`: how many people stand behind it, where it
    tells something of people; empty for what is about goods alone. `days`: a whole number for each
    day of the month where the indicator tells days apart, in one row, so that a year of a country
    is read by months. True counts: for offices.
    """

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    month = models.DateField()
    indicator = models.CharField(max_length=40)
    part = models.CharField(max_length=20, blank=True)
    version = models.PositiveSmallIntegerField()
    numerator = models.DecimalField(max_digits=18, decimal_places=3)
    denominator = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    people = models.PositiveIntegerField(null=True)
    days = ArrayField(models.PositiveIntegerField(), null=True)
    reckoned_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["indicator", "month"], name="insight_figure_indicator"),
            models.Index(fields=["month", "facility"], name="insight_figure_month"),
            # A calendar of a year: few rows, and nothing else of theirs is read.
            models.Index(
                fields=["month", "facility"],
                condition=Q(days__isnull=False),
                name="insight_figure_by_day",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "indicator", "month", "part"], name="insight_figure_once"
            ),
            models.CheckConstraint(
                condition=Q(days__isnull=True) | Q(days__len__gte=28, days__len__lte=31),
                name="insight_figure_days",
            ),
            models.CheckConstraint(condition=FIRST_OF_MONTH, name="insight_figure_first"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.indicator}: {self.numerator}"


class ToldFigure(models.Model):
    """A figure as public pages and the UMKM side may read it (docs/rules/public-counts.md).

    Told once, after the month, and never corrected: a later number would tell by its difference.
    """

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    month = models.DateField()
    indicator = models.CharField(max_length=40)
    part = models.CharField(max_length=20, blank=True)
    version = models.PositiveSmallIntegerField()
    numerator = models.DecimalField(max_digits=18, decimal_places=3)
    denominator = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    told_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["indicator", "month"], name="insight_told_indicator"),
            models.Index(
                fields=["indicator", "part", "month", "facility"],
                include=["numerator", "denominator"],
                name="insight_told_board",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "indicator", "month", "part"], name="insight_told_once"
            ),
            models.CheckConstraint(condition=FIRST_OF_MONTH, name="insight_told_first"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.indicator}: {self.numerator}"
