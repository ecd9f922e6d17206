"""The product clinic: what is wrong with a product, what is done about it, how it came out."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility
from berdaya.mentoring.models.adoptions import Adoption

STAFF = settings.AUTH_USER_MODEL


class Finding(models.Model):
    """Before, remedy, after. Open until `mended_on`; what came out is written with it."""

    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="findings")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    found_on = models.DateField(_lazy("ditemukan"))
    before = models.CharField(
        _lazy("temuan"), max_length=300, help_text=_lazy("Barangnya saja, bukan orangnya.")
    )
    remedy = models.CharField(_lazy("perbaikan yang disarankan"), max_length=300)
    after = models.CharField(_lazy("hasil perbaikan"), max_length=300, blank=True)
    mended_on = models.DateField(null=True)
    found_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    mended_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-found_on", "-pk"]
        indexes = [models.Index(fields=["facility", "-found_on"], name="mentoring_finding_list")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(mended_on__isnull=True, after=""))
                | (Q(mended_on__gte=F("found_on")) & ~Q(after="")),
                name="mentoring_finding_mended",
            ),
            models.CheckConstraint(
                condition=~Q(before="") & ~Q(remedy=""), name="mentoring_finding_said"
            ),
        ]

    def __str__(self) -> str:
        return self.before[:40]
