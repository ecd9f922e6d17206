"""Agreements, what both sides proposed and agreed in them, risks, meetings and joint reports."""

from berdaya.programme.models.agreements import (
    Agreement,
    AgreementKind,
    AgreementVersion,
    Clause,
    Proposal,
    ProposalKind,
    ProposalOutcome,
    Side,
)
from berdaya.programme.models.commitments import (
    Acceptance,
    Commitment,
    Direction,
    Measure,
    Milestone,
    ProgressRule,
    Telling,
)
from berdaya.programme.models.meetings import Decision, Meeting, MeetingAction, MeetingOffice
from berdaya.programme.models.reports import (
    QuarterAnswer,
    QuarterOutcome,
    QuarterReport,
    QuarterState,
    QuarterVersion,
)
from berdaya.programme.models.risks import Risk, RiskLevel, RiskState

__all__ = [
    "Acceptance",
    "Agreement",
    "AgreementKind",
    "AgreementVersion",
    "Clause",
    "Commitment",
    "Decision",
    "Direction",
    "Measure",
    "Meeting",
    "MeetingAction",
    "MeetingOffice",
    "Milestone",
    "ProgressRule",
    "Proposal",
    "ProposalKind",
    "ProposalOutcome",
    "QuarterAnswer",
    "QuarterOutcome",
    "QuarterReport",
    "QuarterState",
    "QuarterVersion",
    "Risk",
    "RiskLevel",
    "RiskState",
    "Side",
    "Telling",
]
