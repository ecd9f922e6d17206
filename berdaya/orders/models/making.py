"""What is held of the room to make something, where an order line has no goods yet."""

from django.db import models
from django.db.models import F, Q

from berdaya.catalog.models import MadeToOrder
from berdaya.institutions.models import Facility
from berdaya.orders.models.orders import OrderLine
from berdaya.workshop.models import WorkOrder


class MakingOutcome(models.TextChoices):
    OPEN = "open"
    FREED = "freed"
    MADE = "made"


class MakingHold(models.Model):
    """Room to make a line's pieces, until it has its lots or the order ends.

    MadeToOrder.open_qty counts the open ones; each has its work in the workshop. `told_on` is the
    day the buyer was told last, `slipped_at` when it became a later one than was promised.
    """

    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="making")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    to_order = models.ForeignKey(MadeToOrder, models.PROTECT, related_name="+")
    work = models.OneToOneField(WorkOrder, models.PROTECT, related_name="+")
    qty = models.PositiveIntegerField()
    promised_on = models.DateField()
    told_on = models.DateField()
    slipped_at = models.DateTimeField(null=True)
    outcome = models.CharField(
        max_length=5, choices=MakingOutcome.choices, default=MakingOutcome.OPEN
    )
    held_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(qty__gt=0, told_on__gte=F("promised_on"))
                & (
                    Q(outcome="open", ended_at__isnull=True)
                    | (Q(outcome__in=["freed", "made"]) & Q(ended_at__isnull=False))
                ),
                name="orders_makinghold_state",
            ),
            models.UniqueConstraint(
                fields=["line"], condition=Q(outcome="open"), name="orders_makinghold_one"
            ),
        ]
        indexes = [
            models.Index(
                fields=["facility"], condition=Q(outcome="open"), name="orders_makinghold_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.qty}"
