"""The steps of a case with their papers, and what unit and mentor wrote to each other."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.facilitation.models.cases import Case, Side
from berdaya.facilitation.models.routes import Acting, StepText
from berdaya.institutions.models import Facility

STAFF = settings.AUTH_USER_MODEL
# Below this folder of the private storage lie the papers of steps.
PAPERS = "facilitation"


class CaseStep(StepText):
    """A step as it was copied. `began_on`: the day it became this case's turn.

    It is over once: done on a day, or not needed for a reason.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    began_on = models.DateField(null=True)
    promised_on = models.DateField(null=True)
    done_on = models.DateField(_lazy("selesai"), null=True)
    paper_no = models.CharField(_lazy("nomor kertas"), max_length=60, blank=True)
    document = models.CharField(max_length=200, blank=True)
    document_sha256 = models.CharField(max_length=64, blank=True)
    needless_reason = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["case", "position"]
        indexes = [
            models.Index(
                fields=["facility", "promised_on"],
                condition=Q(done_on__isnull=True, needless_reason=""),
                name="facilitation_step_open",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="facilitation_step_place"),
            models.CheckConstraint(
                condition=Q(acting__in=Acting.values), name="facilitation_step_known"
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, paper_no="", document="")
                | Q(done_on__gte=F("began_on"), needless_reason="", recorded_at__isnull=False),
                name="facilitation_step_done",
            ),
            models.CheckConstraint(
                condition=Q(document="") ^ ~Q(document_sha256=""), name="facilitation_step_digest"
            ),
        ]

    @property
    def is_over(self) -> bool:
        """Done or not needed."""
        return self.done_on is not None or bool(self.needless_reason)


class CaseMessage(models.Model):
    """What a side wrote, in order, never edited. `asks`: the other side is expected to answer."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="messages")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    side = models.CharField(max_length=6, choices=Side)
    text = models.CharField(_lazy("pesan"), max_length=1000)
    asks = models.BooleanField(default=False)
    written_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["case", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=Side.values) & ~Q(text=""), name="facilitation_message_known"
            ),
            # The rules refuse more (core/personal.py); sixteen digits in a row reach no row at all.
            models.CheckConstraint(
                condition=~Q(text__regex=r"(^|[^0-9])[0-9]{16}([^0-9]|$)"),
                name="facilitation_message_no_nik",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]
