"""The rules of placement, without a database."""

from datetime import date

import pytest

from berdaya.people.rules_placement import (
    Current,
    may_be_called,
    may_change_status,
    may_hold_status,
    may_leave,
    may_place,
)

DAY = date(2026, 3, 2)
HERE = Current(facility_id=1, placed_since=DAY, status="convict", status_since=DAY)


@pytest.mark.parametrize("name", ["Cendana", "Melati 12", "Si Jagung Titi", "Ama 007"])
def test_pseudonym_is_allowed(name: str) -> None:
    assert may_be_called(name).ok


@pytest.mark.parametrize("name", ["A 12 34", "12-34", "2025/0001", "x@y"])
def test_pseudonym_with_a_number_is_refused(name: str) -> None:
    assert may_be_called(name).codes == ("identity_in_pseudonym",)


@pytest.mark.parametrize(
    ("kind", "status", "ok"),
    [
        ("lapas", "convict", True),
        ("rutan", "anak", True),
        ("lapas", "client", False),
        ("lpka", "anak", True),
        ("lpka", "detainee", False),
        ("bapas", "community_service", True),
        ("bapas", "convict", False),
        ("lpka", "released", True),
    ],
)
def test_status_by_kind_of_facility(kind: str, status: str, ok: bool) -> None:
    assert may_hold_status(kind, status).ok is ok


def test_move_says_everything_that_stands_against_it() -> None:
    verdict = may_place(HERE, DAY, frozenset({2}))

    assert verdict.codes == ("move_needs_both", "placement_too_early")
    assert verdict.reasons[1].text.count("2 Maret 2026") == 1


def test_first_placement_is_allowed() -> None:
    assert may_place(Current(), DAY, frozenset({1})).ok


def test_status_of_nobody_placed_is_refused() -> None:
    assert may_change_status(Current(), "convict", DAY).codes == ("placement_over",)


def test_leaving_on_the_first_day_is_refused() -> None:
    assert may_leave(HERE, DAY).codes == ("placement_too_early",)
    assert may_leave(HERE, date(2026, 3, 3)).ok
