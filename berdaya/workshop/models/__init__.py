"""Workshops, materials, day sheets, batches, what their closing froze; published counts."""

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
from berdaya.workshop.models.materials import Material, MaterialLot, MaterialSource, MaterialUse
from berdaya.workshop.models.sheets import LabourStatus, Mark, WorkLog, WorkSheet
from berdaya.workshop.models.workshops import Workshop

__all__ = [
    "Batch",
    "BatchClosing",
    "BatchCorrection",
    "BatchWeight",
    "LabourStatus",
    "Mark",
    "Material",
    "MaterialLot",
    "MaterialSource",
    "MaterialUse",
    "PayBasis",
    "PublishedCount",
    "QualityCheck",
    "QualityResult",
    "WorkLog",
    "WorkSheet",
    "Workshop",
]
