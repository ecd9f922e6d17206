"""Permits, what markets require, where goods may go, what they claim, and how all is judged."""

from berdaya.legality.models.changes import RuleChange, RuleDecision, RuleTable
from berdaya.legality.models.coverage import PermitKbli, PermitProduct, PermitVariant
from berdaya.legality.models.judgements import FactGroup, Judgement, JudgingRound
from berdaya.legality.models.kbli import Kbli
from berdaya.legality.models.markets import (
    Answer,
    MarketEntry,
    Needs,
    Outcome,
    Override,
    OverrideDecision,
    Reach,
)
from berdaya.legality.models.origins import (
    Binds,
    HalalStanding,
    HalalStatus,
    Indication,
    Motif,
    ProductOrigin,
)
from berdaya.legality.models.permits import Permit, PermitKind, PermitScope
from berdaya.legality.models.requirements import Requirement
from berdaya.legality.models.responsible import Competence, ResponsibleRole

__all__ = [
    "Answer",
    "Binds",
    "Competence",
    "FactGroup",
    "HalalStanding",
    "HalalStatus",
    "Indication",
    "Judgement",
    "JudgingRound",
    "Kbli",
    "MarketEntry",
    "Motif",
    "Needs",
    "Outcome",
    "Override",
    "OverrideDecision",
    "Permit",
    "PermitKbli",
    "PermitKind",
    "PermitProduct",
    "PermitScope",
    "PermitVariant",
    "ProductOrigin",
    "Reach",
    "Requirement",
    "ResponsibleRole",
    "RuleChange",
    "RuleDecision",
    "RuleTable",
]
