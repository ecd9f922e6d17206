"""Cells as units write them."""

from datetime import date
from decimal import Decimal

import pytest

from berdaya.intake import values


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("12 Maret 2025", date(2025, 3, 12)),
        ("3/9", date(2026, 9, 3)),
        ("20-06-26", date(2026, 6, 20)),
        ("19 Sept", date(2026, 9, 19)),
        ("5 Sept 2026", date(2026, 9, 5)),
        ("Jumat, 2 Okt 2026", date(2026, 10, 2)),
        ("2026-10-31", date(2026, 10, 31)),
        (46266.0, date(2026, 9, 1)),
        ("31/2/2026", None),
        ("kemarin", None),
    ],
)
def test_days(written: str | float, day: date | None) -> None:
    assert values.read_day(written, 2026).day == day


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("Rp 15.000,-", 15_000),
        ("Rp. 4.500.000,-", 4_500_000),
        ("62.500", 62_500),
        (850000.0, 850_000),
        ("1.110.000,00", 1_110_000),
        ("gratis", None),
    ],
)
def test_rupiah(written: str | float, amount: int | None) -> None:
    assert values.read_rp(written) == amount


@pytest.mark.parametrize(
    ("written", "mark"),
    [
        ("H", values.Mark("present", 420)),
        ("5,5", values.Mark("present", 330)),
        (6.0, values.Mark("present", 360)),
        ("3p", values.Mark("present", 0, Decimal(3))),
        ("5,5/3p", values.Mark("present", 330, Decimal(3))),
        ("S", values.Mark("sick")),
        ("i", values.Mark("leave")),
        ("TK", values.Mark("absent")),
        ("", None),
        ("-", None),
    ],
)
def test_marks(written: str | float, mark: values.Mark | None) -> None:
    assert values.read_mark(written) == mark


def test_strange_marks_are_not_guessed() -> None:
    for strange in ("?", "99", "H2", -1.0):
        with pytest.raises(ValueError):
            values.read_mark(strange)


def test_work_numbers_have_one_spelling() -> None:
    assert {values.work_number(text) for text in ("A 009", "a009", "A-009", "A.009")} == {"A-009"}


def test_names_of_products_have_one_key() -> None:
    assert values.name_key("Minuman mengkudu 250ml") == values.name_key("minuman Mengkudu 250 ML")
    assert values.name_key("Pupuk cair 1L") == values.name_key("Pupuk cair 1 L")
