"""Sessions: a course on certain days at a facility, with limited places."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.institutions.models import Facility
from berdaya.training.models.courses import Course, Funding

STAFF = settings.AUTH_USER_MODEL


class Session(models.Model):
    """A course held at its facility on the days of `days`; `ends_on` is the last of them.

    No count of people stands here: mentors read these rows (walls.py), the places stand apart.
    """

    course = models.ForeignKey(
        Course, models.PROTECT, related_name="sessions", verbose_name=_lazy("pelatihan")
    )
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    code = models.CharField(max_length=32, unique=True)
    starts_on = models.DateField(_lazy("hari pertama"))
    ends_on = models.DateField(_lazy("hari terakhir"))
    places = models.PositiveSmallIntegerField(pgettext_lazy("training", "tempat"))
    instructor = models.CharField(_lazy("pengajar"), max_length=80)
    cost_rp = models.BigIntegerField(_lazy("biaya (Rp)"), default=0)
    funding = models.CharField(
        _lazy("sumber dana"), max_length=10, choices=Funding, default=Funding.UNIT
    )
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["facility", "-starts_on"], name="training_session_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on"), places__gt=0, cost_rp__gte=0),
                name="training_session_sound",
            ),
            models.CheckConstraint(
                condition=Q(funding__in=Funding.values), name="training_session_funding"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Seats(models.Model):
    """How many places of a session are taken; the database never lets it exceed them.

    Taking is one conditional UPDATE (actions/enrolments.py), as with stock; `places` copies the
    session's.
    """

    session = models.OneToOneField(Session, models.PROTECT, related_name="seats")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    places = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "seats"
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__lte=F("places")), name="training_seats_never_overbooked"
            )
        ]

    def __str__(self) -> str:
        return f"{self.taken}/{self.places}"

    @property
    def free(self) -> int:
        """Places nobody has yet."""
        return self.places - self.taken


class SessionDay(models.Model):
    """One day of a session and how long it lasts."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="days")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    day = models.DateField(_lazy("hari"))
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["session", "day"], name="training_sessionday_one"),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, 720)), name="training_sessionday_minutes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.day}"


class SessionCount(models.Model):
    """How many people a finished session had, as told to whoever sees no persons: once, rounded.

    Zero below five, else a multiple of five; never of an LPKA (docs/rules/public-counts.md).
    """

    session = models.OneToOneField(Session, models.PROTECT, related_name="count")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    about_people = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(about_people__in=range(0, 205, 5)), name="training_sessioncount_rounded"
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.about_people}"
