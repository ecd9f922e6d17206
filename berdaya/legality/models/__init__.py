"""Kinds of permits, permits, and what each market requires."""

from berdaya.legality.models.permits import Permit, PermitKind, PermitProduct, ResponsibleRole
from berdaya.legality.models.requirements import Requirement

__all__ = ["Permit", "PermitKind", "PermitProduct", "Requirement", "ResponsibleRole"]
