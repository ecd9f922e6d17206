"""What the ground floor remembers: audit rows, seals, number series, system scopes."""

from berdaya.core.models.audit import AuditRow, AuditSeal, SystemScope
from berdaya.core.models.numbers import NumberSeries

__all__ = ["AuditRow", "AuditSeal", "NumberSeries", "SystemScope"]
