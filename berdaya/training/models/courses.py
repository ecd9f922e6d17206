"""Courses: what is taught, by whom, for how long, and which skill it gives."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.names import named
from berdaya.institutions.models import Facility, Party
from berdaya.training.models.skills import CompetenceUnit, Skill


class Funding(models.TextChoices):
    UNIT = "unit", _lazy("DIPA UPT")
    REGION = "region", _lazy("APBD")
    MINISTRY = "ministry", _lazy("Kementerian UMKM")
    PROVIDER = "provider", _lazy("Penyelenggara")
    PARTNER = "partner", _lazy("Mitra atau CSR")
    DONATION = "donation", _lazy("Hibah")


class Course(models.Model):
    """One course of a unit. `valid_months` says how long its skill holds; empty is for good."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    code = models.CharField(_lazy("kode"), max_length=32, unique=True)
    title = models.CharField(_lazy("judul"), max_length=120)
    title_en = models.CharField(_lazy("judul (Inggris)"), max_length=120, blank=True)
    provider = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_lazy("penyelenggara")
    )
    skill = models.ForeignKey(
        Skill,
        models.PROTECT,
        related_name="courses",
        verbose_name=_lazy("keterampilan yang diberikan"),
    )
    hours = models.PositiveSmallIntegerField(_lazy("lama (jam)"))
    valid_months = models.PositiveSmallIntegerField(
        _lazy("masa berlaku (bulan)"),
        null=True,
        blank=True,
        help_text=_lazy("Kosongkan bila keterampilannya tidak kedaluwarsa."),
    )
    cost_rp = models.BigIntegerField(_lazy("biaya (Rp)"), default=0)
    funding = models.CharField(
        _lazy("sumber dana"), max_length=10, choices=Funding, default=Funding.UNIT
    )
    is_active = models.BooleanField(_lazy("masih diadakan"), default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    units = models.ManyToManyField(CompetenceUnit, through="CourseUnit", related_name="+")

    class Meta:
        ordering = ["title", "pk"]
        indexes = [models.Index(fields=["facility", "skill"], name="training_course_list")]
        constraints = [
            models.UniqueConstraint(fields=["id", "facility"], name="training_course_of_facility"),
            models.CheckConstraint(
                condition=Q(hours__gt=0, cost_rp__gte=0)
                & (Q(valid_months__isnull=True) | Q(valid_months__gt=0)),
                name="training_course_sound",
            ),
            models.CheckConstraint(
                condition=Q(funding__in=Funding.values), name="training_course_funding"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The title in the active language."""
        return named(self.title, self.title_en)


class CourseUnit(models.Model):
    """A competence unit that a course teaches and assesses."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="course_units")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    unit = models.ForeignKey(CompetenceUnit, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["unit__code"]
        constraints = [
            models.UniqueConstraint(fields=["course", "unit"], name="training_courseunit_one")
        ]

    def __str__(self) -> str:
        return f"{self.course_id}: {self.unit_id}"
