"""A follow-up: two minutes with a client, written on a phone that may have no signal.

Only choices and numbers, no free words: nothing of it names anybody, wherever it waits to be sent.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.aftercare.models.supervision import Supervision
from berdaya.core.dated import not_after_recording
from berdaya.core.ids import uuid7
from berdaya.institutions.models import Facility
from berdaya.people.models import Participant

MILESTONES = (1, 3, 6, 12, 24)


class Manner(models.TextChoices):
    PHONE = "phone", _lazy("Telepon")
    VISIT = "visit", _lazy("Kunjungan")
    POST = "post", _lazy("Di Bapas atau Pos Bapas")


class Trade(models.TextChoices):
    YES = "yes", _lazy("Ya, usahanya berjalan")
    OTHER = "other", _lazy("Bekerja lain")
    NO = "no", _lazy("Belum atau tidak lagi")


class IncomeBand(models.TextChoices):
    """A month's income of the trade in bands; the figure itself is nobody's business."""

    NONE = "none", _lazy("Belum ada hasil")
    LOW = "low", _lazy("Di bawah Rp1 juta")
    MIDDLE = "middle", _lazy("Rp1 sampai 2,5 juta")
    HIGH = "high", _lazy("Di atas Rp2,5 juta")
    UNTOLD = "untold", _lazy("Tidak mau menyebut")


class Obstacle(models.TextChoices):
    CAPITAL = "capital", _lazy("Modal")
    TOOLS = "tools", _lazy("Alat kerja")
    MATERIAL = "material", _lazy("Bahan")
    BUYERS = "buyers", _lazy("Mencari pembeli")
    PERMITS = "permits", _lazy("Izin")
    PLACE = "place", _lazy("Tempat")
    HEALTH = "health", _lazy("Kesehatan atau keluarga")
    STIGMA = "stigma", _lazy("Penerimaan lingkungan")


class Help(models.TextChoices):
    KUR = "kur", _lazy("Kredit usaha")
    TOOLS = "tools", _lazy("Bantuan alat")
    TRAINING = "training", _lazy("Pelatihan")
    PERMITS = "permits", _lazy("Mengurus izin")
    MARKET = "market", _lazy("Dipertemukan dengan pembeli")
    MENTOR = "mentor", _lazy("Pendamping usaha")


class FollowUp(models.Model):
    """One contact. `milestone` is the month after release that it answers, if any; whatever it is,
    it also answers the report duty of its calendar month. The device makes `id`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    supervision = models.ForeignKey(Supervision, models.PROTECT, related_name="follow_ups")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="follow_ups")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    happened_on = models.DateField(_lazy("tanggal"))
    milestone = models.PositiveSmallIntegerField(null=True)
    manner = models.CharField(_lazy("cara bertemu"), max_length=5, choices=Manner)
    trade = models.CharField(_lazy("masih berusaha?"), max_length=5, choices=Trade)
    income_band = models.CharField(_lazy("hasil sebulan"), max_length=6, choices=IncomeBand)
    has_nib = models.BooleanField(_lazy("sudah punya NIB"), default=False)
    obstacles = ArrayField(
        models.CharField(max_length=10, choices=Obstacle), default=list, blank=True
    )
    help_needed = ArrayField(
        models.CharField(max_length=10, choices=Help), default=list, blank=True
    )
    next_on = models.DateField(_lazy("bertemu lagi"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-happened_on", "-recorded_at"]
        indexes = [models.Index(fields=["facility", "happened_on"], name="aftercare_followup_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["supervision", "milestone"], name="aftercare_followup_once"
            ),
            not_after_recording("aftercare_followup_past", "happened_on"),
            models.CheckConstraint(
                condition=(Q(milestone__isnull=True) | Q(milestone__in=MILESTONES))
                & Q(
                    manner__in=Manner.values, trade__in=Trade.values,
                    income_band__in=IncomeBand.values, obstacles__contained_by=Obstacle.values,
                    help_needed__contained_by=Help.values,
                ),
                name="aftercare_followup_known",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.happened_on}"

    @property
    def obstacle_labels(self) -> str:
        """What stands in the way, in words."""
        return ", ".join(str(Obstacle(one).label) for one in self.obstacles)

    @property
    def help_labels(self) -> str:
        """What would help, in words."""
        return ", ".join(str(Help(one).label) for one in self.help_needed)
