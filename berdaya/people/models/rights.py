"""Rights under UU 27/2022 as cases with a clock: asked, answered, and what was done for each."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core.dated import DatedRow, no_overlap
from berdaya.institutions.models import Facility
from berdaya.people.calc import LAWFUL_TIME, TimeLeft, time_left
from berdaya.people.models.participants import Participant

STAFF = settings.AUTH_USER_MODEL
# Five digits in a row are a number of somebody, never a year.
NUMBER_IN_WORDS = r"\d{5}"


class RightsKind(models.TextChoices):
    COPY = "copy", _lazy("Salinan data (Pasal 7 dan 32)")
    CORRECTION = "correction", _lazy("Perbaikan data (Pasal 6 dan 30)")
    RESTRICTION = "restriction", _lazy("Pembatasan pemakaian (Pasal 11 dan 41)")
    WITHDRAWAL = "withdrawal", _lazy("Penarikan persetujuan (Pasal 9 dan 40)")
    ERASURE = "erasure", _lazy("Penghapusan data diri (Pasal 8)")
    OBJECTION = "objection", _lazy("Keberatan (Pasal 10)")


class ReceivedHow(models.TextChoices):
    DESK = "desk", _lazy("Lisan di meja petugas")
    PAPER = "paper", _lazy("Formulir kertas")
    COUNSELLOR = "counsellor", _lazy("Melalui pembimbing kemasyarakatan")
    FAMILY = "family", _lazy("Keluarga dengan surat kuasa")


class RightsCase(models.Model):
    """What a person asked about their own data; the answer is due 72 hours after it came."""

    code = models.CharField(_lazy("nomor"), max_length=32, unique=True)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="rights_cases")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    kind = models.CharField(_lazy("hak"), max_length=12, choices=RightsKind.choices)
    received_at = models.DateTimeField(pgettext_lazy("people", "diterima"))
    due_at = models.DateTimeField(_lazy("dijawab paling lambat"))
    how = models.CharField(
        pgettext_lazy("people", "cara"), max_length=12, choices=ReceivedHow.choices
    )
    subject = models.CharField(_lazy("pokok"), max_length=120)
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["facility", "due_at"], name="people_rights_due"),
            models.Index(fields=["participant"], name="people_rights_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["id", "recorded_by", "kind"], name="people_rights_recorder"
            ),
            models.CheckConstraint(
                condition=Q(due_at=F("received_at") + timedelta(hours=72)),
                name="people_rights_clock",
            ),
            models.CheckConstraint(
                condition=Q(received_at__lte=F("recorded_at")), name="people_rights_order"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=RightsKind.values, how__in=ReceivedHow.values)
                & ~Q(subject="")
                & ~Q(subject__regex=NUMBER_IN_WORDS),
                name="people_rights_known",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def left(self, now: datetime) -> TimeLeft:
        """How much of the lawful time is left."""
        return time_left(self.due_at, now)


class RightsOutcome(models.TextChoices):
    GRANTED = "granted", _lazy("Dikabulkan")
    PART = "part", _lazy("Dikabulkan sebagian")
    REFUSED = "refused", _lazy("Ditolak")


class RefusalGround(models.TextChoices):
    """Where the law lets a request be refused, wholly or in part (articles 15, 33 and 50)."""

    LEGAL_DUTY = "legal_duty", _lazy("Kewajiban hukum menyimpannya (Pasal 16 dan 50)")
    LAW_ENFORCEMENT = "law_enforcement", _lazy("Penegakan hukum (Pasal 15 ayat 1 huruf b)")
    STATE_TASK = "state_task", _lazy("Penyelenggaraan negara (Pasal 15 ayat 1 huruf c)")
    SAFETY = "safety", _lazy("Membahayakan keamanan atau kesehatan orang (Pasal 33 huruf a)")
    OTHERS = "others", _lazy("Membuka data orang lain (Pasal 33 huruf b)")
    NOT_THEIRS = "not_theirs", _lazy("Data itu bukan milik pemohon, atau kuasanya tidak sah")


class HandedOver(models.TextChoices):
    PRIVATE = "private", _lazy("Diserahkan langsung, tanpa orang lain")
    READ_ALOUD = "read_aloud", _lazy("Dibacakan langsung, tanpa orang lain")
    COUNSELLOR = "counsellor", _lazy("Melalui pembimbing kemasyarakatan, dalam amplop tertutup")
    PROXY = "proxy", _lazy("Kepada pemegang kuasa, dalam amplop tertutup")


class RightsAnswer(models.Model):
    """How a case ended. `recorded_by` and `kind` copy the case's; a foreign key keeps them true.

    A refusal, wholly or in part, and an erasure are never answered by whoever recorded the case.
    """

    case = models.OneToOneField(RightsCase, models.PROTECT, related_name="answer")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    outcome = models.CharField(_lazy("jawaban"), max_length=8, choices=RightsOutcome.choices)
    ground = models.CharField(
        _lazy("dasar penolakan"), max_length=16, choices=RefusalGround.choices, blank=True
    )
    words = models.CharField(_lazy("keterangan"), max_length=300, blank=True)
    handed_over = models.CharField(_lazy("diserahkan"), max_length=12, choices=HandedOver.choices)
    answered_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_lazy("dijawab"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=RightsOutcome.GRANTED, ground="")
                | Q(outcome__in=["part", "refused"], ground__in=RefusalGround.values),
                name="people_rightsanswer_ground",
            ),
            models.CheckConstraint(
                condition=~Q(answered_by=F("recorded_by"))
                | (Q(outcome=RightsOutcome.GRANTED) & ~Q(kind=RightsKind.ERASURE)),
                name="people_rightsanswer_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(words__regex=NUMBER_IN_WORDS) & Q(handed_over__in=HandedOver.values),
                name="people_rightsanswer_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.outcome}"


class StepKind(models.TextChoices):
    RECEIPT = "receipt", _lazy("Tanda terima dicetak")
    OPENED = "opened", _lazy("Data diri dibuka untuk salinan")
    COPY = "copy", _lazy("Salinan data dicetak")
    RESTRICTED = "restricted", _lazy("Pembatasan mulai berlaku")
    ERASED = "erased", _lazy("Data diri dihapus")


class RightsStep(models.Model):
    """What was done under a case, by whom and when; `fields` names what was opened, no value."""

    case = models.ForeignKey(RightsCase, models.PROTECT, related_name="steps")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    fields = models.CharField(max_length=120, blank=True)
    done_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    done_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["participant"], name="people_rightsstep_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=StepKind.values), name="people_rightsstep_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.kind}"


class RestrictionGround(models.TextChoices):
    DISPUTED = "disputed", _lazy("Kebenaran data dipersoalkan")
    UNLAWFUL = "unlawful", _lazy("Pemakaiannya dipersoalkan, datanya tidak boleh dihapus")
    LEGAL_CLAIM = "legal_claim", _lazy("Diperlukan pemilik data untuk perkara hukum")
    ASKED = "asked", _lazy("Permintaan pemilik data")


class Restriction(DatedRow):
    """While it holds, the identity is opened for wages, lawful duty and the person's copy only."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="restrictions")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    case = models.ForeignKey(RightsCase, models.PROTECT, related_name="restrictions")
    ground = models.CharField(_lazy("alasan"), max_length=12, choices=RestrictionGround.choices)
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("people_restriction_one", "participant"),
            models.CheckConstraint(
                condition=Q(ground__in=RestrictionGround.values), name="people_restriction_ground"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.ground}"


assert timedelta(hours=72) == LAWFUL_TIME  # the constraint above and the clock are one
