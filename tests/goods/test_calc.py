"""Converting quantities: exact inside a dimension, refused across."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berdaya.core.verdicts import Refused
from berdaya.goods.calc import convert


@dataclass(frozen=True)
class Unit:
    """A measure without a database."""

    code: str
    dimension: str
    factor: str = "1"

    @property
    def name(self) -> str:
        return self.code

    @property
    def factor_to_base(self) -> Decimal:
        return Decimal(self.factor)


G, KG = Unit("g", "mass"), Unit("kg", "mass", "1000")
LITRE, BOTTLE = Unit("L", "volume", "1000"), Unit("botol", "bottle")


@pytest.mark.parametrize(
    ("qty", "from_", "to", "answer"),
    [("1.5", KG, G, "1500"), ("250", G, KG, "0.25"), ("3", BOTTLE, BOTTLE, "3")],
)
def test_convert_inside_a_dimension(qty: str, from_: Unit, to: Unit, answer: str) -> None:
    assert convert(Decimal(qty), from_, to) == Decimal(answer)


@given(qty=st.decimals(min_value=0, max_value=10**8, places=3))
def test_convert_there_and_back_is_the_same(qty: Decimal) -> None:
    assert convert(convert(qty, KG, G), G, KG) == qty


def test_convert_across_dimensions_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        convert(Decimal(1), BOTTLE, LITRE)

    reason = refusal.value.verdict.first
    assert reason is not None
    assert reason.code == "measures_differ"
    assert "botol" in reason.text
