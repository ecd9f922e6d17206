"""Measures: what quantities are counted in, and how they convert."""

from django.db import models
from django.db.models import Q

from berdaya.core.names import named


class Measure(models.Model):
    """A unit of quantity. Measures of one dimension convert by `factor_to_base`.

    A bottle, a pack or a set has a dimension of its own: how much is in it is a variant's content.
    """

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=40)
    dimension = models.CharField(max_length=12)
    factor_to_base = models.DecimalField(max_digits=14, decimal_places=6)

    class Meta:
        ordering = ["dimension", "factor_to_base", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(factor_to_base__gt=0), name="goods_measure_factor_positive"
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language."""
        return named(self.name, self.name_en)
