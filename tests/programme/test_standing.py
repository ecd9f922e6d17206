"""How a commitment stands: a table of facts and days, both sides of every boundary."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from berdaya.programme.rules.standing import (
    Facts,
    MeasureFacts,
    MilestoneFacts,
    Thresholds,
    late_since,
    level_to_tell,
    state_of,
)
from berdaya.programme.today import reminder_of

START, DUE, DAY = date(2026, 1, 1), date(2026, 12, 31), date(2026, 7, 15)
RULE = Thresholds()


def measure(value: Any = 60, expected: Any = 60, target: Any = 100, **more: Any) -> MeasureFacts:
    """Half a year of a hundred, as told."""
    told = [None if one is None else Decimal(one) for one in (value, expected, target)]
    return MeasureFacts("Barang", told[0], told[1], told[2] or Decimal(0), **more)


def paper(due_on: date = date(2026, 7, 14), accepted_on: date | None = None) -> MilestoneFacts:
    return MilestoneFacts("Modul", due_on, accepted_on)


def judged(day: date = DAY, **facts: Any) -> tuple[str, list[str]]:
    whole = Facts(**{"starts_on": START, "due_on": DUE, **facts})
    state, reasons = state_of(whole, day, RULE)
    return state, [one.code for one in reasons]


@pytest.mark.parametrize(
    ("facts", "state", "codes"),
    [
        ({"measures": [measure(60, 60)]}, "on_track", ["as_planned"]),
        ({"measures": [measure("59.9", 60)]}, "at_risk", ["measure_behind"]),
        ({"measures": [measure(48, 60)]}, "at_risk", ["measure_behind"]),
        ({"measures": [measure("47.9", 60)]}, "late", ["measure_far_behind"]),
        ({"measures": [measure(0, 60)]}, "late", ["measure_far_behind"]),
        ({"measures": [measure(0, 0, 0)]}, "done", ["commitment_fulfilled"]),
        ({"measures": [measure(None, 60)]}, "at_risk", ["measure_without_figure"]),
        ({"measures": [measure(None, None)]}, "on_track", ["as_planned"]),
        # A sum is reached for good; a level only when its year is over.
        ({"measures": [measure(100, 60)]}, "done", ["commitment_fulfilled"]),
        ({"measures": [measure("99.9", 60)]}, "on_track", ["as_planned"]),
        ({"measures": [measure(90, 80, 80, is_level=True)]}, "on_track", ["as_planned"]),
        ({"measures": [measure(90, 80, 80, is_level=True, is_over=True)]}, "done",
         ["commitment_fulfilled"]),
        # A limit: not above it; late from a quarter above it on (80 % of what there is).
        ({"measures": [measure(60, 60, at_most=True)]}, "on_track", ["as_planned"]),
        ({"measures": [measure("60.1", 60, at_most=True)]}, "at_risk", ["measure_above_limit"]),
        ({"measures": [measure(75, 60, at_most=True)]}, "at_risk", ["measure_above_limit"]),
        ({"measures": [measure("75.1", 60, at_most=True)]}, "late", ["measure_above_limit"]),
        ({"measures": [measure(90, 100, at_most=True, is_over=True)]}, "done",
         ["commitment_fulfilled"]),
        # Documents: the day itself is still in time.
        ({"milestones": [paper(DAY)]}, "on_track", ["as_planned"]),
        ({"milestones": [paper()]}, "late", ["milestone_overdue"]),
        ({"milestones": [paper(accepted_on=DAY)]}, "done", ["commitment_fulfilled"]),
        ({"milestones": [paper(accepted_on=DAY), paper(DAY)]}, "on_track", ["as_planned"]),
        ({"measures": [measure(100, 60)], "milestones": [paper(DAY)]}, "on_track",
         ["as_planned"]),
        # A year's target is reached, the next one's is still to come.
        ({"measures": [measure(100, 60)], "has_more": True}, "on_track", ["as_planned"]),
        # Risks: one is enough, and beside something late it is told too.
        ({"high_risks": 1}, "at_risk", ["high_risk_open"]),
        ({"high_risks": 0}, "on_track", ["as_planned"]),
        ({"high_risks": 1, "milestones": [paper()]}, "late",
         ["milestone_overdue", "high_risk_open"]),
        ({"high_risks": 2, "milestones": [paper(accepted_on=DAY)]}, "done",
         ["commitment_fulfilled"]),
        ({"measures": [measure(0, 60), measure(59, 60)]}, "late",
         ["measure_far_behind", "measure_behind"]),
    ],
)  # fmt: skip
def test_state_by_facts(facts: dict[str, Any], state: str, codes: list[str]) -> None:
    assert judged(**facts) == (state, codes)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2025, 12, 31), "not_begun"),
        (date(2026, 1, 1), "on_track"),
        (date(2026, 7, 14), "on_track"),
        (date(2026, 7, 15), "late"),
        (date(2027, 1, 1), "late"),
    ],
)
def test_the_same_commitment_on_another_day(day: date, state: str) -> None:
    assert judged(day, milestones=[paper()])[0] == state


@pytest.mark.parametrize(
    ("day", "state"), [(date(2026, 12, 31), "on_track"), (date(2027, 1, 1), "late")]
)
def test_a_commitment_without_evidence_is_late_after_its_last_day(day: date, state: str) -> None:
    assert judged(day)[0] == state


@pytest.mark.parametrize(
    ("low", "state"), [(10_000, "late"), (9_001, "late"), (9_000, "at_risk"), (1, "at_risk")]
)
def test_the_dated_rule_moves_the_boundary(low: int, state: str) -> None:
    facts = Facts(START, DUE, [measure(54, 60)])

    assert state_of(facts, DAY, Thresholds(late_below_bp=low))[0] == state


def test_late_since_is_its_oldest_reason() -> None:
    facts = Facts(START, date(2026, 7, 10), milestones=[paper(date(2026, 5, 4)), paper()])

    assert late_since(facts, DAY, []) == date(2026, 5, 5)
    assert late_since(facts, DAY, [date(2026, 3, 1)]) == date(2026, 3, 1)
    assert late_since(Facts(START, DUE), DAY, []) is None


@pytest.mark.parametrize(("days", "level"), [(0, 0), (30, 0), (31, 1), (400, 1)])
def test_the_next_level_is_told_after_thirty_days(days: int, level: int) -> None:
    today = date.fromordinal(START.toordinal() + days)

    assert level_to_tell(START, today, RULE) == level


@pytest.mark.parametrize(
    ("days", "reminder"),
    [(181, None), (180, 180), (91, 180), (90, 90), (31, 90), (30, 30), (0, 30), (-5, 30)],
)
def test_a_renewal_is_asked_for_three_times(days: int, reminder: int | None) -> None:
    assert reminder_of(days) == reminder
