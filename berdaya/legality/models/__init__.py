"""Permits, what markets require, where goods may go, what they claim, and how all is judged."""

from berdaya.legality.models.changes import RuleChange, RuleDecision, RuleTable
from berdaya.legality.models.judgements import FactGroup, Judgement, JudgingRound
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
from berdaya.legality.models.permits import Permit, PermitKind, PermitProduct, ResponsibleRole
from berdaya.legality.models.requirements import Requirement

__all__ = [
    "Answer",
    "Binds",
    "FactGroup",
    "HalalStanding",
    "HalalStatus",
    "Indication",
    "Judgement",
    "JudgingRound",
    "MarketEntry",
    "Motif",
    "Needs",
    "Outcome",
    "Override",
    "OverrideDecision",
    "Permit",
    "PermitKind",
    "PermitProduct",
    "ProductOrigin",
    "Reach",
    "Requirement",
    "ResponsibleRole",
    "RuleChange",
    "RuleDecision",
    "RuleTable",
]
