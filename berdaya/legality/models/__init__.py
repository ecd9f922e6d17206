"""Kinds of permits, permits and what they name, and what each market requires."""

from berdaya.legality.models.coverage import PermitKbli, PermitProduct, PermitVariant
from berdaya.legality.models.kbli import Kbli
from berdaya.legality.models.permits import Permit, PermitKind, PermitScope
from berdaya.legality.models.requirements import Requirement
from berdaya.legality.models.responsible import Competence, ResponsibleRole

__all__ = [
    "Competence",
    "Kbli",
    "Permit",
    "PermitKbli",
    "PermitKind",
    "PermitProduct",
    "PermitScope",
    "PermitVariant",
    "Requirement",
    "ResponsibleRole",
]
