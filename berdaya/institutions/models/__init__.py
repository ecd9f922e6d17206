"""Regions, offices, facilities, parties, accounts, staff and appointments."""

from berdaya.institutions.models.demo import DemoWorld
from berdaya.institutions.models.factors import (
    CODES_ON_A_CARD,
    Attempts,
    CardCode,
    FactorCard,
    Invitation,
)
from berdaya.institutions.models.holidays import Holiday, HolidayKind
from berdaya.institutions.models.letters import AssignmentLetter, LetterFacility
from berdaya.institutions.models.offices import (
    NOT_A_PRISON,
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
from berdaya.institutions.models.sessions import PcUser, Proof, StaffSession, UnitPc
from berdaya.institutions.models.staff import Appointment, AppointmentKind, Staff

__all__ = [
    "CODES_ON_A_CARD",
    "NOT_A_PRISON",
    "Account",
    "Appointment",
    "AppointmentKind",
    "AssignmentLetter",
    "Attempts",
    "BankAccount",
    "CardCode",
    "DemoWorld",
    "Facility",
    "FacilityClass",
    "FacilityKind",
    "FactorCard",
    "Holiday",
    "HolidayKind",
    "Invitation",
    "LetterFacility",
    "Office",
    "OfficeKind",
    "Party",
    "PartyKind",
    "PcUser",
    "Proof",
    "QrisAccount",
    "ReferenceSet",
    "RegimeKind",
    "Region",
    "RegionLevel",
    "RevenueRegime",
    "Staff",
    "StaffSession",
    "UnitPc",
]
