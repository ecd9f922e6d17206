"""An auditor is shown what was in the period that their letters name, whatever a query asks."""

from datetime import date, timedelta

import pytest
from django.db.models import Sum

from berdaya.core import limits
from berdaya.core.models import AuditRow
from berdaya.core.spans import Examined, spans
from berdaya.core.walls import every_wall
from berdaya.institutions.actions.letters import record_letter
from berdaya.institutions.models import AssignmentLetter
from berdaya.ledger.models import Book, Entry, Leg
from berdaya.ledger.queries import balances, trial_balance
from berdaya.proceeds.actions.samples import draw_sample
from berdaya.proceeds.actions.slips import issue_slips
from berdaya.proceeds.models import AuditSampleLine, Sale
from tests.core.test_scope import query
from tests.proceeds.scene import build
from tests.web.desk import Desk
from tests.web.test_unknown_ids import ask, other
from tests.world import SINCE, TODAY, World, signed_in

LONG_AGO, NEVER_MORE = date(2001, 1, 1), date(2001, 2, 1)
DATED = sorted(line.table for line in every_wall() if limits.period(line))
DAY = timedelta(days=1)


def examine(world: World, since: date | None, until: date | None = None) -> None:
    """Every letter of the auditor names this period."""
    with world.everywhere():
        AssignmentLetter.objects.update(examined_from=since, examined_until=until)


def counts(world: World, who: str = "auditor") -> dict[str, int]:
    with world.acting(who):
        return {table: query(f'SELECT count(*) FROM "{table}"')[0][0] for table in DATED}


def test_nothing_outside_the_period_is_shown_whatever_is_asked(desk: Desk) -> None:
    whole = counts(desk.world)
    examine(desk.world, LONG_AGO, NEVER_MORE)

    left = counts(desk.world)
    examine(desk.world, SINCE)
    open_ended = counts(desk.world)
    examine(desk.world, SINCE, date(2100, 1, 1))
    closed = counts(desk.world)

    assert {table for table, rows in left.items() if rows} == set()
    # Naming the period is a change that the audit sees.
    for told in (whole, open_ended, closed):
        assert told.pop("core_auditrow") > 0
    assert open_ended == whole
    assert closed == whole
    empty = {table for table, rows in whole.items() if not rows}
    assert len(DATED) - len(empty) > 35, f"nothing to hide in {sorted(empty)}"


def test_what_has_no_day_stays(desk: Desk) -> None:
    examine(desk.world, LONG_AGO, NEVER_MORE)

    with desk.world.acting("auditor"):
        seen = {
            table: query(f"SELECT count(*) FROM {table}")[0][0]
            for table in ("people_participant", "goods_product", "stock_lot", "stock_place",
                          "ledger_book", "workshop_batch")
        }  # fmt: skip

    assert all(seen.values()), seen


def test_a_day_shows_its_own_rows_and_no_others(desk: Desk) -> None:
    with desk.world.everywhere():
        days = sorted(set(Entry.objects.values_list("booked_on", flat=True)))
        by_day = {day: Entry.objects.filter(booked_on=day).count() for day in days}

    found = {}
    for day in days:
        examine(desk.world, day, day + DAY)
        with desk.world.acting("auditor"):
            found[day] = Entry.objects.count()
            assert set(Leg.objects.values_list("booked_on", flat=True)) == {day}

    assert found == by_day
    assert len(days) > 1


def two_letters(world: World, first: date, second: date) -> None:
    with world.everywhere() as scope:
        AssignmentLetter.objects.update(examined_from=first, examined_until=first + DAY)
        record_letter(
            by=scope.actor, auditor=world.staff["auditor"], number="ST-8", issued_on=SINCE,
            purpose="Pemeriksaan buku", valid_from=SINCE, valid_until=date(2027, 1, 1),
            facilities=[world.atb], examined_from=second, examined_until=second + DAY,
        )  # fmt: skip


def test_two_letters_open_two_periods(desk: Desk) -> None:
    with desk.world.everywhere():
        days = sorted(set(Entry.objects.values_list("booked_on", flat=True)))
    two_letters(desk.world, days[0], days[-1])

    with desk.world.acting("auditor"):
        seen = set(Entry.objects.values_list("booked_on", flat=True))

    assert seen == {days[0], days[-1]}


def test_second_letter_holds_only_where_it_says(world: World) -> None:
    two_letters(world, LONG_AGO, TODAY)

    periods = {(one.facility_id, one.since) for one in world.actor("auditor").examined}

    assert (world.atb.pk, TODAY) in periods
    assert (world.kpg.pk, LONG_AGO) in periods
    assert (world.kpg.pk, TODAY) not in periods


def test_letter_without_a_period_opens_all(world: World) -> None:
    two_letters(world, LONG_AGO, TODAY)
    examine(world, None)

    assert world.actor("auditor").examined == frozenset()


def test_audit_rows_are_shown_by_their_day(desk: Desk) -> None:
    with desk.world.everywhere():
        written = AuditRow.objects.order_by("day").last().day
    examine(desk.world, written, written + DAY)
    with desk.world.acting("auditor"):
        that_day = set(AuditRow.objects.values_list("day", flat=True))
        of_open_tables = AuditRow.objects.filter(facility_id=None).count()
    examine(desk.world, written - DAY, written)
    with desk.world.acting("auditor"):
        day_before = AuditRow.objects.filter(day=written).count()

    assert that_day == {written}
    assert of_open_tables
    assert day_before == 0


