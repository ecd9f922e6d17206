"""Slips: what a person can check by hand, in private; and objections to them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core.dated import not_after_recording
from berdaya.institutions.models import Facility
from berdaya.people.models import Participant
from berdaya.proceeds.models.sales import PremiShare

STAFF = settings.AUTH_USER_MODEL


class Slip(models.Model):
    """One person's month. `content` freezes every sentence's numbers, so a reprint is the same.

    `cover_code` is all that the folded outside shows.
    """

    code = models.CharField(_lazy("kode"), max_length=32, unique=True)
    cover_code = models.CharField(_lazy("kode sampul"), max_length=16, unique=True)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    month = models.DateField(_lazy("bulan"))
    earned_rp = models.BigIntegerField()
    floor_rp = models.BigIntegerField(default=0)
    content = models.JSONField()
    issued_on = models.DateField(_lazy("dibuat pada"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-month", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "participant", "month"], name="proceeds_slip_one"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="proceeds_slip_first"),
        ]
        indexes = [models.Index(fields=["facility", "-month"], name="proceeds_slip_list")]

    def __str__(self) -> str:
        return self.code

    @property
    def shortfall_rp(self) -> int:
        """How far the month stayed below the floor; shown, never paid out of nothing.

        A slip without a share (a return, a payout) carries no floor and so no shortfall.
        """
        return max(self.floor_rp - self.earned_rp, 0) if self.floor_rp else 0


class SlipLine(models.Model):
    """A share that a slip explains; each share stands on one slip."""

    slip = models.ForeignKey(Slip, models.PROTECT, related_name="lines")
    share = models.OneToOneField(PremiShare, models.PROTECT, related_name="slip_line")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.slip_id}: {self.share_id}"


class Objection(models.Model):
    """A maker's *keberatan premi*; its handler neither logged the work nor paid."""

    code = models.CharField(_lazy("kode"), max_length=32, unique=True)
    slip = models.ForeignKey(Slip, models.PROTECT, related_name="objections")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    raised_on = models.DateField(_lazy("diajukan pada"))
    answer_due_on = models.DateField(_lazy("dijawab paling lambat"))
    text = models.CharField(_lazy("isi keberatan"), max_length=500)
    handler = models.ForeignKey(
        STAFF, models.PROTECT, related_name="+", verbose_name=_lazy("ditangani oleh")
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["answer_due_on", "pk"]
        indexes = [
            models.Index(fields=["facility", "answer_due_on"], name="proceeds_objection_due")
        ]
        constraints = [
            not_after_recording("proceeds_objection_day", "raised_on"),
            models.CheckConstraint(
                condition=Q(answer_due_on__gte=F("raised_on")), name="proceeds_objection_order"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Outcome(models.TextChoices):
    UPHELD = "upheld", pgettext_lazy("proceeds", "Diterima")
    REFUSED = "refused", pgettext_lazy("proceeds", "Tidak diterima")


class ObjectionAnswer(models.Model):
    """The answer; one that is upheld may bring a correction, booked in the open period."""

    objection = models.OneToOneField(Objection, models.PROTECT, related_name="answer")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    outcome = models.CharField(
        pgettext_lazy("proceeds", "hasil"), max_length=8, choices=Outcome.choices
    )
    text = models.CharField(_lazy("jawaban"), max_length=500)
    answered_on = models.DateField(_lazy("dijawab pada"))
    correction = models.OneToOneField(
        PremiShare, models.PROTECT, null=True, related_name="objection_answer"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            not_after_recording("proceeds_answer_day", "answered_on"),
            models.CheckConstraint(
                condition=Q(outcome="upheld") | Q(outcome="refused", correction__isnull=True),
                name="proceeds_answer_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.objection_id}: {self.outcome}"
