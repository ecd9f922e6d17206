"""Consent, for each purpose its own, and a detainee's own request: given and withdrawn freely."""

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.institutions.models import Facility
from berdaya.people.models.participants import Participant
from berdaya.people.models.texts import ConsentPurpose, ConsentText

CONSENT_KEY = ("participant", "purpose", "item", "channel")


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
    withdrawn_on = models.DateField(pgettext_lazy("people", "dicabut pada"), null=True, blank=True)
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


class Channel(models.TextChoices):
    """Where a maker may be mentioned; the first two are pages of this program."""

    SHOP = "shop", _lazy("Halaman toko")
    CARD = "card", _lazy("Kartu bagikan")
    FAIR = "fair", _lazy("Pameran")
    PRESS = "press", _lazy("Media massa")


class ConsentQuerySet(GivenQuerySet):
    """Consent also ends by its own last day, where it has one."""

    def on(self, day: date) -> "ConsentQuerySet":
        """Consents that hold on `day`: neither withdrawn nor expired."""
        lasting = Q(valid_until__isnull=True) | Q(valid_until__gt=day)
        return super().on(day).filter(lasting)  # type: ignore[return-value]


class Consent(Given):
    """A signed statement for one purpose: which text, in which language, who saw it.

    Publicity is for one `item` (the public address of a listing) and one channel, until a day;
    other purposes have neither. `text` is empty where only `text_version` is known, from papers
    older than the texts kept here.
    """

    purpose = models.CharField(
        _lazy("untuk"), max_length=20, choices=ConsentPurpose, default=ConsentPurpose.WORK
    )
    text = models.ForeignKey(ConsentText, models.PROTECT, null=True, related_name="+")
    text_version = models.CharField(_lazy("versi naskah"), max_length=20)
    language = models.CharField(
        _lazy("bahasa"), max_length=8, choices=ConsentLanguage, default=ConsentLanguage.INDONESIAN
    )
    read_in = models.CharField(_lazy("dibacakan dalam bahasa"), max_length=40, blank=True)
    witness_role = models.CharField(_lazy("saksi"), max_length=20, choices=WitnessRole)
    witness = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    item = models.CharField(_lazy("barang"), max_length=100, blank=True)
    channel = models.CharField(_lazy("saluran"), max_length=8, choices=Channel, blank=True)
    valid_until = models.DateField(_lazy("tidak berlaku lagi sejak"), null=True, blank=True)

    objects: ClassVar[models.Manager["Consent"]] = ConsentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["facility", "purpose"], name="people_consent_list")]
        constraints = [
            *Given.Meta.constraints,
            # One at a time for a purpose, and for publicity for an item and channel.
            ExclusionConstraint(
                name="people_consent_one",
                expressions=[
                    *((field, RangeOperators.EQUAL) for field in CONSENT_KEY),
                    (
                        Func(
                            F("given_on"),
                            Least("withdrawn_on", "valid_until"),
                            RangeBoundary(),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=ConsentPurpose.values), name="people_consent_purpose"
            ),
            models.CheckConstraint(
                condition=Q(purpose="publicity", channel__in=Channel.values)
                & ~Q(item="")
                & Q(valid_until__gt=F("given_on"))
                | ~Q(purpose="publicity") & Q(item="", channel="", valid_until__isnull=True),
                name="people_consent_publicity",
            ),
            models.CheckConstraint(
                condition=Q(witness__isnull=True)
                | Q(recorded_by__isnull=True)
                | ~Q(witness=F("recorded_by")),
                name="people_consent_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.given_on}"

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds by itself, as papers print it."""
        return None if self.valid_until is None else self.valid_until - timedelta(days=1)

    def holds_on(self, day: date) -> bool:
        """Whether it holds on `day`, without asking the database."""
        return super().holds_on(day) and (self.valid_until is None or day < self.valid_until)


class ConsentProof(models.Model):
    """The signed paper of a consent as scanned, sealed: it may bear a thumbprint.

    `digest` is of the scan before it was sealed, `kind` its content type.
    """

    consent = models.OneToOneField(Consent, models.PROTECT, related_name="proof")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:12]


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
