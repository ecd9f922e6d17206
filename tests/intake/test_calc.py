"""Which batch a day belongs to, how a shared day is divided, what a sale takes."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from berdaya.intake.calc import Closing, Shelf, batch_windows, share_day, take_in_turn

SEPTEMBER = date(2026, 9, 1)


def day(number: int) -> date:
    return date(2026, 9, number)


def test_a_batch_begins_with_its_material() -> None:
    closings = [Closing("A", "sabun", "sabun", day(14)), Closing("B", "sabun", "vco", day(19))]

    windows = batch_windows(closings, {"vco": [day(8)]}, {"sabun": SEPTEMBER})

    assert [(w.code, w.starts_on) for w in windows] == [("A", day(1)), ("B", day(8))]


def test_without_material_it_begins_after_the_last_one_of_the_line() -> None:
    closings = [Closing("A", "sabun", "sabun", day(14)), Closing("B", "sabun", "sabun", day(20))]

    windows = batch_windows(closings, {"sabun": [day(5)]}, {"sabun": SEPTEMBER})

    assert [(w.starts_on, w.ends_on) for w in windows] == [(day(5), day(14)), (day(15), day(20))]


@given(
    st.integers(0, 1440),
    st.integers(0, 5000),
    st.lists(st.text("ABC", min_size=1), min_size=1, max_size=5, unique=True),
)
def test_a_shared_day_keeps_its_sum(minutes: int, thousandths: int, codes: list[str]) -> None:
    pieces = Decimal(thousandths) / 1000

    shares = share_day(minutes, pieces, codes)

    assert sum(time for time, _ in shares.values()) == minutes
    assert sum((part for _, part in shares.values()), Decimal(0)) == pieces
    assert max(t for t, _ in shares.values()) - min(t for t, _ in shares.values()) <= 1


def test_a_sale_takes_only_what_was_finished() -> None:
    shelves = [Shelf("B", day(20), Decimal(10)), Shelf("A", day(5), Decimal(3))]

    taken = take_in_turn(shelves, day(10), Decimal(5))

    assert taken == {"A": Decimal(3)}
    assert take_in_turn(shelves, day(10), Decimal(2), early=True) == {"B": Decimal(2)}
