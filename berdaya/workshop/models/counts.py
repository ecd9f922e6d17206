"""How many people worked, as anybody may read it: written once a month, never corrected."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Mod
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility


class PublishedCount(models.Model):
    """About how many people of a facility worked in a family of work in a month.

    A multiple of five; 0 says fewer than five, none included. A later figure for the same month
    would tell by its difference, so there is none: what is keyed in late is left out.
    """

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    month = models.DateField(_lazy("bulan"))
    family = models.CharField(_lazy("jenis pekerjaan"), max_length=10)
    about_people = models.IntegerField(_lazy("sekitar"))
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["month"], name="workshop_count_month")]
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "month", "family"], name="workshop_count_once"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="workshop_count_first"),
            models.CheckConstraint(
                condition=Q(about_people__gte=0)
                & Q(about_people=F("about_people") - Mod("about_people", 5)),
                name="workshop_count_rounded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.family}: {self.about_people}"
