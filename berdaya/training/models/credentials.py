"""What is published of certificates: issuers, their public keys, signed credentials. No person.

None of these rows has a facility: whoever reads them learns who taught, never where. They stay when
the person behind a certificate is forgotten.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core.names import named
from berdaya.institutions.models import Party

STAFF = settings.AUTH_USER_MODEL
CODE_LENGTH = 15


class CertificateIssuer(models.Model):
    """A training provider that issues. `slug` is random, so that its address tells nothing."""

    party = models.OneToOneField(Party, models.PROTECT, related_name="certificate_issuer")
    slug = models.CharField(max_length=CODE_LENGTH, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.slug


class IssuerKey(models.Model):
    """The public half of a signing key; `owner` finds the private one in the key store.

    A retired key signs nothing more, but what it signed keeps verifying.
    """

    issuer = models.ForeignKey(CertificateIssuer, models.PROTECT, related_name="keys")
    key_id = models.CharField(_lazy("kunci"), max_length=20)
    owner = models.UUIDField(unique=True)
    public = models.CharField(max_length=43)
    since = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "key_id"], name="training_issuerkey_id"),
            models.UniqueConstraint(
                fields=["issuer"],
                condition=Q(retired_at__isnull=True),
                name="training_issuerkey_one_signs",
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True) | Q(retired_at__gte=F("since")),
                name="training_issuerkey_retired_later",
            ),
        ]

    def __str__(self) -> str:
        return self.key_id


class Ending(models.TextChoices):
    REVOKED = "revoked", pgettext_lazy("training", "Dicabut")
    REPLACED = "replaced", _lazy("Diganti")


class Credential(models.Model):
    """One signed certificate as everybody may read it. `valid_until` is the first day without.

    `units` is a list of {code, name, name_en}, an unconfirmed code left empty. `list_no` and
    `list_place` say which bit of which status list is its own.
    """

    public_code = models.CharField(max_length=CODE_LENGTH, unique=True)
    issuer = models.ForeignKey(CertificateIssuer, models.PROTECT, related_name="credentials")
    key = models.ForeignKey(IssuerKey, models.PROTECT, related_name="+")
    issuer_name = models.CharField(_lazy("penerbit"), max_length=160)
    number = models.CharField(_lazy("nomor"), max_length=40)
    title = models.CharField(_lazy("pelatihan"), max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    hours = models.PositiveSmallIntegerField(_lazy("jam"))
    units = models.JSONField(default=list)
    valid_from = models.DateField(_lazy("berlaku mulai"))
    valid_until = models.DateField(null=True)
    list_no = models.PositiveSmallIntegerField()
    list_place = models.PositiveIntegerField()
    jwt = models.TextField()
    issued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_as = models.CharField(max_length=8, blank=True, choices=Ending)
    replaced_by = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_one"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "number"], name="training_credential_number"),
            models.UniqueConstraint(
                fields=["issuer", "list_no", "list_place"], name="training_credential_bit"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_as="", replaced_by__isnull=True)
                | Q(ended_at__isnull=False, ended_as="revoked", replaced_by__isnull=True)
                | Q(ended_at__isnull=False, ended_as="replaced", replaced_by__isnull=False),
                name="training_credential_ended",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="training_credential_period",
            ),
            models.CheckConstraint(
                condition=~Q(jwt="") & ~Q(issuer_name="") & ~Q(title="") & Q(hours__gt=0),
                name="training_credential_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def label(self) -> str:
        """What was learned, in the active language."""
        return named(self.title, self.title_en)
