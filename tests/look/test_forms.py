"""Money, quantities and days as people write them."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from berdaya.look.forms import DayField, QtyField, RupiahField


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1250000", 1_250_000),
        ("1.250.000", 1_250_000),
        ("Rp 1.250.000,-", 1_250_000),
        ("Rp15.000,00", 15_000),
        ("", None),
        (" 0 ", 0),
    ],
)
def test_rupiah_is_read(typed, amount):
    assert RupiahField(required=False).clean(typed) == amount


@pytest.mark.parametrize("typed", ["1,5", "12.50", "seribu", "-5", "1e3", "٣", "9" * 16])
def test_rupiah_that_is_no_whole_amount_is_refused(typed):
    with pytest.raises(ValidationError):
        RupiahField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "quantity"),
    [("24,5", "24.5"), ("24.5", "24.5"), ("1.024", "1024"), ("1.024,5", "1024.5"), ("7", "7")],
)
def test_quantity_is_read(typed, quantity):
    assert QtyField().clean(typed) == Decimal(quantity)


@pytest.mark.parametrize("typed", ["banyak", "1,2345", "-1", "NaN", "1e9"])
def test_quantity_that_is_none_is_refused(typed):
    with pytest.raises(ValidationError):
        QtyField().clean(typed)


@pytest.mark.parametrize("typed", ["2026-11-23", "23/11/2026", "23-11-2026"])
def test_day_is_read(typed):
    assert DayField().clean(typed) == date(2026, 11, 23)
