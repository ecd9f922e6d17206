"""The division: any amounts, policies, weights, refunds; nothing lost, nothing negative."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berdaya.proceeds import calc

AMOUNT = st.integers(0, 10**12)
WEIGHTS = st.dictionaries(st.integers(1, 500), st.integers(1, 10**6), max_size=8).map(
    lambda found: tuple(sorted(found.items()))
)


@st.composite
def parts_of_whole(draw: st.DrawFn, count: int) -> list[int]:
    cuts = sorted(draw(st.lists(st.integers(0, 10_000), min_size=count - 1, max_size=count - 1)))
    edges = [0, *cuts, 10_000]
    return [after - before for before, after in pairwise(edges)]


@st.composite
def policies(draw: st.DrawFn) -> calc.Policy:
    shares, pockets = draw(parts_of_whole(4)), draw(parts_of_whole(3))
    return calc.Policy(draw(st.integers(1, 9)), draw(st.booleans()), *shares, *pockets)


@st.composite
def lines(draw: st.DrawFn) -> calc.LineTerms:
    qtys = draw(st.lists(st.integers(1, 10**6), min_size=1, max_size=3))
    parts = tuple(
        calc.LotPart(
            lot, Decimal(qty) / 1000, *(draw(st.integers(0, 10**8)) for _ in range(3)),
            weights=draw(WEIGHTS),
        )
        for lot, qty in enumerate(qtys)
    )  # fmt: skip
    qty, price = Decimal(sum(qtys)) / 1000, draw(st.integers(0, 10**8))
    gross = calc.line_amount(qty, price, 0)
    return calc.LineTerms(1, qty, price, draw(st.integers(0, gross)), draw(policies()), parts)


SALES = st.builds(
    calc.calculate,
    st.sampled_from([calc.AGREEMENT, calc.AGREEMENT, calc.GROSS, calc.HISTORY]),
    st.sampled_from([0, 1100]),
    st.integers(0, 10**7),
    st.lists(lines(), min_size=1, max_size=3).map(tuple),
)


def columns(part: calc.Part) -> dict[str, int]:
    return {name: getattr(part, f"{name}_rp") for name in calc.COMPONENTS}


@given(SALES)
def test_every_rupiah_is_explained(sale: calc.Calculation) -> None:
    for part in sale.parts:
        assert part.amount_rp + part.loss_rp == sum(columns(part).values())
        assert min(*columns(part).values(), part.amount_rp, part.loss_rp, part.base_rp) >= 0
        assert not (part.base_rp and part.loss_rp)
        if part.makers:
            assert sum(maker.amount_rp for maker in part.makers) == part.makers_rp
    for part in sale.parts:
        for maker in part.makers:
            assert maker.saved_rp + maker.spendable_rp + maker.family_rp == maker.amount_rp
    assert sale.total("fee_rp") == sale.fee_rp
    assert sale.amount_rp == sum(line.amount_rp for line in sale.lines)


@given(SALES)
def test_only_the_makers_gain_from_rounding(sale: calc.Calculation) -> None:
    if sale.regime != calc.AGREEMENT:
        return
    for line in sale.lines:
        for part in line.parts:
            for name in ("capital", "state", "cooperative"):
                exact = part.base_rp * getattr(line.policy, f"{name}_bp") / 10_000
                assert 0 <= exact - getattr(part, f"{name}_rp") < 1 + exact * 1e-12
            assert part.makers_rp * 10_000 >= part.base_rp * line.policy.makers_bp


@given(SALES, st.data())
@settings(max_examples=60)
def test_refunds_in_any_steps_take_back_exactly_the_whole(
    sale: calc.Calculation, data: st.DataObject
) -> None:
    for part in sale.parts:
        left, loss, rest = part.amount_rp, part.loss_rp, columns(part)
        steps = 0
        while left:
            refund = left if steps == 4 else data.draw(st.integers(1, left))
            back = calc.take_back(refund, left, loss, rest)
            assert back.amount_rp + back.loss_rp == sum(back.components.values())
            left, loss, steps = left - refund, loss - back.loss_rp, steps + 1
            rest = {name: rest[name] - back.components[name] for name in rest}
            assert min(loss, *rest.values()) >= 0
        if part.amount_rp:
            assert (loss, sum(rest.values())) == (0, 0)


@given(SALES)
def test_frozen_json_holds_the_numbers(sale: calc.Calculation) -> None:
    frozen = sale.as_json()

    assert frozen["schema"] == calc.SCHEMA
    told = [part["makers_rp"] for line in frozen["lines"] for part in line["parts"]]
    assert told == [part.makers_rp for part in sale.parts]


@pytest.mark.parametrize("refund", [0, -1, 101])
def test_refund_of_nothing_or_too_much_is_an_error(refund: int) -> None:
    with pytest.raises(ValueError):
        calc.take_back(refund, 100, 0, {"makers": 100})


def test_policy_that_is_not_whole_is_an_error() -> None:
    with pytest.raises(ValueError):
        calc.Policy(1, False, 5000, 3500, 1499, 0, 7500, 2500, 0)
