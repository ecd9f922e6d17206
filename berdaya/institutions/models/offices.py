"""Ministries and offices as a tree, and the facilities (UPT and Bapas) below them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.clock import DEFAULT_ZONE
from berdaya.core.dated import DatedRow, no_overlap
from berdaya.core.names import named
from berdaya.institutions.models.regions import Region


class OfficeKind(models.TextChoices):
    MINISTRY = "ministry", _lazy("kementerian")
    DIRECTORATE_GENERAL = "directorate_general", _lazy("direktorat jenderal")
    DEPUTY = "deputy", _lazy("deputi")
    REGIONAL_OFFICE = "regional_office", _lazy("kantor wilayah")
    AGENCY = "agency", _lazy("dinas")


class Office(models.Model):
    """An office without people in custody; `path` lists the codes from the ministry down to it."""

    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=OfficeKind.choices)
    name = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=200, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language."""
        return named(self.name, self.name_en)

    def is_under(self, path: str) -> bool:
        """Whether this office is the one at `path` or stands below it."""
        return self.path == path or self.path.startswith(f"{path}/")


class FacilityKind(models.TextChoices):
    LAPAS = "lapas", _lazy("Lapas")
    LAPAS_PEREMPUAN = "lapas_perempuan", _lazy("Lapas Perempuan")
    LAPAS_TERBUKA = "lapas_terbuka", _lazy("Lapas Terbuka")
    RUTAN = "rutan", _lazy("Rutan")
    LPKA = "lpka", _lazy("LPKA")
    BAPAS = "bapas", _lazy("Bapas")
    # Nobody is held or guided there: it shares machines and keeps their calendar.
    PRODUCTION_HOUSE = "production_house", _lazy("Rumah Produksi Bersama")


# Where nothing is made for sale under this program's rules of work.
NOT_PRODUCING = (FacilityKind.LPKA, FacilityKind.BAPAS, FacilityKind.PRODUCTION_HOUSE)
# Where nobody is held: what is made there is not made in a prison.
NOT_A_PRISON = (FacilityKind.BAPAS, FacilityKind.PRODUCTION_HOUSE)


class FacilityQuerySet(models.QuerySet["Facility"]):
    def under(self, office: Office) -> "FacilityQuerySet":
        """Facilities of this office and of every office below it."""
        return self.filter(Q(office=office) | Q(office__path__startswith=f"{office.path}/"))

    def producing(self) -> "FacilityQuerySet":
        """Facilities where things may be made and sold by those who are held there."""
        return self.exclude(kind__in=NOT_PRODUCING)


class Facility(models.Model):
    """A unit where people are held or guided, or a production house without any person.

    Every protected row carries its id.

    Coordinates are the town's, two decimals. `go_live_on`: from that day the program is the
    unit's book, what lies before it is history.
    """

    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=FacilityKind.choices)
    name = models.CharField(max_length=120)
    town = models.CharField(max_length=80)
    region = models.ForeignKey(Region, models.PROTECT, related_name="facilities")
    office = models.ForeignKey(Office, models.PROTECT, related_name="facilities")
    lat = models.DecimalField(max_digits=5, decimal_places=2)
    lon = models.DecimalField(max_digits=6, decimal_places=2)
    timezone = models.CharField(max_length=40, default=DEFAULT_ZONE)
    spending_unit_code = models.CharField(max_length=6, blank=True)
    activities_reported = models.TextField(blank=True)
    go_live_on = models.DateField(null=True, blank=True)

    objects = FacilityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=FacilityKind.values), name="institutions_facility_kind"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_producing(self) -> bool:
        """Whether goods are made and sold here; never at an LPKA, not at a Bapas or a house."""
        return self.kind not in NOT_PRODUCING


class FacilityClass(DatedRow):
    """A facility's class for a while (`IIB`); unconfirmed ones are shown with a note."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="classes")
    label = models.CharField(max_length=8)
    is_confirmed = models.BooleanField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("institutions_facilityclass_one", "facility"),
        ]

    def __str__(self) -> str:
        return self.label
