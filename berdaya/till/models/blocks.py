"""Numbered paper blocks: notas written by hand, each number accounted for once."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.institutions.models import Facility
from berdaya.till.models.events import Stall
from berdaya.till.models.sales import StallSale

STAFF = settings.AUTH_USER_MODEL
PHOTOS = "stall-notas"


class PaperBlock(models.Model):
    """A block handed to a stall, from its first number to its last; no two overlap."""

    stall = models.ForeignKey(Stall, models.PROTECT, related_name="blocks")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    series = models.CharField(_lazy("seri"), max_length=8)
    first_no = models.BigIntegerField(_lazy("nomor pertama"))
    last_no = models.BigIntegerField(_lazy("nomor terakhir"))
    handed_at = models.DateTimeField(pgettext_lazy("till", "diserahkan"))
    handed_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-handed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_no__gt=0, last_no__gte=F("first_no"))
                & Q(last_no__lt=F("first_no") + 200),
                name="till_block_range",
            ),
            ExclusionConstraint(
                name="till_block_once",
                expressions=[
                    ("facility", RangeOperators.EQUAL),
                    ("series", RangeOperators.EQUAL),
                    (
                        Func(
                            F("first_no"),
                            F("last_no"),
                            RangeBoundary(inclusive_upper=True),
                            function="int8range",
                            output_field=BigIntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.first_no}–{self.last_no}"

    @property
    def size(self) -> int:
        """How many papers it has."""
        return self.last_no - self.first_no + 1


class PaperState(models.TextChoices):
    SOLD = "sold", _lazy("terjual")
    SPOILED = "spoiled", _lazy("rusak atau salah tulis")
    LOST = "lost", _lazy("hilang")
    UNUSED = "unused", _lazy("tidak terpakai")


# What explains a number that no sale stands on.
GAPS = (PaperState.SPOILED, PaperState.LOST, PaperState.UNUSED)


class PaperNota(models.Model):
    """What became of one number of a block: a sale keyed in with its photo, or a reason."""

    block = models.ForeignKey(PaperBlock, models.PROTECT, related_name="papers")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    number = models.BigIntegerField(_lazy("nomor"))
    state = models.CharField(_lazy("keadaan"), max_length=8, choices=PaperState.choices)
    stall_sale = models.OneToOneField(StallSale, models.PROTECT, null=True, related_name="paper")
    reason = models.CharField(_lazy("alasan"), max_length=200, blank=True)
    photo = models.CharField(max_length=160, blank=True)
    photo_sha256 = models.CharField(max_length=64, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["block", "number"], name="till_paper_once"),
            models.CheckConstraint(
                condition=Q(state="sold", stall_sale__isnull=False) & ~Q(photo="")
                | Q(state__in=["spoiled", "lost", "unused"], stall_sale__isnull=True)
                & ~Q(reason=""),
                name="till_paper_explained",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.block_id}: {self.number}"
