"""Safety in the workshop: what happened, who was hurt, holds, and the checklist."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core.dated import no_overlap
from berdaya.institutions.models import Facility
from berdaya.people.models import Hold, Participant, SafetyHold
from berdaya.workshop.models.workshops import Workshop

STAFF = settings.AUTH_USER_MODEL


class IncidentKind(models.TextChoices):
    ACCIDENT = "accident", _lazy("Kecelakaan")
    NEAR_MISS = "near_miss", _lazy("Hampir celaka")
    ILLNESS = "illness", _lazy("Sakit karena kerja")
    COMPLAINT = "complaint", _lazy("Keluhan keselamatan")


class Severity(models.TextChoices):
    NONE = "none", _lazy("Tidak ada yang terluka")
    LIGHT = "light", _lazy("Ringan")
    MEDIUM = "medium", _lazy("Sedang")
    HEAVY = "heavy", pgettext_lazy("workshop", "Berat")
    FATAL = "fatal", _lazy("Meninggal")


class Incident(models.Model):
    """Something that happened at work: what, how grave, and what was done about it."""

    code = models.CharField(max_length=32, unique=True)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    workshop = models.ForeignKey(Workshop, models.PROTECT, null=True, related_name="incidents")
    happened_on = models.DateField(_lazy("hari kejadian"))
    happened_at = models.TimeField(_lazy("jam kejadian"), null=True, blank=True)
    kind = models.CharField(_lazy("jenis"), max_length=12, choices=IncidentKind)
    severity = models.CharField(_lazy("berat ringannya"), max_length=8, choices=Severity)
    what_happened = models.TextField(_lazy("apa yang terjadi"), max_length=1000)
    what_was_done = models.TextField(_lazy("apa yang dilakukan"), max_length=1000)
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-happened_on", "-pk"]
        indexes = [models.Index(fields=["facility", "-happened_on"], name="workshop_incident_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=IncidentKind.values, severity__in=Severity.values)
                & ~Q(what_was_done=""),
                name="workshop_incident_known",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Care(models.TextChoices):
    NONE = "none", _lazy("Tidak perlu dirawat")
    FIRST_AID = "first_aid", _lazy("Pertolongan pertama")
    CLINIC = "clinic", _lazy("Klinik UPT")
    HOSPITAL = "hospital", _lazy("Rumah sakit")


class IncidentPerson(models.Model):
    """A person whom an incident touched: how they were cared for, never a diagnosis."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="people")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    happened_on = models.DateField()
    care = models.CharField(_lazy("perawatan"), max_length=12, choices=Care)
    hold = models.OneToOneField(SafetyHold, models.PROTECT, null=True, related_name="incident")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "participant"], name="workshop_incidentperson_one"
            ),
            models.CheckConstraint(
                condition=Q(care__in=Care.values), name="workshop_incidentperson_care"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id}: {self.participant_id}"


class WorkshopHold(Hold):
    """A workshop, or a machine that stops it, out of use for now: nobody works there."""

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="holds")
    incident = models.ForeignKey(Incident, models.PROTECT, null=True, related_name="holds")

    class Meta:
        constraints = [
            *Hold.Meta.constraints,
            no_overlap("workshop_workshophold_one", "workshop"),
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id}: {self.valid_from}"


class SafetyCheck(models.Model):
    """A walk through a workshop with the checklist (K3), on a day; the next one replaces it."""

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="safety_checks")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    checked_on = models.DateField(_lazy("diperiksa pada"))
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-checked_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "checked_on"], name="workshop_safetycheck_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id} {self.checked_on}"


class SafetyAnswer(models.Model):
    """One point of the checklist (`safety_points.POINTS`): in order, or open with a note."""

    safety_check = models.ForeignKey(SafetyCheck, models.PROTECT, related_name="answers")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    point = models.CharField(max_length=20)
    is_in_order = models.BooleanField()
    note = models.CharField(_lazy("catatan"), max_length=160, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["safety_check", "point"], name="workshop_safetyanswer_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.safety_check_id}: {self.point}"
