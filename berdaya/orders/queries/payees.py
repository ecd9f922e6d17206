"""Where the money of orders goes: registered accounts, confirmed and genuine."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from berdaya.institutions.models import BankAccount, QrisAccount
from berdaya.institutions.qris import BadPayload, parse
from berdaya.ledger.models import Book

METHODS = ("qris", "transfer")


@dataclass(frozen=True)
class Payee:
    """Where a buyer's money goes: one registered account, by a key that a statement carries."""

    method: str
    key: str
    qris: QrisAccount | None = None
    bank_account: BankAccount | None = None


class Payees:
    """The accounts of some parties that a second person confirmed, asked once: two queries."""

    def __init__(self, party_ids: Iterable[int]) -> None:
        parties = set(party_ids)
        qris = QrisAccount.objects.confirmed().filter(owner__in=parties).order_by("pk")
        banks = BankAccount.objects.confirmed().filter(owner__in=parties).order_by("pk")
        self._qris = cast("list[QrisAccount]", list(qris))
        self._banks = cast("list[BankAccount]", list(banks))

    def of(self, party_id: int, method: str, day: date) -> Payee | None:
        """The party's account for a method on a day; a QRIS only if it is genuine."""
        if method == "qris":
            mine = (row for row in self._qris if row.owner_id == party_id and row.holds_on(day))
            qris = next(filter(is_genuine, mine), None)
            return Payee(method, f"qris:{qris.pk}", qris=qris) if qris else None
        banks = (row for row in self._banks if row.owner_id == party_id and row.holds_on(day))
        account = next(banks, None)
        return Payee(method, f"bank:{account.pk}", bank_account=account) if account else None


def payee_of(party_id: int, method: str, day: date) -> Payee | None:
    """The party's registered account for this method on a day."""
    return Payees([party_id]).of(party_id, method, day)


def is_genuine(account: QrisAccount) -> bool:
    """Whether the payload is whole, static and of the merchant that was registered.

    A sticker pasted over the true one carries another NMID.
    """
    try:
        payload = parse(account.payload_text)
    except BadPayload:
        return False
    return payload.is_static and payload.nmid == account.nmid


def payees_of(books: Iterable[Book]) -> list[tuple[Book, Payee, str]]:
    """Every registered account of these books' parties, ended ones too, with its name."""
    by_party = {book.party_id: book for book in books}
    found = []
    merchants = QrisAccount.objects.confirmed().filter(owner__in=by_party).order_by("pk")
    for qris in cast("list[QrisAccount]", list(merchants)):
        payee = Payee("qris", f"qris:{qris.pk}", qris=qris)
        found.append((by_party[qris.owner_id], payee, f"QRIS {qris.merchant_name}"))
    banks = BankAccount.objects.confirmed().filter(owner__in=by_party).order_by("pk")
    for bank in cast("list[BankAccount]", list(banks)):
        payee = Payee("transfer", f"bank:{bank.pk}", bank_account=bank)
        found.append((by_party[bank.owner_id], payee, f"{bank.bank} {bank.number}"))
    return found
