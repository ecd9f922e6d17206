"""What is due equals a plain recount, day by day."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from berdaya.aftercare.calc import (
    COMING,
    DONE,
    DUE,
    MILESTONES,
    MISSED,
    OPTIONAL,
    OVERDUE,
    Case,
    Contact,
    duties,
    milestone_for,
    waiting,
)

SINCE = date(2026, 1, 15)
FREE = date(2026, 8, 1)
ONE = timedelta(days=1)


def case(**more: object) -> Case:
    return Case(**{"since": SINCE, "until": FREE, **more})  # type: ignore[arg-type]


def states(one: Case, today: date, report: bool) -> dict[str, str]:
    return {
        f"{duty.due_on:%m-%d}": duty.state for duty in duties(one, today)
        if duty.is_report == report
    }  # fmt: skip


def test_follow_ups_are_due_by_the_month_and_then_overdue() -> None:
    one = case(contacts=(Contact(date(2026, 2, 20), 1),))

    assert states(one, date(2026, 4, 30), False) == {"02-15": DONE, "04-15": DUE, "07-15": COMING}
    assert states(one, date(2026, 5, 1), False) == {
        "02-15": DONE, "04-15": OVERDUE, "07-15": COMING,
    }  # fmt: skip


def test_any_contact_answers_the_report_of_its_month_and_lets_older_ones_rest() -> None:
    one = case(contacts=(Contact(date(2026, 4, 3)),))

    assert states(one, date(2026, 6, 10), True) == {
        "02-28": MISSED, "03-31": MISSED, "04-30": DONE, "05-31": OVERDUE, "06-30": DUE,
    }  # fmt: skip


def test_after_supervision_nothing_is_due_and_nothing_overdue() -> None:
    assert waiting(case(), FREE) == []
    assert {duty.state for duty in duties(case(), FREE)} == {MISSED}
    assert states(case(), FREE - ONE, True)["07-31"] == DUE


def test_last_report_is_due_on_the_last_day_of_supervision() -> None:
    one = case(until=date(2026, 6, 11))

    assert max(duty.due_on for duty in duties(one, date(2027, 1, 1))) == date(2026, 6, 10)


def test_whoever_opted_in_may_be_asked_and_is_never_late() -> None:
    one = case(opted_in=True, contacts=(Contact(date(2026, 7, 15), 6),))

    assert [duty.milestone for duty in waiting(one, date(2027, 1, 5))] == [12]
    assert {duty.state for duty in waiting(one, date(2027, 1, 5))} == {OPTIONAL}
    assert waiting(one, date(2027, 3, 1)) == []


def test_whoever_left_has_a_report_at_most_and_nothing_overdue() -> None:
    one = case(left=True)

    assert [(d.is_report, d.state) for d in waiting(one, date(2026, 5, 6))] == [(True, DUE)]
    assert waiting(case(left=True, has_report_duty=False), date(2026, 5, 6)) == []


def test_contact_answers_the_latest_follow_up_that_is_asked_for() -> None:
    assert milestone_for(case(), date(2026, 5, 6), date(2026, 5, 6)) == 3
    assert milestone_for(case(), date(2026, 3, 6), date(2026, 5, 6)) == 1
    assert milestone_for(case(), date(2026, 1, 20), date(2026, 5, 6)) is None


DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
CASES = st.builds(
    lambda since, length, months, opted, left, duty, on: Case(
        since=since, until=since + timedelta(days=length), opted_in=opted and not left, left=left,
        has_report_duty=duty,
        contacts=tuple(
            Contact(since + timedelta(days=offset), month)
            for offset, month in zip(sorted(on), months, strict=False)
        ),
    ),
    DAYS, st.integers(2, 900),
    st.lists(st.sampled_from([*MILESTONES, None]), max_size=4, unique=True),
    st.booleans(), st.booleans(), st.booleans(),
    st.lists(st.integers(0, 900), max_size=4),
)  # fmt: skip


def months_between(since: date, day: date) -> int:
    return (day.year - since.year) * 12 + day.month - since.month


@given(CASES, DAYS)
def test_what_waits_equals_a_plain_recount(one: Case, today: date) -> None:
    """By counting months, without the code's own dates."""
    one = replace(one, contacts=tuple(c for c in one.contacts if c.on <= today))
    over = today >= one.until
    answered = {contact.milestone for contact in one.contacts if contact.milestone}
    asked = set()
    for months in MILESTONES:
        behind = months_between(one.since, today) - months
        day = min(one.since.day, _length(one.since, months))
        due = date(*_month(one.since, months), day)
        free = over or due >= one.until
        if months in answered or months < max(answered, default=0) or one.left:
            continue
        if (free and one.opted_in and behind in (0, 1)) or (not free and behind >= 0):
            asked.add(months)
    told = {(contact.on.year, contact.on.month) for contact in one.contacts}
    latest = max(((c.on.year, c.on.month) for c in one.contacts), default=(0, 0))
    reports = set()
    for number in range(1, 1200):
        year, month = _month(one.since, number)
        first, now = date(year, month, 1), (today.year, today.month)
        if not one.has_report_duty or over or (year, month) > now or first >= one.until:
            break
        is_open = (year, month) not in told and latest < (year, month)
        if is_open and ((year, month) == now or not one.left):
            reports.add((year, month))

    found = waiting(one, today)

    assert {duty.milestone for duty in found if not duty.is_report} == asked
    assert {(duty.due_on.year, duty.due_on.month) for duty in found if duty.is_report} == reports
    assert not over or all(duty.state == OPTIONAL for duty in found)


def _month(since: date, months: int) -> tuple[int, int]:
    total = since.year * 12 + since.month - 1 + months
    return total // 12, total % 12 + 1


def _length(since: date, months: int) -> int:
    year, month = _month(since, months)
    return (date(year + month // 12, month % 12 + 1, 1) - ONE).day
