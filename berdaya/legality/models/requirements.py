"""What a market requires of a category: dated rows, each with its legal basis."""

from django.db import models

from berdaya.core.dated import DatedRow, no_overlap
from berdaya.goods.models import Category
from berdaya.legality.models.changes import RuleChange
from berdaya.legality.models.permits import PermitKind


class Requirement(DatedRow):
    """For goods of `category` in `market` this kind of permit is needed from a day on.

    `market`: `retail`, `procurement`, `export` (every country) or `export:JP`. `choice` joins
    rows of which one is enough (P-IRT or BPOM MD). `to_be_confirmed`: shown with a note. `source`
    is where the row was read; empty `change`: a row of the program itself.
    """

    category = models.ForeignKey(Category, models.PROTECT, related_name="requirements")
    market = models.CharField(max_length=20)
    permit_kind = models.ForeignKey(PermitKind, models.PROTECT, related_name="requirements")
    choice = models.CharField(max_length=20, blank=True)
    legal_basis = models.CharField(max_length=200)
    source = models.CharField(max_length=200, blank=True)
    to_be_confirmed = models.BooleanField(default=False)
    change = models.ForeignKey(RuleChange, models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(RuleChange, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["category", "market", "permit_kind"]
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("legality_requirement_one", "category", "market", "permit_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.category_id} {self.market}: {self.permit_kind_id}"
