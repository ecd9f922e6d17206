"""Events, stalls, hand-outs and settlements."""

from berdaya.till.models.events import (
    Answer,
    Event,
    Invitation,
    ProductProposal,
    ProposalDecision,
    Stall,
)
from berdaya.till.models.handouts import (
    Bearer,
    HandBack,
    HandBackLine,
    HandOut,
    HandOutLine,
    HandOutLoss,
)
from berdaya.till.models.settlements import PayMethod, Settlement, SettlementLine, SettlementSale

__all__ = [
    "Answer",
    "Bearer",
    "Event",
    "HandBack",
    "HandBackLine",
    "HandOut",
    "HandOutLine",
    "HandOutLoss",
    "Invitation",
    "PayMethod",
    "ProductProposal",
    "ProposalDecision",
    "Settlement",
    "SettlementLine",
    "SettlementSale",
    "Stall",
]
