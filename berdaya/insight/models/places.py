"""Where a facility belonged in a month, how many it has room for, and what is aimed at."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedRow, no_overlap
from berdaya.institutions.models import Facility, Office, Region

STAFF = settings.AUTH_USER_MODEL


class Seat(DatedRow):
    """A facility's regency, office and room for a while; the one of a month's first day counts.

    Without a row the facility's present regency and office hold, and its room is not known.
    """

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="+", verbose_name=_lazy("kabupaten atau kota")
    )
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="+", verbose_name=_lazy("kantor wilayah")
    )
    places = models.PositiveIntegerField(_lazy("kapasitas (orang)"), null=True, blank=True)
    source = models.CharField(_lazy("dasar"), max_length=200)
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("insight_seat_one", "facility"),
            models.CheckConstraint(
                condition=~Q(source="") & (Q(places__isnull=True) | Q(places__gt=0)),
                name="insight_seat_said",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.facility_id}: {self.region_id}"


class Target(DatedRow):
    """What an indicator should reach in a year, in a region, or in the country (region empty).

    Dated: a target set anew during the year ends the one before it on that day.
    """

    indicator = models.CharField(_lazy("indikator"), max_length=40)
    year = models.PositiveSmallIntegerField(_lazy("tahun"))
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_lazy("wilayah"),
    )  # fmt: skip
    value = models.DecimalField(_lazy("target"), max_digits=18, decimal_places=1)
    basis = models.CharField(_lazy("dasar"), max_length=200)
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "indicator", "pk"]
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap(
                "insight_target_region", "indicator", "year", "region",
                condition=Q(region__isnull=False),
            ),
            no_overlap(
                "insight_target_nation", "indicator", "year", condition=Q(region__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0) & ~Q(basis=""), name="insight_target_said"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}: {self.value}"
