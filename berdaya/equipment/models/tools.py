"""Tools that are counted out in the morning and in at the end; a missing one is security's matter.

Whoever held a tool is never kept here: the count is of things.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility

STAFF = settings.AUTH_USER_MODEL


class ToolSet(models.Model):
    """A board or box of tools of one facility."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    name = models.CharField(_lazy("nama"), max_length=80)
    place = models.CharField(_lazy("disimpan di"), max_length=80)
    is_active = models.BooleanField(_lazy("masih dipakai"), default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["facility", "name"], name="equipment_toolset_one")
        ]

    def __str__(self) -> str:
        return self.name


class Tool(models.Model):
    """One kind of tool in a set, and how many of it belong there."""

    tool_set = models.ForeignKey(ToolSet, models.PROTECT, related_name="tools")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    name = models.CharField(_lazy("alat"), max_length=60)
    qty = models.PositiveSmallIntegerField(_lazy("banyaknya"))

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["tool_set", "name"], name="equipment_tool_one"),
        ]

    def __str__(self) -> str:
        return f"{self.qty} {self.name}"


class ToolCount(models.Model):
    """One set on one day of work: counted out, and back in."""

    tool_set = models.ForeignKey(ToolSet, models.PROTECT, related_name="counts")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    day = models.DateField(_lazy("hari"))
    out_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    out_at = models.DateTimeField()
    in_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    in_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["facility", "-day"], name="equipment_toolcount_list")]
        constraints = [
            models.UniqueConstraint(fields=["tool_set", "day"], name="equipment_toolcount_one"),
            models.CheckConstraint(
                condition=Q(in_at__isnull=True) | Q(in_at__gte=F("out_at")),
                name="equipment_toolcount_in_after_out",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tool_set_id} {self.day}"


class ToolCountLine(models.Model):
    """How many of one tool went out and came in; `in_qty` is empty until they are counted in."""

    count = models.ForeignKey(ToolCount, models.PROTECT, related_name="lines")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    tool = models.ForeignKey(Tool, models.PROTECT, related_name="+")
    out_qty = models.PositiveSmallIntegerField()
    in_qty = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["count", "tool"], name="equipment_toolcountline_one"),
            models.CheckConstraint(
                condition=Q(in_qty__isnull=True) | Q(in_qty__lte=F("out_qty")),
                name="equipment_toolcountline_no_more",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tool_id}: {self.out_qty}/{self.in_qty}"


class MissingOutcome(models.TextChoices):
    FOUND = "found", _lazy("Ditemukan")
    NOT_FOUND = "not_found", _lazy("Tidak ditemukan")


class MissingTool(models.Model):
    """Tools that did not come back: one person explains, a second one confirms; until then the
    day's sheet stays open."""

    line = models.OneToOneField(ToolCountLine, models.PROTECT, related_name="missing")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    qty = models.PositiveSmallIntegerField(_lazy("kurang"))
    reported_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField()
    outcome = models.CharField(_lazy("akhirnya"), max_length=10, blank=True, choices=MissingOutcome)
    found_by = models.CharField(_lazy("siapa yang mencari"), max_length=80, blank=True)
    ended_at = models.DateTimeField(_lazy("kapan"), null=True)
    reason = models.CharField(_lazy("penjelasan"), max_length=200, blank=True)
    explained_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    explained_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(qty__gt=0), name="equipment_missingtool_some"),
            models.CheckConstraint(
                condition=Q(explained_at__isnull=True, outcome="", ended_at__isnull=True)
                | Q(
                    explained_at__isnull=False,
                    outcome__in=MissingOutcome.values,
                    ended_at__isnull=False,
                )
                & ~Q(reason="")
                & ~Q(found_by=""),
                name="equipment_missingtool_explained",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(explained_at__isnull=False),
                name="equipment_missingtool_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("explained_by")),
                name="equipment_missingtool_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.qty}"

    @property
    def state(self) -> str:
        """open, explained or closed."""
        if self.confirmed_at is not None:
            return "closed"
        return "explained" if self.explained_at is not None else "open"
