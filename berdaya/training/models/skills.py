"""Skills, the competence units (SKKNI) they are made of, and what an assessor looks for."""

from django.db import models
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.names import named


class Skill(models.Model):
    """What somebody can do afterwards; workshops ask for it. Kept in data/skills.csv."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(_lazy("nama"), max_length=120)
    name_en = models.CharField(_lazy("nama (Inggris)"), max_length=120)
    line_of_work = models.CharField(_lazy("bidang kerja"), max_length=60)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language."""
        return named(self.name, self.name_en)


class CompetenceUnit(models.Model):
    """One unit of a national standard (SKKNI); kept in data/units.csv.

    `is_confirmed`: the code was compared with the published standard; until then every page and
    print says that it needs confirmation.
    """

    code = models.CharField(max_length=24, unique=True)
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="units")
    name = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    is_confirmed = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"

    @property
    def label(self) -> str:
        """The name in the active language."""
        return named(self.name, self.name_en)


class Criterion(models.Model):
    """One thing an assessor looks for in a unit; kept in data/criteria.csv."""

    unit = models.ForeignKey(CompetenceUnit, models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)

    class Meta:
        verbose_name_plural = "criteria"
        ordering = ["unit__code", "position"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "position"], name="training_criterion_one")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language."""
        return named(self.name, self.name_en)
