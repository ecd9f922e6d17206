"""Codes survive hands, eyes and paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berdaya.core import codes

BODIES = st.text(codes.ALPHABET, min_size=codes.RANDOM_LENGTH, max_size=codes.RANDOM_LENGTH)
PUBLIC = BODIES.map(lambda body: body + codes.check_character(body))


def test_public_code_has_sixty_random_bits_and_no_look_alikes() -> None:
    made = {codes.public_code() for _ in range(500)}

    assert codes.RANDOM_BITS >= 60
    assert len(made) == 500
    assert all(codes.is_public_code(code) for code in made)
    assert not set("01ABEILOSUVYZ") & set("".join(made))


def test_format_code_groups_by_five() -> None:
    assert codes.format_code("7K2QM4XTRH9CDFW") == "7K2QM-4XTRH-9CDFW"


@given(PUBLIC, st.integers(0, codes.PUBLIC_LENGTH - 1), st.sampled_from(codes.ALPHABET))
def test_check_notices_any_single_wrong_character(code: str, place: int, char: str) -> None:
    wrong = code[:place] + char + code[place + 1 :]

    assert codes.is_public_code(wrong) == (wrong == code)


@given(PUBLIC, st.integers(0, codes.PUBLIC_LENGTH - 1), st.integers(0, codes.PUBLIC_LENGTH - 1))
def test_check_notices_any_two_exchanged(code: str, one: int, other: int) -> None:
    chars = list(code)
    chars[one], chars[other] = chars[other], chars[one]
    wrong = "".join(chars)

    assert codes.is_public_code(wrong) == (wrong == code)


@given(PUBLIC)
def test_normalise_public_code_as_typed_by_hand(code: str) -> None:
    typed = codes.format_code(code).lower().replace("-", " \u2013 ")
    misread = typed.replace("8", "b").replace("5", "S").replace("2", "z")

    assert codes.normalise(f" {typed}\n") == code
    assert codes.normalise(misread) == code


@pytest.mark.parametrize("text", ["", "   ", "A", "7K2QM4XTRH9CDF", "7K2QM4XTRH9CDFWW", "0" * 15])
def test_is_public_code_other_shapes_are_none(text: str) -> None:
    assert not codes.is_public_code(codes.normalise(text))


@pytest.mark.parametrize(
    ("series", "number", "code"),
    [
        ("B", 412, "LP-ATB-26-B0412"),
        ("L", 12345, "LP-ATB-26-L12345"),
        ("PR", 1, "LP-ATB-26-PR0001"),
    ],
)
def test_desk_code_reads_as_written(series: str, number: int, code: str) -> None:
    assert codes.desk_code("LP-ATB", 2026, series, number) == code
    assert codes.normalise(code) == code


@pytest.mark.parametrize(
    "typed",
    [
        "lp-atb-26-b0412",
        " LP ATB 26 B0412 ",
        "LP\u2013ATB\u201326\u2013B0412",
        "LP-ATB-26-B-0412",
        "LP_ATB/26/B0412",
        "LP-ATB-26-BO4I2",
        "LP--ATB-26-B04l2",
    ],
)
def test_normalise_desk_code_as_typed_by_hand(typed: str) -> None:
    assert codes.normalise(typed) == "LP-ATB-26-B0412"


@pytest.mark.parametrize(
    ("year", "series", "number"), [(1999, "B", 1), (2026, "b", 1), (2026, "", 1), (2026, "B", 0)]
)
def test_desk_code_unsound_parts_are_refused(year: int, series: str, number: int) -> None:
    with pytest.raises(ValueError):
        codes.desk_code("LP-ATB", year, series, number)
