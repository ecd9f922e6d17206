"""Judgements kept: products of equal facts share one, and a round of judging anew is seen."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.goods.models import Category, Variant
from berdaya.institutions.models import Facility
from berdaya.legality.models.changes import RuleChange


class FactGroup(models.Model):
    """Equal facts of any number of variants, and what the rules say to them.

    `facts` is JSON of codes, days and yes or no only, never who or what (queries/grouped.py),
    `digest` is its SHA-256. `verdicts` says by market from when until when and what is missing; the
    two days of retail stand beside it: from them the windows of listings are written at once.
    """

    digest = models.CharField(max_length=64, unique=True)
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    facts = models.TextField()
    verdicts = models.JSONField(default=dict)
    retail_from = models.DateField(null=True)
    retail_until = models.DateField(null=True)
    judged_on = models.DateField()

    def __str__(self) -> str:
        return self.digest[:12]


class Judgement(models.Model):
    """Which facts a variant has now; its verdict is its group's. `facility` is the variant's."""

    variant = models.OneToOneField(Variant, models.PROTECT, primary_key=True, related_name="judged")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    group = models.ForeignKey(FactGroup, models.PROTECT, related_name="judgements")

    def __str__(self) -> str:
        return f"{self.variant_id}: {self.group_id}"


class JudgingRound(models.Model):
    """Everything judged anew, after a change of rules or at night: how far it is.

    `total` and `done` count facilities, `judged` variants, `changed` those whose answer is another.
    """

    change = models.ForeignKey(RuleChange, models.PROTECT, null=True, related_name="rounds")
    total = models.PositiveIntegerField(_lazy("tempat"))
    done = models.PositiveIntegerField(default=0)
    judged = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done__lte=F("total")), name="legality_judginground_done"
            )
        ]

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"
