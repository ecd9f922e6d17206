"""Workshops: where a line of work is done, and how its batches are usually paid."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.names import named
from berdaya.goods.models import PayBasis
from berdaya.institutions.models import Facility


class Workshop(models.Model):
    """One workshop of a facility; never at an LPKA (a trigger refuses it).

    `custom_loss_bp` is the loss that is usual here (*susut*): more asks for a reason.
    """

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    code = models.CharField(_lazy("kode"), max_length=16)
    name = models.CharField(_lazy("nama"), max_length=80)
    name_en = models.CharField(_lazy("nama (Inggris)"), max_length=80, blank=True)
    line_of_work = models.CharField(_lazy("bidang kerja"), max_length=60)
    pay_basis = models.CharField(
        _lazy("dasar bagi premi"), max_length=8, choices=PayBasis, default=PayBasis.HOURS
    )
    custom_loss_bp = models.IntegerField(default=500)
    is_open_site = models.BooleanField(_lazy("di luar tembok (SAE)"), default=False)
    is_active = models.BooleanField(_lazy("masih dipakai"), default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["facility", "code"], name="workshop_workshop_code"),
            models.CheckConstraint(
                condition=Q(pay_basis__in=PayBasis.values), name="workshop_workshop_basis"
            ),
            models.CheckConstraint(
                condition=Q(custom_loss_bp__range=(0, 10_000)), name="workshop_workshop_loss"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language."""
        return named(self.name, self.name_en)
