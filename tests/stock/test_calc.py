"""A lot's cost over its parts: exact in sum, whatever the parts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berdaya.stock.calc import cost_share

parts = st.lists(st.integers(min_value=1, max_value=5_000), min_size=1, max_size=12)


@given(total=st.integers(min_value=0, max_value=10**12), thousandths=parts)
def test_cost_shares_of_all_parts_sum_to_the_total(total: int, thousandths: list[int]) -> None:
    quantities = [Decimal(part) / 1000 for part in thousandths]
    made, sold, shares = sum(quantities, Decimal(0)), Decimal(0), []

    for qty in quantities:
        shares.append(cost_share(total, made, sold, qty))
        sold += qty

    assert sum(shares) == total
    assert min(shares) >= 0


def test_cost_share_follows_the_quantity() -> None:
    shares = [cost_share(100, Decimal(3), Decimal(n), Decimal(1)) for n in range(3)]

    assert shares == [33, 33, 34]


@pytest.mark.parametrize(
    ("total", "made", "sold", "qty"),
    [(-1, "3", "0", "1"), (10, "0", "0", "0"), (10, "3", "-1", "1"), (10, "3", "2", "1.001")],
)
def test_cost_share_refuses_nonsense(total: int, made: str, sold: str, qty: str) -> None:
    with pytest.raises(ValueError, match="cost_share"):
        cost_share(total, Decimal(made), Decimal(sold), Decimal(qty))
