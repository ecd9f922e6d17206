"""Workbooks under way, what they were taught to mean, and the rows that came in."""

from berdaya.intake.models.imports import (
    ImportedRow,
    ImportProgress,
    ImportState,
    StagedIdentity,
    StagedSheet,
    WorkbookImport,
)
from berdaya.intake.models.maps import ColumnMap

__all__ = [
    "ColumnMap",
    "ImportProgress",
    "ImportState",
    "ImportedRow",
    "StagedIdentity",
    "StagedSheet",
    "WorkbookImport",
]
