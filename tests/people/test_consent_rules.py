"""May this be recorded as a consent: witness, text, publicity, each reason alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berdaya.people.rules_consent import ConsentFacts, may_clean, may_consent, may_publish_text
from berdaya.people.rules_safety import is_like_nik

DAY = date(2026, 3, 2)
WORK = ConsentFacts(
    purpose="work", given_on=DAY, status="convict", text_purpose="work", text_from=DAY,
    recorder_id=1,
)  # fmt: skip
PUBLIC = replace(
    WORK, purpose="publicity", text_purpose="publicity", item="kain", channel="shop",
    valid_until=DAY + timedelta(days=1),
)  # fmt: skip


@pytest.mark.parametrize("facts", [WORK, PUBLIC, replace(WORK, witness_role="officer",
                                                         witness_id=2)])  # fmt: skip
def test_whole_consent_is_allowed(facts: ConsentFacts) -> None:
    assert may_consent(facts).ok


@pytest.mark.parametrize(
    ("facts", "change", "code"),
    [
        (WORK, {"witness_role": "officer"}, "witness_missing"),
        (WORK, {"witness_role": "officer", "witness_id": 1}, "witness_is_recorder"),
        (WORK, {"witness_id": 1}, "witness_is_recorder"),
        (WORK, {"text_purpose": "data"}, "text_other_purpose"),
        (WORK, {"text_from": DAY + timedelta(days=1)}, "text_not_in_force"),
        (PUBLIC, {"item": ""}, "publicity_incomplete"),
        (PUBLIC, {"channel": ""}, "publicity_incomplete"),
        (PUBLIC, {"valid_until": None}, "publicity_incomplete"),
        (PUBLIC, {"valid_until": DAY}, "publicity_incomplete"),
        (PUBLIC, {"status": "anak"}, "publicity_status"),
        (PUBLIC, {"status": "community_service"}, "publicity_status"),
        (PUBLIC, {"facility_kind": "lpka"}, "facility_lpka"),
    ],
)
def test_each_reason_alone_refuses(facts: ConsentFacts, change: dict, code: str) -> None:
    verdict = may_consent(replace(facts, **change))

    assert verdict.codes == (code,)
    assert verdict.first.next_text


def test_the_program_itself_is_asked_for_no_witness() -> None:
    assert may_consent(replace(WORK, recorder_id=None, witness_role="officer")).ok


@given(st.dates(DAY - timedelta(days=9), DAY + timedelta(days=9)),
       st.none() | st.dates(DAY - timedelta(days=9), DAY + timedelta(days=9)))  # fmt: skip
def test_text_begins_only_on_a_coming_day_after_the_last(start: date, last: date | None) -> None:
    is_late = start <= DAY or (last is not None and start <= last)

    assert may_publish_text(start, last, DAY).ok is not is_late


@pytest.mark.parametrize(
    ("status", "is_clean", "codes"),
    [
        ("released", False, ()),
        ("client", False, ()),
        ("convict", False, ("clean_page_inside",)),
        (None, False, ("clean_page_inside",)),
        ("released", True, ("clean_page_done",)),
    ],
)
def test_clean_page_is_for_whoever_is_out(
    status: str | None, is_clean: bool, codes: tuple[str, ...]
) -> None:
    assert may_clean(status, is_clean).codes == codes


@given(st.text("0123456789 .-/", max_size=30))
def test_sixteen_digits_are_like_a_nik_however_parted(number: str) -> None:
    assert is_like_nik(number) is (sum(one.isdigit() for one in number) == 16)
