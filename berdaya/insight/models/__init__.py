"""Figures reckoned from the thread, what was told of them, targets, seats, and monthly reports."""

from berdaya.insight.models.figures import Figure, ToldFigure
from berdaya.insight.models.places import Seat, Target
from berdaya.insight.models.reports import (
    Outcome,
    Report,
    ReportAnswer,
    ReportRule,
    ReportState,
    ReportVersion,
)
from berdaya.insight.models.sums import OfficeSum

__all__ = [
    "Figure",
    "OfficeSum",
    "Outcome",
    "Report",
    "ReportAnswer",
    "ReportRule",
    "ReportState",
    "ReportVersion",
    "Seat",
    "Target",
    "ToldFigure",
]
