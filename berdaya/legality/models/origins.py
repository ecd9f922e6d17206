"""Names of places and motifs: who keeps them, and what a product claims of them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedRow, no_overlap
from berdaya.goods.models import Product
from berdaya.institutions.models import Facility
from berdaya.institutions.models.regions import Region

STAFF = settings.AUTH_USER_MODEL


class Binds(models.TextChoices):
    MAKING = "making", _lazy("dibuat di daerahnya")
    MATERIAL = "material", _lazy("bahannya dari daerahnya")


class Indication(models.Model):
    """A geographical indication; empty `registered_on`: not registered as far as is known.

    `area` in words, `regions` as Kemendagri codes. `binds`: cloth must be woven there, of coffee
    it is the beans that come from there. Where the book names motifs, only these carry the name.
    """

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120, unique=True)
    number = models.CharField(max_length=24, blank=True)
    registered_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    area = models.CharField(max_length=120)
    regions = ArrayField(models.CharField(max_length=8))
    binds = models.CharField(max_length=8, choices=Binds)
    has_motif_book = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=200)
    to_be_confirmed = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(binds__in=Binds.values), name="legality_indication_binds"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Motif(models.Model):
    """A motif and the community it belongs to; a ceremonial one needs their consent."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    community = models.CharField(max_length=120)
    indication = models.ForeignKey(Indication, models.PROTECT, null=True, related_name="motifs")
    is_ceremonial = models.BooleanField(default=False)
    source = models.CharField(max_length=200)
    to_be_confirmed = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.community})"


class ProductOrigin(models.Model):
    """What a product claims: a protected name, a motif, and where its material comes from."""

    product = models.OneToOneField(Product, models.PROTECT, related_name="origin")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    indication = models.ForeignKey(
        Indication, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_lazy("indikasi geografis"),
    )  # fmt: skip
    motif = models.ForeignKey(
        Motif, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_lazy("motif")
    )
    material_region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_lazy("asal bahan"),
    )  # fmt: skip
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.product_id}: {self.indication_id} {self.motif_id}"


class HalalStatus(models.TextChoices):
    IN_PROCESS = "in_process", _lazy("Sedang diajukan")
    EXEMPT = "exempt", _lazy("Dikecualikan")
    NOT_HALAL = "not_halal", _lazy("Tidak halal")


class HalalStanding(DatedRow):
    """What is said of halal without a certificate; a certificate in force says more than this.

    `basis`: the number of the application, the list that exempts it, or the material that is not.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="standings")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    status = models.CharField(_lazy("keadaan"), max_length=10, choices=HalalStatus)
    basis = models.CharField(_lazy("dasarnya"), max_length=200)
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["product", "-valid_from"]
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("legality_halalstanding_one", "product"),
            models.CheckConstraint(
                condition=Q(status__in=HalalStatus.values) & ~Q(basis=""),
                name="legality_halalstanding_status",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.status}"
