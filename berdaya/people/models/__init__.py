"""Participants, placements and statuses; what lets a participant work."""

from berdaya.people.models.breaches import (
    MUST_BE_TOLD,
    Breach,
    BreachClosing,
    BreachNotice,
    BreachPerson,
    DataKind,
    NoticeHow,
    NoticeTo,
)
from berdaya.people.models.caseload import Caseload
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
from berdaya.people.models.retention import (
    DecisionKind,
    KeepGround,
    RetentionCount,
    RetentionDecision,
    RetentionProposal,
    RetentionRule,
    RetentionRun,
)
from berdaya.people.models.reveals import Reveal, RevealedPerson, RevealPurpose, RevealReview
from berdaya.people.models.rights import (
    HandedOver,
    ReceivedHow,
    RefusalGround,
    Restriction,
    RestrictionGround,
    RightsAnswer,
    RightsCase,
    RightsKind,
    RightsOutcome,
    RightsStep,
    StepKind,
)
from berdaya.people.models.work import DecidedBy, LineOfWork, WorkLimits, WorkPlacement, line_label

__all__ = [
    "MUST_BE_TOLD",
    "Breach",
    "BreachClosing",
    "BreachNotice",
    "BreachPerson",
    "Caseload",
    "ClinicianRole",
    "Consent",
    "ConsentLanguage",
    "ConsentPurpose",
    "DataKind",
    "DecidedBy",
    "DecisionKind",
    "Erasure",
    "FitnessCertificate",
    "HandedOver",
    "KeepGround",
    "LineOfWork",
    "NoticeHow",
    "NoticeTo",
    "OwnRequest",
    "Participant",
    "Placement",
    "ReceivedHow",
    "RefusalGround",
    "Restriction",
    "RestrictionGround",
    "RetentionCount",
    "RetentionDecision",
    "RetentionProposal",
    "RetentionRule",
    "RetentionRun",
    "Reveal",
    "RevealPurpose",
    "RevealReview",
    "RevealedPerson",
    "RightsAnswer",
    "RightsCase",
    "RightsKind",
    "RightsOutcome",
    "RightsStep",
    "SealedIdentity",
    "Status",
    "StatusPeriod",
    "StepKind",
    "WitnessRole",
    "WorkLimits",
    "WorkPlacement",
    "line_label",
]
