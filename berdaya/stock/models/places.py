"""Places: where stock is."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility, Party


class PlaceKind(models.TextChoices):
    STORE = "store", _lazy("gudang")
    WORKSHOP = "workshop", _lazy("bengkel")
    GALLERY = "gallery", _lazy("galeri")
    STALL = "stall", _lazy("stan")
    CONSIGNEE = "consignee", _lazy("tempat titip jual")
    TRANSIT = "transit", _lazy("dalam perjalanan")


class Place(models.Model):
    """A store, gallery or shelf of one facility; with a consignee the goods still are ours."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    kind = models.CharField(_lazy("jenis"), max_length=10, choices=PlaceKind.choices)
    name = models.CharField(_lazy("nama"), max_length=80)
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_lazy("penerima titipan"),
    )
    is_active = models.BooleanField(_lazy("masih dipakai"), default=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["facility", "name"], name="stock_place_name"),
            models.UniqueConstraint(fields=["id", "facility"], name="stock_place_of_facility"),
            models.CheckConstraint(condition=Q(kind__in=PlaceKind.values), name="stock_place_kind"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_inside(self) -> bool:
        """Whether goods lie behind the unit's gate here; leaving takes a gate pass."""
        return self.kind in (PlaceKind.STORE, PlaceKind.WORKSHOP)
