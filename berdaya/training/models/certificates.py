"""Certificates at the desk: whose, proposed and decided by two, revoked or replaced by two."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.names import named
from berdaya.institutions.models import Facility, Party
from berdaya.people.models import Participant
from berdaya.training.models.assessments import Assessment
from berdaya.training.models.credentials import CODE_LENGTH, Credential, Ending
from berdaya.training.models.sessions import Session

STAFF = settings.AUTH_USER_MODEL


class Outcome(models.TextChoices):
    APPROVED = "approved", _lazy("Disetujui")
    REFUSED = "refused", _lazy("Ditolak")


class Certificate(models.Model):
    """A certificate for one passed assessment: what the second person agrees to is frozen here.

    `holder_code` stands on the paper alone; the credential has its hash. `is_live`: proposed or
    issued, neither refused nor revoked nor replaced. No name stands here, nor anywhere else.
    """

    code = models.CharField(_lazy("kode"), max_length=32, unique=True)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="certificates")
    session = models.ForeignKey(Session, models.PROTECT, related_name="certificates")
    provider = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_lazy("penerbit")
    )
    title = models.CharField(_lazy("pelatihan"), max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    hours = models.PositiveSmallIntegerField(_lazy("jam"))
    units = models.JSONField(default=list)
    valid_months = models.PositiveSmallIntegerField(null=True)
    signer_name = models.CharField(_lazy("penanda tangan"), max_length=80)
    signer_post = models.CharField(_lazy("jabatan penanda tangan"), max_length=80)
    holder_code = models.CharField(max_length=CODE_LENGTH, unique=True)
    proposed_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_lazy("diusulkan"))
    is_live = models.BooleanField(default=True)
    credential = models.OneToOneField(
        Credential, models.PROTECT, null=True, related_name="certificate"
    )

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        indexes = [
            models.Index(fields=["facility", "-proposed_at"], name="training_certificate_list"),
            models.Index(fields=["participant"], name="training_certificate_of"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(is_live=True), name="training_certificate_one"
            ),
            models.UniqueConstraint(
                fields=["id", "proposed_by"], name="training_certificate_proposer"
            ),
            models.CheckConstraint(
                condition=~Q(signer_name="") & ~Q(signer_post="") & ~Q(title="") & Q(hours__gt=0),
                name="training_certificate_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> str:
        """What was learned, in the active language."""
        return named(self.title, self.title_en)


class CertificateDecision(models.Model):
    """The second person. `proposed_by` copies the certificate's; a key over both keeps it true."""

    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="decision")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome)
    reason = models.CharField(_lazy("alasan"), max_length=200, blank=True)
    decided_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(decided_by=F("proposed_by")),
                name="training_certificatedecision_two_people",
            ),
            models.CheckConstraint(
                condition=Q(outcome="approved") | Q(outcome="refused") & ~Q(reason=""),
                name="training_certificatedecision_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id}: {self.outcome}"


class Withdrawal(models.Model):
    """Somebody asks that a certificate be revoked, or replaced by a new one, and why.

    The reason stays at the desk; the public page says only that it was revoked or replaced.
    """

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="withdrawals")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    kind = models.CharField(_lazy("yang diminta"), max_length=8, choices=Ending)
    reason = models.CharField(_lazy("alasan"), max_length=200)
    proposed_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_lazy("diusulkan"))
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        indexes = [models.Index(fields=["facility", "is_open"], name="training_withdrawal_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"], condition=Q(is_open=True), name="training_withdrawal_one"
            ),
            models.UniqueConstraint(
                fields=["id", "proposed_by"], name="training_withdrawal_proposer"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Ending.values) & ~Q(reason=""),
                name="training_withdrawal_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id}: {self.kind}"


class WithdrawalDecision(models.Model):
    """The second person about a withdrawal."""

    withdrawal = models.OneToOneField(Withdrawal, models.PROTECT, related_name="decision")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome)
    reason = models.CharField(_lazy("alasan"), max_length=200, blank=True)
    decided_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(decided_by=F("proposed_by")),
                name="training_withdrawaldecision_two_people",
            ),
            models.CheckConstraint(
                condition=Q(outcome="approved") | Q(outcome="refused") & ~Q(reason=""),
                name="training_withdrawaldecision_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.withdrawal_id}: {self.outcome}"
