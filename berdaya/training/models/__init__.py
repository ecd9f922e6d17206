"""Skills, courses, sessions, attendance, assessments, papers for funders, certificates."""

from berdaya.training.models.assessments import Assessment, AssessmentMark, HeldSkill, Level, Result
from berdaya.training.models.certificates import (
    Certificate,
    CertificateDecision,
    Outcome,
    Withdrawal,
    WithdrawalDecision,
)
from berdaya.training.models.courses import Course, CourseUnit, Funding
from berdaya.training.models.credentials import (
    CertificateIssuer,
    Credential,
    Ending,
    IssuerKey,
)
from berdaya.training.models.enrolments import Attendance, Enrolment, Mark
from berdaya.training.models.photos import PieceOutcome, PiecePhoto, PieceReview
from berdaya.training.models.proofs import AttendanceProof, ProofLine
from berdaya.training.models.sessions import Seats, Session, SessionCount, SessionDay
from berdaya.training.models.skills import CompetenceUnit, Criterion, Skill

__all__ = [
    "Assessment",
    "AssessmentMark",
    "Attendance",
    "AttendanceProof",
    "Certificate",
    "CertificateDecision",
    "CertificateIssuer",
    "CompetenceUnit",
    "Course",
    "CourseUnit",
    "Credential",
    "Criterion",
    "Ending",
    "Enrolment",
    "Funding",
    "HeldSkill",
    "IssuerKey",
    "Level",
    "Mark",
    "Outcome",
    "PieceOutcome",
    "PiecePhoto",
    "PieceReview",
    "ProofLine",
    "Result",
    "Seats",
    "Session",
    "SessionCount",
    "SessionDay",
    "Skill",
    "Withdrawal",
    "WithdrawalDecision",
]
