"""Days on which no office works, as three ministers decree them each year."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.names import named


class HolidayKind(models.TextChoices):
    NATIONAL = "national", _lazy("Hari libur nasional")
    COLLECTIVE = "collective", _lazy("Cuti bersama")


class Holiday(models.Model):
    """One day and the decree that names it; `is_confirmed` once somebody has read that decree."""

    day = models.DateField(_lazy("tanggal"), unique=True)
    kind = models.CharField(max_length=12, choices=HolidayKind.choices)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    legal_basis = models.CharField(max_length=120)
    is_confirmed = models.BooleanField()

    class Meta:
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=HolidayKind.values) & ~Q(legal_basis=""),
                name="institutions_holiday_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"

    @property
    def label(self) -> str:
        """The name in the active language."""
        return named(self.name, self.name_en)
