"""How many pieces of a listing may be waiting to be made, and when they would be finished."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.catalog.models.listings import Listing
from berdaya.institutions.models import Facility
from berdaya.workshop.models import Workshop


class MadeToOrder(models.Model):
    """A listing that is made after it was ordered, never more than `most_open_qty` at a time.

    `open_qty` counts the pieces that open order lines hold. `promises` is the day by which the
    first, second … piece more would be finished, as reckoned when `reckoned_open_qty` pieces were
    open; `promised_until_qty` is how many open pieces that reaches for. Public pages read these
    columns and reckon nothing.
    """

    listing = models.OneToOneField(Listing, models.PROTECT, related_name="to_order")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="+")
    most_open_qty = models.PositiveIntegerField(_lazy("paling banyak menunggu dibuat"))
    open_qty = models.PositiveIntegerField(default=0)
    is_open = models.BooleanField(_lazy("menerima pesanan"), default=True)
    promises = ArrayField(models.DateField(), default=list)
    reckoned_open_qty = models.PositiveIntegerField(default=0)
    promised_until_qty = models.PositiveIntegerField(default=0)
    reckoned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(open_qty__gte=0, open_qty__lte=F("most_open_qty")),
                name="catalog_madetoorder_never_more",
            ),
            models.CheckConstraint(
                condition=Q(most_open_qty__range=(1, 500)), name="catalog_madetoorder_some"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.open_qty}/{self.most_open_qty}"

    @property
    def room(self) -> int:
        """How many pieces more can be ordered and promised now."""
        most = min(self.most_open_qty, self.promised_until_qty)
        return max(most - self.open_qty, 0) if self.is_open else 0

    def promise_after(self, qty: int) -> date | None:
        """By when all of `qty` pieces more are finished; None beyond what was reckoned.

        Where fewer are open than were reckoned with, the first day stands: rather too late.
        """
        place = max(self.open_qty + qty - self.reckoned_open_qty, 1) - 1
        return self.promises[place] if place < len(self.promises) else None
