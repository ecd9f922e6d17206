"""Events, stalls, hand-outs and settlements; sessions, notas, paper blocks and closings."""

from berdaya.till.models.blocks import (
    GAPS,
    PHOTOS,
    PaperBlock,
    PaperNota,
    PaperState,
)
from berdaya.till.models.closings import CashHandover, StallClosing
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
from berdaya.till.models.rounding import CashRounding
from berdaya.till.models.sales import (
    SEEN,
    QrisProof,
    SaleClaim,
    StallMethod,
    StallSale,
    StallSaleLine,
    StallSalePart,
    StallVoid,
)
from berdaya.till.models.sessions import QrisCheck, StallSession
from berdaya.till.models.settlements import PayMethod, Settlement, SettlementLine, SettlementSale
from berdaya.till.models.write_offs import QrisWriteOff

__all__ = [
    "GAPS",
    "PHOTOS",
    "SEEN",
    "Answer",
    "Bearer",
    "CashHandover",
    "CashRounding",
    "Event",
    "HandBack",
    "HandBackLine",
    "HandOut",
    "HandOutLine",
    "HandOutLoss",
    "Invitation",
    "PaperBlock",
    "PaperNota",
    "PaperState",
    "PayMethod",
    "ProductProposal",
    "ProposalDecision",
    "QrisCheck",
    "QrisProof",
    "QrisWriteOff",
    "SaleClaim",
    "Settlement",
    "SettlementLine",
    "SettlementSale",
    "Stall",
    "StallClosing",
    "StallMethod",
    "StallSale",
    "StallSaleLine",
    "StallSalePart",
    "StallSession",
    "StallVoid",
]
