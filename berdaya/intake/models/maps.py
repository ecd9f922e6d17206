"""What a facility's own sheets and columns mean, as an officer said it once."""

from django.db import models
from django.db.models import Q

from berdaya.institutions.models import Facility


class ColumnMap(models.Model):
    """Remembered for the facility: what a sheet is (`header` empty), or what a column means.

    For a sheet, `sheet` is its name's key and `meaning` a kind; for a column, `sheet` is the kind
    and `meaning` the field, empty for "not read".
    """

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=80)
    header = models.CharField(max_length=80, blank=True)
    meaning = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "sheet", "header"], name="intake_columnmap_one"
            ),
            models.CheckConstraint(
                condition=~Q(header="") | ~Q(meaning=""), name="intake_columnmap_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}/{self.header}: {self.meaning}"
