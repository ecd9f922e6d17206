"""Assessments by a rubric, each attempt for good, and the skills that passed ones give."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedRow, not_after_recording
from berdaya.institutions.models import Facility
from berdaya.people.models import Participant
from berdaya.training.models.courses import Course
from berdaya.training.models.enrolments import Enrolment
from berdaya.training.models.skills import Criterion, Skill

STAFF = settings.AUTH_USER_MODEL


class Level(models.IntegerChoices):
    """How somebody meets a criterion; from ALONE on it counts as met (rules.py)."""

    NOT_YET = 1, _lazy("Belum")
    WITH_HELP = 2, _lazy("Dengan bantuan")
    ALONE = 3, _lazy("Mandiri")
    SHOWS_OTHERS = 4, _lazy("Dapat mengajari")


class Result(models.TextChoices):
    COMPETENT = "competent", _lazy("Kompeten")
    NOT_YET = "not_yet", _lazy("Belum kompeten")


class Assessment(models.Model):
    """One attempt of one person in one session. A retake is a new row; nothing is ever changed."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="assessments")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    attempt = models.PositiveSmallIntegerField(_lazy("percobaan"))
    assessed_on = models.DateField(_lazy("dinilai pada"))
    assessor = models.CharField(_lazy("penilai"), max_length=80)
    result = models.CharField(_lazy("hasil"), max_length=10, choices=Result)
    note = models.CharField(_lazy("catatan"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["attempt"]
        indexes = [models.Index(fields=["facility", "-assessed_on"], name="training_assessed")]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "attempt"], name="training_assessment_attempt"
            ),
            models.CheckConstraint(
                condition=Q(result__in=Result.values, attempt__gt=0) & ~Q(assessor=""),
                name="training_assessment_whole",
            ),
            not_after_recording("training_assessment_happened", "assessed_on"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}/{self.attempt}: {self.result}"


class AssessmentMark(models.Model):
    """How one criterion was met in one attempt."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="marks")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Level)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "criterion"], name="training_assessmentmark_one"
            ),
            models.CheckConstraint(
                condition=Q(level__in=Level.values), name="training_assessmentmark_level"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.level}"


class HeldSkill(DatedRow):
    """A skill somebody holds for a while, or for good, through one passed assessment.

    It follows the person: the facility where they are placed now reads it too (walls.py).
    """

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="held_skill")

    class Meta:
        ordering = ["-valid_from", "-pk"]
        indexes = [models.Index(fields=["participant", "skill"], name="training_held_by")]
        constraints = [*DatedRow.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.skill_id}"
