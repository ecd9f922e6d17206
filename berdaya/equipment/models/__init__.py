"""Equipment with condition and shares, its calendar and maintenance, and tools that are counted."""

from berdaya.equipment.models.calendar import HOLDS_TIME, Booking, BookingKind
from berdaya.equipment.models.care import Maintenance, MaintenanceKind, MaintenancePlan
from berdaya.equipment.models.register import (
    OUT_OF_SERVICE,
    Condition,
    ConditionState,
    Equipment,
    EquipmentKind,
    OpenDays,
    Share,
)
from berdaya.equipment.models.tools import (
    MissingOutcome,
    MissingTool,
    Tool,
    ToolCount,
    ToolCountLine,
    ToolSet,
)

__all__ = [
    "HOLDS_TIME",
    "OUT_OF_SERVICE",
    "Booking",
    "BookingKind",
    "Condition",
    "ConditionState",
    "Equipment",
    "EquipmentKind",
    "Maintenance",
    "MaintenanceKind",
    "MaintenancePlan",
    "MissingOutcome",
    "MissingTool",
    "OpenDays",
    "Share",
    "Tool",
    "ToolCount",
    "ToolCountLine",
    "ToolSet",
]
