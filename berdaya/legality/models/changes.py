"""A change of the rules: proposed with its basis, decided by a second person, then carried out."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

STAFF = settings.AUTH_USER_MODEL


class RuleTable(models.TextChoices):
    REQUIREMENT = "requirement", _lazy("syarat tiap pasar")
    MARKET_ENTRY = "market_entry", _lazy("aturan masuk negara tujuan")


class RuleChange(models.Model):
    """From `effective_on` on the row `ends` no longer holds, and one with `values` does.

    Without `ends` a row is added, without `values` one only ends. `values` are the fields of the
    table's model by name, categories and kinds by their codes. `shown` is the preview on which it
    was proposed: how many listings go and come.
    """

    table = models.CharField(max_length=12, choices=RuleTable)
    ends = models.BigIntegerField(null=True)
    values = models.JSONField(default=dict)
    effective_on = models.DateField(_lazy("berlaku mulai"))
    reason = models.CharField(_lazy("mengapa diubah"), max_length=400)
    shown = models.JSONField(default=dict)
    proposed_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(table__in=RuleTable.values) & ~Q(reason=""),
                name="legality_rulechange_words",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=False) | ~Q(values={}),
                name="legality_rulechange_does_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.effective_on}"


class RuleDecision(models.Model):
    """Yes or no of a second person; `proposed_by` copies the change's, for two people."""

    change = models.OneToOneField(RuleChange, models.PROTECT, related_name="decision")
    outcome = models.CharField(
        max_length=8,
        choices=[("approved", _lazy("Disetujui")), ("declined", _lazy("Ditolak"))],
    )
    reason = models.CharField(_lazy("alasan"), max_length=200, blank=True)
    proposed_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="legality_ruledecision_two_people",
            ),
            models.CheckConstraint(
                condition=Q(outcome="approved") | (Q(outcome="declined") & ~Q(reason="")),
                name="legality_ruledecision_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.change_id}: {self.outcome}"
