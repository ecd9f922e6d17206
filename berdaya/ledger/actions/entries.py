"""Post entries and reverse them; the only writers of legs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import DatabaseError, IntegrityError, transaction

from berdaya.core import clock, scope
from berdaya.core.bulk import insert_rows
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused
from berdaya.ledger import rules
from berdaya.ledger.models import Account, Book, Entry, Leg, PeriodClose

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


@dataclass(frozen=True)
class EntrySpec:
    """One entry to post: what happened, on which day, in which book, with which legs."""

    book: Book
    kind: str
    booked_on: date
    reference: str
    subject: str
    legs: Sequence[LegSpec]
    reverses: Entry | None = None

    def sides(self) -> list[LegSpec]:
        """The legs without those of nothing. Refused: entry_unbalanced."""
        sides = [leg for leg in self.legs if leg.debit_rp or leg.credit_rp]
        if sum(leg.debit_rp - leg.credit_rp for leg in sides):
            raise Refused(rules.entry_unbalanced())
        return sides


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
    """Write one entry; see post_entries."""
    spec = EntrySpec(book, kind, booked_on, reference, subject, legs, reverses)
    return post_entries(by=by, specs=[spec])[0]


def post_entries(*, by: Actor, specs: Sequence[EntrySpec]) -> list[Entry | None]:
    """Write entries in two statements, whatever their number, all or none of them.

    Legs of nothing are left out, an entry of nothing is not written (None). Refused:
    entry_unbalanced, entry_in_future, month_closed, entry_already_reversed. KeyError for an account
    that the chart does not know.
    """
    scope.required()
    sides = [spec.sides() for spec in specs]
    entries = [_entry(by, spec) if legs else None for spec, legs in zip(specs, sides, strict=True)]
    written = [entry for entry in entries if entry is not None]
    if written:
        _require_past(max(entry.booked_on for entry in written))
        _insert(written)
        pairs = zip(entries, sides, strict=True)
        insert_rows(Leg, [_leg(one, leg) for one, legs in pairs if one for leg in legs])
    return entries


def _require_past(day: date) -> None:
    if day > clock.today(FIRST_ZONE):
        raise Refused(rules.entry_in_future(day=clock.format_date(day)))


def _entry(by: Actor, spec: EntrySpec) -> Entry:
    return Entry(
        book=spec.book,
        facility_id=spec.book.facility_id,
        kind=spec.kind,
        reference=spec.reference,
        subject=spec.subject,
        booked_on=spec.booked_on,
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
        reverses=spec.reverses,
    )


def _leg(entry: Entry, leg: LegSpec) -> dict[str, object]:
    return {
        "entry_id": entry.pk,
        "account_id": account_ids(entry.book)[leg.account_code],
        "facility_id": entry.facility_id,
        "booked_on": entry.booked_on,
        "debit_rp": leg.debit_rp,
        "credit_rp": leg.credit_rp,
        "participant_id": leg.participant_id,
    }


def _insert(entries: Sequence[Entry]) -> None:
    try:
        with transaction.atomic():
            Entry.objects.bulk_create(entries)
    except IntegrityError as error:
        if all(entry.reverses_id is None for entry in entries):
            raise
        raise Refused(rules.entry_already_reversed()) from error
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", None) != MONTH_CLOSED:
            raise
        raise Refused(rules.month_closed(month=_closed_month(entries))) from error


def _closed_month(entries: Sequence[Entry]) -> str:
    """The first month among the entries' that its book has closed."""
    closed = PeriodClose.objects.filter(book__in={entry.book_id for entry in entries})
    shut = set(closed.values_list("book_id", "month"))
    days = [
        entry.booked_on
        for entry in entries
        if (entry.book_id, entry.booked_on.replace(day=1)) in shut
    ]
    return f"{min(days):%m/%Y}"


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
