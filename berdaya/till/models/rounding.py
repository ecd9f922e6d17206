"""How a unit's stalls round cash, from a day on."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedRow, no_overlap
from berdaya.institutions.models import Facility


class CashRounding(DatedRow):
    """Cash at every stall that a unit hosts is rounded to `step_rp` while this holds (0: never)."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    step_rp = models.PositiveIntegerField(_lazy("dibulatkan ke (Rp)"))
    legal_basis = models.CharField(_lazy("dasar"), max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["facility", "-valid_from"]
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("till_cashrounding_one", "facility"),
            models.CheckConstraint(condition=Q(step_rp__lte=1_000), name="till_cashrounding_small"),
        ]

    def __str__(self) -> str:
        return f"{self.facility_id}: {self.step_rp}"