def test_who_is_no_auditor_sees_as_before(desk: Desk) -> None:
    before = counts(desk.world, "head")
    examine(desk.world, LONG_AGO, NEVER_MORE)

    after = counts(desk.world, "head")

    assert after.pop("core_auditrow") >= before.pop("core_auditrow") > 0
    assert after == before


@pytest.mark.parametrize("which", ["none", "first", "last", "all"])
def test_no_page_breaks_over_what_is_not_shown(desk: Desk, which: str) -> None:
    with desk.world.everywhere():
        days = sorted(set(Entry.objects.values_list("booked_on", flat=True)))
    since, until = {
        "none": (LONG_AGO, NEVER_MORE), "first": (days[0], days[0] + DAY),
        "last": (days[-1], days[-1] + DAY), "all": (SINCE, None),
    }[which]  # fmt: skip
    examine(desk.world, since, until)
    client = desk.world.client("auditor")
    client.raise_request_exception = False

    told = {name: client.get(url).status_code for name, url in desk.urls.items()}

    assert {name: status for name, status in told.items() if status >= 500} == {}
    assert sum(status == 200 for status in told.values()) > 40


def test_hidden_row_answers_like_one_that_never_was(desk: Desk) -> None:
    examine(desk.world, LONG_AGO, NEVER_MORE)
    client = signed_in(desk.world.staff["auditor"])
    hidden = ("proceeds:sale", "ledger:entry", "orders:order", "proceeds:payout")

    for name in hidden:
        if name not in desk.urls:
            continue
        url = desk.urls[name]
        unknown, pairs = other(url)
        foreign, never = ask(client, "get", url), ask(client, "get", unknown, pairs)
        assert foreign == never, name
        assert never.status == 404, name
    assert len(set(hidden) & set(desk.urls)) >= 3


def test_books_close_on_the_period_with_one_sum_for_what_was_before(desk: Desk) -> None:
    with desk.world.everywhere():
        leg = Leg.objects.order_by("-booked_on").first()
        book = Book.objects.get(pk=leg.entry.book_id)
        last = leg.booked_on
        truth = {row.account.code: row.balance_rp for row in trial_balance(book, until=last)}
        owed = balances([book.pk], list(truth))
        in_period = Leg.objects.filter(entry__book=book, booked_on=last).aggregate(
            sum=Sum("debit_rp")
        )["sum"]
    examine(desk.world, last, last + DAY)

    with desk.world.acting("auditor"):
        rows = trial_balance(book)
        told = {row.account.code: row.balance_rp for row in rows}
        owed_now = balances([book.pk], list(truth))
    page = desk.world.client("auditor").get(f"/desk/books/{book.code}/").text

    assert told == truth
    assert sum(row.debit_rp for row in rows) == in_period
    assert any(row.before_rp for row in rows)
    assert {code: owed_now.get(code, 0) for code in owed} == owed
    assert "Sebelum masa pemeriksaan" in page
    assert "Sebelum masa" not in desk.world.client("head").get(f"/desk/books/{book.code}/").text


def test_sample_is_drawn_from_the_period(world: World) -> None:
    march = date(2026, 3, 1)
    with world.everywhere():
        scene = build(world)
        scene.sell(3)
        issue_slips(by=scene.by, facility=world.atb, month=march)
    # The middle of a month opens the slips of that month.
    examine(world, date(2026, 3, 10), date(2026, 4, 1))

    with world.acting("auditor") as scope:
        sample = draw_sample(
            by=scope.actor, facility=world.atb, size=5, first_month=march, last_month=march
        )
        drawn = AuditSampleLine.objects.filter(sample=sample).count()

    assert sample.population == drawn > 0
    # The slip of March tells of a sale of its second day, which itself lies before the period.
    with world.acting("auditor"):
        assert not Sale.objects.exists()


def test_period_of_instants_begins_at_midnight_of_the_place() -> None:
    one = Examined(7, date(2026, 1, 1), date(2026, 1, 2), "Asia/Makassar")

    days, instants = spans([7], frozenset([one]))

    assert days.count("[") == 2
    # 16.00 UTC of the day before, eight hours east.
    assert f"[{7 * 10**12 + 1767196800},{7 * 10**12 + 1767196800 + 86400})" in instants


def test_facility_without_a_period_is_open_whole() -> None:
    one = Examined(7, date(2026, 1, 1), None, "Asia/Makassar")

    days, _instants = spans([7, 8], frozenset([one]))

    assert f"[{8 * 10**7},{9 * 10**7})" in days
    assert f"[0,{10**7})" in days
    assert spans([7, 8], frozenset()) == ("free", "free")


def test_every_walled_table_says_its_day_or_why_it_has_none() -> None:
    walled = [line for line in every_wall() if line.facility]

    assert [line.table for line in walled for _fault in limits.faults(line)] == []
    assert all(len(line.timeless) > 10 for line in walled if not line.days)
