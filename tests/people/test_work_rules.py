"""may_work: every reason alone, several together, and the limits to the minute."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from berdaya.people.queries import with_time
from berdaya.people.rules import Limits, WorkFacts, hours, may_work

MONDAY = date(2026, 3, 2)
FIT = WorkFacts(
    day=MONDAY,
    facility_kind="lapas",
    status="convict",
    has_consent=True,
    is_fit=True,
    has_work_placement=True,
)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"has_consent": False}, "consent_missing"),
        ({"is_fit": None}, "fitness_missing"),
        ({"is_fit": False}, "unfit"),
        ({"has_work_placement": False}, "work_placement_missing"),
        ({"status": "detainee"}, "detainee_without_request"),
        ({"status": "anak"}, "status_anak"),
        ({"status": "community_service"}, "status_community_service"),
        ({"status": "released"}, "released"),
        ({"is_placed": False}, "not_placed"),
        ({"facility_kind": "lpka"}, "facility_lpka"),
        ({"minutes_today": 481}, "hours_over_day"),
        ({"minutes_today": 421, "days_this_week": 5}, "hours_over_day"),
        ({"minutes_today": 60, "minutes_this_week": 2341}, "hours_over_week"),
        ({"days_in_a_row": 6}, "rest_day_missing"),
    ],
)
def test_each_reason_alone_refuses_with_its_code(change: dict, code: str) -> None:
    verdict = may_work(replace(FIT, **change))

    assert verdict.codes == (code,)
    assert verdict.first.text
    assert verdict.first.next_text


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"minutes_today": 480},
        {"minutes_today": 420, "days_this_week": 5},
        {"minutes_today": 60, "minutes_this_week": 2340},
        {"days_in_a_row": 5},
        {"status": "detainee", "has_own_request": True},
        {"status": "client", "facility_kind": "bapas"},
    ],
)
def test_lawful_work_is_allowed(change: dict) -> None:
    assert may_work(replace(FIT, **change)).ok


def test_several_reasons_are_told_together() -> None:
    facts = replace(FIT, has_consent=False, is_fit=None, minutes_today=600)

    assert may_work(facts).codes == ("consent_missing", "fitness_missing", "hours_over_day")


def test_what_no_paper_can_put_right_is_told_alone() -> None:
    facts = replace(FIT, status="anak", facility_kind="lpka", has_consent=False)

    assert may_work(facts).codes == ("facility_lpka", "status_anak")


def test_time_counts_the_week_monday_to_sunday_and_the_run_over_its_edges() -> None:
    worked = {MONDAY + timedelta(days=n): 100 for n in (-2, -1, 0, 1, 2, 4)}

    facts = with_time(FIT, worked, 60)

    assert (facts.minutes_this_week, facts.days_this_week) == (300, 3)
    assert facts.days_in_a_row == 4


def test_limits_come_from_the_rule_in_force() -> None:
    strict = replace(FIT, limits=Limits(300, 300, 1500, 5), minutes_today=301)

    assert may_work(strict).codes == ("hours_over_day",)


@pytest.mark.parametrize(
    ("minutes", "text"), [(0, "0"), (330, "5,5"), (420, "7"), (100, "1,67"), (2400, "40")]
)
def test_hours_are_written_as_on_paper(minutes: int, text: str) -> None:
    assert hours(minutes) == text
