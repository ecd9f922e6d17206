"""Packs of evidence: what was true of a lot or an order on a day, frozen as it was told."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility
from berdaya.orders.models import Order
from berdaya.stock.models import Lot

STAFF = settings.AUTH_USER_MODEL


class Pack(models.Model):
    """One pack. `content` holds aggregates and things, never a person; its file is made of it anew.

    Without `made_at` it still waits for the worker. `digest` is the SHA-256 of evidence.json.
    """

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, related_name="+")
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="+")
    as_of = models.DateField(_lazy("keadaan pada"))
    countries = models.JSONField(_lazy("negara tujuan"), default=list)
    content = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    requested_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField(_lazy("diminta"))
    made_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-requested_at", "-pk"]
        indexes = [
            models.Index(fields=["lot", "-requested_at"], name="evidence_pack_lot"),
            models.Index(fields=["order", "-requested_at"], name="evidence_pack_order"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(lot__isnull=False, order__isnull=True)
                | Q(lot__isnull=True, order__isnull=False),
                name="evidence_pack_about",
            ),
            models.CheckConstraint(
                condition=Q(made_at__isnull=True, content__isnull=True, digest="")
                | Q(made_at__isnull=False, content__isnull=False, digest__regex="^[0-9a-f]{64}$"),
                name="evidence_pack_made",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_code} {self.as_of}"

    @property
    def subject_code(self) -> str:
        """The code of the lot or order."""
        about = self.lot or self.order
        return about.code if about else ""
