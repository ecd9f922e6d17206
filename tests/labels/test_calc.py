"""Numbers and their bars, allergens, and words that need an origin."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berdaya.labels import calc

DIGITS = st.text("0123456789", min_size=12, max_size=12)


@pytest.mark.parametrize(
    ("digits", "check"),
    [
        # domain 8.1, and the example of GS1's own pages.
        ("899000000001", "3"), ("0952123454321", "3"),
        ("200053000001", "1"), ("629104150021", "3"),
    ],
)  # fmt: skip
def test_check_digit_is_the_one_gs1_publishes(digits: str, check: str) -> None:
    assert calc.check_digit(digits) == check


@given(DIGITS)
def test_a_number_is_whole_with_its_own_check_digit_alone(digits: str) -> None:
    right = calc.check_digit(digits)

    assert calc.is_number(digits + right)
    assert not any(calc.is_number(digits + other) for other in "0123456789" if other != right)


@given(DIGITS, st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(digits: str, place: int, by: int) -> None:
    number = digits + calc.check_digit(digits)

    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]

    assert not calc.is_number(wrong)


@given(st.integers(1, 10**10 - 1))
def test_own_numbers_are_whole_restricted_and_distinct(serial: int) -> None:
    number = calc.own_number(serial)

    assert calc.is_number(number)
    assert calc.is_restricted(number)
    assert int(number[2:12]) == serial


@pytest.mark.parametrize("serial", [0, -1, 10**10])
def test_a_serial_that_has_no_number_is_refused(serial: int) -> None:
    with pytest.raises(ValueError):
        calc.own_number(serial)


@pytest.mark.parametrize(
    ("number", "is_restricted"),
    [("20", True), ("29", True), ("02", True), ("04", True), ("899", False), ("01", False),
     ("03", False), ("30", False), ("19", False)],
)  # fmt: skip
def test_prefixes_of_one_shop_are_known(number: str, is_restricted: bool) -> None:
    assert calc.is_restricted(number.ljust(13, "0")) is is_restricted


@given(DIGITS)
def test_bars_cover_95_modules_with_thirty_bars(digits: str) -> None:
    number = digits + calc.check_digit(digits)

    modules, bars = calc.modules_of(number), calc.bars_of(number)

    assert len(modules) == 95
    assert len(bars) == 30
    assert [bar.is_guard for bar in bars].count(True) == 6
    drawn = ["0"] * 95
    for bar in bars:
        drawn[bar.start : bar.start + bar.width] = "1" * bar.width
    assert "".join(drawn) == modules


def test_a_number_without_its_check_digit_has_no_bars() -> None:
    with pytest.raises(ValueError):
        calc.bars_of("8990000000014")


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [("899 0000-00001.3", "8990000000013"), ("08990000000013", "8990000000013"),
     ("18990000000010", "18990000000010"), ("abc", "abc")],
)  # fmt: skip
def test_typed_numbers_are_tidied(typed: str, tidied: str) -> None:
    assert calc.tidy_number(typed) == tidied


def test_899_is_said_to_say_nothing_of_origin() -> None:
    assert "Tidak mengatakan asal" in str(calc.number_says("8990000000013"))
    assert "toko" in str(calc.number_says(calc.own_number(1)))


@pytest.mark.parametrize(
    ("text", "bold", "codes"),
    [
        ("Terigu, telur, mentega", ["Terigu", "telur", "mentega"], ["gluten", "egg", "milk"]),
        ("Kacang tanah sangrai, garam", ["Kacang tanah"], ["peanut"]),
        ("Susu kedelai, gula", ["Susu kedelai"], ["soy"]),
        ("Biji kopi, susu", ["susu"], ["milk"]),
        ("Susu kelapa, gula", [], []),
        ("Ikan tongkol, *wijen*", ["Ikan", "tongkol", "wijen"], ["fish"]),
        ("Biji kopi arabika", [], []),
        ("Jagung pulut", [], []),
    ],
)  # fmt: skip
def test_allergens_are_found_and_set_in_bold(text: str, bold: list[str], codes: list[str]) -> None:
    pieces = calc.marked(text)

    assert [piece.text for piece in pieces if piece.is_bold] == bold
    assert "".join(piece.text for piece in pieces) == text.replace("*", "")
    assert calc.allergens_in(text) == codes


@pytest.mark.parametrize(
    ("text", "names_pork"),
    [("Daging babi 72%", True), ("Pork, salt", True), ("Lard", True), ("Daging sapi", False),
     ("Babirusa", False), ("Ikan", False)],
)  # fmt: skip
def test_pork_is_seen_in_words(text: str, names_pork: bool) -> None:
    assert calc.names_pork(text) is names_pork


@pytest.mark.parametrize(
    ("text", "is_named"),
    [("Gula, gelatin", True), ("Pengemulsi lesitin", True), ("emulsifier", True),
     ("Gula lontar", False), ("Kopi", False)],
)  # fmt: skip
def test_ingredients_that_need_an_origin_are_seen(text: str, is_named: bool) -> None:
    assert calc.names_animal_part(text) is is_named


def test_best_before_is_the_lots_own_else_reckoned() -> None:
    made = date(2026, 11, 1)

    assert calc.best_before(made, date(2027, 1, 1), 10) == date(2027, 1, 1)
    assert calc.best_before(made, None, 10) == date(2026, 11, 11)
    assert calc.best_before(made, None, None) is None
