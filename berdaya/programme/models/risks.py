"""What may keep a commitment from being kept, and what is done about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.institutions.models import Office
from berdaya.programme.models.agreements import Agreement
from berdaya.programme.models.commitments import Commitment


class RiskLevel(models.IntegerChoices):
    LOW = 1, pgettext_lazy("programme", "rendah")
    MEDIUM = 2, pgettext_lazy("programme", "sedang")
    HIGH = 3, pgettext_lazy("programme", "tinggi")


class RiskState(models.TextChoices):
    OPEN = "open", pgettext_lazy("programme", "Terbuka")
    CLOSED = "closed", pgettext_lazy("programme", "Teratasi")


class Risk(models.Model):
    """One risk; its weight is likelihood times impact, 1 to 9."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="risks")
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, null=True, blank=True, related_name="risks",
        verbose_name=_lazy("komitmen"),
    )  # fmt: skip
    words = models.CharField(_lazy("risiko"), max_length=300)
    likelihood = models.PositiveSmallIntegerField(_lazy("kemungkinan"), choices=RiskLevel)
    impact = models.PositiveSmallIntegerField(_lazy("dampak"), choices=RiskLevel)
    owner_office = models.ForeignKey(
        Office, models.PROTECT, related_name="+", verbose_name=_lazy("penanggung jawab")
    )
    response = models.CharField(_lazy("tindakan"), max_length=300)
    state = models.CharField(
        _lazy("keadaan"), max_length=6, choices=RiskState, default=RiskState.OPEN
    )
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["state", "-likelihood", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__in=RiskLevel.values, impact__in=RiskLevel.values)
                & ~Q(words="") & ~Q(response=""),
                name="programme_risk_said",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True)
                | Q(state="closed", closed_on__isnull=False),
                name="programme_risk_closed",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.pk}"

    @property
    def weight(self) -> int:
        return self.likelihood * self.impact
