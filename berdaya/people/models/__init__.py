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
from berdaya.people.models.caseload import (
    CaseCover,
    Caseload,
)
from berdaya.people.models.clean import (
    CleanPage,
)
from berdaya.people.models.consent import (
    Channel,
    Consent,
    ConsentLanguage,
    ConsentProof,
    OwnRequest,
    WitnessRole,
)
from berdaya.people.models.fitness import (
    ClinicianRole,
    FitnessCertificate,
)
from berdaya.people.models.identity import (
    Erasure,
    SealedIdentity,
)
from berdaya.people.models.participants import (
    Participant,
    Placement,
    Status,
    StatusPeriod,
)
from berdaya.people.models.retention import (
    DecisionKind,
    KeepGround,
    RetentionCount,
    RetentionDecision,
    RetentionProposal,
    RetentionRule,
    RetentionRun,
)
from berdaya.people.models.reveals import (
    Reveal,
    RevealedPerson,
    RevealPurpose,
    RevealReview,
)
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
from berdaya.people.models.safety import (
    HazardousLine,
    Hold,
    InsuranceScheme,
    SafetyHold,
    WorkInsurance,
)
from berdaya.people.models.texts import (
    ConsentPurpose,
    ConsentText,
    TextLanguage,
)
from berdaya.people.models.work import (
    DecidedBy,
    LineOfWork,
    WorkLimits,
    WorkPlacement,
    line_label,
)

__all__ = [
    "MUST_BE_TOLD",
    "Breach",
    "BreachClosing",
    "BreachNotice",
    "BreachPerson",
    "CaseCover",
    "Caseload",
    "Channel",
    "CleanPage",
    "ClinicianRole",
    "Consent",
    "ConsentLanguage",
    "ConsentProof",
    "ConsentPurpose",
    "ConsentText",
    "DataKind",
    "DecidedBy",
    "DecisionKind",
    "Erasure",
    "FitnessCertificate",
    "HandedOver",
    "HazardousLine",
    "Hold",
    "InsuranceScheme",
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
    "SafetyHold",
    "SealedIdentity",
    "Status",
    "StatusPeriod",
    "StepKind",
    "TextLanguage",
    "WitnessRole",
    "WorkInsurance",
    "WorkLimits",
    "WorkPlacement",
    "line_label",
]
