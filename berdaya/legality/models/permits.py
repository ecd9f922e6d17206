"""Permits and certificates: which number, of which kind, whose, where, since when, until when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedRow
from berdaya.core.names import named
from berdaya.goods.models import Product
from berdaya.institutions.models import Facility, Party


class PermitKind(models.Model):
    """A kind of document, how its number looks and how long it usually holds.

    `number_pattern` is lenient: it refuses typing mistakes, not unusual numbers.
    """

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    issuer = models.CharField(max_length=120)
    number_pattern = models.CharField(max_length=120)
    number_example = models.CharField(max_length=60)
    validity_years = models.PositiveSmallIntegerField(null=True)
    validity_note = models.CharField(max_length=200)
    covers_products = models.BooleanField(default=True)
    is_bound_to_place = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language."""
        return named(self.name, self.name_en)


class ResponsibleRole(models.TextChoices):
    COOPERATIVE_OFFICER = "cooperative_officer", _lazy("Pengurus koperasi")
    WORK_OFFICER = "work_officer", _lazy("Petugas kegiatan kerja")
    PARTNER = "partner", _lazy("Mitra usaha")
    RELEASED_MAKER = "released_maker", _lazy("Pembuat yang sudah bebas")


class Permit(DatedRow):
    """One document. It lapses by its window; revoking it is a date and a reason, not a flag.

    `place` is where the goods are made. The holder may be a cooperative, a partner or a person:
    a P-IRT is never issued to a unit itself.
    """

    kind = models.ForeignKey(
        PermitKind, models.PROTECT, related_name="permits", verbose_name=_lazy("jenis")
    )
    number = models.CharField(_lazy("nomor"), max_length=60)
    holder = models.ForeignKey(
        Party, models.PROTECT, related_name="permits", verbose_name=_lazy("pemegang")
    )
    place = models.ForeignKey(
        Facility, models.PROTECT, related_name="permits", verbose_name=_lazy("tempat produksi")
    )
    issued_on = models.DateField(_lazy("tanggal terbit"))
    responsible_role = models.CharField(
        _lazy("penanggung jawab"), max_length=20, choices=ResponsibleRole, blank=True
    )
    products: models.ManyToManyField = models.ManyToManyField(
        Product, through="PermitProduct", related_name="permits", verbose_name=_lazy("produk")
    )
    revoked_on = models.DateField(_lazy("dicabut pada"), null=True, blank=True)
    revoked_reason = models.CharField(_lazy("alasan pencabutan"), max_length=200, blank=True)
    note = models.CharField(_lazy("catatan"), max_length=200, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["valid_until", "pk"]
        indexes = [models.Index(fields=["place", "valid_until"], name="legality_permit_ends")]
        constraints = [
            *DatedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["kind", "number", "valid_from"], name="legality_permit_number"
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True, revoked_reason="")
                | (Q(revoked_on__gte=F("valid_from")) & ~Q(revoked_reason="")),
                name="legality_permit_revoked",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PermitProduct(models.Model):
    """A product that a permit names; `facility` copies the permit's place.

    A foreign key over (permit, facility) keeps the copy true, whoever writes it.
    """

    permit = models.ForeignKey(Permit, models.PROTECT, related_name="coverage")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, related_name="coverage")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["permit", "product"], name="legality_permitproduct_one")
        ]

    def __str__(self) -> str:
        return f"{self.permit_id}: {self.product_id}"
