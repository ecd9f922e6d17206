"""Placement in work, as the TPP decided, and the lawful limits of working time."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedRow, no_overlap
from berdaya.institutions.models import Facility
from berdaya.people.models.participants import Participant


class LineOfWork(models.TextChoices):
    """The usual lines (*bidang kerja*); a unit may write its own word, shown as written."""

    WEAVING = "tenun", _lazy("Tenun")
    BASKETRY = "anyaman", _lazy("Anyaman")
    HANDICRAFT = "kerajinan", _lazy("Kerajinan")
    SEWING = "jahit", _lazy("Jahit")
    COFFEE = "kopi", _lazy("Kopi")
    FOOD = "boga", _lazy("Boga")
    SOAP = "sabun", _lazy("Sabun dan minyak")
    FURNITURE = "mebel", _lazy("Mebel")
    WELDING = "las", _lazy("Las")
    FARMING = "pertanian", _lazy("Pertanian")
    SERVICES = "jasa", _lazy("Jasa")


def line_label(line_of_work: str) -> str:
    """A line of work as people read it, in the active language."""
    return str(dict(LineOfWork.choices).get(line_of_work, line_of_work.capitalize()))


class DecidedBy(models.TextChoices):
    TPP = "TPP", _lazy("Sidang TPP")
    HEAD = "head", _lazy("Kepala UPT")


class WorkPlacement(DatedRow):
    """A participant placed in a line of work for a while, by a numbered decision."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="work_placements")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    line_of_work = models.CharField(_lazy("bidang kerja"), max_length=60)
    decided_by_kind = models.CharField(
        _lazy("diputuskan oleh"), max_length=10, choices=DecidedBy, default=DecidedBy.TPP
    )
    decree_no = models.CharField(_lazy("nomor keputusan"), max_length=80)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["facility", "line_of_work"], name="people_work_line")]
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("people_workplacement_one", "participant", "facility", "line_of_work"),
            models.CheckConstraint(condition=~Q(decree_no=""), name="people_workplacement_decree"),
            models.CheckConstraint(condition=~Q(line_of_work=""), name="people_workplacement_line"),
        ]

    def __str__(self) -> str:
        return self.line_of_work


class WorkLimits(DatedRow):
    """Lawful working time for a while, minutes: a day in a five-day and a six-day week, a week.

    The source of the first row: UU 13/2003 art. 77 and 79 as kept by UU 6/2023, PP 35/2021
    art. 21; the Nelson Mandela Rules, rule 102, ask for such limits inside.
    """

    day_minutes_of_five = models.IntegerField()
    day_minutes_of_six = models.IntegerField()
    week_minutes = models.IntegerField()
    days_in_a_row = models.IntegerField()
    legal_basis = models.CharField(max_length=200)

    class Meta:
        verbose_name_plural = "work limits"
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    day_minutes_of_six__gt=0,
                    day_minutes_of_five__gte=models.F("day_minutes_of_six"),
                    week_minutes__gt=0,
                    days_in_a_row__range=(1, 6),
                ),
                name="people_worklimits_sound",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from}: {self.week_minutes}"
