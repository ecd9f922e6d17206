"""What a unit or a production house works with, in which state, and who else may use it."""

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedRow, no_overlap
from berdaya.core.names import named
from berdaya.institutions.models import Facility, Office, Party
from berdaya.training.models import Skill

STAFF = settings.AUTH_USER_MODEL


class EquipmentKind(models.TextChoices):
    LOOM = "loom", _lazy("Alat tenun")
    SEWING = "sewing", _lazy("Mesin jahit")
    ROASTER = "roaster", _lazy("Mesin sangrai")
    GRINDER = "grinder", _lazy("Mesin giling")
    OVEN = "oven", _lazy("Oven")
    KITCHEN = "kitchen", _lazy("Dapur produksi")
    PRESS = "press", _lazy("Mesin pres atau kemas")
    WOOD = "wood", _lazy("Mesin kayu")
    WELDING = "welding", _lazy("Mesin las")
    ROOM = "room", _lazy("Ruang kerja")
    OTHER = "other", _lazy("Peralatan lain")


class OpenDays(models.IntegerChoices):
    """Counted from Monday."""

    FIVE = 5, _lazy("Senin sampai Jumat")
    SIX = 6, _lazy("Senin sampai Sabtu")
    SEVEN = 7, _lazy("setiap hari")


class Equipment(models.Model):
    """One machine, loom, kitchen or room; three equal looms are three rows.

    `facility` keeps its calendar, `owner` is whose it is where that is somebody else. The hours in
    which it is open are local to the facility; `capacity_qty` is pieces, or what `capacity_unit`
    says, an hour.
    """

    code = models.CharField(_lazy("kode"), max_length=32, unique=True)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_lazy("milik")
    )
    kind = models.CharField(_lazy("jenis"), max_length=12, choices=EquipmentKind)
    name = models.CharField(_lazy("nama"), max_length=80)
    name_en = models.CharField(_lazy("nama (Inggris)"), max_length=80, blank=True)
    place = models.CharField(_lazy("tempat"), max_length=80)
    asset_no = models.CharField(_lazy("nomor BMN"), max_length=40, blank=True)
    capacity_qty = models.DecimalField(
        _lazy("kemampuan sejam"), max_digits=10, decimal_places=3, null=True, blank=True
    )
    capacity_unit = models.CharField(_lazy("satuannya"), max_length=20, blank=True)
    people_count = models.PositiveSmallIntegerField(
        _lazy("berapa orang sekaligus"), null=True, blank=True
    )
    # What one learns before working with it; asked of makers, never a wall (workshop/machines.py).
    skill = models.ForeignKey(
        Skill, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_lazy("keterampilan yang diperlukan"),
    )  # fmt: skip
    opens_at = models.TimeField(_lazy("buka pukul"), default=time(8))
    closes_at = models.TimeField(_lazy("tutup pukul"), default=time(16))
    open_days = models.PositiveSmallIntegerField(
        _lazy("hari buka"), choices=OpenDays, default=OpenDays.SIX
    )
    registered_on = models.DateField()
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "equipment"
        indexes = [models.Index(fields=["facility", "place"], name="equipment_list")]
        constraints = [
            # What a booking copies of its equipment is held by a foreign key over both.
            models.UniqueConstraint(fields=["id", "facility"], name="equipment_with_facility"),
            models.CheckConstraint(
                condition=Q(kind__in=EquipmentKind.values, open_days__in=OpenDays.values),
                name="equipment_known",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="equipment_open_hours"
            ),
            models.CheckConstraint(
                condition=Q(capacity_qty__isnull=True) | Q(capacity_qty__gt=0),
                name="equipment_capacity",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> str:
        """The name in the active language."""
        return named(self.name, self.name_en)


class ConditionState(models.TextChoices):
    """The three of the state's own assets (BMN), and the end."""

    GOOD = "good", _lazy("Baik")
    LIGHT = "light", _lazy("Rusak ringan")
    HEAVY = "heavy", _lazy("Rusak berat")
    WRITTEN_OFF = "written_off", _lazy("Dihapus")


OUT_OF_SERVICE = (ConditionState.HEAVY, ConditionState.WRITTEN_OFF)


class Condition(models.Model):
    """In which state it was found on a day, by whom and why; the latest row holds."""

    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="conditions")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    state = models.CharField(_lazy("kondisi"), max_length=12, choices=ConditionState)
    since_on = models.DateField(_lazy("sejak"))
    reason = models.CharField(_lazy("alasan"), max_length=200)
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-since_on", "-pk"]
        indexes = [models.Index(fields=["equipment", "-since_on"], name="equipment_condition_last")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ConditionState.values) & ~Q(reason=""),
                name="equipment_condition_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.since_on}: {self.state}"


class Share(DatedRow):
    """One machine opened to a named facility, or to every facility below an office, for a while.

    `is_at_once`: the agreement lets them book without waiting for the owner.
    """

    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="shares")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    to_facility = models.ForeignKey(Facility, models.PROTECT, null=True, related_name="+")
    to_office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    is_at_once = models.BooleanField(_lazy("langsung jadi, tanpa menunggu"), default=False)
    agreement_no = models.CharField(_lazy("nomor kesepakatan"), max_length=80, blank=True)
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("equipment_share_facility", "equipment", "to_facility"),
            no_overlap("equipment_share_office", "equipment", "to_office"),
            models.CheckConstraint(
                condition=Q(to_facility__isnull=True, to_office__isnull=False)
                | Q(to_facility__isnull=False, to_office__isnull=True),
                name="equipment_share_with_one",
            ),
            models.CheckConstraint(
                condition=Q(to_facility__isnull=True) | ~Q(to_facility=F("facility")),
                name="equipment_share_elsewhere",
            ),
            models.CheckConstraint(
                condition=Q(is_at_once=False) | ~Q(agreement_no=""),
                name="equipment_share_agreed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.equipment_id} → {self.to_facility_id or self.to_office_id}"

    @property
    def with_whom(self) -> Facility | Office | None:
        """The facility, or the office whose facilities they are."""
        return self.to_facility or self.to_office
