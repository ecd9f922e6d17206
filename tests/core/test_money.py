"""No rupiah is lost: divisions, formats and words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berdaya.core.money import (
    floor_bp,
    format_qty,
    format_rp,
    in_words,
    share_bp,
    split_by_weights,
    split_with_rest,
)

AMOUNTS = st.integers(0, 10**15)
WEIGHT = st.one_of(
    st.integers(0, 10**6), st.decimals(0, 10**6, places=3, allow_nan=False, allow_infinity=False)
)
WEIGHTS = st.dictionaries(st.integers(1, 10**6), WEIGHT, min_size=1, max_size=30).filter(
    lambda weights: sum(weights.values()) > 0
)


@st.composite
def policies(draw: st.DrawFn) -> dict[str, int]:
    cuts = sorted(draw(st.lists(st.integers(0, 10_000), max_size=4)))
    bounds = [0, *cuts, 10_000]
    names = ["makers", "unit", "state", "capital", "other"]
    return {names[i]: bounds[i + 1] - bounds[i] for i in range(len(bounds) - 1)}


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "Rp0"), (999, "Rp999"), (1234, "Rp1.234"), (-1234567, "-Rp1.234.567")],
)
def test_format_rp_groups_by_thousands(amount: int, text: str) -> None:
    assert format_rp(amount) == text


@pytest.mark.parametrize(
    ("qty", "text"),
    [
        ("24.500", "24,5"),
        ("24.000", "24"),
        ("1234567.125", "1.234.567,125"),
        ("-0.250", "-0,25"),
        ("-0.000", "0"),
        ("1E+3", "1.000"),
    ],
)
def test_format_qty_drops_idle_zeros(qty: str, text: str) -> None:
    assert format_qty(Decimal(qty)) == text


def test_format_qty_in_english_swaps_the_marks() -> None:
    assert format_qty(Decimal("1234.5"), "en") == "1,234.5"


@pytest.mark.parametrize(
    ("amount", "bp", "rounded", "floored"),
    [(333, 5000, 167, 166), (333, 3500, 117, 116), (1, 5000, 1, 0), (1, 4999, 0, 0), (7, 0, 0, 0)],
)
def test_basis_points_half_up_and_floored(amount: int, bp: int, rounded: int, floored: int) -> None:
    assert share_bp(amount, bp) == rounded
    assert share_bp(-amount, bp) == -rounded
    assert floor_bp(amount, bp) == floored


def test_split_with_rest_gives_the_makers_what_is_left() -> None:
    shares = split_with_rest(333, {"makers": 5000, "unit": 3500, "state": 1500})

    assert shares == {"makers": 168, "unit": 116, "state": 49}


def test_split_with_rest_not_named_takes_what_is_not_given_away() -> None:
    assert split_with_rest(101, {"unit": 5000}) == {"unit": 50, "makers": 51}


@pytest.mark.parametrize(
    "policy",
    [
        {"makers": 5000, "unit": 3500},
        {"makers": 9000, "unit": 3500},
        {"unit": 10_000},
        {"makers": 11_000, "unit": -1000},
        {"makers": -1000, "unit": 11_000},
    ],
)
def test_split_with_rest_unsound_policy_is_refused(policy: dict[str, int]) -> None:
    with pytest.raises(ValueError):
        split_with_rest(333, policy)


@given(AMOUNTS, policies())
def test_split_with_rest_is_exact_and_never_negative(amount: int, policy: dict[str, int]) -> None:
    shares = split_with_rest(amount, policy)

    assert sum(shares.values()) == amount
    assert min(shares.values()) >= 0
    assert shares["makers"] >= floor_bp(amount, policy["makers"])
    assert shares["makers"] - floor_bp(amount, policy["makers"]) < len(policy)


def test_split_by_weights_ties_go_to_the_lower_key() -> None:
    assert split_by_weights(2, [(9, 1), (3, 1), (5, 1)]) == {9: 0, 3: 1, 5: 1}


def test_split_by_weights_keeps_the_order_given() -> None:
    assert list(split_by_weights(10, [("b", 1), ("a", 2)])) == ["b", "a"]


@pytest.mark.parametrize(
    ("amount", "weights"),
    [
        (1, []),
        (1, [(1, 0), (2, Decimal(0))]),
        (-1, [(1, 1)]),
        (1, [(1, 2), (2, -1)]),
        (1, [(1, 1), (1, 1)]),
        (1, [(1, Decimal("NaN"))]),
        (1, [(1, Decimal("Infinity"))]),
    ],
)
def test_split_by_weights_unsound_input_is_refused(
    amount: int, weights: list[tuple[int, int | Decimal]]
) -> None:
    with pytest.raises(ValueError):
        split_by_weights(amount, weights)


@given(AMOUNTS, WEIGHTS)
def test_split_by_weights_is_exact_fair_and_monotone(
    amount: int, weights: dict[int, int | Decimal]
) -> None:
    shares = split_by_weights(amount, weights.items())

    assert sum(shares.values()) == amount
    assert min(shares.values()) >= 0
    assert all(shares[key] == 0 for key, weight in weights.items() if weight == 0)
    rising = sorted(weights, key=lambda key: (weights[key], -key))
    assert [shares[key] for key in rising] == sorted(shares.values())


@given(AMOUNTS, WEIGHTS, st.randoms())
def test_split_by_weights_does_not_depend_on_the_order(
    amount: int, weights: dict[int, int | Decimal], random: object
) -> None:
    pairs = list(weights.items())
    random.shuffle(pairs)  # type: ignore[attr-defined]

    assert split_by_weights(amount, pairs) == split_by_weights(amount, weights.items())


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "nol rupiah"),
        (1, "satu rupiah"),
        (10, "sepuluh rupiah"),
        (11, "sebelas rupiah"),
        (12, "dua belas rupiah"),
        (19, "sembilan belas rupiah"),
        (20, "dua puluh rupiah"),
        (100, "seratus rupiah"),
        (111, "seratus sebelas rupiah"),
        (1000, "seribu rupiah"),
        (1234, "seribu dua ratus tiga puluh empat rupiah"),
        (11_000, "sebelas ribu rupiah"),
        (21_001, "dua puluh satu ribu satu rupiah"),
        (101_000, "seratus satu ribu rupiah"),
        (1_000_000, "satu juta rupiah"),
        (1_001_000, "satu juta seribu rupiah"),
        (2_000_000_015, "dua miliar lima belas rupiah"),
        (3_000_000_000_000, "tiga triliun rupiah"),
        (-500, "minus lima ratus rupiah"),
    ],
)
def test_in_words_indonesian(amount: int, words: str) -> None:
    assert in_words(amount) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "zero rupiah"),
        (13, "thirteen rupiah"),
        (40, "forty rupiah"),
        (1234, "one thousand two hundred thirty-four rupiah"),
        (1_000_001, "one million one rupiah"),
    ],
)
def test_in_words_english(amount: int, words: str) -> None:
    assert in_words(amount, "en") == words


def test_in_words_covers_a_bigint_and_no_more() -> None:
    assert in_words(2**63 - 1).startswith("sembilan kuintiliun dua ratus dua puluh tiga")
    with pytest.raises(ValueError):
        in_words(10**21)


VALUES = {
    word: value
    for value, word in enumerate(
        "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()  # noqa: SIM905
    )
}


def heard(words: str) -> int:
    """The number a listener writes down: an independent reading of the words."""
    total = group = unit = 0
    for word in words.replace("seribu", "satu ribu").replace("seratus", "satu ratus").split():
        if word in VALUES:
            unit = VALUES[word]
        elif word == "belas":
            unit += 10
        elif word in ("puluh", "ratus"):
            group, unit = group + unit * (10 if word == "puluh" else 100), 0
        else:
            scale = 1000 ** (["ribu", "juta", "miliar", "triliun", "kuadriliun"].index(word) + 1)
            total, group, unit = total + (group + unit) * scale, 0, 0
    return total + group + unit


@given(st.integers(0, 10**18 - 1))
def test_in_words_can_be_written_down_again(amount: int) -> None:
    assert heard(in_words(amount).removesuffix(" rupiah")) == amount
