"""Who opened whose identity, for what: written with the names, never changed, never deleted."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility
from berdaya.people.models.participants import Participant

STAFF = settings.AUTH_USER_MODEL


class RevealPurpose(models.TextChoices):
    ROLL = "roll", _lazy("Daftar hadir bengkel")
    PAYOUT = "payout", _lazy("Pembayaran premi")
    SLIPS = "slips", _lazy("Pembagian slip")
    CASELOAD = "caseload", _lazy("Klien bimbingan")
    SAMPLE = "sample", _lazy("Sampel pemeriksaan")
    CERTIFICATE = "certify", _lazy("Sertifikat pelatihan")
    PERSON = "person", _lazy("Satu orang")
    CONSENT = "consent", _lazy("Pindaian surat kesediaan")
    LEAVING = "leaving", _lazy("Serah terima saat keluar")
    SEARCH = "search", _lazy("Pencarian nomor")


class Reveal(models.Model):
    """One act of opening, with everybody it opened; a search tells only whether somebody is there.

    `subject` says of what it was the list, `label` the same in words, both without a name. `role`
    is the one that allowed it, `day_count` how many people its opener had opened by then on that
    day, each counted once. `why`: codes of what made it unusual.
    """

    code = models.CharField(_lazy("kode"), max_length=32, unique=True)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    role = models.CharField(max_length=32)
    is_by_head = models.BooleanField()
    purpose = models.CharField(_lazy("untuk"), max_length=10, choices=RevealPurpose)
    subject = models.CharField(max_length=80)
    label = models.CharField(max_length=120)
    reason = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField(_lazy("dibuka pada"))
    on_day = models.DateField()
    count = models.PositiveIntegerField()
    day_count = models.PositiveIntegerField()
    is_unusual = models.BooleanField()
    why = ArrayField(models.CharField(max_length=16), default=list)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["facility", "-at"], name="people_reveal_list"),
            models.Index(fields=["opened_by", "on_day"], name="people_reveal_opener"),
            models.Index(fields=["role", "on_day"], name="people_reveal_usual"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["id", "opened_by"], name="people_reveal_by"),
            models.CheckConstraint(
                condition=Q(purpose__in=RevealPurpose.values), name="people_reveal_purpose"
            ),
            models.CheckConstraint(
                condition=(Q(is_unusual=True) & ~Q(why=[])) | Q(is_unusual=False, why=[]),
                name="people_reveal_why",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class RevealedPerson(models.Model):
    """One person of a reveal and which of their fields were opened; none where none could be."""

    reveal = models.ForeignKey(Reveal, models.PROTECT, related_name="people")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="reveals")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    fields = ArrayField(models.CharField(max_length=16), default=list)

    class Meta:
        verbose_name_plural = "revealed people"
        constraints = [
            models.UniqueConstraint(
                fields=["reveal", "participant"], name="people_revealedperson_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reveal_id}: {self.participant_id}"


class RevealReview(models.Model):
    """Somebody else has looked into an unusual reveal and says what came of it.

    `opened_by` copies the reveal's; a foreign key over both keeps it true.
    """

    reveal = models.OneToOneField(Reveal, models.PROTECT, related_name="review")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    note = models.CharField(_lazy("catatan"), max_length=300)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(note=""), name="people_revealreview_note"),
            models.CheckConstraint(
                condition=~Q(reviewed_by=F("opened_by")), name="people_revealreview_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reveal_id}: {self.at}"
