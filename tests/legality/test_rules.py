"""May it be offered: every reason, by facts alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berdaya.legality.rules import permits
from berdaya.legality.rules.listing import ListingFacts, PermitFact, RequirementFact, may_list
from berdaya.legality.rules.permits import state_on

DAY = date(2026, 11, 23)
PIRT = PermitFact(
    kind="spp_irt",
    label="P-IRT",
    number="P-IRT 2075304010012-29",
    valid_from=date(2024, 1, 1),
    valid_until=date(2029, 1, 1),
    revoked_on=None,
    place_id=1,
    is_bound_to_place=True,
)
FOOD = (RequirementFact("spp_irt", "P-IRT", "food"), RequirementFact("bpom_md", "MD", "food"))
FACTS = ListingFacts(
    product="VCO 250 ml",
    facility_id=1,
    facility_kind="lapas",
    market="retail",
    day=DAY,
    requirements=FOOD,
    permits=(PIRT,),
    has_lot=True,
)


def codes(**changed: object) -> tuple[str, ...]:
    return may_list(replace(FACTS, **changed)).codes  # type: ignore[arg-type]


def test_one_of_two_kinds_is_enough() -> None:
    assert may_list(FACTS).ok


@pytest.mark.parametrize(
    ("permit", "code"),
    [
        (replace(PIRT, valid_until=DAY), "permit_lapsed"),
        (replace(PIRT, valid_from=DAY + timedelta(days=1)), "permit_not_yet"),
        (replace(PIRT, revoked_on=DAY), "permit_revoked"),
        (replace(PIRT, place_id=2), "permit_wrong_place"),
        (replace(PIRT, kind="merek"), "permit_missing"),
    ],
)
def test_each_way_of_not_complying_has_its_code(permit: PermitFact, code: str) -> None:
    assert codes(permits=(permit,)) == (code,)


def test_it_lapses_on_the_day_after_its_last() -> None:
    ends = replace(PIRT, valid_until=DAY + timedelta(days=1))

    assert codes(permits=(ends,)) == ()
    assert codes(permits=(ends,), day=DAY + timedelta(days=1)) == ("permit_lapsed",)


def test_a_renewal_counts_beside_the_lapsed_one() -> None:
    assert codes(permits=(replace(PIRT, valid_until=DAY), PIRT)) == ()


def test_all_reasons_come_at_once() -> None:
    halal = RequirementFact("halal", "Halal")

    found = codes(permits=(), requirements=(*FOOD, halal), has_lot=False)

    assert found == ("permit_missing", "permit_missing", "lot_missing")


def test_nothing_of_an_lpka_is_ever_offered() -> None:
    assert codes(facility_kind="lpka") == ("facility_lpka",)


@given(st.integers(-4000, 4000), st.one_of(st.none(), st.integers(1, 4000)))
def test_state_agrees_with_the_window(since: int, length: int | None) -> None:
    begins = DAY + timedelta(days=since)
    until = begins + timedelta(days=length) if length else None

    state = state_on(DAY, begins, until, None)

    holds = begins <= DAY and (until is None or until > DAY)
    assert (state in ("valid", "ending")) == holds


def test_numbers_are_tidied_and_checked() -> None:
    assert permits.tidy_number("pirt 207530401001229") == "P-IRT 2075304010012-29"
    assert permits.may_be_number(r"\d{13}", "123", "NIB", "1234567890123").codes == (
        "permit_number_malformed",
    )
