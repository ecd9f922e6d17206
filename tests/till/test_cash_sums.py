"""Rounding, likely notes and change; the same vectors hold the stall's script."""

import json
from pathlib import Path

import pytest

from berdaya.till.calc_cash import change_in, counted_rp, fee_parts, likely_tenders, rounded_cash

VECTORS = json.loads((Path(__file__).parent / "cash_vectors.json").read_text())


@pytest.mark.parametrize(("amount", "step", "due", "tenders", "change"), VECTORS)
def test_sums_of_the_vectors(
    amount: int, step: int, due: int, tenders: list[int], change: list[list[int]]
) -> None:
    assert rounded_cash(amount, step) == due
    assert likely_tenders(due) == tenders
    assert [[*part] for part in change_in(due)] == change


@pytest.mark.parametrize(
    ("amount", "due"), [(37_250, 37_000), (37_251, 37_500), (37_500, 37_500), (1, 500)]
)
def test_half_a_step_falls_to_the_buyer_and_nothing_is_free(amount: int, due: int) -> None:
    assert rounded_cash(amount, 500) == due


def test_likely_notes_begin_with_the_exact_amount() -> None:
    assert likely_tenders(174_500) == [174_500, 175_000, 180_000, 200_000]


def test_counted_money_is_worth_its_notes() -> None:
    assert counted_rp({100_000: 2, 500: 3, 50: 0}) == 201_500


@pytest.mark.parametrize("counts", [{3_000: 1}, {1_000: -1}])
def test_strange_money_is_refused(counts: dict[int, int]) -> None:
    with pytest.raises(ValueError, match="Indonesia"):
        counted_rp(counts)


def test_a_fee_falls_on_the_owners_by_their_amounts() -> None:
    assert fee_parts(1_947, [500_000, 149_000]) == [1_500, 447]
