"""Participants, placements and statuses; what lets a participant work."""

from berdaya.people.models.consent import (
    Consent,
    ConsentLanguage,
    ConsentPurpose,
    OwnRequest,
    WitnessRole,
)
from berdaya.people.models.fitness import ClinicianRole, FitnessCertificate
from berdaya.people.models.identity import Erasure, SealedIdentity
from berdaya.people.models.participants import Participant, Placement, Status, StatusPeriod
from berdaya.people.models.work import DecidedBy, LineOfWork, WorkLimits, WorkPlacement, line_label

__all__ = [
    "ClinicianRole",
    "Consent",
    "ConsentLanguage",
    "ConsentPurpose",
    "DecidedBy",
    "Erasure",
    "FitnessCertificate",
    "LineOfWork",
    "OwnRequest",
    "Participant",
    "Placement",
    "SealedIdentity",
    "Status",
    "StatusPeriod",
    "WitnessRole",
    "WorkLimits",
    "WorkPlacement",
    "line_label",
]
