"""Who takes part in a session, who waits for a place, and who was there on which day."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility
from berdaya.people.models import Participant
from berdaya.training.models.sessions import Session

STAFF = settings.AUTH_USER_MODEL


class Enrolment(models.Model):
    """A person in a session: with a place, waiting for one, or withdrawn (for good).

    `day` copies the session's first day: the person is placed at the facility then (trigger).
    `is_own_request`: they asked for it themselves; a detainee is not enrolled without (trigger).
    Who waits moves up in the order of the key.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="enrolments")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    day = models.DateField()
    has_place = models.BooleanField()
    is_own_request = models.BooleanField(_lazy("atas permintaan sendiri"), default=False)
    enrolled_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    enrolled_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    withdraw_reason = models.CharField(_lazy("alasan"), max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["participant", "day"], name="training_enrolment_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "participant"],
                condition=Q(withdrawn_at__isnull=True),
                name="training_enrolment_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(has_place=False),
                name="training_enrolment_withdrawn_frees",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.participant_id}"

    @property
    def state(self) -> str:
        """enrolled, waiting or withdrawn."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        return "enrolled" if self.has_place else "waiting"


class Mark(models.TextChoices):
    PRESENT = "present", _lazy("H")
    SICK = "sick", _lazy("S")
    LEAVE = "leave", _lazy("I")
    ABSENT = "absent", _lazy("A")


class Attendance(models.Model):
    """What the sheet of a session says of one person on one day; rewritten when filed anew."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="attendance")
    session = models.ForeignKey(Session, models.PROTECT, related_name="attendance")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    day = models.DateField()
    mark = models.CharField(max_length=8, choices=Mark)
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["day"]
        indexes = [models.Index(fields=["session", "day"], name="training_attendance_sheet")]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "day"], name="training_attendance_one"),
            models.CheckConstraint(
                condition=Q(mark__in=Mark.values), name="training_attendance_mark"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.mark}"
