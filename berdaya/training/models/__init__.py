"""Skills, courses, sessions, enrolments, attendance, assessments, and papers for funders."""

from berdaya.training.models.assessments import Assessment, AssessmentMark, HeldSkill, Level, Result
from berdaya.training.models.courses import Course, CourseUnit, Funding
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
    "CompetenceUnit",
    "Course",
    "CourseUnit",
    "Criterion",
    "Enrolment",
    "Funding",
    "HeldSkill",
    "Level",
    "Mark",
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
]
