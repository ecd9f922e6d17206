"""Regions, offices, facilities, parties, accounts, staff and appointments."""

from berdaya.institutions.models.demo import DemoWorld
from berdaya.institutions.models.holidays import Holiday, HolidayKind
from berdaya.institutions.models.letters import AssignmentLetter, LetterFacility
from berdaya.institutions.models.offices import (
    Facility,
    FacilityClass,
    FacilityKind,
    Office,
    OfficeKind,
)
from berdaya.institutions.models.parties import (
    Account,
    BankAccount,
    Party,
    PartyKind,
    QrisAccount,
    RegimeKind,
    RevenueRegime,
)
from berdaya.institutions.models.regions import ReferenceSet, Region, RegionLevel
from berdaya.institutions.models.staff import Appointment, AppointmentKind, Staff

__all__ = [
    "Account",
    "Appointment",
    "AppointmentKind",
    "AssignmentLetter",
    "BankAccount",
    "DemoWorld",
    "Facility",
    "FacilityClass",
    "FacilityKind",
    "Holiday",
    "HolidayKind",
    "LetterFacility",
    "Office",
    "OfficeKind",
    "Party",
    "PartyKind",
    "QrisAccount",
    "ReferenceSet",
    "RegimeKind",
    "Region",
    "RegionLevel",
    "RevenueRegime",
    "Staff",
]
