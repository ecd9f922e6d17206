"""Open books and close their months."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from berdaya.core import clock, scope
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.models import Facility, Party
from berdaya.institutions.rules import may
from berdaya.ledger import rules
from berdaya.ledger.chart import CHART
from berdaya.ledger.models import Account, Book, PeriodClose


def open_book(*, by: Actor, party: Party, facility: Facility, opened_on: date) -> Book:
    """The book of a party with its whole chart; a party that has one keeps it."""
    scope.required()
    book, is_new = Book.objects.get_or_create(
        party=party,
        defaults={"facility": facility, "code": party.code, "opened_on": opened_on},
    )
    if is_new:
        Account.objects.bulk_create(
            Account(
                book=book,
                facility=facility,
                code=line.code,
                kind=line.kind,
                name=line.name,
                name_en=line.name_en,
            )
            for line in CHART
        )
    return book


def close_month(*, by: Actor, book: Book, month: date) -> PeriodClose:
    """Let nothing be booked in `month` any more.

    Refused: no ability at the book's facility, month_not_over, month_closed.
    """
    scope.required()
    require(may(by, "deposit.record", book.facility_id))
    first = month.replace(day=1)
    words = f"{first:%m/%Y}"
    if (first + timedelta(days=32)).replace(day=1) > clock.today(book.facility.timezone):
        raise Refused(rules.month_not_over(month=words))
    try:
        with transaction.atomic():
            return PeriodClose.objects.create(
                book=book,
                facility_id=book.facility_id,
                month=first,
                recorded_at=clock.now(),
                recorded_by_id=by.user_id,
            )
    except IntegrityError as error:
        raise Refused(rules.month_closed(month=words)) from error
