"""One workbook from upload to booking, and which rows of it came in as what."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.institutions.models import Facility


class ImportState(models.TextChoices):
    STAGED = "staged", pgettext_lazy("intake", "Diperiksa")
    QUEUED = "queued", _lazy("Sedang dibukukan")
    BOOKED = "booked", _lazy("Sudah dibukukan")
    FAILED = "failed", _lazy("Tidak jadi dibukukan")
    DISCARDED = "discarded", pgettext_lazy("intake", "Dibatalkan")


class WorkbookImport(models.Model):
    """A workbook that was read. The file itself is never kept: only its cells, without names,
    and those only until it was booked or put away (`StagedSheet`).

    `choices`: finding key -> choice. `report`: what was told when it was booked.
    """

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.STAGED)
    file_digest = models.CharField(max_length=64)
    file_name = models.CharField(max_length=80, blank=True)
    choices = models.JSONField(default=dict)
    left_out = models.JSONField(default=list)
    report = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["facility", "-uploaded_at"], name="intake_import_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values), name="intake_import_state"
            ),
            # One at a time: two at once would each plan without the other's rows.
            models.UniqueConstraint(
                fields=["facility"], condition=Q(state="queued"), name="intake_import_one_queued"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.facility_id} {self.uploaded_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """Whether mapping and choices can still be changed."""
        return self.state in (ImportState.STAGED, ImportState.FAILED)


class StagedSheet(models.Model):
    """The cells of one sheet while it waits to be booked; deleted afterwards."""

    workbook = models.ForeignKey(WorkbookImport, models.CASCADE, related_name="sheets")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    cells = models.JSONField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["workbook", "position"], name="intake_sheet_position")
        ]

    def __str__(self) -> str:
        return self.name


class StagedIdentity(models.Model):
    """What the lists say about who people are, sealed as one until booked or put away."""

    workbook = models.OneToOneField(WorkbookImport, models.CASCADE, related_name="parcel")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    key_owner = models.UUIDField()
    content = models.BinaryField()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "staged identities"

    def __str__(self) -> str:
        return f"{self.workbook_id}: {self.count}"


class ImportedRow(models.Model):
    """A row that came in: by its natural key it never comes in twice, by `target` it is traced.

    `source` is sheet and cell (`PENJUALAN!A14`), `target` table and key of what it became.
    """

    workbook = models.ForeignKey(WorkbookImport, models.PROTECT, related_name="rows")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=32)
    source = models.CharField(max_length=120)
    target = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["facility", "target"], name="intake_row_target")]
        constraints = [
            models.UniqueConstraint(fields=["facility", "kind", "key"], name="intake_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.source} -> {self.target}"


class ImportProgress(models.Model):
    """How far a booking has come; written beside its transaction, so it can be seen meanwhile."""

    workbook_id = models.BigIntegerField(primary_key=True)
    done = models.IntegerField()
    total = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"
