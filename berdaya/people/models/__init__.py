"""Participants, placements and statuses; what lets a participant work."""

from berdaya.people.models.clean import CleanPage
from berdaya.people.models.consent import (
    Channel,
    Consent,
    ConsentLanguage,
    ConsentProof,
    OwnRequest,
    WitnessRole,
)
from berdaya.people.models.fitness import ClinicianRole, FitnessCertificate
from berdaya.people.models.identity import Erasure, SealedIdentity
from berdaya.people.models.participants import Participant, Placement, Status, StatusPeriod
from berdaya.people.models.safety import (
    HazardousLine,
    Hold,
    InsuranceScheme,
    SafetyHold,
    WorkInsurance,
)
from berdaya.people.models.texts import ConsentPurpose, ConsentText, TextLanguage
from berdaya.people.models.work import DecidedBy, LineOfWork, WorkLimits, WorkPlacement, line_label

__all__ = [
    "Channel",
    "CleanPage",
    "ClinicianRole",
    "Consent",
    "ConsentLanguage",
    "ConsentProof",
    "ConsentPurpose",
    "ConsentText",
    "DecidedBy",
    "Erasure",
    "FitnessCertificate",
    "HazardousLine",
    "Hold",
    "InsuranceScheme",
    "LineOfWork",
    "OwnRequest",
    "Participant",
    "Placement",
    "SafetyHold",
    "SealedIdentity",
    "Status",
    "StatusPeriod",
    "TextLanguage",
    "WitnessRole",
    "WorkInsurance",
    "WorkLimits",
    "WorkPlacement",
    "line_label",
]
