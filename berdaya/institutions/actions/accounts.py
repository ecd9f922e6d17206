"""Register what money may arrive on, let a second person decide, and end it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.dated import end_on
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, Verdict, require
from berdaya.institutions import rules
from berdaya.institutions.models import Account, BankAccount, Party, QrisAccount


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
    """Write down a bank account; nobody may use it before another person confirms it.

    Refused for private persons, for unapproved state accounts, and account_taken.
    """
    required()
    require(_may_register(by, owner, approval_no, approved_on))
    with _none_in_the_way():
        return BankAccount.objects.create(
            owner=owner,
            owner_kind=owner.kind,
            bank=bank,
            number=number,
            holder_name=holder_name,
            approval_no=approval_no,
            approved_on=approved_on,
            valid_from=valid_from,
            registered_at=clock.now(),
            registered_by_id=by.user_id,
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
    """Write down a QRIS merchant with its static payload.

    Refused as a bank account is, and: qris_payload_broken, qris_not_static, qris_nmid_differs.
    """
    required()
    verdict = _may_register(by, owner, approval_no, approved_on)
    require(verdict + rules.may_be_payload(payload_text, nmid))
    with _none_in_the_way():
        return QrisAccount.objects.create(
            owner=owner,
            owner_kind=owner.kind,
            nmid=nmid,
            merchant_name=merchant_name,
            payload_text=payload_text,
            approval_no=approval_no,
            approved_on=approved_on,
            valid_from=valid_from,
            registered_at=clock.now(),
            registered_by_id=by.user_id,
        )


def _may_register(by: Actor, owner: Party, approval_no: str, approved_on: date | None) -> Verdict:
    allowed = rules.may_for_party(by, "account.register", owner.facility_id)
    return allowed + rules.may_register_account(owner, approval_no, approved_on)


@contextmanager
def _none_in_the_way() -> Iterator[None]:
    """An exclusion constraint keeps each number to one owner at a time."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "account_one" not in str(error):
            raise
        raise Refused(rules.account_taken()) from error


def confirm_account(*, by: Actor, account: Account) -> None:
    """From now on money may arrive there. Refused: account_same_person, account_decided."""
    _decide(by, account, "")


def decline_account(*, by: Actor, account: Account, reason: str) -> None:
    """Turn it down, with a reason; the right one can then be registered. Refused as confirming."""
    _decide(by, account, reason)


def _decide(by: Actor, account: Account, decline_reason: str) -> None:
    """One conditional UPDATE: of two who decide at once, one is told."""
    required()
    require(rules.may_decide_account(by, account))
    rows = type(account).objects.filter(pk=account.pk).waiting()
    decided = rows.update(
        decided_at=clock.now(), decided_by_id=by.user_id, decline_reason=decline_reason
    )
    if not decided:
        raise Refused(rules.account_decided())
    account.refresh_from_db()


def end_account(*, by: Actor, account: Account, on: date) -> None:
    """`on` is the first day on which no money may arrive there. Refused: ends_early."""
    required()
    require(rules.may_for_party(by, "account.register", account.owner.facility_id))
    try:
        end_on(account, on)
    except ValueError as error:
        raise Refused(rules.ends_early()) from error
