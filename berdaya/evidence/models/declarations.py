"""Export declarations: who asked for which goods and country, and what the gate said."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility
from berdaya.orders.models import Order
from berdaya.stock.models import Lot

STAFF = settings.AUTH_USER_MODEL


class Outcome(models.TextChoices):
    ALLOWED = "allowed", _lazy("boleh")
    OVERRIDDEN = "overridden", _lazy("boleh dengan izin khusus")
    REFUSED = "refused", _lazy("tidak boleh")


class Declaration(models.Model):
    """One question to the gate, kept whatever the answer; `content` freezes what the paper says.

    `verdict` are the codes of the reasons against it; with an override they stand beside the
    office that gave it and its legal basis. Nothing in it is about a person.
    """

    code = models.CharField(_lazy("kode"), max_length=32, unique=True)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, related_name="+")
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="+")
    country = models.CharField(_lazy("negara tujuan"), max_length=2)
    declared_on = models.DateField(_lazy("tanggal"))
    outcome = models.CharField(_lazy("jawaban"), max_length=10, choices=Outcome)
    verdict = models.JSONField(default=list)
    override_office = models.CharField(max_length=160, blank=True)
    override_basis = models.CharField(max_length=200, blank=True)
    content = models.JSONField()
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        indexes = [
            models.Index(fields=["facility", "-recorded_at"], name="evidence_declaration_list"),
            models.Index(fields=["lot"], name="evidence_declaration_lot"),
            models.Index(fields=["order"], name="evidence_declaration_order"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(lot__isnull=False, order__isnull=True)
                | Q(lot__isnull=True, order__isnull=False),
                name="evidence_declaration_about",
            ),
            models.CheckConstraint(
                condition=Q(country__regex="^[A-Z]{2}$"), name="evidence_declaration_country"
            ),
            # What the gate bars is never called allowed, and an override names office and law.
            models.CheckConstraint(
                condition=Q(outcome="allowed", verdict=[], override_office="", override_basis="")
                | (Q(outcome="refused", override_office="") & ~Q(verdict=[]))
                | (
                    Q(outcome="overridden")
                    & ~Q(verdict=[])
                    & ~Q(override_office="")
                    & ~Q(override_basis="")
                ),
                name="evidence_declaration_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def may_print(self) -> bool:
        """Whether there is a paper to it."""
        return self.outcome != Outcome.REFUSED

    @property
    def reasons(self) -> list[dict[str, Any]]:
        """What stood against it, in the reader's language as it was said then."""
        return self._said("reasons")

    @property
    def goods(self) -> list[dict[str, Any]]:
        """The lots with their quantities, in the reader's language."""
        return self._said("goods")

    def _said(self, what: str) -> list[dict[str, Any]]:
        is_home = (get_language() or "id").startswith("id")
        told: list[dict[str, Any]] = self.content[f"{what}_id" if is_home else what]
        return told

    @property
    def subject_code(self) -> str:
        """The code of the lot or order."""
        about = self.lot or self.order
        return about.code if about else ""
