"""Open time, use and the next free moment, without a database."""

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from berdaya.core.clock import DEFAULT_ZONE
from berdaya.equipment.calc import Candidate, Need, Opening, Slot, at, choose, day_use, next_free

MONDAY = date(2026, 3, 2)
OPEN = Opening(time(8), time(16), 6)


def slot(first: int, last: int, day: date = MONDAY) -> Slot:
    return Slot(at(day, time(first), DEFAULT_ZONE), at(day, time(last), DEFAULT_ZONE))


def test_open_time_runs_over_night_and_sunday() -> None:
    saturday = MONDAY + timedelta(days=5)

    taken = OPEN.work_from(slot(12, 13, saturday).start, 6 * 60)

    assert taken == Slot(
        slot(12, 13, saturday).start, slot(8, 10, saturday + timedelta(days=2)).end
    )


def test_work_asked_for_at_night_begins_when_it_opens() -> None:
    assert OPEN.work_from(slot(3, 4).start, 60) == slot(8, 9)


def test_use_counts_only_open_hours_and_a_closed_day_has_no_percent() -> None:
    used = day_use(OPEN, MONDAY, [slot(6, 10), slot(15, 20)])
    sunday = day_use(OPEN, MONDAY + timedelta(days=6), [])

    assert (used.open_minutes, used.used_minutes, used.percent) == (480, 180, 37)
    assert sunday.percent is None


def test_next_free_waits_until_all_of_it_is_free_together() -> None:
    looms = [Candidate(1, OPEN), Candidate(2, OPEN)]
    busy = {1: [slot(8, 10)], 2: [slot(9, 12)]}

    assert choose([Need(looms, 2, 120)], busy, slot(8, 9).start) == []
    assert next_free([Need(looms, 2, 120)], busy, slot(8, 9).start) == slot(12, 13).start
    assert next_free([Need(looms, 1, 60)], busy, slot(8, 9).start) == slot(8, 9).start


def test_one_machine_serves_one_need() -> None:
    one = [Candidate(1, OPEN)]

    assert choose([Need(one, 1, 60), Need(one, 1, 60)], {}, slot(8, 9).start) == []


HOUR = st.integers(0, 23)
BUSY = st.lists(st.tuples(st.integers(0, 6), HOUR, st.integers(1, 30)), max_size=8)


@given(BUSY, st.integers(1, 20))
def test_what_is_found_collides_with_nothing_and_nothing_earlier_would_do(
    taken: list[tuple[int, int, int]], length: int
) -> None:
    slots = []
    for day, hour, run in taken:
        start = slot(0, 1).start + timedelta(days=day, hours=hour)
        slots.append(Slot(start, start + timedelta(hours=run)))
    asked = slot(8, 9).start

    found = next_free([Need([Candidate(1, OPEN)], 1, length * 60)], {1: slots}, asked)

    assert found is not None
    work = OPEN.work_from(found, length * 60)
    assert not any(work.touches(other) for other in slots)
    for hours in range(int((found - asked) / timedelta(hours=1))):
        earlier = OPEN.work_from(asked + timedelta(hours=hours), length * 60)
        assert earlier.start >= found or any(earlier.touches(other) for other in slots)
