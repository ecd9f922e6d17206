"""When an opening is unusual, refused, or somebody's to look into: no database."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berdaya.people import rules_reveals as rules
from berdaya.people.purposes import PURPOSES, OpenReason
from berdaya.people.rules_reveals import OpeningFacts, unusual

NINE = time(9)
COUNTS = st.integers(0, 5_000)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (OpeningFacts(NINE, assigned=12, day_count=12), ()),
        (OpeningFacts(NINE, assigned=1, day_count=30), ()),
        (OpeningFacts(NINE, assigned=1, day_count=31), ("many_people",)),
        (OpeningFacts(NINE, assigned=40, day_count=80), ()),
        (OpeningFacts(NINE, assigned=40, day_count=81), ("many_people",)),
        (OpeningFacts(NINE, assigned=1, day_count=120, baseline=40.0), ()),
        (OpeningFacts(NINE, assigned=1, day_count=121, baseline=40.0), ("many_people",)),
        (OpeningFacts(time(4, 59), assigned=1, day_count=1), ("odd_hour",)),
        (OpeningFacts(time(5), assigned=1, day_count=1), ()),
        (OpeningFacts(time(20), assigned=1, day_count=1), ()),
        (OpeningFacts(time(20, 0, 1), assigned=1, day_count=1), ("odd_hour",)),
        (OpeningFacts(NINE, 1, 1, is_holiday=True), ("holiday",)),
        (OpeningFacts(NINE, 1, 9, is_single=True, singles=8), ()),
        (OpeningFacts(NINE, 1, 10, is_single=True, singles=9), ("many_singles",)),
        (OpeningFacts(NINE, 1, 10, is_single=False, singles=9), ()),
        (OpeningFacts(NINE, 1, 1, is_single=True, same_person=4), ()),
        (OpeningFacts(NINE, 1, 1, is_single=True, same_person=5), ("same_person",)),
    ],
)
def test_unusual_by_table(facts: OpeningFacts, why: tuple[str, ...]) -> None:
    found = unusual(facts)

    assert found == why
    assert set(found) <= rules.UNUSUAL.keys()


@given(assigned=COUNTS, count=COUNTS, more=COUNTS, baseline=st.floats(0, 1_000))
def test_more_people_are_never_less_unusual(
    assigned: int, count: int, more: int, baseline: float
) -> None:
    few = unusual(OpeningFacts(NINE, assigned, count, baseline))
    many = unusual(OpeningFacts(NINE, assigned, count + more, baseline))

    assert set(few) <= set(many)
    assert ("many_people" in few) == (count > max(2 * assigned, 3 * baseline, 30))


@given(assigned=COUNTS)
def test_own_list_alone_is_never_unusual_and_never_refused(assigned: int) -> None:
    facts = OpeningFacts(NINE, assigned, assigned)

    assert unusual(facts) == ()
    assert rules.within_ceiling(facts).ok


@pytest.mark.parametrize(
    ("assigned", "count", "code"),
    [(10, 1_000, ()), (10, 1_001, ("reveal_too_many",)), (300, 3_000, ()),
     (300, 3_001, ("reveal_too_many",))],
)  # fmt: skip
def test_ceiling_refuses(assigned: int, count: int, code: tuple[str, ...]) -> None:
    verdict = rules.within_ceiling(OpeningFacts(NINE, assigned, count))

    assert verdict.codes == code


@given(wanted=st.frozensets(st.integers(1, 9)), assigned=st.frozensets(st.integers(1, 9)))
def test_one_foreign_person_refuses_all(wanted: frozenset[int], assigned: frozenset[int]) -> None:
    verdict = rules.may_open(wanted, assigned, PURPOSES["roll"], "")

    assert verdict.ok == (bool(wanted) and wanted <= assigned)


@pytest.mark.parametrize("reason", ["", "curious"])
def test_one_person_needs_a_reason_of_the_list(reason: str) -> None:
    verdict = rules.may_open({1}, {1}, PURPOSES["person"], reason)

    assert verdict.codes == ("reveal_reason_missing",)


def test_every_reason_belongs_to_one_purpose() -> None:
    asked = [reason for one in PURPOSES.values() for reason in one.by_reason]

    assert sorted(asked) == sorted(OpenReason)


@pytest.mark.parametrize(
    ("purpose", "fields"),
    [
        ("roll", {"name"}),
        ("slips", {"name"}),
        ("payout", {"name", "bank_account"}),
        ("caseload", {"name", "born_on", "phone"}),
        ("sample", {"name", "register_no"}),
    ],
)
def test_a_purpose_opens_no_more_than_it_needs(purpose: str, fields: set[str]) -> None:
    assert set(PURPOSES[purpose].fields_for("")) == fields


def test_only_paying_opens_the_restricted() -> None:
    opening = {code for code, one in PURPOSES.items() if one.opens_restricted}

    assert opening == {"payout", "leaving"}


def test_photo_is_opened_only_where_somebody_is_looked_at() -> None:
    opening = {
        (code, reason)
        for code, one in PURPOSES.items()
        for reason in one.by_reason or [""]
        if "photo" in one.fields_for(reason)
    }

    assert opening == {("person", "check"), ("person", "correct"), ("person", "rights")}


@pytest.mark.parametrize(
    ("is_open", "is_opener", "is_head_here", "is_by_head", "code"),
    [
        (True, False, True, False, ()),
        (True, False, True, True, ()),
        (True, False, False, True, ()),
        (True, True, True, True, ("review_own",)),
        (False, False, True, False, ("review_not_needed",)),
        (True, False, False, False, ("review_for_region",)),
    ],
)
def test_somebody_else_looks_into_it(
    is_open: bool, is_opener: bool, is_head_here: bool, is_by_head: bool, code: tuple[str, ...]
) -> None:
    verdict = rules.may_review(
        is_open=is_open, is_opener=is_opener, is_head_here=is_head_here, is_by_head=is_by_head
    )

    assert verdict.codes == code
