"""The calendar: who has a machine from when until when. Two can never have it at once."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.equipment.models.register import Equipment
from berdaya.institutions.models import Facility

STAFF = settings.AUTH_USER_MODEL
# What still holds its time. A request that waits holds it too, or two would be promised it.
HOLDS_TIME = Q(declined_at__isnull=True, cancelled_at__isnull=True)
PERIOD = Func(
    F("starts_at"),
    F("ends_at"),
    RangeBoundary(),
    function="tstzrange",
    output_field=DateTimeRangeField(),
)


class BookingKind(models.TextChoices):
    USE = "use", _lazy("Pemakaian")
    MAINTENANCE = "maintenance", pgettext_lazy("equipment", "Perawatan")


class BookingQuerySet(models.QuerySet["Booking"]):
    """Questions about time."""

    def holding(self) -> "BookingQuerySet":
        """Neither declined nor cancelled."""
        return self.filter(HOLDS_TIME)

    def touching(self, start: object, until: object) -> "BookingQuerySet":
        """Those with at least one moment in [start, until)."""
        return self.filter(starts_at__lt=until, ends_at__gt=start)


class Booking(models.Model):
    """[starts_at, ends_at) of one machine for one facility.

    `owner_facility` copies who keeps the machine's calendar (a foreign key over both holds it), so
    that both sides see the row, and nobody else. Whoever asks from elsewhere waits for the owner,
    unless a share says at once: then `approved_by` stays empty. `hit_by` is the maintenance that
    took the time away; it waits on Hari Ini until somebody there has seen it.
    """

    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="bookings")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    owner_facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=BookingKind, default=BookingKind.USE)
    starts_at = models.DateTimeField(_lazy("mulai"))
    ends_at = models.DateTimeField(_lazy("sampai"))
    purpose = models.CharField(_lazy("untuk apa"), max_length=160)
    booked_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    booked_at = models.DateTimeField()
    approved_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    declined_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    declined_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    # Why it was moved, declined or cancelled, whichever came last.
    reason = models.CharField(_lazy("alasan"), max_length=200, blank=True)
    hit_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="hits")
    seen_at = models.DateTimeField(null=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        indexes = [
            models.Index(fields=["equipment", "starts_at"], name="equipment_booking_time"),
            models.Index(fields=["owner_facility", "-starts_at"], name="equipment_booking_owner"),
            models.Index(fields=["facility", "-starts_at"], name="equipment_booking_mine"),
        ]
        constraints = [
            ExclusionConstraint(
                name="equipment_booking_one",
                expressions=[("equipment", RangeOperators.EQUAL), (PERIOD, "&&")],
                condition=HOLDS_TIME,
                violation_error_code="equipment_taken",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="equipment_booking_period"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=BookingKind.values) & ~Q(purpose=""),
                name="equipment_booking_known",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("booked_by")),
                name="equipment_booking_two_people",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(declined_at__isnull=True),
                name="equipment_booking_one_decision",
            ),
            models.CheckConstraint(
                condition=HOLDS_TIME | ~Q(reason=""), name="equipment_booking_reason"
            ),
            models.CheckConstraint(
                condition=Q(kind="use")
                | Q(facility=F("owner_facility"), approved_at__isnull=False),
                name="equipment_booking_maintenance",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.equipment_id} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def state(self) -> str:
        """waiting, approved, declined, cancelled or hit."""
        if self.cancelled_at is not None:
            return "hit" if self.hit_by_id else "cancelled"
        if self.declined_at is not None:
            return "declined"
        return "approved" if self.approved_at is not None else "waiting"

    @property
    def holds_time(self) -> bool:
        """Whether the time is still kept for it."""
        return self.declined_at is None and self.cancelled_at is None
