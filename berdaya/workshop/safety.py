"""The checklist of safety at work (K3), and whether a workshop is open on a day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import ALLOWED, Verdict
from berdaya.people.rules_placement import Day
from berdaya.workshop.models import Incident, SafetyAnswer, SafetyCheck, Workshop, WorkshopHold
from berdaya.workshop.rules import workshop_held

# Each is asked so that "yes" is in order. After the usual K3 walk-through of small workshops.
POINTS: dict[str, Promise] = {
    "guards": _lazy("Mesin punya pelindung dan tombol henti yang berfungsi"),
    "protection": _lazy("Pelindung diri cukup dan dipakai: masker, sarung tangan, kacamata"),
    "wiring": _lazy("Kabel dan stopkontak utuh, tidak ada sambungan terbuka"),
    "fire": _lazy("Alat pemadam ada, tekanannya cukup, dan mudah dijangkau"),
    "way_out": _lazy("Jalan keluar lapang dan tidak terkunci selama bekerja"),
    "air": _lazy("Udara mengalir; debu, asap, dan panas keluar"),
    "light": _lazy("Cahaya cukup untuk pekerjaan halus"),
    "chemicals": _lazy("Bahan kimia berlabel, tertutup, dan terpisah dari makanan"),
    "first_aid": _lazy("Kotak P3K lengkap dan ada yang bisa memakainya"),
    "lifting": _lazy("Beban berat diangkat berdua atau dengan alat"),
    "water": _lazy("Air minum dan tempat cuci tangan dekat"),
}


def stops_of(workshop: Workshop, first: date, last: date) -> list[WorkshopHold]:
    """Holds of a workshop that touch [first, last]; one query."""
    rows = WorkshopHold.objects.filter(workshop=workshop, valid_from__lte=last)
    return list(rows.current_from(first).order_by("valid_from"))


def may_open(stops: Iterable[WorkshopHold], day: date) -> Verdict:
    """Whether anybody may work in the workshop on `day`."""
    for one in stops:
        if one.holds_on(day):
            return Verdict((workshop_held(since=Day(one.valid_from), why=one.reason),))
    return ALLOWED


def open_points(facility_ids: Iterable[int]) -> "QuerySet[SafetyAnswer]":
    """Points found not in order in the latest check of each workshop in use."""
    later = SafetyCheck.objects.filter(
        workshop=OuterRef("safety_check__workshop"),
        checked_on__gt=OuterRef("safety_check__checked_on"),
    )
    return SafetyAnswer.objects.filter(
        ~Exists(later),
        facility__in=list(facility_ids),
        is_in_order=False,
        safety_check__workshop__is_active=True,
    )


def incidents_of(facility_ids: Iterable[int]) -> "QuerySet[Incident]":
    """Incidents of these facilities with their workshop, newest first."""
    rows = Incident.objects.filter(facility__in=list(facility_ids))
    return rows.select_related("workshop", "facility")
