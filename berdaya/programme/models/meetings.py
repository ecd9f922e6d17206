"""Meetings of both sides: which offices came, what was decided, who does what until when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Office
from berdaya.programme.models.agreements import Agreement

STAFF = settings.AUTH_USER_MODEL


class Meeting(models.Model):
    """Minutes in short. Offices take part, never persons by name."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="meetings")
    held_on = models.DateField(_lazy("hari"))
    place = models.CharField(_lazy("tempat"), max_length=120)
    summary = models.CharField(_lazy("notulen singkat"), max_length=1000)
    offices = models.ManyToManyField(Office, through="MeetingOffice", related_name="+")
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(summary=""), name="programme_meeting_said"),
            models.UniqueConstraint(
                fields=["agreement", "held_on", "place"], name="programme_meeting_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.held_on}"


class MeetingOffice(models.Model):
    """An office that took part."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "office"], name="programme_meetingoffice_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.office_id}"


class Decision(models.Model):
    """One thing that was decided. Never edited: a later meeting decides otherwise."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=500)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="programme_decision_number"),
            models.CheckConstraint(condition=~Q(words=""), name="programme_decision_said"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.number}"


class MeetingAction(models.Model):
    """What an office does until a day; it stands on that office's Hari Ini until it is done."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="actions")
    words = models.CharField(_lazy("tindak lanjut"), max_length=300)
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="+", verbose_name=_lazy("penanggung jawab")
    )
    due_on = models.DateField(_lazy("paling lambat"))
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="programme_action_said"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_by__isnull=True)
                | Q(done_on__isnull=False, done_by__isnull=False),
                name="programme_action_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.pk}"
