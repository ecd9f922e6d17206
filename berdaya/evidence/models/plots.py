"""Plots of land that material grew on, and which material lot is from which."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.evidence.geojson import Shape, shape_of
from berdaya.institutions.models import Facility, Region
from berdaya.workshop.models import MaterialLot

STAFF = settings.AUTH_USER_MODEL
# `longitude latitude` a line, six decimals at least as written.
_NUMBER = r"-?\d{1,3}\.\d{6,15}"
POSITIONS = rf"^{_NUMBER} {_NUMBER}(\n{_NUMBER} {_NUMBER})*$"


class PlotKind(models.TextChoices):
    FARMER_GROUP = "farmer_group", _lazy("Kelompok tani")
    MPIG = "mpig", _lazy("MPIG (indikasi geografis)")
    OWN_GARDEN = "own_garden", _lazy("Kebun UPT sendiri")
    COMPANY = "company", _lazy("Perusahaan atau koperasi kebun")


class PlotShape(models.TextChoices):
    POINT = "point", _lazy("titik")
    POLYGON = "polygon", pgettext_lazy("evidence", "batas")


class Plot(models.Model):
    """One plot in WGS84; a group's name or code stands for whoever farms it, never a person's.

    `positions` keeps the digits as recorded (trailing zeros count), `longitude latitude` a line.
    `stated_on`: the day of the statement that no forest was felled for it after 2020.
    """

    code = models.CharField(_lazy("kode"), max_length=32, unique=True)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    kind = models.CharField(_lazy("milik"), max_length=12, choices=PlotKind)
    group_name = models.CharField(_lazy("kelompok"), max_length=80)
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="+", verbose_name=_lazy("kabupaten atau kota")
    )
    hectares = models.DecimalField(_lazy("luas (ha)"), max_digits=9, decimal_places=3)
    shape = models.CharField(max_length=8, choices=PlotShape)
    positions = models.TextField()
    legal_basis = models.CharField(_lazy("bukti hak atas tanah"), max_length=160)
    since_year = models.PositiveSmallIntegerField(_lazy("menghasilkan sejak tahun"))
    stated_on = models.DateField(_lazy("pernyataan bebas deforestasi"), null=True, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["facility", "-id"], name="evidence_plot_list")]
        constraints = [
            models.UniqueConstraint(fields=["id", "facility"], name="evidence_plot_of_facility"),
            models.CheckConstraint(
                condition=Q(kind__in=PlotKind.values) & ~Q(group_name="") & ~Q(legal_basis=""),
                name="evidence_plot_told",
            ),
            # Regulation (EU) 2023/1115, art. 2(28): a point up to four hectares, six decimals.
            models.CheckConstraint(
                condition=Q(shape="point", hectares__gt=0, hectares__lte=4)
                | Q(shape="polygon", hectares__gt=0),
                name="evidence_plot_shape",
            ),
            models.CheckConstraint(
                condition=Q(positions__regex=POSITIONS), name="evidence_plot_positions"
            ),
            models.CheckConstraint(
                condition=Q(since_year__range=(1700, 2200)), name="evidence_plot_since"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def drawn(self) -> Shape:
        """Its shape, digit by digit."""
        return shape_of(self.shape, self.positions)

    @property
    def is_stated(self) -> bool:
        """Whether its group says that no forest was felled for it after 2020."""
        return self.stated_on is not None


class MaterialPlot(models.Model):
    """All of a material lot is from its plots: this is one of them. None at all: unknown origin."""

    material_lot = models.ForeignKey(MaterialLot, models.PROTECT, related_name="plot_links")
    plot = models.ForeignKey(Plot, models.PROTECT, related_name="links")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["plot_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["material_lot", "plot"], name="evidence_materialplot_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.material_lot_id}: {self.plot_id}"
