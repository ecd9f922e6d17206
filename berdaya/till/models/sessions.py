"""A stall's day: opened with a float and a checked QRIS, closed once."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.ids import uuid7
from berdaya.institutions.models import Facility
from berdaya.ledger.models import Book
from berdaya.till.models.events import Stall

STAFF = settings.AUTH_USER_MODEL


class QrisCheck(models.TextChoices):
    """How the displayed QRIS was held against the registered one."""

    PAYLOAD = "payload", _lazy("isi QRIS dipindai")
    TYPED = "typed", _lazy("NMID dan nama dibaca dari stiker")
    NONE = "none", _lazy("tanpa QRIS")


class StallSession(models.Model):
    """One opening of a stall. `book` is the cash-taker's; at most one is open per stall.

    `closed_at` is claimed by the one closing; who counted and what was found stands there.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="sessions")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    day = models.DateField(_lazy("hari"))
    float_rp = models.BigIntegerField(_lazy("uang kembalian awal"))
    qris_check = models.CharField(max_length=10, choices=QrisCheck.choices)
    qris_nmid = models.CharField(max_length=20, blank=True)
    opened_at = models.DateTimeField(_lazy("dibuka"))
    opened_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(_lazy("ditutup"), null=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["stall"], condition=Q(closed_at__isnull=True), name="till_session_one_open"
            ),
            models.CheckConstraint(condition=Q(float_rp__gte=0), name="till_session_float"),
            models.CheckConstraint(
                condition=Q(qris_check="none", qris_nmid="")
                | Q(qris_check__in=["payload", "typed"]) & ~Q(qris_nmid=""),
                name="till_session_qris",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="till_session_closed_later",
            ),
        ]
        indexes = [models.Index(fields=["facility", "-opened_at"], name="till_session_list")]

    def __str__(self) -> str:
        return f"{self.stall_id} {self.day}"

    @property
    def is_open(self) -> bool:
        """Whether it sells."""
        return self.closed_at is None
