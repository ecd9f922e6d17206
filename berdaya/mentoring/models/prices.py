"""Price exercises: the unit's real numbers and a proposed price, frozen when made."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.catalog.models import ListingVersion
from berdaya.goods.models import Variant
from berdaya.institutions.models import Facility
from berdaya.mentoring.models.adoptions import Adoption

STAFF = settings.AUTH_USER_MODEL


class PriceExercise(models.Model):
    """One calculation, for good: `frozen` holds its figures and results (calc.as_frozen)."""

    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="exercises")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+")
    day = models.DateField()
    price_rp = models.BigIntegerField(_lazy("harga usulan (Rp)"))
    wanted_hourly_rp = models.BigIntegerField(_lazy("premi per jam yang diinginkan (Rp)"))
    note = models.CharField(_lazy("catatan"), max_length=300, blank=True)
    frozen = models.JSONField()
    made_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["facility", "-day"], name="mentoring_exercise_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(price_rp__gt=0, wanted_hourly_rp__gte=0),
                name="mentoring_exercise_price",
            )
        ]

    def __str__(self) -> str:
        return f"{self.variant_id}: {self.price_rp}"


class PriceTaking(models.Model):
    """The unit took the price over: as a proposal for its listing, else only noted."""

    exercise = models.OneToOneField(PriceExercise, models.PROTECT, related_name="taking")
    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    version = models.ForeignKey(ListingVersion, models.PROTECT, null=True, related_name="+")
    taken_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.exercise_id)
