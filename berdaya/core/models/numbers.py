"""Counters of number series without gaps."""

from django.db import models


class NumberSeries(models.Model):
    series = models.TextField()
    year = models.SmallIntegerField()
    last = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="core_numberseries_one"),
            models.CheckConstraint(
                condition=models.Q(last__gt=0), name="core_numberseries_positive"
            ),
        ]
