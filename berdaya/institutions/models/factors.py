"""What staff prove themselves with besides allauth's factors, how they come in, and bad tries."""

from django.db import models
from django.db.models import Q

from berdaya.institutions.models.staff import Staff

CODES_ON_A_CARD = 40


class FactorCard(models.Model):
    """A printed card of numbered one-time codes; its serial stands on it, no name does."""

    serial = models.CharField(max_length=8, unique=True)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="cards")
    issued_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff"],
                condition=Q(voided_at__isnull=True),
                name="institutions_factorcard_one",
            ),
            models.CheckConstraint(
                condition=Q(issued_by__isnull=True) | ~Q(issued_by=models.F("staff")),
                name="institutions_factorcard_other",
            ),
        ]

    def __str__(self) -> str:
        return self.serial


class CardCode(models.Model):
    """One code of a card, hashed; used once."""

    card = models.ForeignKey(FactorCard, models.CASCADE, related_name="codes")
    number = models.PositiveSmallIntegerField()
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["card", "number"], name="institutions_cardcode_once")
        ]

    def __str__(self) -> str:
        return f"{self.card_id}: {self.number}"


class Invitation(models.Model):
    """A code, shown once, with which somebody chooses their password; for seven days, once."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="invitations")
    code_hash = models.CharField(max_length=64)
    invited_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff"],
                condition=Q(used_at__isnull=True, voided_at__isnull=True),
                name="institutions_invitation_one",
            ),
            models.CheckConstraint(
                condition=Q(invited_by__isnull=True) | ~Q(invited_by=models.F("staff")),
                name="institutions_invitation_other",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation of {self.staff_id}"


class Attempts(models.Model):
    """How often somebody, or some address, tried since `since`; several processes share it."""

    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=64)
    tries = models.PositiveIntegerField()
    since = models.DateTimeField()

    class Meta:
        verbose_name_plural = "attempts"
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], name="institutions_attempts_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.tries}"
