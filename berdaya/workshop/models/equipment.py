"""What a workshop needs of the equipment: kinds for its batches, bookings made, sets of tools."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedRow, no_overlap
from berdaya.equipment.models import Booking, EquipmentKind, ToolSet
from berdaya.goods.models import Variant
from berdaya.institutions.models import Facility
from berdaya.workshop.models.batches import Batch
from berdaya.workshop.models.workshops import Workshop


class EquipmentNeed(DatedRow):
    """A batch of this workshop, or of this one variant in it, needs `qty` of a kind for `hours`.

    What is said of a variant goes before what is said of the whole workshop, kind by kind.
    """

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="needs")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    variant = models.ForeignKey(
        Variant, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_lazy("hanya untuk"),
    )  # fmt: skip
    kind = models.CharField(_lazy("sarana"), max_length=12, choices=EquipmentKind)
    qty = models.PositiveSmallIntegerField(_lazy("berapa"), default=1)
    hours = models.PositiveSmallIntegerField(_lazy("berapa jam"))

    class Meta:
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap(
                "workshop_equipmentneed_workshop", "workshop", "kind",
                condition=Q(variant__isnull=True),
            ),
            no_overlap("workshop_equipmentneed_variant", "workshop", "variant", "kind"),
            models.CheckConstraint(
                condition=Q(qty__range=(1, 20), hours__range=(1, 500)),
                name="workshop_equipmentneed_some",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=EquipmentKind.values), name="workshop_equipmentneed_kind"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.workshop_id}: {self.qty} {self.kind}"


class BatchBooking(models.Model):
    """A time on the calendar that a batch asked for."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="bookings")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    booking = models.OneToOneField(Booking, models.PROTECT, related_name="batch_booking")

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.booking_id}"


class WorkshopToolSet(models.Model):
    """A set of tools that this workshop's day uses: its count holds the day's sheet."""

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="tool_sets")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    tool_set = models.ForeignKey(ToolSet, models.PROTECT, related_name="workshops")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "tool_set"], name="workshop_workshoptoolset_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id}: {self.tool_set_id}"
