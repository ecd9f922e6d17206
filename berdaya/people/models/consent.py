"""Consent to work, and a detainee's own request: given by the person, withdrawn by the person."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility
from berdaya.people.models.participants import Participant


class GivenQuerySet(models.QuerySet["Given"]):
    def on(self, day: date) -> "GivenQuerySet":
        """Statements that hold on `day`; on the day of withdrawal they no longer do."""
        open_then = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day)
        return self.filter(open_then, given_on__lte=day)


class Given(models.Model):
    """What a person stated freely on a day and may take back without any disadvantage.

    `facility` recorded it; a later placement lets the next facility read it.
    """

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="%(class)ss")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    given_on = models.DateField(_lazy("diberikan pada"))
    withdrawn_on = models.DateField(_lazy("dicabut pada"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True)

    objects = GivenQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="%(app_label)s_%(class)s_order",
            ),
        ]

    def holds_on(self, day: date) -> bool:
        """Whether it holds on `day`, without asking the database."""
        return self.given_on <= day and (self.withdrawn_on is None or day < self.withdrawn_on)


class ConsentPurpose(models.TextChoices):
    WORK = "work", _lazy("Bekerja dan hasilnya dijual")


class ConsentLanguage(models.TextChoices):
    INDONESIAN = "id", _lazy("Bahasa Indonesia")
    LOCAL = "local", _lazy("Bahasa daerah, dibacakan")
    ENGLISH = "en", _lazy("Bahasa Inggris")
    SIGN = "sign", _lazy("Bahasa isyarat")


class WitnessRole(models.TextChoices):
    OFFICER = "officer", _lazy("Petugas lain")
    COUNSELLOR = "counsellor", _lazy("Pembimbing Kemasyarakatan")
    FAMILY = "family", _lazy("Keluarga")
    LEGAL_AID = "legal_aid", _lazy("Pemberi bantuan hukum")
    CLERGY = "clergy", _lazy("Rohaniwan")


class Consent(Given):
    """A signed *Surat Pernyataan Kesediaan Bekerja*: which text, in which language, who saw it."""

    purpose = models.CharField(
        _lazy("untuk"), max_length=20, choices=ConsentPurpose, default=ConsentPurpose.WORK
    )
    text_version = models.CharField(_lazy("versi naskah"), max_length=20)
    language = models.CharField(
        _lazy("bahasa"), max_length=8, choices=ConsentLanguage, default=ConsentLanguage.INDONESIAN
    )
    witness_role = models.CharField(_lazy("saksi"), max_length=20, choices=WitnessRole)

    class Meta:
        constraints = [
            *Given.Meta.constraints,
            models.UniqueConstraint(
                fields=["participant", "purpose"],
                condition=Q(withdrawn_on__isnull=True),
                name="people_consent_one_open",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=ConsentPurpose.values), name="people_consent_purpose"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.given_on}"


class OwnRequest(Given):
    """A detainee's own request to work; without it an untried person is never put to work."""

    class Meta:
        constraints = [
            *Given.Meta.constraints,
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(withdrawn_on__isnull=True),
                name="people_ownrequest_one_open",
            ),
        ]

    def __str__(self) -> str:
        return str(self.given_on)
