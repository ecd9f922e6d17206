"""The books: balance, own transaction, closed months, reversal."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from berdaya.core import clock
from berdaya.core.scope import Actor, current
from berdaya.core.verdicts import Refused
from berdaya.ledger import chart
from berdaya.ledger.actions.books import close_month, open_book
from berdaya.ledger.actions.entries import LegSpec, credit, debit, post_entry, reverse_entry
from berdaya.ledger.models import Account, Book, Entry, Leg, PeriodClose
from berdaya.ledger.queries import balance, trial_balance, unbalanced
from tests.world import SINCE, World

DAY = date(2026, 3, 2)


def book_of(world: World) -> tuple[Actor, Book]:
    scope = current()
    assert scope is not None
    party = world.parties["coop_atb"]
    return scope.actor, open_book(by=scope.actor, party=party, facility=world.atb, opened_on=SINCE)


def post(by: Actor, book: Book, amount: int = 500, day: date = DAY) -> Entry:
    entry = post_entry(
        by=by, book=book, kind="sale", booked_on=day, reference="x", subject="x",
        legs=[debit(chart.CASH, amount), credit(chart.CAPITAL, amount)],
    )  # fmt: skip
    assert entry is not None
    return entry


def raw_leg(entry: Entry, book: Book, **more: object) -> Leg:
    return Leg(
        **{
            "entry": entry,
            "account": Account.objects.get(book=book, code=chart.CASH),
            "facility_id": book.facility_id,
            "booked_on": entry.booked_on,
            "debit_rp": 1,
            **more,
        }
    )


def test_entry_moves_balances(world: World) -> None:
    with world.everywhere():
        by, book = book_of(world)

        post(by, book)

        assert balance(book, chart.CASH) == balance(book, chart.CAPITAL) == 500
        assert sum(row.debit_rp - row.credit_rp for row in trial_balance(book)) == 0
        assert unbalanced() == []


def test_unbalanced_entry_is_refused(world: World) -> None:
    with world.everywhere():
        by, book = book_of(world)

        with pytest.raises(Refused) as refused:
            post_entry(
                by=by, book=book, kind="x", booked_on=DAY, reference="", subject="",
                legs=[LegSpec(chart.CASH, 5), LegSpec(chart.CAPITAL, 0, 4)],
            )  # fmt: skip

        assert refused.value.verdict.codes == ("entry_unbalanced",)
        assert not Entry.objects.exists()


def test_database_refuses_lonely_and_unbalanced_legs(world: World) -> None:
    with world.everywhere():
        by, book = book_of(world)
        entry = post(by, book)

        with pytest.raises(DatabaseError, match="entry_unbalanced"), transaction.atomic():
            Leg.objects.bulk_create([raw_leg(entry, book)])


def test_database_refuses_an_entry_without_legs(world: World) -> None:
    with (
        pytest.raises(DatabaseError, match="entry_unbalanced"),
        transaction.atomic(),
        world.everywhere(),
    ):
        _by, book = book_of(world)
        Entry.objects.create(
            book=book, facility=world.atb, kind="x", booked_on=DAY, recorded_at=clock.now()
        )


def test_leg_of_another_day_or_book_is_refused(world: World) -> None:
    with world.everywhere():
        by, book = book_of(world)
        entry = post(by, book)

        with pytest.raises(DatabaseError, match="leg_outside"), transaction.atomic():
            Leg.objects.bulk_create([raw_leg(entry, book, booked_on=SINCE)])


def test_nothing_written_is_ever_changed(world: World, owner: object) -> None:
    with world.everywhere():
        by, book = book_of(world)
        entry = post(by, book)

        for change in (
            lambda: Leg.objects.update(debit_rp=1),
            lambda: Leg.objects.all()._raw_delete("default"),
            lambda: Entry.objects.filter(pk=entry.pk).update(kind="y"),
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                change()


def test_closed_month_takes_nothing(world: World) -> None:
    with world.everywhere():
        by, book = book_of(world)
        entry = post(by, book)
        close_month(by=by, book=book, month=DAY)

        with pytest.raises(Refused) as refused:
            post(by, book)
        with pytest.raises(Refused) as twice, transaction.atomic():
            close_month(by=by, book=book, month=DAY)
        reverse_entry(by=by, entry=entry, booked_on=date(2026, 4, 1), reason="salah catat")

        assert refused.value.verdict.codes == twice.value.verdict.codes == ("month_closed",)
        assert balance(book, chart.CASH) == 0


def test_entry_is_reversed_once(world: World) -> None:
    with world.everywhere():
        by, book = book_of(world)
        entry = post(by, book)
        reverse_entry(by=by, entry=entry, booked_on=DAY, reason="salah catat")

        with pytest.raises(Refused) as refused, transaction.atomic():
            reverse_entry(by=by, entry=entry, booked_on=DAY, reason="lagi")

        assert refused.value.verdict.codes == ("entry_already_reversed",)
        assert balance(book, chart.CASH) == 0


def test_books_of_others_are_not_seen(world: World) -> None:
    with world.everywhere():
        by, book = book_of(world)
        post(by, book)

    with world.acting("outsider"):
        assert not Book.objects.exists()
        assert not Leg.objects.exists()


@pytest.mark.parametrize("row", ["account", "month"])
def test_another_facility_adds_nothing_to_a_book(world: World, row: str) -> None:
    with world.everywhere():
        _by, book = book_of(world)
    book_id = {"book_id": book.pk, "facility": world.kpg}

    with pytest.raises(IntegrityError), world.acting("outsider"), transaction.atomic():
        if row == "account":
            Account.objects.create(code="9999", kind="asset", name="x", name_en="x", **book_id)
        else:
            month = date(2026, 3, 1)
            PeriodClose.objects.create(month=month, recorded_at=clock.now(), **book_id)
        connection.check_constraints()


def test_nothing_is_booked_on_a_day_to_come(world: World) -> None:
    with world.everywhere():
        by, book = book_of(world)

        with pytest.raises(Refused) as refused:
            post(by, book, day=clock.today() + timedelta(days=2))

        assert refused.value.verdict.codes == ("entry_in_future",)
