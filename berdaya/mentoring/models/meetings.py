"""Meetings of mentor and group: what for, what was done, who does what until when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility
from berdaya.mentoring.models.adoptions import Adoption, Side
from berdaya.training.models import Funding

STAFF = settings.AUTH_USER_MODEL
MOST_PEOPLE = 200


class Activity(models.TextChoices):
    MENTORING = "mentoring", _lazy("Pendampingan")
    TRAINING = "training", _lazy("Pelatihan")


class Meeting(models.Model):
    """One session; `about_people` is 0 below five, else a multiple of five, never the true count.

    Its columns are the fields of PK2UMK's report (docs: sources; needs confirmation).
    """

    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="meetings")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    day = models.DateField(_lazy("hari"))
    title = models.CharField(_lazy("nama kegiatan"), max_length=120)
    activity = models.CharField(
        _lazy("jenis"), max_length=10, choices=Activity, default=Activity.MENTORING
    )
    topic = models.CharField(_lazy("topik"), max_length=120)
    goal = models.CharField(_lazy("sasaran"), max_length=300)
    location = models.CharField(_lazy("lokasi"), max_length=120)
    provider = models.CharField(_lazy("penyelenggara"), max_length=120)
    funding = models.CharField(
        _lazy("sumber dana"), max_length=10, choices=Funding, default=Funding.MINISTRY
    )
    sector_kbli = models.CharField(
        _lazy("KBLI 2020"),
        max_length=5,
        blank=True,
        help_text=_lazy("Lima angka, misalnya 13122; kosongkan bila belum pasti."),
    )
    done = models.TextField(_lazy("yang dikerjakan"), max_length=2000, blank=True)
    about_people = models.PositiveSmallIntegerField(null=True)
    noted_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["facility", "-day"], name="mentoring_meeting_list")]
        constraints = [
            models.UniqueConstraint(fields=["id", "adoption"], name="mentoring_meeting_of"),
            models.CheckConstraint(
                condition=Q(activity__in=Activity.values, funding__in=Funding.values),
                name="mentoring_meeting_known",
            ),
            models.CheckConstraint(
                condition=Q(about_people__isnull=True)
                | Q(about_people__in=range(0, MOST_PEOPLE + 1, 5)),
                name="mentoring_meeting_rounded",
            ),
            models.CheckConstraint(
                condition=Q(noted_at__isnull=True, done="", about_people__isnull=True)
                | Q(noted_at__isnull=False, about_people__isnull=False) & ~Q(done=""),
                name="mentoring_meeting_noted",
            ),
            models.CheckConstraint(
                condition=Q(sector_kbli="") | Q(sector_kbli__regex=r"^[0-9]{5}$"),
                name="mentoring_meeting_kbli",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.day}"


class NextStep(models.Model):
    """What the unit or the mentor does until a day; done once, with who said so."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="steps")
    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="steps")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    side = models.CharField(_lazy("dikerjakan oleh"), max_length=6, choices=Side)
    text = models.CharField(_lazy("langkah"), max_length=200)
    due_on = models.DateField(_lazy("paling lambat"))
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                fields=["facility", "due_on"],
                condition=Q(done_on__isnull=True),
                name="mentoring_step_open",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=Side.values) & ~Q(text=""), name="mentoring_step_known"
            )
        ]

    def __str__(self) -> str:
        return self.text
