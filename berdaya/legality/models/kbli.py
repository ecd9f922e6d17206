"""Fields of business: KBLI codes, each with the edition of the list that it is read by."""

from django.db import models
from django.db.models import Q

from berdaya.core.names import named


class Kbli(models.Model):
    """One code of one edition (2020 or 2025): the same digits may mean other work in the other.

    `to_be_confirmed`: the title or its place in that edition is not yet certain (domain 2.6).
    """

    year = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=5)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    note = models.CharField(max_length=200, blank=True)
    to_be_confirmed = models.BooleanField(default=False)

    class Meta:
        ordering = ["-year", "code"]
        constraints = [
            models.UniqueConstraint(fields=["year", "code"], name="legality_kbli_one"),
            models.CheckConstraint(
                condition=Q(year__in=[2020, 2025], code__regex=r"^\d{5}$"),
                name="legality_kbli_edition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.code} {self.label}"

    @property
    def label(self) -> str:
        """The title in the active language."""
        return named(self.name, self.name_en)
