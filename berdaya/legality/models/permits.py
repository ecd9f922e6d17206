"""Permits and certificates: which number, of which kind, whose, where, since when, until when."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedRow
from berdaya.core.names import named
from berdaya.goods.models import Product
from berdaya.institutions.models import Facility, Party, PartyKind
from berdaya.legality.models.kbli import Kbli
from berdaya.legality.models.responsible import Responsible, whole_responsible


class PermitKind(models.Model):
    """A kind of document, how its number looks and how long it usually holds.

    `number_pattern` is lenient: it refuses typing mistakes, not unusual numbers. `holder_kinds` are
    the kinds of parties that may stand on the paper (domain 2.9, 13).
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
    holder_kinds = ArrayField(models.CharField(max_length=20), default=list)
    may_cover_kitchen = models.BooleanField(default=False)
    names_kbli = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(holder_kinds__contained_by=PartyKind.values)
                & Q(holder_kinds__len__gt=0),
                name="legality_permitkind_holders",
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language."""
        return named(self.name, self.name_en)


class PermitScope(models.TextChoices):
    GOODS = "goods", _lazy("Barang yang dijual")
    KITCHEN = "kitchen", _lazy("Dapur yang memberi makan penghuni")


class Permit(Responsible, DatedRow):
    """One document. It lapses by its window; revoking it is a date and a reason, not a flag.

    `place` is where the goods are made. `scope`: what a certificate covers; one for the kitchen
    covers nothing that is sold. A renewal names its `predecessor`, of the same kind and place.
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
    scope = models.CharField(
        _lazy("cakupan"), max_length=8, choices=PermitScope, default=PermitScope.GOODS
    )
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors"
    )
    products: models.ManyToManyField = models.ManyToManyField(
        Product, through="PermitProduct", related_name="permits", verbose_name=_lazy("produk")
    )
    kbli: models.ManyToManyField = models.ManyToManyField(
        Kbli, through="PermitKbli", related_name="permits", verbose_name=_lazy("KBLI")
    )
    # What became other in what it names: the audit of this row then tells it.
    coverage_change = models.CharField(max_length=240, blank=True)
    scan = models.CharField(max_length=200, blank=True)
    scan_sha256 = models.CharField(max_length=64, blank=True)
    scanned_at = models.DateTimeField(null=True)
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
        indexes = [
            models.Index(fields=["place", "valid_until"], name="legality_permit_ends"),
            models.Index(
                fields=["place"], condition=Q(scope="kitchen"), name="legality_permit_kitchens"
            ),
        ]
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
            # A renewal that was revoked leaves room for another one.
            models.UniqueConstraint(
                fields=["predecessor"],
                condition=Q(revoked_on__isnull=True),
                name="legality_permit_one_renewal",
            ),
            models.CheckConstraint(
                condition=Q(scope__in=PermitScope.values), name="legality_permit_scope"
            ),
            whole_responsible("legality_permit_responsible"),
            models.CheckConstraint(
                condition=Q(scan="", scan_sha256="", scanned_at__isnull=True)
                | (~Q(scan="") & ~Q(scan_sha256="") & Q(scanned_at__isnull=False)),
                name="legality_permit_scan",
            ),
        ]

    SCANS = "permits"

    def __str__(self) -> str:
        return self.number
