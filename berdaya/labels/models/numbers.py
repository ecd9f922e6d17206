"""The number in bars of a variant: a GTIN of GS1, a restricted one of our own shops, or both."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.goods.models import Variant
from berdaya.institutions.models import Facility


class VariantNumber(models.Model):
    """Numbers of one variant; empty where there is none. The database checks their last digit."""

    variant = models.OneToOneField(Variant, models.PROTECT, related_name="number")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    gtin = models.CharField(_lazy("GTIN-13"), max_length=13, blank=True)
    own = models.CharField(_lazy("nomor toko"), max_length=13, blank=True)
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gtin"], condition=~Q(gtin=""), name="labels_number_gtin"
            ),
            models.UniqueConstraint(fields=["own"], condition=~Q(own=""), name="labels_number_own"),
            models.CheckConstraint(condition=~Q(gtin="", own=""), name="labels_number_something"),
            models.CheckConstraint(
                condition=Q(gtin="")
                | (~Q(gtin__regex="^(0[24]|2)") & Q(gtin__regex="^[0-9]{13}$")),
                name="labels_number_gtin_not_restricted",
            ),
            models.CheckConstraint(
                condition=Q(own="") | Q(own__regex="^(0[24]|2[0-9])[0-9]{11}$"),
                name="labels_number_own_restricted",
            ),
        ]

    def __str__(self) -> str:
        return self.gtin or self.own
