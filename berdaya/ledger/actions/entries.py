"""Post entries and reverse them; the only writers of legs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import DatabaseError, IntegrityError, transaction

from berdaya.core import clock, scope
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused
from berdaya.ledger import rules
from berdaya.ledger.models import Account, Book, Entry, Leg

MONTH_CLOSED = "BD020"
# Where a day begins first in the country: no money has moved on a later one.
FIRST_ZONE = "Asia/Jayapura"


@dataclass(frozen=True)
class LegSpec:
    """One side to post, to an account by its code in the chart; whole rupiah, one side only."""

    account_code: str
    debit_rp: int = 0
    credit_rp: int = 0
    participant_id: int | None = None


def debit(code: str, amount_rp: int, participant_id: int | None = None) -> LegSpec:
    """A debit, or a credit of the opposite amount where it is negative."""
    return LegSpec(code, max(amount_rp, 0), max(-amount_rp, 0), participant_id)


def credit(code: str, amount_rp: int, participant_id: int | None = None) -> LegSpec:
    """A credit, or a debit of the opposite amount where it is negative."""
    return debit(code, -amount_rp, participant_id)


def post_entry(
    *,
    by: Actor,
    book: Book,
    kind: str,
    booked_on: date,
    reference: str,
    subject: str,
    legs: Sequence[LegSpec],
    reverses: Entry | None = None,
) -> Entry | None:
    """Write one entry; legs of nothing are left out, an entry of nothing is not written (None).

    Refused: entry_unbalanced, entry_in_future, month_closed. KeyError for an account that the chart
    does not know.
    """
    scope.required()
    sides = [leg for leg in legs if leg.debit_rp or leg.credit_rp]
    if sum(leg.debit_rp - leg.credit_rp for leg in sides):
        raise Refused(rules.entry_unbalanced())
    if not sides:
        return None
    if booked_on > clock.today(FIRST_ZONE):
        raise Refused(rules.entry_in_future(day=clock.format_date(booked_on)))
    ids = account_ids(book)
    entry = Entry(
        book=book,
        facility_id=book.facility_id,
        kind=kind,
        reference=reference,
        subject=subject,
        booked_on=booked_on,
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
        reverses=reverses,
    )
    _insert(entry)
    Leg.objects.bulk_create(
        Leg(
            entry=entry,
            account_id=ids[leg.account_code],
            facility_id=book.facility_id,
            booked_on=booked_on,
            debit_rp=leg.debit_rp,
            credit_rp=leg.credit_rp,
            participant_id=leg.participant_id,
        )
        for leg in sides
    )
    return entry


def _insert(entry: Entry) -> None:
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError as error:
        if entry.reverses_id is None:
            raise
        raise Refused(rules.entry_already_reversed()) from error
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", None) != MONTH_CLOSED:
            raise
        raise Refused(rules.month_closed(month=f"{entry.booked_on:%m/%Y}")) from error


def account_ids(book: Book) -> dict[str, int]:
    """Account ids of a book by code, read once per book object: a chart never changes."""
    if not hasattr(book, "_account_ids"):
        rows = Account.objects.filter(book=book).values_list("code", "id")
        book._account_ids = dict(rows)  # type: ignore[attr-defined]
    ids: dict[str, int] = book._account_ids  # type: ignore[attr-defined]
    return ids


def reverse_entry(*, by: Actor, entry: Entry, booked_on: date, reason: str) -> Entry:
    """Post the mirror of an entry on an open day. Refused: entry_already_reversed, month_closed."""
    legs = [
        LegSpec(leg.account.code, leg.credit_rp, leg.debit_rp, leg.participant_id)
        for leg in entry.legs.select_related("account")
    ]
    mirror = post_entry(
        by=by,
        book=entry.book,
        kind="reversal",
        booked_on=booked_on,
        reference=reason[:80],
        subject=entry.subject,
        legs=legs,
        reverses=entry,
    )
    assert mirror is not None
    return mirror
