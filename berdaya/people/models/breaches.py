"""The register of failures to protect personal data (UU 27/2022, article 46); nothing leaves it."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.institutions.models import Facility
from berdaya.people.calc import TimeLeft, time_left
from berdaya.people.models.participants import Participant
from berdaya.people.models.rights import NUMBER_IN_WORDS

STAFF = settings.AUTH_USER_MODEL


class DataKind(models.TextChoices):
    IDENTITY = "identity", _lazy("Nama, tanggal lahir, atau foto")
    NUMBERS = "numbers", _lazy("NIK atau nomor register")
    STATUS = "status", _lazy("Status sebagai warga binaan")
    HEALTH = "health", _lazy("Keterangan kesehatan")
    MONEY = "money", _lazy("Rekening, premi, atau tabungan")
    FAMILY = "family", _lazy("Data keluarga")
    WORK = "work", _lazy("Pekerjaan, pelatihan, dan sertifikat")
    BUYER = "buyer", _lazy("Alamat dan nomor telepon pembeli")
    STAFF = "staff", _lazy("Data petugas")


class Breach(models.Model):
    """One failure as one facility has to answer for it.

    What struck several facilities is one row each, under the same `event`: every head informs
    their own people. Persons and authority are due 72 hours after it was noticed.
    """

    code = models.CharField(_lazy("nomor"), max_length=32, unique=True)
    event = models.UUIDField(default=uuid.uuid4, editable=False)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    is_national = models.BooleanField(_lazy("menyangkut beberapa UPT"), default=False)
    noticed_at = models.DateTimeField(_lazy("diketahui"))
    due_at = models.DateTimeField(_lazy("diberitahukan paling lambat"))
    happened = models.TextField(_lazy("apa yang terjadi, kapan dan bagaimana"))
    data_kinds = ArrayField(models.CharField(max_length=10), verbose_name=_lazy("jenis data"))
    people_count = models.PositiveIntegerField(_lazy("jumlah orang"))
    measures = models.TextField(_lazy("penanganan dan pemulihan"))
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "breaches"
        indexes = [models.Index(fields=["facility", "-noticed_at"], name="people_breach_list")]
        constraints = [
            models.UniqueConstraint(fields=["event", "facility"], name="people_breach_one"),
            models.CheckConstraint(
                condition=Q(due_at=F("noticed_at") + timedelta(hours=72)),
                name="people_breach_clock",
            ),
            models.CheckConstraint(
                condition=Q(noticed_at__lte=F("recorded_at"), data_kinds__len__gt=0)
                & Q(data_kinds__contained_by=DataKind.values)
                & ~Q(happened="")
                & ~Q(measures=""),
                name="people_breach_told",
            ),
            models.CheckConstraint(
                condition=~Q(happened__regex=NUMBER_IN_WORDS) & ~Q(measures__regex=NUMBER_IN_WORDS),
                name="people_breach_words",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def left(self, now: datetime) -> TimeLeft:
        """How much of the lawful time is left."""
        return time_left(self.due_at, now)

    @property
    def kinds_told(self) -> list[str]:
        """The kinds of data in the active language."""
        return [str(DataKind(kind).label) for kind in self.data_kinds]


class BreachPerson(models.Model):
    """Somebody whose data it was, where that is known exactly."""

    breach = models.ForeignKey(Breach, models.PROTECT, related_name="people")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["breach", "participant"], name="people_breachperson_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.breach_id}: {self.participant_id}"


class NoticeTo(models.TextChoices):
    PERSONS = "persons", _lazy("Orang yang datanya terkena")
    AUTHORITY = "authority", _lazy("Lembaga Pelindungan Data Pribadi")
    PUBLIC = "public", _lazy("Masyarakat")


class NoticeHow(models.TextChoices):
    LETTER = "letter", _lazy("Surat yang diserahkan langsung")
    READ_ALOUD = "read_aloud", _lazy("Surat yang dibacakan langsung")
    POST = "post", _lazy("Surat melalui pos atau kurir")
    ELECTRONIC = "electronic", _lazy("Surat elektronik atau laman resmi")


# Without these two a breach stays open: the law asks for both.
MUST_BE_TOLD = (NoticeTo.PERSONS, NoticeTo.AUTHORITY)


class BreachNotice(models.Model):
    """Who was told, when, how and by which document."""

    breach = models.ForeignKey(Breach, models.PROTECT, related_name="notices")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    told = models.CharField(_lazy("kepada"), max_length=10, choices=NoticeTo.choices)
    told_at = models.DateTimeField(_lazy("pada"))
    how = models.CharField(
        pgettext_lazy("people", "cara"), max_length=12, choices=NoticeHow.choices
    )
    document_no = models.CharField(_lazy("nomor surat"), max_length=80)
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(told__in=NoticeTo.values, how__in=NoticeHow.values)
                & Q(told_at__lte=F("recorded_at"))
                & ~Q(document_no=""),
                name="people_breachnotice_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.breach_id}: {self.told}"


class BreachClosing(models.Model):
    """Handled: persons and authority were told, and what was learned is written down."""

    breach = models.OneToOneField(Breach, models.PROTECT, related_name="closing")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    learned = models.TextField(_lazy("apa yang diubah agar tidak terulang"))
    closed_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(learned=""), name="people_breachclosing_words")
        ]

    def __str__(self) -> str:
        return str(self.breach_id)
