"""Workshops, materials, day sheets, batches, what closing froze; counts; safety."""

from berdaya.goods.models import PayBasis
from berdaya.workshop.models.batches import (
    Batch,
    BatchClosing,
    BatchCorrection,
    BatchWeight,
    QualityCheck,
    QualityResult,
)
from berdaya.workshop.models.counts import PublishedCount
from berdaya.workshop.models.equipment import BatchBooking, EquipmentNeed, WorkshopToolSet
from berdaya.workshop.models.materials import Material, MaterialLot, MaterialSource, MaterialUse
from berdaya.workshop.models.planning import (
    PlanningRule,
    StandardTime,
    WorkOrder,
    WorkOutcome,
    WorkSource,
)
from berdaya.workshop.models.safety import (
    Care,
    Incident,
    IncidentKind,
    IncidentPerson,
    SafetyAnswer,
    SafetyCheck,
    Severity,
    WorkshopHold,
)
from berdaya.workshop.models.sheets import LabourStatus, Mark, WorkLog, WorkSheet
from berdaya.workshop.models.skills import SkillExemption, SkillRequirement
from berdaya.workshop.models.workshops import Workshop

__all__ = [
    "Batch",
    "BatchBooking",
    "BatchClosing",
    "BatchCorrection",
    "BatchWeight",
    "Care",
    "EquipmentNeed",
    "Incident",
    "IncidentKind",
    "IncidentPerson",
    "LabourStatus",
    "Mark",
    "Material",
    "MaterialLot",
    "MaterialSource",
    "MaterialUse",
    "PayBasis",
    "PlanningRule",
    "PublishedCount",
    "QualityCheck",
    "QualityResult",
    "SafetyAnswer",
    "SafetyCheck",
    "Severity",
    "SkillExemption",
    "SkillRequirement",
    "StandardTime",
    "WorkLog",
    "WorkOrder",
    "WorkOutcome",
    "WorkSheet",
    "WorkSource",
    "Workshop",
    "WorkshopHold",
    "WorkshopToolSet",
]
