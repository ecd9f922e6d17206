"""What was printed on labels of a lot: never changed, so that a pack can be held against it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility
from berdaya.labels.layouts import LAYOUTS, MOST_COPIES, Layout
from berdaya.labels.models.texts import LabelText
from berdaya.labels.words import Audience, Speech
from berdaya.stock.models import Lot


class LabelPrint(models.Model):
    """One printing. `told` is every word of the label, `digest` the SHA-256 of the PDF."""

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="label_prints")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    text = models.ForeignKey(LabelText, models.PROTECT, related_name="prints")
    day = models.DateField(_lazy("tanggal"))
    layout = models.CharField(_lazy("kertas"), max_length=10)
    audience = models.CharField(max_length=8, choices=Audience.choices)
    speech = models.CharField(max_length=4, choices=Speech.choices)
    copies = models.PositiveIntegerField(_lazy("jumlah label"))
    first_cell = models.PositiveSmallIntegerField(default=1)
    number = models.CharField(max_length=13, blank=True)
    told = models.JSONField()
    digest = models.CharField(max_length=64)
    printed_at = models.DateTimeField()
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-printed_at", "-pk"]
        indexes = [models.Index(fields=["lot", "-printed_at"], name="labels_print_of_lot")]
        constraints = [
            models.CheckConstraint(
                condition=Q(layout__in=list(LAYOUTS))
                & Q(audience__in=Audience.values)
                & Q(speech__in=Speech.values),
                name="labels_print_known",
            ),
            models.CheckConstraint(
                condition=Q(copies__gte=1, copies__lte=MOST_COPIES, first_cell__gte=1),
                name="labels_print_copies",
            ),
            models.CheckConstraint(
                condition=Q(digest__regex="^[0-9a-f]{64}$"), name="labels_print_digest"
            ),
            # Outside retail reads every number as everybody's: a restricted one would be another's.
            models.CheckConstraint(
                condition=~Q(audience="outside")
                | (Q(number__regex="^[0-9]{13}$") & ~Q(number__regex="^(0[24]|2)")),
                name="labels_print_outside_has_gtin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id}: {self.copies}"

    @property
    def paper(self) -> Layout:
        """The paper that it was printed on."""
        return LAYOUTS[self.layout]
