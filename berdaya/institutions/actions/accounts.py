"""Register what money may arrive on, and how a party's revenue is treated from a day on."""

from datetime import date

from berdaya.core.dated import end_on
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Verdict, require
from berdaya.institutions.models import (
    BankAccount,
    Party,
    QrisAccount,
    RegimeKind,
    RevenueRegime,
)
from berdaya.institutions.rules import agreement_missing, may_register_account


def register_bank_account(
    *,
    by: Actor,
    owner: Party,
    bank: str,
    number: str,
    holder_name: str,
    valid_from: date,
    approval_no: str = "",
    approved_on: date | None = None,
) -> BankAccount:
    """Write down a bank account; Refused for private persons and unapproved state accounts."""
    required()
    require(may_register_account(owner, approval_no, approved_on))
    return BankAccount.objects.create(
        owner=owner,
        owner_kind=owner.kind,
        bank=bank,
        number=number,
        holder_name=holder_name,
        approval_no=approval_no,
        approved_on=approved_on,
        valid_from=valid_from,
    )


def register_qris(
    *,
    by: Actor,
    owner: Party,
    nmid: str,
    merchant_name: str,
    valid_from: date,
    payload_text: str = "",
    approval_no: str = "",
    approved_on: date | None = None,
) -> QrisAccount:
    """Write down a QRIS merchant; Refused as for a bank account."""
    required()
    require(may_register_account(owner, approval_no, approved_on))
    return QrisAccount.objects.create(
        owner=owner,
        owner_kind=owner.kind,
        nmid=nmid,
        merchant_name=merchant_name,
        payload_text=payload_text,
        approval_no=approval_no,
        approved_on=approved_on,
        valid_from=valid_from,
    )


def set_revenue_regime(
    *,
    by: Actor,
    party: Party,
    kind: RegimeKind,
    valid_from: date,
    agreement_no: str = "",
    agreement_on: date | None = None,
    is_confirmed: bool = True,
    legal_basis: str = "",
) -> RevenueRegime:
    """From `valid_from` on this party's revenue is treated so; the regime before ends that day.

    Raises Refused for a share without agreement, ValueError if the running regime began later.
    """
    required()
    if kind == RegimeKind.AGREEMENT_SHARE and not agreement_no:
        require(Verdict((agreement_missing(),)))
    running = RevenueRegime.objects.on(valid_from).filter(party=party).first()
    if running is not None:
        end_on(running, valid_from)
    return RevenueRegime.objects.create(
        party=party,
        kind=kind,
        agreement_no=agreement_no,
        agreement_on=agreement_on,
        is_confirmed=is_confirmed,
        legal_basis=legal_basis,
        valid_from=valid_from,
    )
