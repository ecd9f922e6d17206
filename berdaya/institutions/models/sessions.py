"""Who is signed in where: sessions, registered unit PCs, and the people known to a PC."""

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models.offices import Facility
from berdaya.institutions.models.staff import Staff


class Proof(models.TextChoices):
    """By what somebody showed who they are."""

    TOTP = "totp", _lazy("aplikasi kode")
    KEY = "key", _lazy("kunci")
    CARD = "card", _lazy("kartu sekali pakai")
    RECOVERY = "recovery", _lazy("kode pemulihan")
    PIN = "pin", "PIN"
    PASSWORD = "password", _lazy("kata sandi")


class UnitPc(models.Model):
    """A computer inside a unit, told by a long-lived signed cookie; ended at any time."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="pcs")
    label = models.CharField(_lazy("nama komputer"), max_length=60)
    key_hash = models.CharField(max_length=64, unique=True)
    registered_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    ended_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="institutions_unitpc_ended",
            )
        ]

    def __str__(self) -> str:
        return self.label


class PcUser(models.Model):
    """A member of staff on one PC: their PIN there, and the last day they signed in fully.

    On that day, and no other, they may take over the PC by PIN or key.
    """

    pc = models.ForeignKey(UnitPc, models.PROTECT, related_name="users")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="pcs")
    enrolled_on = models.DateField(null=True, blank=True)
    pin_hash = models.CharField(max_length=128, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pc", "staff"], name="institutions_pcuser_once")
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} at {self.pc_id}"


class StaffSession(AbstractBaseSession):
    """A session; once somebody signed in, also who, how, on which PC, and whether it is locked.

    `proof` is empty until a second factor was shown: such a session opens no desk page.
    """

    # Neither is ever deleted; without constraints a session is written outside any scope.
    staff = models.ForeignKey(
        Staff, models.PROTECT, null=True, related_name="sessions", db_constraint=False
    )
    pc = models.ForeignKey(
        UnitPc, models.PROTECT, null=True, related_name="sessions", db_constraint=False
    )
    proof = models.CharField(max_length=10, choices=Proof.choices, blank=True)
    agent = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    proved_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)

    objects: BaseSessionManager = BaseSessionManager()

    class Meta:
        indexes = [models.Index(fields=["staff"], name="institutions_session_staff")]

    def __str__(self) -> str:
        return f"session of {self.staff_id}"

    @classmethod
    def get_session_store_class(cls) -> type:
        from berdaya.institutions.sessions import SessionStore

        return SessionStore
