"""What the books say: balances, the trial balance, and entries that do not balance."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from berdaya.core.scope import required
from berdaya.ledger.chart import PREMI_ACCOUNTS
from berdaya.ledger.models import Account, Book, Leg

NET = Coalesce(Sum(F("debit_rp") - F("credit_rp")), 0)
DEBIT_KINDS = ("asset", "expense")


def balance(
    book: Book,
    account_code: str,
    participant_id: int | None = None,
    until: date | None = None,
) -> int:
    """Rupiah on the account's own side (to `until`, inclusive): what is there, or what is owed."""
    legs = Leg.objects.filter(account__book=book, account__code=account_code)
    if participant_id is not None:
        legs = legs.filter(participant_id=participant_id)
    if until is not None:
        legs = legs.filter(booked_on__lte=until)
    account = Account.objects.get(book=book, code=account_code)
    net = int(legs.aggregate(net=NET)["net"])
    return net if account.kind in DEBIT_KINDS else -net


def balances(book_ids: Iterable[int], account_codes: Iterable[str]) -> dict[str, int]:
    """Rupiah of these accounts over these books, each on its own side, by code: one query.

    An auditor's, whose letter names a period, is the balance at its end: one query more.
    """
    codes = list(account_codes)
    legs = Leg.objects.filter(account__book_id__in=book_ids, account__code__in=codes)
    rows = legs.values_list("account__code", "account__kind").annotate(net=NET).order_by()
    opened = [
        (one.code, one.kind, one.debit_rp - one.credit_rp)
        for one in openings(book_ids)
        if one.code in codes
    ]
    sums: Counter[str] = Counter()
    for code, kind, net in [*rows, *opened]:
        sums[code] += net if kind in DEBIT_KINDS else -net
    return dict(sums)


@dataclass(frozen=True)
class Opening:
    """What one account came to outside the period that is examined, up to its end."""

    account_id: int
    code: str
    kind: str
    debit_rp: int
    credit_rp: int


def openings(book_ids: Iterable[int]) -> list[Opening]:
    """Sums that stand for legs an auditor is not shown; nothing, unasked, for everybody else."""
    if not required().actor.examined:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM ledger_opening(%s)", [list(book_ids)])
        return [Opening(*row) for row in cursor.fetchall()]


def premi_balances(participant_id: int, facility_id: int) -> dict[tuple[int, str], int]:
    """What this facility's books owe a person: (book id, account code) -> rupiah, zero left out."""
    rows = (
        Leg.objects.filter(
            participant_id=participant_id,
            facility_id=facility_id,
            account__code__in=PREMI_ACCOUNTS,
        )
        .values_list("account__book_id", "account__code")
        .annotate(net=NET)
        .order_by("account__book_id", "account__code")
    )
    return {(book, code): -net for book, code, net in rows if net}


@dataclass(frozen=True)
class TrialRow:
    """One account with its sums up to a day; `before_rp` (debit less credit) stands for what an
    auditor is not shown.
    """

    account: Account
    debit_rp: int
    credit_rp: int
    before_rp: int = 0

    @property
    def balance_rp(self) -> int:
        """On the account's own side."""
        return self._own_side(self.before_rp + self.debit_rp - self.credit_rp)

    @property
    def opening_rp(self) -> int:
        """On the account's own side, before the period that is examined."""
        return self._own_side(self.before_rp)

    def _own_side(self, net: int) -> int:
        return net if self.account.kind in DEBIT_KINDS else -net


def trial_balance(book: Book, until: date | None = None) -> list[TrialRow]:
    """All accounts of a book with their sums (to `until`, inclusive): two queries.

    For an auditor whose letter names a period: its sums, and one query more for what was before.
    """
    legs = Leg.objects.filter(account__book=book)
    if until is not None:
        legs = legs.filter(booked_on__lte=until)
    sums = {
        account: (debit, credit)
        for account, debit, credit in legs.values_list("account_id").annotate(
            debit=Sum("debit_rp"), credit=Sum("credit_rp")
        )
    }
    before = {one.account_id: one.debit_rp - one.credit_rp for one in openings([book.pk])}
    return [
        TrialRow(account, *sums.get(account.pk, (0, 0)), before.get(account.pk, 0))
        for account in Account.objects.filter(book=book).order_by("code")
    ]


def unbalanced(limit: int = 20) -> list[int]:
    """Ids of entries whose legs do not sum to zero: the database lets none in."""
    rows = Leg.objects.values_list("entry_id").annotate(net=NET).exclude(Q(net=0))
    return [entry for entry, _net in rows.order_by("entry_id")[:limit]]


def books_of(facility_ids: Iterable[int]) -> list[Book]:
    """Books of these facilities with their party."""
    return list(Book.objects.filter(facility_id__in=facility_ids).select_related("party"))
