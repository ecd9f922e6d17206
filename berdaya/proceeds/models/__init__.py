"""Policies, sales and their division, refunds, payouts, deposits, slips, objections, exits."""

from berdaya.proceeds.models.consignments import Consignment, ConsignmentLine
from berdaya.proceeds.models.corrections import PremiCorrection, PremiCorrectionDecision
from berdaya.proceeds.models.deposits import PnbpDeposit, PnbpDepositLine
from berdaya.proceeds.models.exits import ExitSettlement, ExitSettlementLine
from berdaya.proceeds.models.obligations import Obligation, ObligationLine, ObligationSettlement
from berdaya.proceeds.models.payouts import (
    Channel,
    PayoutApproval,
    PayoutCompletion,
    PayoutLine,
    PayoutPayment,
    PayoutReturn,
    PayoutRun,
)
from berdaya.proceeds.models.policies import (
    DepositRule,
    FeeRate,
    PolicyDecision,
    PolicyProposal,
    SellerTax,
    SplitPolicy,
)
from berdaya.proceeds.models.refunds import PremiReversal, Refund, RefundPart
from berdaya.proceeds.models.sales import (
    Allocation,
    BuyerKind,
    Payment,
    PaymentMethod,
    PremiShare,
    Sale,
    SaleKind,
    SaleLine,
    SaleRequest,
    ShareKind,
)
from berdaya.proceeds.models.samples import AuditSample, AuditSampleLine
from berdaya.proceeds.models.slips import Objection, ObjectionAnswer, Slip, SlipLine

__all__ = [
    "Allocation",
    "AuditSample",
    "AuditSampleLine",
    "BuyerKind",
    "Channel",
    "Consignment",
    "ConsignmentLine",
    "DepositRule",
    "ExitSettlement",
    "ExitSettlementLine",
    "FeeRate",
    "Objection",
    "ObjectionAnswer",
    "Obligation",
    "ObligationLine",
    "ObligationSettlement",
    "Payment",
    "PaymentMethod",
    "PayoutApproval",
    "PayoutCompletion",
    "PayoutLine",
    "PayoutPayment",
    "PayoutReturn",
    "PayoutRun",
    "PnbpDeposit",
    "PnbpDepositLine",
    "PolicyDecision",
    "PolicyProposal",
    "PremiCorrection",
    "PremiCorrectionDecision",
    "PremiReversal",
    "PremiShare",
    "Refund",
    "RefundPart",
    "Sale",
    "SaleKind",
    "SaleLine",
    "SaleRequest",
    "SellerTax",
    "ShareKind",
    "Slip",
    "SlipLine",
    "SplitPolicy",
]
