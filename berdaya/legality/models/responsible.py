"""Who answers for a permit: a role, a post and a certificate, never a name."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy


class ResponsibleRole(models.TextChoices):
    COOPERATIVE_OFFICER = "cooperative_officer", _lazy("Pengurus koperasi")
    WORK_OFFICER = "work_officer", _lazy("Petugas kegiatan kerja")
    PARTNER = "partner", _lazy("Mitra usaha")
    RELEASED_MAKER = "released_maker", _lazy("Pembuat yang sudah bebas")


class Competence(models.TextChoices):
    """What the responsible person is certified for."""

    PKP = "pkp", _lazy("Penyuluhan Keamanan Pangan (PKP)")
    HALAL = "halal_supervisor", _lazy("Penyelia halal")
    OTHER = "other", _lazy("Sertifikat lain")


class Responsible(models.Model):
    """Who answers for a permit, as the paper needs it: role, post and certificate, never a name.

    Staff, the cooperative, a partner or a released maker; never somebody in custody.
    `certificate_until` is the first day on which the certificate no longer holds.
    """

    responsible_role = models.CharField(
        _lazy("penanggung jawab"), max_length=20, choices=ResponsibleRole, blank=True
    )
    responsible_post = models.CharField(_lazy("jabatan"), max_length=80, blank=True)
    competence = models.CharField(
        _lazy("sertifikat penanggung jawab"), max_length=20, choices=Competence, blank=True
    )
    certificate_no = models.CharField(_lazy("nomor sertifikatnya"), max_length=60, blank=True)
    certificate_until = models.DateField(_lazy("tidak berlaku lagi sejak"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def certificate_last_day(self) -> date | None:
        """The last day of the certificate, as it prints it."""
        return self.certificate_until - timedelta(days=1) if self.certificate_until else None


def whole_responsible(name: str) -> models.CheckConstraint:
    """Post and certificate belong to a role, a certificate has a kind and a number."""
    unnamed = Q(responsible_post="", competence="", certificate_no="")
    return models.CheckConstraint(
        condition=Q(responsible_role__in=["", *ResponsibleRole.values])
        & Q(competence__in=["", *Competence.values])
        & (unnamed | ~Q(responsible_role=""))
        & (Q(competence="", certificate_no="") | ~Q(competence="") & ~Q(certificate_no=""))
        & (Q(certificate_until__isnull=True) | ~Q(certificate_no="")),
        name=name,
    )
