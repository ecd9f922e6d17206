"""The published way to each permit: its steps, who acts in each, and the paper it leaves."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core.dated import DatedRow, no_overlap
from berdaya.core.names import named
from berdaya.legality.models import PermitKind


class Kind(models.TextChoices):
    NIB = "nib", _lazy("NIB")
    PIRT = "pirt", _lazy("P-IRT")
    HALAL_SELF = "halal_self", _lazy("Halal pernyataan sendiri")
    HALAL_REGULAR = "halal_regular", _lazy("Halal reguler")
    MEREK = "merek", pgettext_lazy("facilitation", "Merek")
    PACKAGING = "packaging", pgettext_lazy("facilitation", "Kemasan")
    EXPORT = "export", pgettext_lazy("facilitation", "Ekspor")


class Acting(models.TextChoices):
    UNIT = "unit", _lazy("UPT")
    MENTOR = "mentor", _lazy("Pendamping")
    OFFICE = "office", _lazy("Kantor")


class Route(DatedRow):
    """How one kind of help goes, while it holds; a case copies its steps when it is opened.

    `permit_kind`: what must be recorded before a case is done; none for packaging and export.
    `published_rp` and `published_days` are what an office announces, not what cases took.
    """

    kind = models.CharField(max_length=14, choices=Kind)
    permit_kind = models.ForeignKey(PermitKind, models.PROTECT, null=True, related_name="+")
    published_rp = models.BigIntegerField(null=True)
    published_days = models.PositiveSmallIntegerField(null=True)
    cost_note = models.CharField(max_length=160, blank=True)
    cost_note_en = models.CharField(max_length=160, blank=True)
    source = models.CharField(max_length=200)
    to_be_confirmed = models.BooleanField(default=False)

    class Meta:
        ordering = ["kind", "valid_from"]
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("facilitation_route_one", "kind"),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values) & ~Q(source=""), name="facilitation_route_known"
            ),
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def cost_text(self) -> str:
        """Who bears the cost, in the reader's language."""
        return named(self.cost_note, self.cost_note_en)


class StepText(models.Model):
    """What a step is called, who acts, and the paper that proves it, in both languages."""

    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    acting = models.CharField(max_length=6, choices=Acting)
    office_name = models.CharField(max_length=80, blank=True)
    office_name_en = models.CharField(max_length=80, blank=True)
    paper = models.CharField(max_length=120, blank=True)
    paper_en = models.CharField(max_length=120, blank=True)
    days = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name in the active language."""
        return named(self.name, self.name_en)

    @property
    def paper_label(self) -> str:
        """What paper it leaves, in the active language."""
        return named(self.paper, self.paper_en)

    @property
    def who(self) -> str:
        """Who acts: the office by name, else the unit or the mentor."""
        return named(self.office_name, self.office_name_en) or str(Acting(self.acting).label)


class RouteStep(StepText):
    """A step of a route. `days`: the time that is promised for it unless a mentor says otherwise.

    `proves`: a permit of this kind that already names every product makes the step needless.
    """

    route = models.ForeignKey(Route, models.PROTECT, related_name="steps")
    proves = models.ForeignKey(PermitKind, models.PROTECT, null=True, related_name="+")
    to_be_confirmed = models.BooleanField(default=True)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["route", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["route", "position"], name="facilitation_routestep_place"
            ),
            models.UniqueConstraint(fields=["route", "code"], name="facilitation_routestep_code"),
            models.CheckConstraint(
                condition=Q(acting__in=Acting.values)
                & (Q(acting="office") ^ Q(office_name=""))
                & Q(days__gte=1),
                name="facilitation_routestep_known",
            ),
        ]
