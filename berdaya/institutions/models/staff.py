"""The people who work at the desk, and by which decree they may do what, where and how long."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedRow, no_overlap
from berdaya.core.scope import Actor, acting
from berdaya.institutions.models.offices import Facility, Office
from berdaya.institutions.roles import ROLE_CHOICES


class Staff(AbstractBaseUser):
    """A member of staff who signs in; `display_name` is the name official papers print."""

    username = models.CharField(
        _lazy("nama masuk"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9.\-]*$", _lazy("huruf kecil, angka, titik"))],
    )
    display_name = models.CharField(max_length=120)
    nip = models.CharField("NIP", max_length=18, blank=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    objects: BaseUserManager["Staff"] = BaseUserManager()

    class Meta:
        verbose_name_plural = "staff"
        constraints = [
            models.UniqueConstraint(
                fields=["nip"], condition=~Q(nip=""), name="institutions_staff_nip"
            )
        ]

    def __str__(self) -> str:
        return self.username

    def check_password(self, raw_password: str) -> bool:
        """Like Django's, but a stronger hash is stored under the person's own scope (audit)."""

        def upgrade(raw: str) -> None:
            self.set_password(raw)
            with acting(Actor(f"staff:{self.pk}", self.pk), "password.rehash"):
                self.save(update_fields=["password"])

        return check_password(raw_password, self.password, upgrade)


class AppointmentKind(models.TextChoices):
    DEFINITIVE = "definitive", _lazy("definitif")
    PLH = "plh", _lazy("Plh.")
    PLT = "plt", _lazy("Plt.")


class Appointment(DatedRow):
    """One role of one member of staff at one facility or office, by a numbered decree."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=30, choices=ROLE_CHOICES)
    facility = models.ForeignKey(
        Facility, models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    kind = models.CharField(
        max_length=10, choices=AppointmentKind.choices, default=AppointmentKind.DEFINITIVE
    )
    decree_no = models.CharField(max_length=80)
    decree_on = models.DateField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(recorded_by=F("staff")), name="institutions_appointment_not_own"
            ),
            models.CheckConstraint(
                condition=Q(facility__isnull=True, office__isnull=False)
                | Q(facility__isnull=False, office__isnull=True),
                name="institutions_appointment_one_place",
            ),
            models.CheckConstraint(
                condition=~Q(decree_no=""), name="institutions_appointment_decree"
            ),
            no_overlap("institutions_appointment_facility", "staff", "role", "facility"),
            no_overlap("institutions_appointment_office", "staff", "role", "office"),
            no_overlap(
                "institutions_appointment_one_head",
                "facility",
                condition=Q(role="head", kind="definitive"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id}: {self.role}"

    @property
    def place(self) -> Facility | Office:
        """Where it holds."""
        return self.facility or self.office  # type: ignore[return-value]
